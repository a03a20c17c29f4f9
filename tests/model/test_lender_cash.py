"""Debt service covered by what the plan saves, in the search itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pyomo.environ as pyo
import pytest

from optimizer.inputs import case as c
from optimizer.inputs.baseline import baseline_case
from optimizer.inputs.lender import Ask, LenderRule, Lent
from optimizer.loans.cash import saved
from optimizer.model import lender_cash
from optimizer.plan.cash_flow import cash_flow
from optimizer.plan.extract import extract
from optimizer.plan.lender import against
from optimizer.solve.circles import dispatched
from optimizer.solve.decomposed import solve_decomposed
from optimizer.solve.solution import Solution
from optimizer.solve.stamp import stamp
from tests import plants as p
from tests.everything import everything
from tests.lenders import BESIDE, GAS_YEAR, LARGE, SMALL, YEARS, ask, by_build, lender, plant, whole
from tests.loans.plant import scenario
from tests.model.bought_plant import bought_back
from tests.model.financing_plant import works_for_hire
from tests.model.solving import close, cost, proves, solved

NOTHING_BUILT = 2 * GAS_YEAR


def dearer(asked: LenderRule) -> float:
    """What the plan costs more than one without any measure."""
    return cost(plant(asked)) - NOTHING_BUILT


@proves("draws_within_eligible", "draws_are_loan")
def test_each_years_draw_pays_for_that_years_builds() -> None:
    """Proves that a loan of 20,000 is drawn, and for something: the small saving, in 2027."""
    assert dearer(lender(lent=by_build(20e3))) == close(SMALL)


@proves("debt_service_covered", "indebted_when_drawn")
def test_a_plan_that_fails_by_a_little_is_repaired_at_the_least_cost() -> None:
    """Proves cover x service <= cash in each year: 12,000 are due in the year of the draw, the
    small saving brings 10,950, so the large one is built in its place; the repair costs 3,100 -
    1,550, the difference of the two optima. At a cover of 1.9, 22,800, both are needed."""
    assert dearer(lender(ask("dscr", 1.0), lent=by_build(20e3))) == close(LARGE)
    assert dearer(lender(ask("dscr", 0.9), lent=by_build(20e3))) == close(SMALL)
    assert dearer(lender(ask("dscr", 1.9), lent=by_build(20e3))) == close(6_840)


def test_both_methods_find_the_same_repair() -> None:
    """Proves that the rows hold when the plan is decomposed: they are rows over yearly sums."""
    case = plant(lender(ask("dscr", 1.0), ask("llcr", 1.0), lent=by_build(20e3)))
    found = solve_decomposed(stamp(case), gap=1e-7)
    assert found.objective == pytest.approx(NOTHING_BUILT + LARGE, rel=1e-6)


def test_a_loan_drawn_at_once_must_be_served_from_its_first_year() -> None:
    """Proves that the year of a draw decides: of a loan drawn in 2026, 12,000 are due in 2026 too,
    so the large saving is built at once, 2 x 3,100."""
    asked = lender(ask("dscr", 1.0), ask("loan_over_eligible", 1.0), lent=whole(20e3))
    assert dearer(asked) == close(2 * LARGE)


def test_what_is_spare_is_kept_as_well() -> None:
    """Proves that a row keeps what an earlier plan missed besides: 10,800 + 200 > 10,950."""
    asked = lender(ask("dscr", 0.9), lent=by_build(20e3))
    assert dearer(asked.with_spare({("pack/dscr", 2027): 100.0})) == close(SMALL)
    assert dearer(asked.with_spare({("pack/dscr", 2027): 200.0})) == close(LARGE)
    assert dearer(asked.with_spare({("pack/other", 2027): 200.0})) == close(SMALL)


def test_the_borrowers_own_money_serves_old_and_new_debt() -> None:
    """Proves cover x (service + other debts') <= cash + EBITDA: 12,000 + 5,000 against 10,950 +
    6,000 in 2027 fails by 50; with 6,100 the small saving does."""
    base = {"owing": np.full(2, 5e3), "lent": by_build(20e3)}
    asked = ask("borrower_dscr", 1.0)
    assert dearer(lender(asked, earned=6_000.0, **base)) == close(LARGE)
    assert dearer(lender(asked, earned=6_100.0, **base)) == close(SMALL)


def _later_cash(quantity: str) -> None:
    asked = lender(Ask("pack/it", quantity, 2.0), lent=by_build(20e3))  # type: ignore[arg-type]
    assert dearer(asked) == close(2 * LARGE)


@proves("debt_covered")
def test_later_cash_is_worth_the_debt_so_many_times() -> None:
    """Proves 2 x owed <= cash to the end: 40,000 drawn in 2027 would need more than the 30,660 of
    both savings; drawn in 2026 they are covered by 2 x 21,900 of the large one, and the half that
    is owed in 2027 by 21,900. Without the row the small one is built in 2027."""
    for quantity in ("llcr", "plcr"):
        _later_cash(quantity)


@proves("carbon_above_baseline", "debt_service_covered")
def test_carbon_that_is_paid_more_is_taken_off_the_cash() -> None:
    """Proves cash less what carbon costs above the baseline's, here none: at 5 a tonne the large
    saving leaves 8,760 to pay, 21,900 - 8,760 = 13,140 < 18,000 due; with both 30,660 - 7,884 do.
    They cost 6,840 - 5 x 613.2 t more. Without the row the large one would do. In 2026, before the
    loan is drawn, the 10,950 that carbon costs more are no matter."""
    rule = c.CarbonRule(p.by_year(5.0, YEARS), p.by_year(0.0, YEARS))
    case = plant(lender(ask("dscr", 1.0), lent=by_build(30e3)), carbon=rule)
    assert cost(case) - NOTHING_BUILT == close(2 * 10_950 + 6_840 - 3_066)


def test_carbon_that_is_spared_is_no_cash() -> None:
    """Proves that nothing is added where the plan pays less for carbon: 30,000 due is above 21,900
    of the large saving, though that spares 41,240 of carbon, so both are built."""
    beside = replace(BESIDE, carbon=np.full(2, 50_000.0))
    rule = c.CarbonRule(p.by_year(5.0, YEARS), p.by_year(0.0, YEARS))
    case = plant(lender(ask("dscr", 1.0), lent=by_build(50e3), beside=beside), carbon=rule)
    assert list(solved(case).yearly("on").values())[1::2] == [close(1), close(1)]


def _bought_roof() -> c.Case:
    return bought_back((2026, 2027), rate=0.05)


@pytest.mark.parametrize("build", [everything, works_for_hire, _bought_roof])
def test_the_cash_of_the_rows_is_the_cash_that_is_judged(build: Callable[[], c.Case]) -> None:
    """Proves that search and verdict mean the same cash, year by year, tail, renewals, carbon,
    payments to owners, buy-backs and inflation included, on the plant of every concept: else what
    is found would then fail, or what qualifies be lost."""
    case = replace(build(), money=p.money(build().years, 0.05, 2040))
    years = tuple(range(case.years[0], 2041))
    level = 1.02 ** (np.array(years) - case.price_year)
    sides = np.ones((1, len(years)))
    lent = Lent(1.0, 0.03, (case.years[0],), False, sides, sides)
    asked = LenderRule((Ask("pack/dscr", "dscr", -1e6),), {}, level, lent)
    matrix = stamp(baseline_case(case))
    outcome = dispatched(matrix, matrix)
    assert outcome.x is not None
    baseline = Solution(matrix, outcome.x)
    beside = against(replace(case, lender=asked), baseline)
    plan = solved(beside)
    rule = beside.lender
    assert rule is not None
    layer = plan.matrix.layer
    flow = cash_flow(extract(plan), extract(baseline))
    given = scenario(economics={"discount_rate": 0.05, "inflation": 0.02})
    judged = saved(given.model_copy(update={"price_year": case.price_year}), flow, {}).nominal
    for year in case.years:
        above = float(pyo.value(lender_cash._registered(layer, year, carbon=True)))
        more = above - rule.beside.carbon[layer.at(year)]  # type: ignore[union-attr]
        layer.model.carbon_above[year].set_value(max(0.0, more))
    found = [float(pyo.value(lender_cash.cash_of(layer, rule, year))) for year in years]
    assert len(set(np.round(judged))) > 2, "years differ"
    assert found == pytest.approx(judged.tolist(), rel=1e-6, abs=1e-3)
