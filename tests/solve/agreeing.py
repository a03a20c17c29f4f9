"""What the decomposed method must keep to on a case whose optimum is known."""

from __future__ import annotations

from typing import Any

import numpy as np

from optimizer.inputs.case import Case
from optimizer.solve.decisions import polished
from optimizer.solve.decomposed import solve_decomposed
from optimizer.solve.direct import solve_direct
from optimizer.solve.edit import with_fixed
from optimizer.solve.highs import Outcome, Solver
from optimizer.solve.matrix import Matrix
from optimizer.solve.stamp import stamp

GAP = 1e-3
EXACT = 1e-6
"""Gap of the direct method, and what bounds may miss of it: the tolerance of either."""
LIMIT = 120.0
"""Seconds that either method may take: one that goes round in circles must end the test."""


def decomposed(matrix: Matrix, **options: Any) -> Outcome:
    """To GAP, unless another is asked for."""
    return solve_decomposed(matrix, **({"gap": GAP} | options))


def holds_to(case: Case, *, exact_to: float = EXACT, **options: Any) -> Outcome:
    """Both methods on one matrix; asserts that they end alike and that the gap is proven.

    ``exact_to``: gap of the direct method; between its two ends no more can be told.
    """
    matrix = stamp(case)
    exact = solve_direct(matrix, gap=exact_to, time_limit=LIMIT)
    found = decomposed(matrix, time_limit=LIMIT, **options)
    assert exact.ending in ("optimal", "infeasible")
    assert found.ending == exact.ending
    brackets(matrix, found, exact.objective, exact_to)
    if exact.ending == "optimal":
        assert found.x is not None
        assert found.gap <= options.get("gap", GAP)
    return found


def brackets(matrix: Matrix, found: Outcome, optimum: float, exact: float = EXACT) -> None:
    """Bound <= optimum <= objective, and the objective is that of a plan which holds.

    ``optimum``: infinite where there is no plan; ``exact``: what is known of it, relative.
    """
    spare = exact * abs(optimum) if np.isfinite(optimum) else 0.0
    assert found.bound <= optimum + spare
    assert found.objective >= optimum - spare
    if found.x is not None:
        x, whole = polished(found.x, matrix), np.flatnonzero(matrix.integer)
        held = Solver(with_fixed(matrix, whole, x[whole]), relaxed=True).run()
        assert held.objective <= found.objective + spare
