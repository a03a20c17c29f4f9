"""Compile once, stamp everywhere: the step block over all years, periods and steps.

The yearly layer goes through Pyomo's standard form. The step block is walked once, its
coefficients evaluated by numpy over all (y, p, h), and written straight into row-wise arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyomo.environ as pyo
from pyomo.common.gc_manager import PauseGC

from optimizer.inputs.case import Case
from optimizer.model.layer import YearlyLayer
from optimizer.model.seam import BY_PERIOD, Name, link_names, link_variable, total_names
from optimizer.model.seasons import season_stores
from optimizer.model.step import kept_levels, step_variables, yearly_tables
from optimizer.model.yearly import build_yearly
from optimizer.solve.evaluate import evaluate
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.repn import (
    CompiledModel,
    LinearForms,
    bounds_of,
    compile_model,
    constraints_of,
)
from optimizer.solve.row_arrays import Columns, RowArrays
from optimizer.solve.symbols import symbolic_step


@dataclass(frozen=True)
class _Form:
    """lower <= sum of coefficient x column + constant <= upper; all but columns over symbols."""

    terms: list[tuple[Columns, Any]]
    constant: Any
    lower: Any = None
    upper: Any = None


@dataclass
class _Stamper:
    layer: YearlyLayer
    yearly: CompiledModel
    block: Any

    @cached_property
    def case(self) -> Case:
        return self.layer.case

    @cached_property
    def shape(self) -> tuple[int, int, int]:
        return len(self.case.years), len(self.case.axis.weight), self.case.axis.steps

    @cached_property
    def yearly_columns(self) -> dict[int, int]:
        """Column of every yearly variable: those of yearly rows first, then what only steps use."""
        columns = {id(v): j for j, v in enumerate(self.yearly.variables)}
        for name in link_names(self.case):
            for year in self.case.years:
                for p in range(self.shape[1] if name[0] in BY_PERIOD else 1):
                    columns.setdefault(id(link_variable(self.layer, name, year, p)), len(columns))
        for total in self.layer.model.total.values():
            columns.setdefault(id(total), len(columns))
        return columns

    @cached_property
    def yearly_variables(self) -> tuple[Any, ...]:
        by_id = {id(v): v for v in self.layer.model.component_data_objects(pyo.Var)}
        return tuple(by_id[i] for i in self.yearly_columns)

    @cached_property
    def step_columns(self) -> dict[Name, int]:
        size, first = int(np.prod(self.shape)), len(self.yearly_columns)
        return {name: first + q * size for q, name in enumerate(step_variables(self.case))}

    @cached_property
    def column_blocks(self) -> dict[int, Columns]:
        """Columns by id of the step block's variables and links, to broadcast over (y, p, h)."""
        steps = np.arange(np.prod(self.shape), dtype=np.int32).reshape(self.shape)
        blocks: dict[int, Columns] = {
            id(self.block.x[n]): steps + np.int32(start) for n, start in self.step_columns.items()
        }
        for name in link_names(self.case):
            blocks[id(self.block.link[name])] = self._link_columns(name)
        for unit, before in self.block.before.items():
            blocks[id(before)] = np.roll(blocks[id(self.block.x["level", unit])], 1, axis=2)
        for store in season_stores(self.case):
            before = blocks[id(self.block.before[store.id])]
            before[:, :, :1] = blocks[id(self.block.link["day_start", store.id])]
        return blocks

    def _link_columns(self, name: Name) -> Columns:
        periods = self.shape[1] if name[0] in BY_PERIOD else 1
        found = [
            [self.yearly_columns[id(link_variable(self.layer, name, y, p))] for p in range(periods)]
            for y in self.case.years
        ]
        return np.array(found, dtype=np.int32)[:, :, None]

    @cached_property
    def data(self) -> dict[int, Array]:
        """Values of the data symbols, ready to broadcast over (y, p, h)."""
        values = {id(s): self.case.series[key][None, :, :] for key, s in self.block.series.items()}
        values[id(self.block.hours)] = self.case.axis.step_hours[None]
        kept = kept_levels(self.case)
        values |= {id(s): kept[unit][None] for unit, s in self.block.kept.items()}
        tables = yearly_tables(self.case)
        values |= {
            id(s): np.asarray(tables[name])[:, None, None] for name, s in self.block.yearly.items()
        }
        return values

    @cached_property
    def _forms(self) -> LinearForms:
        b = self.block
        return LinearForms([*b.series.values(), *b.yearly.values(), *b.kept.values(), b.hours])

    def _form(self, body: Any, lower: Any = None, upper: Any = None) -> _Form:
        """Terms come in the order of their columns."""
        linear, constant = self._forms.of(body)
        terms = [(self.column_blocks[i], coefficient) for i, coefficient in linear.items()]
        return _Form(sorted(terms, key=lambda term: int(term[0].flat[0])), constant, lower, upper)

    @cached_property
    def step_forms(self) -> dict[str, _Form]:
        """Every constraint of the step by name."""
        bounded = {c.name: c.to_bounded_expression() for c in constraints_of(self.block)}
        return {
            name: self._form(body, lower, upper) for name, (lower, body, upper) in bounded.items()
        }

    @cached_property
    def total_forms(self) -> dict[Name, _Form]:
        """The rate of every yearly total by name."""
        return {name: self._form(self.block.rate[name].expr) for name in total_names(self.case)}


def stamp(case: Case, *, tight: bool = True) -> Matrix:
    """The whole problem of a case as one sparse matrix; ``tight`` as in build_yearly."""
    with PauseGC():  # Pyomo makes many objects that live on: nothing to collect, much to look at
        layer = build_yearly(case, tight=tight)
        s = _Stamper(layer, compile_model(layer.model), symbolic_step(case))
    years, size = len(case.years), int(np.prod(s.shape))
    blocks = [(size, len(form.terms)) for form in s.step_forms.values()]
    blocks += [(years, 1 + len(form.terms) * size // years) for form in s.total_forms.values()]
    stores = [u.id for u in season_stores(case)]
    blocks += [(years * s.shape[1], 2)] * len(stores)
    rows = RowArrays(s.yearly, blocks)
    for form in s.step_forms.values():
        _fill_steps(s, form, *rows.next_block())
    for name, form in s.total_forms.items():
        _fill_totals(s, name, form, *rows.next_block())
    for store in stores:
        _fill_ends(s, store, *rows.next_block())
    return _assemble(s, rows)


def _fill_steps(
    s: _Stamper, form: _Form, columns: Columns, values: Array, lower: Array, upper: Array
) -> None:
    """One constraint over all steps; columns ascending in each row."""
    shape = (*s.shape, len(form.terms))
    for j, (block, coefficient) in enumerate(form.terms):
        columns.reshape(shape)[..., j] = block
        values.reshape(shape)[..., j] = evaluate(coefficient, s.data)
    if not (columns[:, 1:] > columns[:, :-1]).all():
        order = np.argsort(columns, axis=1, kind="stable")
        columns[:] = np.take_along_axis(columns, order, axis=1)
        values[:] = np.take_along_axis(values, order, axis=1)
    least = -np.inf if form.lower is None else evaluate(form.lower, s.data)
    most = np.inf if form.upper is None else evaluate(form.upper, s.data)
    constant = evaluate(form.constant, s.data)
    lower.reshape(s.shape)[...] = least - constant
    upper.reshape(s.shape)[...] = most - constant


def _fill_totals(
    s: _Stamper,
    name: Name,
    form: _Form,
    columns: Columns,
    values: Array,
    lower: Array,
    upper: Array,
) -> None:
    """total[name, y] - sum weight x hours x rate = 0, one row a year."""
    years, each = len(s.case.years), int(np.prod(s.shape[1:]))
    weight = np.broadcast_to(s.case.axis.hours_a_year, s.shape)
    totals = s.layer.model.total
    columns[:, 0] = [s.yearly_columns[id(totals[(*name, y)])] for y in s.case.years]
    values[:, 0] = 1.0
    for j, (block, coefficient) in enumerate(form.terms):
        at = slice(1 + j * each, 1 + (j + 1) * each)
        columns[:, at] = np.broadcast_to(block, s.shape).reshape(years, -1)
        values[:, at] = -(weight * evaluate(coefficient, s.data)).reshape(years, -1)
    constant = (weight * evaluate(form.constant, s.data)).reshape(years, -1).sum(axis=1)
    lower[:], upper[:] = constant, constant


def _fill_ends(
    s: _Stamper, store: str, columns: Columns, values: Array, lower: Array, upper: Array
) -> None:
    """day_end[store, y, p] - level after the last step = 0, one row a year and period."""
    ends = s.layer.model.day_end
    columns[:, 0] = [s.yearly_columns[id(v)] for (u, *_), v in ends.items() if u == store]
    columns[:, 1] = s.column_blocks[id(s.block.x["level", store])][:, :, -1].ravel()
    values[:] = 1.0, -1.0
    lower[:], upper[:] = 0.0, 0.0


def _assemble(s: _Stamper, rows: RowArrays) -> Matrix:
    compiled, count, size = s.yearly, len(s.yearly_columns), int(np.prod(s.shape))
    steps = len(s.step_columns) * size
    first = compiled.matrix.shape[0]
    totals = first + len(s.step_forms) * size
    ends = totals + len(s.total_forms) * s.shape[0]
    days = s.shape[0] * s.shape[1]
    bounds = [bounds_of(v) for v in s.yearly_variables]
    lower, upper, whole = (np.array(b) for b in zip(*bounds, strict=True))
    return Matrix(
        case=s.case,
        layer=s.layer,
        rows=rows.matrix(count + steps),
        cost=np.concatenate([compiled.cost, np.zeros(count + steps - len(compiled.cost))]),
        offset=compiled.offset,
        col_lower=np.concatenate([lower, np.zeros(steps)]),
        col_upper=np.concatenate([upper, np.full(steps, np.inf)]),
        integer=np.concatenate([whole.astype(bool), np.zeros(steps, dtype=bool)]),
        row_lower=rows.lower,
        row_upper=rows.upper,
        yearly_columns=s.yearly_columns,
        yearly_variables=s.yearly_variables,
        yearly_rows=compiled.rows,
        step_columns=s.step_columns,
        step_rows={name: first + i * size for i, name in enumerate(s.step_forms)},
        total_rows={name: totals + i * len(s.case.years) for i, name in enumerate(s.total_forms)},
        end_rows={u.id: ends + i * days for i, u in enumerate(season_stores(s.case))},
    )
