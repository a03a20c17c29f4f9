"""Rows of a matrix under names that don't depend on how the matrix was made."""

from __future__ import annotations

from typing import Any

import numpy as np

from optimizer.model.expanded import expand
from optimizer.solve.matrix import Matrix
from optimizer.solve.repn import bounds_of, compile_model

Row = tuple[float, float, dict[str, float]]


def _row(lower: float, upper: float, coefficients: dict[str, float]) -> Row:
    kept = {name: value for name, value in coefficients.items() if value != 0.0}
    return float(lower), float(upper), kept


def stamped_rows(
    matrix: Matrix,
) -> tuple[dict[str, Row], dict[str, tuple[float, float, bool]], dict[str, float]]:
    """(rows, bounds, costs) by name."""
    columns = _stamped_columns(matrix)
    names = _stamped_row_names(matrix)
    rows = {}
    for i, name in enumerate(names):
        span = slice(matrix.rows.indptr[i], matrix.rows.indptr[i + 1])
        found = {
            columns[j]: v
            for j, v in zip(matrix.rows.indices[span], matrix.rows.data[span], strict=True)
        }
        rows[name] = _row(matrix.row_lower[i], matrix.row_upper[i], found)
    bounds = {
        c: (matrix.col_lower[j], matrix.col_upper[j], bool(matrix.integer[j]))
        for j, c in enumerate(columns)
    }
    return rows, bounds, {c: float(matrix.cost[j]) for j, c in enumerate(columns) if matrix.cost[j]}


def _places(matrix: Matrix) -> list[str]:
    _, periods, steps = matrix.shape
    return [f"{y},{p},{h}" for y in matrix.case.years for p in range(periods) for h in range(steps)]


def _stamped_columns(matrix: Matrix) -> list[str]:
    names = [v.name for v in matrix.yearly_variables]
    for name in matrix.step_columns:
        names += [f"{'/'.join(name)}@{place}" for place in _places(matrix)]
    return names


def _stamped_row_names(matrix: Matrix) -> list[str]:
    names = [row.name for row in matrix.yearly_rows]
    for constraint in matrix.step_rows:
        names += [f"{constraint}@{place}" for place in _places(matrix)]
    for total in matrix.total_rows:
        names += [f"total_is_sum[{','.join(total)},{y}]" for y in matrix.case.years]
    for store in matrix.end_rows:
        days = [(y, p) for y in matrix.case.years for p in range(matrix.shape[1])]
        names += [f"day_end_is_level[{store},{y},{p}]" for y, p in days]
    return names


def expanded_rows(
    case: Any,
) -> tuple[dict[str, Row], dict[str, tuple[float, float, bool]], dict[str, float]]:
    """The same from Pyomo's own expansion and standard form."""
    model = expand(case).model  # its parts know it weakly: held to the end
    form = compile_model(model)

    def column(variable: Any) -> str:
        block = variable.parent_block()
        if block.parent_component().local_name != "steps":
            return str(variable.name)
        return f"{'/'.join(variable.index())}@{','.join(str(i) for i in block.index())}"

    def row(constraint: Any) -> str:
        block = constraint.parent_block()
        if block.parent_component().local_name != "steps":
            return str(constraint.name)
        return f"{constraint.local_name}@{','.join(str(i) for i in block.index())}"

    names = [column(v) for v in form.variables]
    rows = {}
    for i, constraint in enumerate(form.rows):
        span = slice(form.matrix.indptr[i], form.matrix.indptr[i + 1])
        found = {
            names[j]: v
            for j, v in zip(form.matrix.indices[span], form.matrix.data[span], strict=True)
        }
        rows[row(constraint)] = _row(form.row_lower[i], form.row_upper[i], found)
    bounds = {n: bounds_of(v) for n, v in zip(names, form.variables, strict=True)}
    return rows, bounds, {n: float(k) for n, k in zip(names, form.cost, strict=True) if k}


def same(a: Row, b: Row) -> bool:
    """Equal to rounding, coefficient for coefficient; an equality may be written with either
    sign."""
    return _close(a, b) or _close(a, (-b[1], -b[0], {k: -v for k, v in b[2].items()}))


def _close(a: Row, b: Row) -> bool:
    if a[2].keys() != b[2].keys():
        return False
    left, right = [*a[:2], *a[2].values()], [*b[:2], *(b[2][k] for k in a[2])]
    return bool(np.allclose(left, right, rtol=1e-12, atol=1e-12))
