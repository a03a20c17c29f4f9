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
import scipy.sparse as sp
from numpy.typing import NDArray

from optimizer.inputs.case import Case, StorageUnit
from optimizer.model.layer import YearlyLayer
from optimizer.model.seam import Name, link_names, link_variable, total_names
from optimizer.model.step import (
    declare_step,
    kept_levels,
    step_variables,
    write_step,
    yearly_tables,
)
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

Columns = NDArray[np.int64]


@dataclass(frozen=True)
class _Symbols:
    """A step's access to symbols: what varies stays a name until it is stamped."""

    block: Any

    def series(self, key: str) -> Any:
        return self.block.series[key]

    def yearly(self, name: Name) -> Any:
        return self.block.yearly[name]

    def link(self, name: Name) -> Any:
        return self.block.link[name]

    def level_before(self, storage: str) -> Any:
        return self.block.before[storage]

    def hours(self) -> Any:
        return self.block.hours

    def kept(self, storage: str) -> Any:
        return self.block.kept[storage]


def symbolic_step(case: Case) -> Any:
    """One step of the case, written in symbols."""
    block = pyo.ConcreteModel()
    declare_step(case, block)
    block.series = pyo.Var(list(case.series))
    block.yearly = pyo.Var(pyo.Set(initialize=list(yearly_tables(case)), dimen=2))
    block.link = pyo.Var(pyo.Set(initialize=link_names(case), dimen=None))
    stores = [u.id for u in case.units if isinstance(u, StorageUnit)]
    block.before, block.kept, block.hours = pyo.Var(stores), pyo.Var(stores), pyo.Var()
    write_step(case, block, _Symbols(block))
    return block


@dataclass
class _Rows:
    """Row-wise arrays under construction."""

    columns: list[Columns]
    values: list[Array]
    lengths: list[NDArray[np.int64]]
    lower: list[Array]
    upper: list[Array]

    def add(self, columns: Columns, values: Array, lower: Array, upper: Array) -> None:
        """Rows of equal length: columns and values of shape (rows, entries)."""
        self.columns.append(columns.ravel())
        self.values.append(values.ravel())
        self.lengths.append(np.full(columns.shape[0], columns.shape[1], dtype=np.int64))
        self.lower.append(lower)
        self.upper.append(upper)


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
                for p in range(self.shape[1] if name[0] == "peak_day" else 1):
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
        """Columns over (y, p, h), flat, by id of the step block's variables and links."""
        size = int(np.prod(self.shape))
        blocks = {
            id(self.block.x[n]): start + np.arange(size) for n, start in self.step_columns.items()
        }
        for name in link_names(self.case):
            blocks[id(self.block.link[name])] = self._link_columns(name)
        for unit, before in self.block.before.items():
            level = self.step_columns["level", unit] + np.arange(size).reshape(self.shape)
            blocks[id(before)] = np.roll(level, 1, axis=2).ravel()
        return blocks

    def _link_columns(self, name: Name) -> Columns:
        years, periods, hours = self.shape
        by_period = name[0] == "peak_day"
        found = [
            [
                self.yearly_columns[id(link_variable(self.layer, name, y, p))]
                for p in range(periods if by_period else 1)
            ]
            for y in self.case.years
        ]
        return np.broadcast_to(np.array(found)[:, :, None], (years, periods, hours)).ravel()

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

    def over_steps(self, coefficient: Any) -> Array:
        return np.broadcast_to(evaluate(coefficient, self.data), self.shape).ravel()


def stamp(case: Case, *, tight: bool = True) -> Matrix:
    """The whole problem of a case as one sparse matrix; ``tight`` as in build_yearly."""
    layer = build_yearly(case, tight=tight)
    stamper = _Stamper(layer, compile_model(layer.model), symbolic_step(case))
    block = stamper.block
    forms = LinearForms(
        [*block.series.values(), *block.yearly.values(), *block.kept.values(), block.hours]
    )
    rows = _Rows([], [], [], [], [])
    first = stamper.yearly.matrix.shape[0]
    step_rows = _stamp_constraints(stamper, forms, rows, first)
    total_rows = _stamp_totals(
        stamper, forms, rows, first + len(step_rows) * int(np.prod(stamper.shape))
    )
    return _assemble(stamper, rows, step_rows, total_rows)


def _stamp_constraints(s: _Stamper, forms: LinearForms, rows: _Rows, first: int) -> dict[str, int]:
    placed: dict[str, int] = {}
    size = int(np.prod(s.shape))
    for constraint in constraints_of(s.block):
        lower, body, upper = constraint.to_bounded_expression()
        linear, constant = forms.of(body)
        shift = s.over_steps(constant)
        rows.add(
            np.stack([s.column_blocks[i] for i in linear], axis=1),
            np.stack([s.over_steps(coefficient) for coefficient in linear.values()], axis=1),
            np.full(size, -np.inf) if lower is None else s.over_steps(lower) - shift,
            np.full(size, np.inf) if upper is None else s.over_steps(upper) - shift,
        )
        placed[constraint.name] = first + len(placed) * size
    return placed


def _stamp_totals(
    s: _Stamper, forms: LinearForms, rows: _Rows, first: int
) -> dict[tuple[str, ...], int]:
    """total[name, y] - sum weight x hours x rate = 0, one row a name and year."""
    years = len(s.case.years)
    weight = np.broadcast_to(s.case.axis.hours_a_year, s.shape)
    placed: dict[tuple[str, ...], int] = {}
    for name in total_names(s.case):
        linear, constant = forms.of(s.block.rate[name].expr)
        totals = np.array(
            [s.yearly_columns[id(s.layer.model.total[(*name, y)])] for y in s.case.years]
        )
        columns = [totals[:, None], *(s.column_blocks[i].reshape(years, -1) for i in linear)]
        values = [np.ones((years, 1))]
        values += [
            -(weight * s.over_steps(c).reshape(s.shape)).reshape(years, -1) for c in linear.values()
        ]
        right = (weight * s.over_steps(constant).reshape(s.shape)).reshape(years, -1).sum(axis=1)
        rows.add(np.concatenate(columns, axis=1), np.concatenate(values, axis=1), right, right)
        placed[name] = first + len(placed) * years
    return placed


def _assemble(
    s: _Stamper, rows: _Rows, step_rows: dict[str, int], total_rows: dict[tuple[str, ...], int]
) -> Matrix:
    compiled, count = s.yearly, len(s.yearly_columns)
    width = count + len(s.step_columns) * int(np.prod(s.shape))
    lengths = np.concatenate([np.diff(compiled.matrix.indptr), *rows.lengths])
    stamped = sp.csr_array(
        (
            np.concatenate([compiled.matrix.data, *rows.values]),
            np.concatenate([compiled.matrix.indices, *rows.columns]),
            np.concatenate([[0], np.cumsum(lengths)]),
        ),
        shape=(len(lengths), width),
    )
    stamped.sum_duplicates()
    stamped.eliminate_zeros()
    bounds = [bounds_of(v) for v in s.yearly_variables]
    lower, upper, whole = (np.array(b) for b in zip(*bounds, strict=True))
    steps = width - count
    return Matrix(
        case=s.case,
        layer=s.layer,
        rows=stamped,
        cost=np.concatenate([compiled.cost, np.zeros(width - len(compiled.cost))]),
        offset=compiled.offset,
        col_lower=np.concatenate([lower, np.zeros(steps)]),
        col_upper=np.concatenate([upper, np.full(steps, np.inf)]),
        integer=np.concatenate([whole.astype(bool), np.zeros(steps, dtype=bool)]),
        row_lower=np.concatenate([compiled.row_lower, *rows.lower]),
        row_upper=np.concatenate([compiled.row_upper, *rows.upper]),
        yearly_columns=s.yearly_columns,
        yearly_variables=s.yearly_variables,
        yearly_rows=compiled.rows,
        step_columns=s.step_columns,
        step_rows=step_rows,
        total_rows=total_rows,
    )
