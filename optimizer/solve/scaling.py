"""Powers of two that bring a problem's rows, columns and costs near 1."""

from __future__ import annotations

from typing import Final

import numpy as np

from optimizer.solve.matrix import Array, Problem

LARGEST_PLAIN: Final = 2.0**10
"""Rows whose largest coefficient is within 1/1024 … 1024 are left as they are."""


def row_scale(m: Problem, values: Array) -> Array:
    """Powers of two that bring a row's largest coefficient near 1, shape (rows,).

    ``values``: magnitudes of the coefficients in the order of ``m.rows.data``. Only rows with a
    coefficient out of the plain range, few as a rule, are looked at.
    """
    starts = m.rows.indptr
    odd = np.flatnonzero((values > LARGEST_PLAIN) | (values < 1 / LARGEST_PLAIN))
    rows = np.unique(np.searchsorted(starts, odd, side="right") - 1)
    edges = np.stack([starts[rows], starts[rows + 1]], axis=1).ravel()
    largest = np.maximum.reduceat(values, edges[edges < len(values)])[::2]
    far = (largest > LARGEST_PLAIN) | (largest < 1 / LARGEST_PLAIN)
    scale = np.ones(len(starts) - 1)
    scale[rows[far]] = np.exp2(-np.round(np.log2(largest[far])))
    return scale


def money_scale(m: Problem) -> Array:
    """Powers of two for continuous columns in money, such as grants, shape (columns,).

    Their rows hold prices of whole plants, so that once rows are scaled the column's own 1 is of
    the size of HiGHS's tolerance and presolve calls wrong optima optimal. A column whose middle
    coefficient would be below 1/1024 is brought near 1.
    """
    values, indices = np.abs(m.rows.data), m.rows.indices
    values *= np.repeat(row_scale(m, values), np.diff(m.rows.indptr))
    suspect = np.zeros(len(m.cost), dtype=bool)
    suspect[indices[values < 1 / LARGEST_PLAIN]] = True
    entries = np.flatnonzero((suspect & ~m.integer)[indices])
    columns, values = indices[entries], values[entries]
    order = np.lexsort((values, columns))
    found, first, counts = np.unique(columns[order], return_index=True, return_counts=True)
    middle = values[order][first + (counts - 1) // 2]
    small = (middle < 1 / LARGEST_PLAIN) & (middle > 0)
    scale = np.ones(len(m.cost))
    scale[found[small]] = np.exp2(-np.round(np.log2(middle[small])))
    return scale


def cost_scale(m: Problem) -> float:
    """Power of two that brings the middle cost coefficient near 1."""
    costs = np.abs(m.cost[m.cost != 0])
    return float(np.exp2(-np.round(np.log2(np.median(costs))))) if len(costs) else 1.0
