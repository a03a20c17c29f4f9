"""Solve a tiny case to the last digit; leave a constraint out to show that a test notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import pytest

from optimizer.inputs.case import Case
from optimizer.solve.direct import solve_direct
from optimizer.solve.highs import Outcome
from optimizer.solve.matrix import Matrix
from optimizer.solve.solution import Solution
from optimizer.solve.stamp import stamp

GAP = 1e-9
Test = TypeVar("Test", bound=Callable[..., Any])
Change = Callable[[Matrix], Matrix]
"""What is done to a stamped problem before it is solved."""
_left_out: list[str] = []


def proves(*constraints: str) -> Callable[[Test], Test]:
    """Name the constraints without which a test fails; test_registry.py holds it to that."""

    def mark(test: Test) -> Test:
        test.proves = constraints  # type: ignore[attr-defined]
        return test

    return mark


@contextmanager
def without(constraint: str) -> Iterator[None]:
    """Every row of one constraint is free in what is solved inside the block."""
    _left_out.append(constraint)
    try:
        yield
    finally:
        _left_out.pop()


def outcome_of(case: Case, change: Change = lambda matrix: matrix) -> tuple[Matrix, Outcome]:
    matrix = change(_freed(stamp(case, tight=not _left_out)))
    return matrix, solve_direct(matrix, gap=GAP)


def solved(case: Case, change: Change = lambda matrix: matrix) -> Solution:
    """The optimum, proven to 1e-9 of its cost; AssertionError where there is none."""
    matrix, outcome = outcome_of(case, change)
    assert outcome.ending == "optimal", outcome.ending
    assert outcome.x is not None
    return Solution(matrix, outcome.x)


def cost(case: Case) -> float:
    """Net present cost of the optimum [money]."""
    return solved(case).net_present_cost()


def has_no_plan(case: Case) -> bool:
    return outcome_of(case)[1].ending == "infeasible"


def close(value: float) -> Any:
    """Equal to 1e-6, relative, or absolute near 0."""
    return pytest.approx(value, rel=1e-6, abs=1e-6)


def _freed(matrix: Matrix) -> Matrix:
    """The matrix with the rows of what is left out unbounded on both sides."""
    if not _left_out:
        return matrix
    lower, upper = matrix.row_lower.copy(), matrix.row_upper.copy()
    size = int(np.prod(matrix.shape))
    spans = [slice(row, row + 1) for row in matrix.rows_named(*_left_out).values()]
    for name, first in matrix.step_rows.items():
        if name.split("[")[0] in _left_out:
            spans.append(slice(first, first + size))
    for span in spans:
        lower[span], upper[span] = -np.inf, np.inf
    return replace(matrix, row_lower=lower, row_upper=upper)
