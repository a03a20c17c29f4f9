"""A loan that adds to the budgets of its draws, by build or by tranche, and what it takes back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from optimizer.inputs.borrowing_rule import BorrowingRule
from optimizer.model.sizes import useful_sizes
from tests import plants as p
from tests.lenders import YEARS, borrowing
from tests.model.solving import close, cost, has_no_plan, proves, solved
from tests.model.test_borrowing import PUMP, borrowed
from tests.model.test_budget import budget, heat_pump
from tests.model.test_budget import plant as pumped


def enlarged(**fields: Any) -> BorrowingRule:
    return borrowing(pays_for=PUMP, enlarges=True, **fields)


@proves("capex_within_budget")
def test_a_loan_makes_affordable_what_the_budget_forbade() -> None:
    """Proves overnight <= budget + draw: 1 MW of heat pump costs 200,000 and saves 65,700 a year.
    60,000 a year of own money build 0.3 MW, and 0.3 more a year later; with a loan of 70 % 60,000
    are own money of 200,000: 1 MW at once, 2 x (43,800 + 10,000).

    A loan of at most 100,000 makes it 0.8 MW, and 1 MW in 2027.
    """
    option, own = heat_pump(upper=1.0, max_builds=2), budget(60e3, 60e3)
    without = pumped(option, budget=own)
    assert [*solved(without).yearly("added").values()] == [close(0.3), close(0.3)]
    found = solved(replace(without, borrowing=enlarged(share=0.7)))
    assert [*found.yearly("added").values()] == [close(1.0), close(0.0)]
    assert borrowed(found) == {("hp", 2026): close(140e3)}
    assert found.net_present_cost() == close(2 * 53_800)
    least = solved(replace(without, borrowing=enlarged(share=0.7, most=100e3)))
    assert [*least.yearly("added").values()] == [close(0.8), close(0.2)]


def test_a_measure_that_must_be_whole_is_built_with_the_loan_alone() -> None:
    """Proves the same of a whole decision, and that it needs the loan: a boiler that is due can't
    be replaced for 60,000, so there is no plan, but with 140,000 lent there is one."""
    option = heat_pump(upper=1.0, lower=1.0)
    worn_out = replace(p.asset("boiler", YEARS, 2.0), last_old=-1)
    case = pumped(option, budget=budget(60e3, 0.0), assets=(worn_out,))
    assert has_no_plan(case)
    assert cost(replace(case, borrowing=enlarged(share=0.7))) == close(2 * 53_800)
    assert has_no_plan(replace(case, borrowing=enlarged(share=0.69)))


def test_the_draw_is_worth_less_when_prices_have_risen() -> None:
    """Proves draw / level: 150,000 nominal at a level of 1.5 are 100,000 of real money."""
    rule = enlarged(most=150e3, level=np.full(2, 1.5))
    found = solved(pumped(heat_pump(upper=1.0), budget=budget(0.0, 0.0), borrowing=rule))
    assert found.yearly("added")["hp", 2026] == close(0.5)


def test_debt_service_may_take_from_later_budgets() -> None:
    """Proves budget + draw - service: of what is drawn in 2026 a tenth is due in 2026 and half in
    2027. 60,000 and 30,000 a year: the draw of x leaves 30,000 - x / 2 in 2027, so it is at most
    60,000, and 60,000 + 0.9 x 60,000 = 114,000 are 0.57 MW. Paid from savings x isn't limited."""
    due = np.array([[0.1, 0.5], [0.0, 0.1]])
    rule = enlarged(repaid=due)
    case = pumped(heat_pump(upper=1.0), budget=budget(60e3, 30e3), borrowing=rule)
    found = solved(case)
    assert borrowed(found)["hp", 2026] == close(60e3)
    free = solved(replace(case, borrowing=enlarged()))
    assert free.yearly("added")["hp", 2026] == close(1.0)
    assert found.yearly("added")["hp", 2026] == close(0.57)


def test_carried_over_draws_count_where_they_fall() -> None:
    """Proves that with carry-over budgets and draws are summed alike: a pump that can stand from
    2027 has 20,000 + 40,000 of own money and as much again lent: 0.6 MW."""
    own = budget(20e3, 40e3, carry_over=True)
    option = heat_pump(upper=1.0, earliest=1)
    case = pumped(option, budget=own, borrowing=enlarged(share=0.5))
    assert solved(case).yearly("added")["hp", 2027] == close(0.6)


def by_tranche(first: float, **fields: Any) -> BorrowingRule:
    """A loan of 70 %, a share of it drawn in 2026 and the rest in 2027."""
    return enlarged(share=0.7, drawn=np.tile([first, 1.0 - first], (2, 1)), **fields)


@proves("capex_within_budget")
def test_tranches_add_to_the_budgets_of_their_years() -> None:
    """Proves that of 70 % of 200,000 lent for both years' builds a quarter, 35,000, is money of
    2026: with 60,000 of own money 0.475 MW, and the rest in 2027 from 60,000 and 105,000. By draws
    for each year's builds 1 MW would stand at once."""
    option, own = heat_pump(upper=1.0, max_builds=2), budget(60e3, 60e3)
    found = solved(pumped(option, budget=own, borrowing=by_tranche(0.25)))
    assert [*found.yearly("added").values()] == [close(0.475), close(0.525)]
    assert sum(borrowed(found).values()) == close(140e3)


def test_a_tranche_may_be_drawn_before_what_it_pays_for() -> None:
    """Proves that all of a loan for the builds of 2027, drawn in 2026, waits there where budgets
    carry over, and is no money of 2027 where they don't: 60,000 of own money a year beside 84,000
    lent of 120,000, then nothing is lent and 0.3 MW are built."""
    option = heat_pump(upper=0.6, earliest=1)
    rule = by_tranche(1.0)
    case = pumped(option, budget=budget(60e3, 0.0, carry_over=True), borrowing=rule)
    assert solved(case).yearly("added")["hp", 2027] == close(0.6)
    alone = pumped(option, budget=budget(60e3, 60e3), borrowing=rule)
    assert solved(alone).yearly("added")["hp", 2027] == close(0.3)


def test_interest_on_tranches_takes_from_budgets_of_any_year() -> None:
    """Proves budget + draws - service with a loan for the builds of 2027 drawn in 2026, of which
    a tenth is due in 2026 already: of x lent 0.9 x adds to 2026 and half is taken from 2027. 40,000
    a year carried over: 80,000 + 0.4 x pay 200,000 a MW, x up to 70 %: 80,000 / (1 - 0.28) =
    111,111, 0.5556 MW."""
    rule = by_tranche(1.0, repaid=np.tile([0.1, 0.5], (2, 1)))
    case = pumped(heat_pump(upper=1.0, earliest=1), budget=budget(40e3, 40e3, carry_over=True),
                  borrowing=rule)  # fmt: skip
    assert solved(case).yearly("added")["hp", 2027] == close(80e3 / 0.72 / 200e3)


def test_largest_useful_sizes_know_tranches() -> None:
    """Proves that no optimum is cut off: of at most 100,000 a quarter is drawn in 2026, so 60,000
    of own money buy 0.425 MW then; in 2027 with three quarters 0.675 MW, and 1.1 MW where budgets
    carry over, whatever measure the loan is for."""
    base = pumped(heat_pump(upper=5.0), budget=budget(60e3, 60e3), load=9.0)
    for rule in (by_tranche(0.25, most=100e3), replace(by_tranche(0.25, most=100e3), pays_for={})):
        assert useful_sizes(replace(base, borrowing=rule))["hp"] == pytest.approx(0.675)
        carried = replace(base, borrowing=rule, budget=budget(60e3, 60e3, carry_over=True))
        assert useful_sizes(carried)["hp"] == pytest.approx(1.1)


def test_largest_useful_sizes_know_the_loan() -> None:
    """Proves that what no money could pay is cut off, and no more: 60,000 and 70 % lent are 1 MW;
    at most 50,000 lent, 0.55 MW; a loan that isn't for it adds nothing, 0.3 MW."""
    case = pumped(heat_pump(upper=5.0), budget=budget(60e3, 60e3), load=9.0)

    def largest(rule: BorrowingRule) -> float:
        return useful_sizes(replace(case, borrowing=rule))["hp"]

    assert largest(enlarged(share=0.7)) == pytest.approx(1.0)
    assert largest(enlarged(most=50e3)) == pytest.approx(0.55)
    assert largest(borrowing(pays_for={}, enlarges=True)) == pytest.approx(0.3)
    assert largest(borrowing(pays_for=PUMP)) == pytest.approx(0.3)
