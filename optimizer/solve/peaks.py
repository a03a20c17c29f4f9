"""Which billed peaks each day's peak is part of."""

from __future__ import annotations

from typing import Any

from optimizer.solve.matrix import Matrix


def columns_named(matrix: Matrix, component: str) -> dict[int, Any]:
    """Columns of a Pyomo component of the yearly layer: column -> variable."""
    found = getattr(matrix.layer.model, component, None)
    if found is None:
        return {}
    placed = ((matrix.column(variable), variable) for variable in found.values())
    return {column: variable for column, variable in placed if column is not None}


def covering_peaks(matrix: Matrix) -> dict[int, list[int]]:
    """Column of each peak_day -> columns of the peaks that are at least as high."""
    model = matrix.layer.model
    found: dict[int, list[int]] = {}
    for _, (carrier, year, bill, period) in matrix.rows_named("peak_covers_day"):
        day = matrix.column(model.peak_day[carrier, year, period])
        peak = matrix.column(model.peak[carrier, year, bill])
        assert day is not None
        assert peak is not None
        found.setdefault(day, []).append(peak)
    return found
