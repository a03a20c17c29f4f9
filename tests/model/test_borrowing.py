"""A loan that counts while the plan is chosen: what its rate saves, what it adds to the budget.

Two savings on a boiler (tests/lenders.py), each dearer than what it saves: by 1,550 a year for
250,000, by 3,100 a year for 500,000; 2026 and 2027, nothing discounted.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from optimizer.inputs import case as c
from optimizer.inputs.borrowing_rule import BorrowingRule
from optimizer.model.sizes import useful_sizes
from optimizer.plan.cash import cash_lines
from optimizer.solve.decomposed import solve_decomposed
from optimizer.solve.solution import Solution
from optimizer.solve.stamp import stamp
from tests.lenders import (
    BOTH,
    GAS_YEAR,
    LARGE,
    SMALL,
    YEARS,
    ask,
    borrowing,
    by_build,
    lender,
    plant,
    saving,
    whole,
)
from tests.model.solving import close, cost, proves, solved
from tests.model.test_budget import budget, grant, heat_pump
from tests.model.test_budget import plant as pumped

NOTHING_BUILT = 2 * GAS_YEAR
PUMP = {"hp": YEARS}


def dearer(rule: BorrowingRule | None, **changes: Any) -> float:
    """What the plan costs more than one without any measure."""
    return cost(plant(None, borrowing=rule, **changes)) - NOTHING_BUILT


def borrowed(solution: Solution) -> dict[tuple[str, int], float]:
    """Draws above 0."""
    return {at: money for at, money in solution.yearly("borrowed").items() if money > 1e-6}


@proves("borrowed_within_eligible")
def test_a_green_rate_tips_the_choice_by_what_it_saves() -> None:
    """Proves worth x share x price in the objective: the small saving in 2026 costs 2 x 1,550 more
    than it brings; a loan of 0.8 x 250,000 = 200,000 that spares 1.55 % of itself spares 3,100.

    At 1.56 % it is built and is worth 20; at 1.54 % it isn't. The large one needs 6,200 of 400,000,
    the same share. Without the row the whole million is drawn for it.
    """
    assert dearer(saving(0.0154, 0.0, share=0.8, most=200e3)) == close(0.0)
    assert dearer(saving(0.0156, 0.0, share=0.8, most=200e3)) == close(2 * SMALL - 3_120)
    alone = saving(0.0156, 0.0, share=0.8, pays_for={"small": YEARS})
    found = solved(plant(None, borrowing=alone))
    assert borrowed(found) == {("small", 2026): close(200e3)}
    assert found.net_present_cost() == close(NOTHING_BUILT + 2 * SMALL - 3_120)


@proves("borrowed_within_loan")
def test_no_more_is_drawn_than_is_lent() -> None:
    """Proves sum borrowed <= most: at 5 % a loan of 500,000 spares 25,000, and 750,000 would spare
    37,500 for both; both are built for 250,000 more only if that is lent.

    The large one alone: 2 x 3,100 - 25,000 = -18,800; both, with a loan of 750,000: 2 x 6,840 -
    37,500 = -23,820.
    """
    assert dearer(saving(0.05, 0.0, most=500e3)) == close(2 * LARGE - 25_000)
    assert dearer(saving(0.05, 0.0, most=750e3)) == close(2 * BOTH - 37_500)


@proves("borrowed_within_eligible")
def test_a_loan_pays_nothing_that_a_grant_of_the_year_pays() -> None:
    """Proves borrowed <= share x (price - grants) by year: 0.5 MW of heat pump for 100,000 in each
    year, half of the first paid by a grant, so 50,000 and then 100,000 are borrowed; at 10 % and
    5 % of these 10,000 are spared. With the sum alone 100,000 and 50,000 would be, and spare
    12,500.
    """
    option = heat_pump(upper=0.5, max_builds=2)
    rule = saving(0.1, 0.0, pays_for=PUMP)
    first = grant(years=(True, False))
    case = pumped(option, grants=(first,), budget=budget(50e3, 100e3), borrowing=rule)
    found = solved(case)
    assert borrowed(found) == {("hp", 2026): close(50e3), ("hp", 2027): close(100e3)}
    saved = {k.item: v for k, v in found.costs().items() if k.cost_class == "interest_saved"}
    assert saved["hp"].tolist() == [close(-5_000), close(-5_000)]


@proves("borrowed_within_rest", "borrowed_only_financed")
def test_a_loan_pays_nothing_that_other_money_pays() -> None:
    """Proves sum borrowed <= price - other money: of 250,000 another fund pays 50,000, so 200,000
    are borrowed and spare 3,120 at 1.56 %; and none for what isn't built."""
    rule = saving(0.0156, 0.0, pays_for={"small": YEARS}, other={"small": 50e3})
    assert dearer(rule) == close(2 * SMALL - 3_120)


def test_the_loan_is_nominal() -> None:
    """Proves price x level: at a level of 1.25 of the price year's money, 250,000 cost 312,500, of
    which 3,120 are spared at 0.9984 %."""
    rule = saving(0.009984, 0.0, pays_for={"small": YEARS}, level=np.full(2, 1.25))
    assert dearer(rule) == close(2 * SMALL - 3_120)


def test_what_is_saved_falls_in_the_years_in_which_it_is() -> None:
    """Proves the cash of the loan: 1.2 % in 2026 and 0.36 % in 2027 of 200,000 are 2,400 and 720,
    which add up to what the objective has of it."""
    case = plant(None, borrowing=saving(0.012, 0.0036, share=0.8, pays_for={"small": YEARS}))
    found = solved(case)
    lines = {(line.cash_class, line.item): line for line in cash_lines(case, found)}
    assert lines["interest_saved", "small"].amount.tolist() == [close(2_400), close(720)]
    assert ("capital", "small") not in lines
    total = -sum(float(line.amount.sum()) + line.remaining for line in lines.values())
    assert total == close(found.net_present_cost())


def test_a_size_that_never_runs_is_bought_where_the_loan_outweighs_its_price() -> None:
    """Proves that no optimum is cut off where a loan saves more than capital costs: 2 MW can never
    run on a load of 1 MW, but at 11 % saved against 2 x 5 % of capital each MW of 200,000 brings
    2,000. At 9 % the largest useful size is what can run."""
    case = pumped(heat_pump(upper=2.0))
    rich = replace(case, borrowing=saving(0.11, 0.0, pays_for=PUMP))
    assert useful_sizes(rich)["hp"] == 2.0
    assert solved(rich).yearly("added")["hp", 2026] == close(2.0)
    poor = replace(case, borrowing=saving(0.09, 0.0, pays_for=PUMP))
    assert useful_sizes(poor)["hp"] == pytest.approx(1.0)


def test_the_loan_that_a_lender_asks_about_is_the_one_that_counts() -> None:
    """Proves that its draws are what is borrowed: 20,000 are to be drawn, which spares 2,000 at
    10 % if it is in 2026: the small saving at once for 2 x 1,550 - 2,000 = 1,100. In 2027 it would
    be 1,550 less 1,000 = 550. With a cover of 1 the 12,000 due ask for the large one, in 2027:
    3,100 - 1,000. Were they two loans, all of 250,000 would be borrowed.
    """
    counts = saving(0.1, 0.0)
    asked = plant(lender(lent=by_build(20e3)), borrowing=counts)
    assert cost(asked) - NOTHING_BUILT == close(550)
    covered = plant(lender(ask("dscr", 1.0), lent=by_build(20e3)), borrowing=counts)
    found = solved(covered)
    assert found.net_present_cost() - NOTHING_BUILT == close(LARGE - 1_000)
    assert borrowed(found) == {("large", 2027): close(20e3)}


@pytest.mark.parametrize("drawn", [np.eye(2), np.tile([0.4, 0.6], (2, 1))])
def test_both_methods_find_the_same_plan(drawn: np.ndarray) -> None:
    """Proves that the rows hold when the plan is decomposed: rate and budget together, by build and
    by tranche."""
    rule = replace(saving(0.02, 0.01, share=0.7, pays_for=PUMP), enlarges=True, drawn=drawn)
    option = heat_pump(upper=1.0, max_builds=2, lower=0.2)
    case = pumped(option, budget=budget(40e3, 30e3), borrowing=rule)
    found = solve_decomposed(stamp(case), gap=1e-7)
    assert found.objective == pytest.approx(cost(case), rel=1e-6)


@proves("draws_are_loan")
def test_all_of_a_loan_by_tranches_is_borrowed() -> None:
    """Proves sum borrowed = amount for one draw that counts: 20,000 at 5 % of interest saved ask
    for the small saving, 2 x 1,550 - 1,000 if it is built in 2026 or 1,550 - 1,000 in 2027; without
    the row nothing would be built."""
    rule = borrowing(saved=np.full((2, 2), 0.025), worth=np.full(2, 0.05),
                     drawn=np.tile([1.0, 0.0], (2, 1)))  # fmt: skip
    found = solved(plant(lender(lent=whole(20e3)), borrowing=rule))
    assert found.net_present_cost() - NOTHING_BUILT == close(550)
    assert sum(borrowed(found).values()) == close(20e3)


def builds_in_turn(case: c.Case, rule: BorrowingRule) -> float:
    """The least cost of all schedules of two whole measures, loan and cost by arithmetic: capital
    for the years that each stands, gas for what is left, and the loan for as much as may be."""
    least = np.inf
    options = {o.id: o for o in case.measures}
    shares = {effect.measure: effect.share for effect in case.savings}
    limits = case.budget.capex
    starts: tuple[int | None, ...] = (None, *YEARS)
    for small in starts:
        for large in starts:
            when = {"small": small, "large": large}
            price = {k: options[k].segments[0].intercept for k in when}
            draws = [sum(rule.share * price[k] for k in when if when[k] == y) for y in YEARS]
            draws[0] = min(draws[0], rule.most)
            draws[1] = min(draws[1], rule.most - draws[0])
            spent = [sum(price[k] for k in when if when[k] == y) for y in YEARS]
            if any(s - d > (b or 0.0) + 1e-6 for s, d, b in zip(spent, draws, limits, strict=True)):
                continue
            total = 0.0
            for y in YEARS:
                on = [k for k, v in when.items() if v is not None and v <= y]
                left = float(np.prod([1 - shares[k] for k in on]))
                total += GAS_YEAR * left + sum(price[k] / 20 for k in on)
            total -= sum(d * w for d, w in zip(draws, rule.worth.tolist(), strict=True))
            least = min(least, total)
    return float(least)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9])
@pytest.mark.parametrize("limit", [60e3, 160e3, 260e3])
@pytest.mark.parametrize("rate", [0.01, 0.02, 0.06])
def test_every_schedule_tried_agrees(share: float, limit: float, rate: float) -> None:
    """Proves the search against all nine schedules of two whole measures under budget and loan."""
    rule = replace(saving(rate, rate / 2, share=share, most=500e3), enlarges=True)
    case = plant(None, borrowing=rule, budget=budget(limit, limit))
    assert cost(case) == close(builds_in_turn(case, rule))
