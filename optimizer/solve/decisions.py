"""Decisions that are held when a plan is dispatched on another time axis."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from optimizer.solve.edit import Indices
from optimizer.solve.matrix import Array, Matrix

HELD: Final = (
    "build", "added", "units_added", "segment_on", "segment_size", "on", "installed",
    "asset_old", "asset_renewed", "asset_retired", "bundle", "chain_taken", "remaining",
    "signed", "contracted", "in_force", "gate_open", "grant", "borrowed",
    "connection",
)  # fmt: skip
"""What is built, renewed, signed, granted or borrowed. Credits, claims, peaks and dispatch are
decided anew."""


def yearly_contracts(matrix: Matrix) -> set[str]:
    """Contracts signed for a single year, of any size: decided anew with the dispatch."""
    return {g.id for g in matrix.case.contracts if g.tenor == 1 and g.lower == 0}


def held_decisions(source: Matrix, x: Array, target: Matrix) -> tuple[Indices, Array]:
    """Columns of ``target`` and the values that ``x`` of ``source`` gives them."""
    anew = yearly_contracts(source)
    columns, values = [], []
    for name in HELD:
        held, kept = (
            getattr(target.layer.model, name, None),
            getattr(source.layer.model, name, None),
        )
        if held is None or kept is None:
            continue
        for index, variable in held.items():
            column, origin = target.column(variable), source.column(kept[index])
            if column is None or (name in ("signed", "contracted") and index[0] in anew):
                continue
            columns.append(column)
            values.append(x[origin] if origin is not None else 0.0)
    return np.array(columns, dtype=np.int64), np.array(values)


def without_size_limits(target: Matrix) -> Matrix:
    """The problem without the largest sizes of its own axis: held decisions keep another's."""
    rows = list(target.rows_named("added_within_sizes", "segment_within_bounds").values())
    upper = target.row_upper.copy()
    upper[rows] = np.inf
    return replace(target, row_upper=upper)


def whole_decisions(source: Matrix, x: Array, target: Matrix) -> tuple[Indices, Array]:
    """Whole columns of ``target`` and the rounded values that ``x`` of ``source`` gives them."""
    known = {
        v.name: round(x[j]) for j, v in enumerate(source.yearly_variables) if source.integer[j]
    }
    whole = np.flatnonzero(target.integer)
    values = [known.get(target.yearly_variables[j].name, 0.0) for j in whole]
    return whole, np.clip(values, target.col_lower[whole], target.col_upper[whole])


def polished(x: Array, matrix: Matrix) -> Array:
    """Whole decisions rounded to whole numbers, shape as ``x``."""
    return np.where(matrix.integer, np.round(x), x)
