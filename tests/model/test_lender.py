"""What a lender asks of a plan: its size against what it pays for, reductions, credits."""

from __future__ import annotations

from dataclasses import replace

from optimizer.inputs import case as c
from optimizer.inputs.lender import Quantity
from tests import plants as p
from tests.lenders import (
    ANY_YEAR,
    BOTH,
    GAS_YEAR,
    LARGE,
    SMALL,
    TONNES,
    YEARS,
    ask,
    lender,
    plant,
    whole,
)
from tests.model.solving import close, cost, has_no_plan, proves

NOTHING_BUILT = 2 * GAS_YEAR


def dearer(case: c.Case) -> float:
    """What the plan costs more than one without any measure."""
    return cost(case) - NOTHING_BUILT


@proves("loan_within_price")
def test_a_loan_needs_something_to_pay_for() -> None:
    """Proves amount <= limit x eligible cost: 400,000 are more than the small saving's price, so
    the large one is built, in 2027, where it is dearer for one year alone. Without the row nothing
    is built."""
    assert dearer(plant(lender(ask("loan_over_eligible", 1.0), lent=whole(400e3)))) == close(LARGE)
    assert dearer(plant(lender(lent=whole(400e3)))) == close(0)


@proves("counted_within_price", "loan_within_price")
def test_debt_is_a_share_of_the_price() -> None:
    """Proves amount <= 0.8 x price: 450,000 need 562,500, which only both together cost. A price
    that isn't tied to what is built would let the loan pay for nothing."""
    assert dearer(plant(lender(ask("debt_share", 0.8), lent=whole(450e3)))) == close(BOTH)
    assert dearer(plant(lender(ask("debt_share", 0.9), lent=whole(450e3)))) == close(LARGE)


def test_the_owners_share_counts_likewise() -> None:
    """Proves amount <= (1 - 0.2) x eligible cost: the same 562,500."""
    assert dearer(plant(lender(ask("equity_share", 0.2), lent=whole(450e3)))) == close(BOTH)


def test_a_loan_without_an_amount_needs_something_to_pay_for_too() -> None:
    """Proves that a loan that is sized later isn't one for nothing."""
    assert dearer(plant(lender(ask("loan_over_eligible", 1.0)))) == close(SMALL)


def test_only_what_may_be_financed_counts() -> None:
    """Proves that what the rules shut out is no ground for a loan: without the large saving 400,000
    have nothing to pay for, and there is no plan."""
    asked = lender(
        ask("loan_over_eligible", 1.0), lent=whole(400e3), pays_for={"small": YEARS}
    )  # fmt: skip
    assert has_no_plan(plant(asked))


@proves("eligible_within_rest")
def test_what_other_money_pays_is_not_lent_again() -> None:
    """Proves eligible <= price - other money: 250,000 of the large saving are paid, so that 300,000
    need both: 250,000 + 250,000. Without the row the large one would do."""
    asked = lender(
        ask("loan_over_eligible", 1.0), lent=whole(300e3), other={"large": 250e3}
    )  # fmt: skip
    assert dearer(plant(asked)) == close(BOTH)


@proves("eligible_within_rest")
def test_grants_are_not_lent_again() -> None:
    """Proves eligible <= price - grants: half of the large saving is granted, 12,500 a year, so it
    is built at once: -2 x 9,400. The 250,000 that are left are too little for a loan of 300,000:
    the small saving comes on top in 2027, for 12,500 - 8,760. Without the row it isn't needed."""
    grant = c.GrantOption("help", p.name("help"), ("large",), 0.5, 1e9, (True, True))
    asked = lender(ask("loan_over_eligible", 1.0), lent=whole(300e3))
    assert dearer(plant(asked, grants=(grant,))) == close(-18_800 + 3_740)
    assert dearer(plant(None, grants=(grant,))) == close(-18_800)


@proves("financed_only_in_time", "counted_only_financed", "eligible_within_counted")
def test_what_is_financed_is_not_built_when_the_loan_may_not_pay() -> None:
    """Proves that a measure is financed with all its builds: a repair of a year's life for 10,000
    saves 21,900 in each of two years, but the loan may only pay in 2026. Financed it is built once:
    -11,900. Were builds of 2027 let off, or money counted of what isn't financed, -23,800."""
    repair = p.measure("large", YEARS, cost=10e3, life=1)
    asked = lender(
        ask("loan_over_eligible", 1.0), lent=whole(8e3), pays_for={"large": (2026,)}
    )  # fmt: skip
    case = replace(plant(None), measures=(repair,), savings=plant(None).savings[1:])
    assert dearer(case) == close(-23_800)
    assert dearer(replace(case, lender=asked)) == close(-11_900)


def _reduces(quantity: Quantity, limit: float, expected: float) -> None:
    policy = p.no_policy(YEARS, base_emissions=TONNES)
    asked = lender(ask(quantity, limit), ask("loan_over_eligible", 1.0))
    assert dearer(plant(asked, policy=policy)) == close(expected)


@proves("reduces_as_asked")
def test_the_plan_reduces_what_is_asked() -> None:
    """Proves the four reductions. 300 t a year on the mean of two: 438 t of the large saving in
    both years, or 613 t of both in one, 306.6 on the mean for 6,840, which is dearer than 6,200.
    1,000 MWh: 2,190 in 2027 are 1,095 on the mean. A quarter off the base year: 28 %; 15 % off the
    baseline: 20 %, both in the last year alone. Without the row the small saving would do."""
    _reduces("emissions_reduction", 300.0, 2 * LARGE)
    _reduces("energy_saving", 1000.0, LARGE)
    _reduces("reduction_from_base", 0.25, BOTH)
    _reduces("reduction_from_baseline", 0.15, LARGE)


@proves("credits_cover_no_more")
def test_credits_meet_no_target_in_place_of_reductions() -> None:
    """Proves gross <= net target + limit: 1,800 t in 2027 are met by 390 credits at 1 each; 100 of
    them may be, so that 1,900 t are asked, which the large saving's 1,752 keep."""
    credit = c.CreditOption("nature", p.name("nature"), "removal", p.by_year(1.0, YEARS),
                            (None, None), 0)  # fmt: skip
    policy = p.no_policy(YEARS, net_target=(None, 1800.0))
    case = plant(None, policy=policy, credits=(credit,))
    assert dearer(case) == close(390)
    asked = lender(ask("covered_by_credits", 100.0), pays_for=ANY_YEAR)
    assert dearer(replace(case, lender=asked)) == close(LARGE)
