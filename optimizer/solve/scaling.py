"""Powers of two that bring a problem's rows, columns and costs near 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from optimizer.solve.matrix import Array, Problem

Indices = NDArray[np.int64]
LARGEST_PLAIN: Final = 2.0**10
"""Rows whose largest coefficient is within 1/1024 … 1024 are left as they are."""


@dataclass(frozen=True)
class Scales:
    """Powers of two, one a row and one a column; true value of a column = scaled value x scale.

    ``values``: the scaled coefficients, in the order of the problem's; copied only if any changed.
    """

    rows: Array
    columns: Array
    values: Array


def scales(m: Problem) -> Scales:
    """Rows and money columns of a problem brought near 1."""
    values, odd = m.rows.data, _odd(m.rows.data)
    near = _rows_of(m, odd)
    rows = _row_scale(m, values, near)
    columns = _money_scale(m, rows, odd)
    if (columns != 1).any():
        touched = np.flatnonzero((columns != 1)[m.rows.indices])
        values = values.copy()
        values[touched] *= columns[m.rows.indices[touched]]
        rows = _row_scale(m, values, np.concatenate([near, _rows_of(m, touched)]))
    entries, _ = _entries(m, np.flatnonzero(rows != 1))
    if len(entries):
        values = values.copy() if values is m.rows.data else values
        values[entries] *= rows[_rows_of(m, entries)]
    return Scales(rows, columns, values)


def row_scale(m: Problem, values: Array) -> Array:
    """Powers of two that bring a row's largest coefficient near 1, shape (rows,).

    ``values``: coefficients in the order of ``m.rows.data``.
    """
    return _row_scale(m, values, _rows_of(m, _odd(values)))


def _row_scale(m: Problem, values: Array, near: Indices) -> Array:
    """Looks at some rows only: those with a coefficient out of the plain range, few as a rule."""
    rows, scale = np.unique(near), np.ones(m.rows.shape[0])
    entries, first = _entries(m, rows)
    largest = np.maximum.reduceat(np.abs(values[entries]), first)
    far = (largest > LARGEST_PLAIN) | (largest < 1 / LARGEST_PLAIN)
    scale[rows[far]] = np.exp2(-np.round(np.log2(largest[far])))
    return scale


def _money_scale(m: Problem, rows: Array, odd: Indices) -> Array:
    """Powers of two for continuous columns in money, such as grants, shape (columns,).

    Their rows hold prices of whole plants, so that once rows are scaled the column's own 1 is of
    the size of HiGHS's tolerance and presolve calls wrong optima optimal. A column whose middle
    coefficient would be below 1/1024 is brought near 1.
    """
    values, indices, scale = m.rows.data, m.rows.indices, np.ones(len(m.cost))
    near = np.union1d(odd, _entries(m, np.flatnonzero(rows != 1))[0])
    faint = np.abs(values[near]) * rows[_rows_of(m, near)] < 1 / LARGEST_PLAIN
    suspect = np.zeros(len(m.cost), dtype=bool)
    suspect[indices[near[faint]]] = True
    entries = np.flatnonzero((suspect & ~m.integer)[indices])
    columns, sizes = indices[entries], np.abs(values[entries]) * rows[_rows_of(m, entries)]
    order = np.lexsort((sizes, columns))
    found, first, counts = np.unique(columns[order], return_index=True, return_counts=True)
    middle = sizes[order][first + (counts - 1) // 2]
    small = (middle < 1 / LARGEST_PLAIN) & (middle > 0)
    scale[found[small]] = np.exp2(-np.round(np.log2(middle[small])))
    return scale


def cost_scale(m: Problem) -> float:
    """Power of two that brings the middle cost coefficient near 1."""
    costs = np.abs(m.cost[m.cost != 0])
    return float(np.exp2(-np.round(np.log2(np.median(costs))))) if len(costs) else 1.0


def _odd(values: Array) -> Indices:
    """Where coefficients are out of the plain range."""
    size = np.abs(values)
    return np.flatnonzero((size > LARGEST_PLAIN) | (size < 1 / LARGEST_PLAIN))


def _rows_of(m: Problem, entries: Indices) -> Indices:
    return np.searchsorted(m.rows.indptr, entries, side="right") - 1


def _entries(m: Problem, rows: Indices) -> tuple[Indices, Indices]:
    """All entries of some rows that aren't empty, in turn, and where each row begins among them."""
    starts = m.rows.indptr[rows].astype(np.int64)
    counts = m.rows.indptr[rows + 1] - starts
    first = np.cumsum(counts) - counts
    return np.repeat(starts - first, counts) + np.arange(int(counts.sum())), first
