"""Problems made from a problem: decisions fixed, rows made elastic."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from optimizer.solve.matrix import Array, Problem

P = TypeVar("P", bound=Problem)
Indices = NDArray[np.int64]


def with_fixed(problem: P, columns: Indices, values: Array) -> P:
    """The same problem with columns held at values, whole ones made continuous."""
    lower, upper, integer = (
        problem.col_lower.copy(),
        problem.col_upper.copy(),
        problem.integer.copy(),
    )
    lower[columns] = values
    upper[columns] = values
    integer[columns] = False
    return replace(problem, col_lower=lower, col_upper=upper, integer=integer)


def with_slack(problem: P, rows: Indices, signs: Array, costs: Array) -> tuple[P, Indices]:
    """The same problem with a slack column >= 0 in each of the given rows, and where they lie.

    ``signs``: +1 adds the slack to the row's body (helps a lower side), -1 takes it off.
    """
    count, width = len(rows), len(problem.cost)
    edited = replace(
        problem,
        rows=_with_entries(problem.rows, rows, signs),
        cost=np.concatenate([problem.cost, costs]),
        col_lower=np.concatenate([problem.col_lower, np.zeros(count)]),
        col_upper=np.concatenate([problem.col_upper, np.full(count, np.inf)]),
        integer=np.concatenate([problem.integer, np.zeros(count, dtype=bool)]),
    )
    return edited, width + np.arange(count)


def _with_entries(matrix: sp.csr_array, rows: Indices, values: Array) -> sp.csr_array:
    """The matrix with one more column for each of the given rows, which holds its value there."""
    order = np.argsort(rows, kind="stable")
    places = matrix.indptr[rows[order] + 1]
    before = np.searchsorted(rows[order], np.arange(len(matrix.indptr)))
    return sp.csr_array(
        (
            np.insert(matrix.data, places, values[order]),
            np.insert(matrix.indices, places, matrix.shape[1] + order),
            matrix.indptr + before.astype(matrix.indptr.dtype),
        ),
        shape=(matrix.shape[0], matrix.shape[1] + len(rows)),
    )
