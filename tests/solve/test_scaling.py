"""Columns in money are scaled: HiGHS's tolerance is no amount of money."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from optimizer.solve.highs import Solver
from optimizer.solve.matrix import Problem
from optimizer.solve.scaling import scales


def grant_problem() -> Problem:
    """Two plants of 2e6 and 3e6, of which a grant of at most 1.5e6 pays half: min 2 b + 3 c - g in
    1e6 with b + c = 1. The cheapest is b alone: 2 - 1 = 1."""
    rows = np.array([[1.0, 1.0, 0.0], [-1e6, -1.5e6, 1.0], [0.0, 0.0, 1.0], [2e6, 3e6, -1.0]])
    return Problem(
        rows=sp.csr_array(rows),
        cost=np.array([2e6, 3e6, -1.0]),
        offset=0.0,
        col_lower=np.zeros(3),
        col_upper=np.array([1.0, 1.0, np.inf]),
        integer=np.array([True, True, False]),
        row_lower=np.array([1.0, -np.inf, -np.inf, -np.inf]),
        row_upper=np.array([1.0, 0.0, 1.5e6, 4e6]),
    )


def test_a_grant_is_scaled_and_whole_columns_are_not() -> None:
    """Proves the grant, 1 beside plants of 1e6 in most of its rows, gets a factor near 1e6; whole
    decisions keep theirs, or they would be whole no more."""
    scale = scales(grant_problem()).columns
    assert scale[:2].tolist() == [1.0, 1.0]
    assert 2**18 <= scale[2] <= 2**23


def test_values_come_back_in_money() -> None:
    """Proves solution, objective, start and changed bounds are in money: b = 1 and a grant of 1e6
    cost 1e6; with at most 0.4e6 of grant, 1.6e6."""
    solver = Solver(grant_problem())
    outcome = solver.run()
    assert outcome.x == pytest.approx([1.0, 0.0, 1e6])
    assert outcome.objective == pytest.approx(1e6)
    solver.start_from(np.array([1.0, 0.0, 1e6]))
    assert solver.run().objective == pytest.approx(1e6)
    solver.bound_columns(np.array([2]), np.array([0.0]), np.array([4e5]))
    assert solver.run().objective == pytest.approx(1.6e6)
