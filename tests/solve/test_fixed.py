"""A portfolio that is kept: each answer is that of a cold solve of the whole held problem."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.inputs import case as c
from optimizer.solve.direct import solve_direct
from optimizer.solve.edit import with_fixed
from optimizer.solve.fixed import FixedPortfolio
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.offers import portfolio_columns
from optimizer.solve.stamp import stamp
from tests.everything import everything
from tests.solve.random_cases import full_case
from tests.solve.test_live import dearer, more_output, other_caps

EXACT = 1e-6


def plan_of(case: c.Case) -> tuple[Matrix, Array]:
    matrix = stamp(case)
    x = solve_direct(matrix, gap=EXACT).x
    assert x is not None
    return matrix, x


def held(plan: tuple[Matrix, Array], case: c.Case) -> Matrix:
    matrix = stamp(case)
    return with_fixed(matrix, *portfolio_columns(*plan, matrix))


def answers(portfolio: FixedPortfolio, problem: Matrix) -> str:
    """The ending, once cost, bound and rows are those of the direct method."""
    found, exact = portfolio.solve(problem, EXACT), solve_direct(problem, gap=EXACT)
    assert found.ending == exact.ending
    if found.x is not None:
        assert found.objective == pytest.approx(exact.objective, rel=2 * EXACT)
        assert found.bound <= exact.objective * (1 + EXACT)
        assert float(problem.cost @ found.x) + problem.offset == pytest.approx(found.objective)
        kept, size = problem.rows @ found.x, abs(problem.rows) @ np.abs(found.x)
        spare = EXACT * np.maximum(1.0, size)
        assert (kept >= problem.row_lower - spare).all()
        assert (kept <= problem.row_upper + spare).all()
    return found.ending


@pytest.mark.parametrize("number", [0, 1, 2, 5, 8])
def test_answers_are_those_of_a_cold_solve_of_the_same_portfolio(number: int) -> None:
    """Proves optimum and rows over questions in a row: other prices twice, other caps, more
    output, the first question again.

    A basis, a bound or a settled column kept where it is no longer true would give another cost,
    or a plan that breaks a row.
    """
    case, rng = full_case(number), np.random.default_rng(900 + number)
    plan, portfolio = plan_of(case), FixedPortfolio()
    for change in (None, dearer, dearer, other_caps, more_output, None):
        asked = case if change is None else change(case, rng)
        answers(portfolio, held(plan, asked))


def test_every_kind_of_decision_is_kept() -> None:
    """Proves the same with every component that the model has, seasonal stores among them."""
    case, rng = everything(), np.random.default_rng(3)
    plan, portfolio = plan_of(case), FixedPortfolio()
    for asked in (case, dearer(case, rng), other_caps(case, rng)):
        answers(portfolio, held(plan, asked))


def test_a_cap_below_what_the_portfolio_can_do_leaves_no_plan() -> None:
    """Proves 'infeasible' for a cap of nothing, and that the next question is answered again."""
    case = full_case(0)
    plan, portfolio = plan_of(case), FixedPortfolio()
    caps = tuple(0.0 for _ in case.years)
    impossible = replace(case, policy=replace(case.policy, gross_cap=caps))
    assert answers(portfolio, held(plan, case)) == "optimal"
    assert answers(portfolio, held(plan, impossible)) == "infeasible"
    assert answers(portfolio, held(plan, case)) == "optimal"
