"""What is valued and never paid: internal carbon price, and both modes of the abatement ceiling.

The plant burns 10,950 MWh of gas at 10 a year: 109,500 and 2190 t. A saving of 30 % at 40,000 a
year takes off 32,850 of gas and 657 t: 7,150 a year short of paying, 10.88 for each tonne.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from optimizer.inputs import case as c
from optimizer.inputs.baseline import baseline_case
from optimizer.model.valuation import most_credits
from optimizer.model.yearly import build_yearly
from optimizer.names import VALUATION
from optimizer.plan.extract import extract
from optimizer.solve.solution import Solution
from tests import plants as p
from tests.everything import everything
from tests.model.solving import close, proves, solved
from tests.solve.agreeing import holds_to

YEARS = (2026, 2027)
NONE = (None, None)
GAS_YEAR, BEFORE, AFTER = 109_500.0, 2190.0, 1533.0
SAVING_YEAR = 0.7 * GAS_YEAR + 40_000.0
CREDIT = 5.0


def plant(target: float | None = None, **fields: Any) -> c.Case:
    """The plant of the first lines; with a net target, credits at 5 may serve for it."""
    policy = p.no_policy(YEARS, net_target=(target, target), ceiling=fields.pop("ceiling", None))
    credit = c.CreditOption("q", p.name("q"), "avoidance", p.by_year(CREDIT, YEARS), NONE, 0)
    return replace(
        p.boiler_plant(YEARS),
        measures=(p.measure("insulation", YEARS, cost=800e3),),
        savings=(c.SavingEffect("insulation", "process", 0.3, ()),),
        credits=(credit,), policy=policy, **fields,
    )  # fmt: skip


def displaced(price: float, target: float = AFTER) -> c.Case:
    return plant(target, ceiling=c.CeilingRule((price, price), "displaced_credit"))


def residual(price: float, target: float = 1800.0) -> c.Case:
    return plant(target, ceiling=c.CeilingRule((price, price), "residual"))


def builds(solution: Solution) -> bool:
    return solution.yearly("on")["insulation", 2026] > 0.5


def test_an_internal_carbon_price_decides_and_is_not_paid() -> None:
    """Proves that 20 on 657 t, 13,140, outweighs the 7,150 that the saving is short of.

    Paid are 116,650 a year, 7,150 more than for gas alone; 20 x 1533 = 30,660 a year are valued on
    top. A price that is paid would make the first of these figures 147,310.
    """
    assert not builds(solved(plant()))
    solution = solved(plant(internal_carbon_price=p.by_year(20.0, YEARS)))
    assert builds(solution)
    assert solution.net_present_cost() == close(2 * SAVING_YEAR)
    assert solution.decision_cost() == close(2 * (SAVING_YEAR + 20 * AFTER))


def test_a_small_internal_carbon_price_changes_nothing_that_is_paid() -> None:
    """Proves the margin: 10 x 657 = 6,570 < 7,150, so gas is burnt as before, at the same cost."""
    solution = solved(plant(internal_carbon_price=p.by_year(10.0, YEARS)))
    assert not builds(solution)
    assert solution.net_present_cost() == close(2 * GAS_YEAR)


def test_the_carbon_price_and_the_internal_one_are_lines_of_their_own() -> None:
    """Proves that neither is taken off the other: 6 is paid and 6 valued on each of 1533 t.

    Together they outweigh 10.88 a tonne, alone neither does. Netted, nothing would be built.
    """
    carbon = c.CarbonRule(p.by_year(6.0, YEARS), p.by_year(0.0, YEARS))
    solution = solved(plant(carbon=carbon, internal_carbon_price=p.by_year(6.0, YEARS)))
    assert builds(solution)
    worth = {line.cost_class: cost.sum() for line, cost in solution.costs().items()}
    assert worth["carbon"] == close(2 * 6 * AFTER)
    assert worth[VALUATION] == close(2 * 6 * AFTER)


def test_a_ceiling_on_credits_builds_what_is_cheaper_than_it() -> None:
    """Proves max(price, ceiling): 657 credits cost 3,285 a year, the saving 7,150 more than gas.

    Without a ceiling, or at 10 (6,570), credits are bought. At 15 they count 9,855, so the saving
    is built and 3,865 a year more is paid. A valuation on top of the price, not up to it, would
    build at 10 already: (10 + 5) x 657.
    """
    for case in (plant(AFTER), displaced(10.0)):
        solution = solved(case)
        assert not builds(solution)
        assert solution.net_present_cost() == close(2 * (GAS_YEAR + CREDIT * 657))
    assert solution.decision_cost() == close(2 * (GAS_YEAR + 10 * 657))
    solution = solved(displaced(15.0))
    assert builds(solution)
    assert solution.net_present_cost() == close(2 * SAVING_YEAR)
    assert solution.decision_cost() == close(2 * SAVING_YEAR)


def test_a_ceiling_below_the_price_of_a_credit_does_nothing() -> None:
    """Proves the floor at 0: at 3, below its price of 5, a credit counts 5, nothing is valued."""
    solution = solved(displaced(3.0))
    assert solution.decision_cost() == solution.net_present_cost()
    assert solution.net_present_cost() == close(2 * (GAS_YEAR + CREDIT * 657))


@proves("credits_mark_year", "gross_counts_with_credits")
def test_a_ceiling_on_all_gross_emissions_builds_where_one_on_credits_does_not() -> None:
    """Proves the second mode: 390 credits a year reach 1800 t, so 13 on them is 5,070 < 7,150.

    On all 2190 t it is 28,470, which a year without credits is free of: the saving is built. If
    a year with credits needed no mark, only 390 t would count, 13 + 5 each: 7,020 < 7,150. If the
    mark counted nothing, 1,950 of credits would do.
    """
    assert not builds(solved(displaced(13.0, target=1800.0)))
    solution = solved(residual(13.0))
    assert builds(solution)
    assert solution.decision_cost() == close(2 * SAVING_YEAR)
    assert solution.yearly("credits")["q", 2026] == close(0.0)


def test_a_low_ceiling_on_gross_emissions_is_valued_and_not_paid() -> None:
    """Proves the amount: at 2, 390 x 5 are paid and 2 x 2190 valued, 6,330 in all < 7,150."""
    solution = solved(residual(2.0))
    assert not builds(solution)
    assert solution.net_present_cost() == close(2 * (GAS_YEAR + CREDIT * 390))
    assert solution.decision_cost() == close(2 * (GAS_YEAR + CREDIT * 390 + 2 * BEFORE))


def test_years_that_use_credits_anyway_count_what_is_left() -> None:
    """Proves that the ceiling goes on: at a target of 1000 t the saving doesn't end the credits.

    With it 533 are bought and 1533 t count 12 each. It is worth (12 + 5) x 657 = 11,169 > 7,150;
    a valuation of credits alone would be the same 12 x 657 = 7,884, without the price less.
    """
    solution = solved(residual(12.0, target=1000.0))
    assert builds(solution)
    year = SAVING_YEAR + CREDIT * 533
    assert solution.net_present_cost() == close(2 * year)
    assert solution.decision_cost() == close(2 * (year + 12 * AFTER))


def test_a_year_without_a_ceiling_has_no_row() -> None:
    """Proves that None asks nothing: only 2027 is marked, and 2026 buys its 390 credits."""
    rule = c.CeilingRule((None, 2.0), "residual")
    solution = solved(plant(1800.0, ceiling=rule))
    assert list(solution.yearly("credits_used")) == [2027]
    assert solution.decision_cost() - solution.net_present_cost() == close(2 * BEFORE)


def test_credits_are_bounded_by_what_is_for_sale_and_by_their_share() -> None:
    """Proves the largest number of credits: the least of gross (a cap of 2000 t here), 300 t for
    sale, and 10 % of a base year of 2500 t."""
    case = residual(15.0)
    one = replace(case.credits[0], available=(300.0, None))
    policy = replace(
        case.policy, gross_cap=(2000.0, 2000.0), base_emissions=2500.0,
        offset_share=(0.5, 0.1), offset_basis="base_year",
    )  # fmt: skip
    found = most_credits(build_yearly(replace(case, credits=(one,), policy=policy)))
    assert found.tolist() == [300.0, 250.0]


def test_the_plan_stores_the_marks_and_what_they_count() -> None:
    """Proves the stored variables: 2190 t in both years at a ceiling of 2."""
    plan = extract(solved(residual(2.0)))
    assert plan["credits_used"].values.tolist() == [1.0, 1.0]
    assert plan["gross_at_ceiling"].values == pytest.approx([BEFORE, BEFORE])


def test_the_baseline_pays_and_values_nothing_of_it() -> None:
    """Proves that the baseline stays what is paid: gas for two years, decision cost the same."""
    case = replace(residual(15.0), internal_carbon_price=p.by_year(20.0, YEARS))
    solution = solved(baseline_case(case))
    assert solution.decision_cost() == close(2 * GAS_YEAR)
    assert solution.net_present_cost() == close(2 * GAS_YEAR)


@pytest.mark.parametrize("mode", ["displaced_credit", "residual"])
def test_both_methods_agree_on_what_is_valued(mode: Any) -> None:
    """Proves bound <= optimum <= cost on the plant with every component under either mode and an
    internal carbon price. Cuts that left the valuation out would bound too low or too high."""
    base = everything()
    rule = c.CeilingRule((None, 60.0, 90.0), mode)
    policy = replace(base.policy, held=(), ceiling=rule)
    valued = p.by_year(15.0, base.years)
    holds_to(replace(base, policy=policy, internal_carbon_price=valued), exact_to=1e-4)


@pytest.mark.parametrize("mode", [displaced, residual])
def test_a_higher_ceiling_never_costs_less(mode: Any) -> None:
    """Proves monotony of the decision cost, and that what is paid stays at or above that of no
    ceiling: a valuation with a wrong sign, or one that is paid, breaks the one or the other."""
    plans = [solved(mode(price, target=1800.0)) for price in (0.0, 2.0, 8.0, 13.0, 20.0, 60.0)]
    costs = [plan.decision_cost() for plan in plans]
    assert all(low <= high * (1 + 1e-9) for low, high in pairwise(costs))
    assert costs[-1] > costs[0] + 1.0
    assert all(plan.net_present_cost() >= costs[0] * (1 - 1e-9) for plan in plans)
