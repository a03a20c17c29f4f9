"""The capex budget and grants."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from optimizer.inputs import case as c
from tests import plants as p
from tests.model.solving import close, cost, has_no_plan, proves, solved
from tests.model.test_assets import works
from tests.model.test_capacity import heat_pump, plant

YEARS = (2026, 2027)
GAS_YEAR = 109_500.0
NET = 55_700.0
"""What 1 MW of heat pump (200,000, 10,000 a year) is worth a year."""


def grant(
    id: str = "help", share: float = 0.5, cap: float = 1e9, years: tuple[bool, ...] = (True, True)
) -> c.GrantOption:
    return c.GrantOption(id, p.name(id), ("hp",), share, cap, years)


def budget(first: float | None, second: float | None, **fields: Any) -> c.BudgetRule:
    return c.BudgetRule(
        (first, second), fields.get("carry_over", False), fields.get("exempt_renewals", False)
    )


def spending(rule: c.BudgetRule, *grants: c.GrantOption, **fields: Any) -> c.Case:
    """A heat pump of any size in two halves, so that it can grow by a second build."""
    option = heat_pump(upper=1.0, max_builds=2, **fields)
    return plant(option, budget=rule, grants=grants)


@proves("capex_within_budget")
def test_capex_keeps_to_each_years_budget() -> None:
    """Proves overnight <= budget: 80,000 in 2026 and 60,000 in 2027 are 0.4 and 0.7 MW.

    219,000 - (0.4 + 0.7) x 55,700; without the budget 1 MW from 2026.
    """
    solution = solved(spending(budget(80e3, 60e3)))
    assert list(solution.yearly("added").values()) == [close(0.4), close(0.3)]
    assert solution.net_present_cost() == close(2 * GAS_YEAR - 1.1 * NET)


@proves("capex_within_budget")
def test_unspent_money_is_carried_over_but_not_brought_forward() -> None:
    """Proves both sums from the first year: a first build in 2027 may use 80,000 + 60,000.

    0.7 MW in 2027 alone, with a lead time of a year; without carry-over 0.3 MW. And 0.4 MW in 2026
    stays the most of that year.
    """
    late = {"earliest": 1}
    carried = spending(budget(80e3, 60e3, carry_over=True), **late)
    assert cost(carried) == close(2 * GAS_YEAR - 0.7 * NET)
    assert cost(spending(budget(80e3, 60e3), **late)) == close(2 * GAS_YEAR - 0.3 * NET)
    early = solved(spending(budget(80e3, 60e3, carry_over=True)))
    assert early.yearly("added")["hp", 2026] == close(0.4)


def test_a_renewal_counts_unless_it_is_exempt() -> None:
    """Proves that renewals are spending: a renewal of 20,000 in 2026 on a budget of 10,000.

    Heat is then bought at 30: 262,800 a year; exempt, the renewed boiler costs 97,333.33 + 1,000.
    """
    fields: dict[str, Any] = {
        "last_old": -1,
        "renewal_capex": 20e3,
        "renewal_capital_recovery": 0.05,
    }
    bound = replace(works(**fields), budget=budget(10e3, 10e3))
    assert cost(bound) == close(2 * 262_800)
    free = replace(bound, budget=budget(10e3, 10e3, exempt_renewals=True))
    assert cost(free) == close(2 * (8760 * 10 / 0.9 + 1_000))


def test_a_forced_renewal_of_a_measure_is_spending_too() -> None:
    """Proves that a pump renewed by force after a year is paid in 2027: no build if that can't be.

    1 MW at 10,000 with a life of a year: 5,000 in 2027 hold it to 0.5 MW in both years.
    """
    option = heat_pump(slope=10e3, life=1, renewal="forced", upper=1.0)
    solution = solved(plant(option, budget=budget(10e3, 5e3)))
    assert solution.yearly("installed")["hp", 2026] == close(0.5)


@proves("capex_within_budget")
def test_a_forced_renewal_of_a_measure_is_exempt_too() -> None:
    """Proves that what is exempt is every like-for-like renewal: 1 MW despite 5,000 in 2027.

    1 MW at 10,000 in 2026 and again in 2027: 43,800 + 10,000 a year. Counted, 0.5 MW would stand.
    The build itself stays spending: 9,000 in 2026 and nothing after hold 0.9 MW.
    """
    option = heat_pump(slope=10e3, life=1, renewal="forced", upper=1.0)
    case = plant(option, budget=budget(10e3, 5e3, exempt_renewals=True))
    assert cost(case) == close(2 * 53_800)
    small = replace(case, budget=budget(9e3, 0.0, exempt_renewals=True))
    assert cost(small) == close(2 * (GAS_YEAR - 0.9 * NET))


@proves("grant_within_share")
def test_a_grant_pays_its_share() -> None:
    """Proves grant <= share x overnight: half of 200,000; 5,000 a year of capital stay.

    2 x (43,800 + 5,000). Without the row the whole is paid: 2 x 43,800.
    """
    case = plant(heat_pump(upper=1.0), grants=(grant(),))
    solution = solved(case)
    assert solution.yearly("grant")["help", "hp", 2026] == close(100e3)
    assert solution.net_present_cost() == close(2 * 48_800)


@proves("grant_within_cap")
def test_a_grant_ends_at_its_cap() -> None:
    """Proves sum of payments <= cap: 30,000 rather than 100,000: capital 8,500 a year."""
    assert cost(plant(heat_pump(upper=1.0), grants=(grant(cap=30e3),))) == close(2 * 52_300)


@proves("grant_within_capex")
def test_grants_together_pay_no_more_than_the_capex() -> None:
    """Proves sum of grants <= overnight: two of 70 % pay 200,000, not 280,000 of 200,000.

    2 x 43,800; without the row the capital would earn 4,000 a year.
    """
    both = (grant("a", 0.7), grant("b", 0.7))
    assert cost(plant(heat_pump(upper=1.0), grants=both)) == close(2 * 43_800)


def test_a_grant_is_paid_in_its_years() -> None:
    """Proves the window, open in 2027 only: built in 2026 without it, 2 x 53,800 = 107,600.

    To wait for it would cost 109,500 + 48,800; a grant in 2026 would make it 97,600.
    """
    case = plant(heat_pump(upper=1.0), grants=(grant(years=(False, True)),))
    solution = solved(case)
    assert solution.yearly("grant") == {("help", "hp", 2027): close(0)}
    assert solution.net_present_cost() == close(2 * 53_800)


@proves("capex_within_budget")
def test_the_budget_is_after_grants() -> None:
    """Proves overnight - grant <= budget: 80,000 and a grant of half hold 0.8 MW, not 0.4.

    0.8 MW in 2026: capital 4,000 a year. Nothing is left for 2027.
    """
    case = plant(heat_pump(upper=1.0), grants=(grant(),), budget=budget(80e3, 0.0))
    assert cost(case) == close(2 * (GAS_YEAR - 0.8 * (65_700 - 5_000)))


def test_a_budget_that_a_needed_renewal_breaks_has_no_plan() -> None:
    """Proves that the budget is hard: no old boiler, no other heat, no money: no plan."""
    case = replace(
        works(last_old=-1, renewal_capex=20e3), budget=budget(10e3, 10e3),
    )  # fmt: skip
    unbought = (case.carriers[0], p.carrier("heat", YEARS, kind="heat"))
    assert has_no_plan(replace(case, carriers=unbought))


def test_a_grant_ends_with_the_unit_it_was_given_for() -> None:
    """Proves that a unit renewed in the tail is paid in full: life 3 years, tail to 2031, 10 %.

    CRF = 0.1 / (1 - 1.1^-3) = 0.402115; 1 MW at 100,000 costs 40,211.48 in each of six years. A
    grant of 50,000 takes over 20,105.74 in 2026, 2027 and 2028: at the end of 2026 20,105.74 x (1 +
    1/1.1 + 1/1.21) = 55,000, which is 50,000 at the start of 2026, the base year's end. Taken off
    the capital of all six years it would be worth 20,105.74 x 4.355261 = 87,565.74, the second
    unit's too.
    """
    option = heat_pump(slope=100e3, upper=1.0, lower=1.0, rate=0.1, life=3)
    case = plant(option, grants=(grant(),), money=p.money(YEARS, 0.1, 2031))
    solution = solved(case)
    lines = {k.cost_class: (k.timing, v) for k, v in solution.costs().items() if k.item == "hp"}
    assert lines["grants"][0] == "one_off"
    assert lines["grants"][1].tolist() == [close(-55e3), close(0)]
    assert lines["capital"][1].tolist() == [close(100e3 * 0.1 / (1 - 1.1**-3))] * 2
    alone = cost(replace(case, grants=()))
    assert solution.net_present_cost() == close(alone - 50e3)


def test_a_grant_counts_only_to_the_end_of_what_is_counted() -> None:
    """Proves min(E, ...): without a tail 2 of 3 years of a life count, with salvage likewise.

    Grant 50,000 at 10 %: 20,105.74 x (1 + 1/1.1) = 38,383.69 in 2026. With salvage 50,000 at the
    start of 2026 and 20,105.74 / 1.1 less handed back at the end of 2027: the same to 1e-9.
    """
    option = heat_pump(slope=100e3, upper=1.0, lower=1.0, rate=0.1, life=3)
    short = plant(option, grants=(grant(),), money=p.money(YEARS, 0.1, end="within_horizon"))
    solution = solved(short)
    lines = {k.cost_class: v for k, v in solution.costs().items() if k.item == "hp"}
    assert lines["grants"].tolist() == [close(-38_383.6858), close(0)]
    handed_back = replace(short, money=p.money(YEARS, 0.1, end="salvage"))
    assert cost(handed_back) == pytest.approx(solution.net_present_cost(), rel=1e-9)
