"""Two tiny models that HiGHS 1.14.0 solves wrongly, and calls optimal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import scipy.sparse as sp

from optimizer.solve.highs import Solver
from optimizer.solve.matrix import Problem

INF = np.inf


def problem(
    cost: Sequence[float],
    rows: Sequence[Sequence[float]],
    row_bounds: Sequence[tuple[float, float]],
    upper: Sequence[float],
    integer: Sequence[bool],
) -> Problem:
    """A minimum over columns that are at least 0."""
    lower_rows, upper_rows = np.array(row_bounds, dtype=float).T
    return Problem(
        rows=sp.csr_array(np.array(rows, dtype=float)), cost=np.array(cost, dtype=float),
        offset=0.0, col_lower=np.zeros(len(cost)), col_upper=np.array(upper, dtype=float),
        integer=np.array(integer), row_lower=lower_rows, row_upper=upper_rows,
    )  # fmt: skip


def test_a_whole_number_beside_a_real_one() -> None:
    """Proves min 2x + 3z, x + z >= 4.5, z whole = 9 (x = 4.5): the wrong optimum is 15."""
    trap = problem([2, 3], [[1, 1]], [(4.5, INF)], [10, 10], [False, True])
    outcome = Solver(trap).run()
    assert outcome.ending == "optimal"
    assert outcome.objective == pytest.approx(9)
    assert outcome.bound == pytest.approx(9)


def test_a_dear_build_beside_a_cheap_purchase() -> None:
    """Proves min 2b + 99999y, a + b = 10, a <= 100y = 20 (b = 10): the wrong optimum is 99999."""
    trap = problem(
        [0, 2, 99_999], [[1, 1, 0], [1, 0, -100]], [(10, 10), (-INF, 0)], [INF, INF, 1],
        [False, False, True],
    )  # fmt: skip
    outcome = Solver(trap).run()
    assert outcome.ending == "optimal"
    assert outcome.objective == pytest.approx(20)
    assert outcome.x == pytest.approx([0, 10, 0])
