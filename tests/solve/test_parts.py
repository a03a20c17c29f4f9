"""Problems solved part by part, and rows made elastic."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from optimizer.solve.edit import with_slack
from optimizer.solve.matrix import Problem
from optimizer.solve.parts import solve_parts


def problem(rows: list[list[float]], cost: list[float], least: list[float]) -> Problem:
    """Columns from 0 to 3, rows >= ``least``."""
    width = len(cost)
    return Problem(
        rows=sp.csr_array(np.array(rows, dtype=float)),
        cost=np.array(cost, dtype=float),
        offset=0.0,
        col_lower=np.zeros(width),
        col_upper=np.full(width, 3.0),
        integer=np.zeros(width, dtype=bool),
        row_lower=np.array(least, dtype=float),
        row_upper=np.full(len(least), np.inf),
    )


def test_a_column_in_no_row_is_solved_too() -> None:
    """Proves that the last column, which stands in no row, takes its best bound.

    x0 >= 1 at cost 1, x1 free at cost -2 up to 3: 1 - 6 = -5. Left out of every part, x1 would
    stay 0 and the cost be 1.
    """
    outcome = solve_parts(problem([[1, 0]], [1, -2], [1]))
    assert outcome.objective == pytest.approx(-5.0)


def test_slack_stands_in_its_own_row() -> None:
    """Proves where the columns lie when rows are given out of order and one twice.

    Rows 2, 0, 0 with signs 1, -1, 1: column 2 is in row 2, columns 3 and 4 in row 0.
    """
    given = problem([[1, 0], [0, 2], [3, 4]], [1, 1], [0, 0, 0])
    edited, added = with_slack(
        given, np.array([2, 0, 0]), np.array([1.0, -1.0, 1.0]), np.array([7.0, 8.0, 9.0])
    )
    assert added.tolist() == [2, 3, 4]
    assert edited.rows.toarray().tolist() == [
        [1, 0, 0, -1, 1],
        [0, 2, 0, 0, 0],
        [3, 4, 1, 0, 0],
    ]
    assert edited.cost.tolist() == [1, 1, 7, 8, 9]
