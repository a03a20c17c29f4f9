"""Debt that is repaid by the same share of each year's cash, in the search itself."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.inputs import case as c
from optimizer.inputs.lender import LenderRule, Lent, Quantity, Sculpted
from optimizer.model.yearly import build_yearly
from optimizer.solve.decomposed import solve_decomposed
from optimizer.solve.stamp import stamp
from tests.lenders import GAS_YEAR, LARGE, SMALL, ask, lender, plant
from tests.model.solving import close, cost, proves

NOTHING_BUILT = 2 * GAS_YEAR


def drawn(amount: float, *, rate: float = 0.0, fee: float = 0.0) -> Lent:
    """All of it at the start of 2026, repaid by what 2026 and 2027 bring."""
    terms = Sculpted(np.array([1.0, 0.0]), np.array([rate, 0.0]), np.array([fee, 0.0]))
    return Lent(amount, rate, (2026,), False, np.zeros((1, 2)), np.zeros((1, 2)), terms)


def dearer(asked: LenderRule) -> float:
    """What the plan costs more than one without any measure."""
    case: c.Case = plant(asked)
    return cost(case) - NOTHING_BUILT


@proves("sculpted_debt_covered")
def test_cash_of_all_years_together_covers_sculpted_debt() -> None:
    """Proves cover x amount <= PV of cash: the small saving brings 2 x 10,950 = 21,900 and carries
    21,000 once; at a cover of 1.05, 22,050, the large one is built, 43,800."""
    interest = ask("sculpted", 0.0)
    assert dearer(lender(ask("dscr", 1.0), interest, lent=drawn(21e3))) == close(2 * SMALL)
    covers: tuple[Quantity, ...] = ("dscr", "llcr", "plcr")
    for quantity in covers:
        asked = lender(ask(quantity, 1.05), interest, lent=drawn(21e3))
        assert dearer(asked) == close(2 * LARGE)


def test_interest_makes_later_cash_worth_less() -> None:
    """Proves 10,950 / 1.1 + 10,950 / 1.21 = 19,004 at 10 %: a loan of 19,000 is carried by the
    small saving, one of 19,010 by the large one."""
    interest = ask("sculpted", 0.0)
    for amount, dear in ((19_000.0, SMALL), (19_010.0, LARGE)):
        asked = lender(ask("dscr", 1.0), interest, lent=drawn(amount, rate=0.1))
        assert dearer(asked) == close(2 * dear)


def test_fees_and_other_debts_are_served_beside_it() -> None:
    """Proves the sum of what each year is asked: 21,000 and a fee of 5 %, 22,050, are above 21,900,
    but no fee is owed; the borrower serves 1,000 a year of other debts besides, 24,050 in all, for
    which 21,900 and an EBITDA of 1,075 a year are just enough."""
    interest = ask("sculpted", 0.0)
    fees = lender(ask("dscr", 1.0), interest, lent=drawn(21e3, fee=0.05))
    assert dearer(fees) == close(2 * LARGE)
    life = lender(ask("llcr", 1.0), interest, lent=drawn(21e3, fee=0.05))
    assert dearer(life) == close(2 * SMALL)
    for earned, dear in ((1_070.0, LARGE), (1_080.0, SMALL)):
        asked = lender(
            ask("borrower_dscr", 1.0), interest, lent=drawn(21e3, fee=0.05), owing=np.full(2, 1e3),
            earned=earned,
        )  # fmt: skip
        assert dearer(asked) == close(2 * dear)


@proves("sculpted_part_pays_interest")
def test_each_year_has_cash_to_share() -> None:
    """Proves that a loan drawn in 2026 isn't repaid by 2027 alone: 10,950 of the small saving in
    2027 would carry 10,000, but a share of nothing pays nothing in 2026."""
    asked = lender(ask("dscr", 1.0), ask("sculpted", 0.0), lent=drawn(10e3))
    assert dearer(asked) == close(2 * SMALL)


def test_each_years_part_pays_its_interest() -> None:
    """Proves rate x PV <= cash of the first year: at 50 % 10,950 in both years are worth 7,300 +
    4,866.7 = 12,166.7, of which 6,083.3 is interest, so 4,866.7 is spare; with a little more to be
    kept besides the large saving is built, which has twice that."""
    rows, lent = (ask("sculpted", 0.0), ask("llcr", 1.0)), drawn(12e3, rate=0.5)
    for spare, dear in ((4_860.0, SMALL), (4_870.0, LARGE)):
        asked = lender(*rows, lent=lent).with_spare({("pack/sculpted", 2026): spare})
        assert dearer(asked) == close(2 * dear)


def test_carbon_that_costs_no_more_lowers_no_later_cash() -> None:
    """Proves that what a plan pays more for carbon is 0 where carbon has no price: were it free to
    be said, 15 in 2027 would make its interest in 2026 3.3 less."""
    model = build_yearly(plant(lender(ask("sculpted", 0.0), lent=drawn(12e3)))).model
    assert all(var.bounds == (0.0, 0.0) for var in model.carbon_above.values())


def test_both_methods_find_the_same_plan() -> None:
    """Proves that the rows hold when the plan is decomposed: they are rows over yearly sums."""
    asked = lender(ask("dscr", 1.05), ask("sculpted", 0.0), lent=drawn(21e3))
    found = solve_decomposed(stamp(plant(asked)), gap=1e-7)
    assert found.objective == pytest.approx(NOTHING_BUILT + 2 * LARGE, rel=1e-6)
