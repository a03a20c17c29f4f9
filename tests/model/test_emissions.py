"""Carbon ledgers and the trajectory: gross, net, scope 2 by location and by market."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from optimizer.inputs import case as c
from tests import plants as p
from tests.model.solving import close, cost, has_no_plan, proves, solved

YEARS = (2026, 2027)
GAS_YEAR, TONNES = 109_500.0, 2_190.0


def clean_heat(price: float = 30.0, **policy: Any) -> c.Case:
    """The boiler plant, and heat to buy that is free of carbon at 17.5 a MWh more than from gas.

    A tonne less costs 17.5 x 8760 / 2190 = 70.
    """
    base = p.boiler_plant(YEARS)
    heat = p.carrier("heat", YEARS, kind="heat", price=price)
    return replace(base, carriers=(base.carriers[0], heat), policy=p.no_policy(YEARS, **policy))


@proves("gross_is_sum", "gross_within_cap")
def test_the_reductions_alone_keep_the_cap() -> None:
    """Proves gross <= cap: 1,190 t less at 70 a tonne in 2027 only; a rule of None limits nothing.

    219,000 + 83,300. Without the cap, or with gross free of its sources, 219,000.
    """
    solution = solved(clean_heat(gross_cap=(None, 1000.0)))
    assert list(solution.yearly("gross").values()) == [close(TONNES), close(1000)]
    assert solution.net_present_cost() == close(2 * GAS_YEAR + 1_190 * 70)


@proves("net_is_sum", "net_within_target")
def test_the_net_target_counts_credits() -> None:
    """Proves net = gross - credits <= target: 190 t of credits at 40 rather than 70 a tonne.

    219,000 + 190 x 40 in each year; 219,000 without the rows.
    """
    credit = c.CreditOption("q", p.name("q"), "avoidance", p.by_year(40.0, YEARS), (None, None), 0)
    case = replace(clean_heat(net_target=(2000.0, 2000.0)), credits=(credit,))
    solution = solved(case)
    assert list(solution.yearly("credits").values()) == [close(190)] * 2
    assert solution.net_present_cost() == close(2 * (GAS_YEAR + 190 * 40))


def test_credits_do_not_lower_gross_emissions() -> None:
    """Proves that a cap on gross is out of reach of credits at 1 a tonne: 1,190 x 70 is paid."""
    credit = c.CreditOption("q", p.name("q"), "avoidance", p.by_year(1.0, YEARS), (None, None), 0)
    case = replace(clean_heat(gross_cap=(None, 1000.0)), credits=(credit,))
    assert cost(case) == close(2 * GAS_YEAR + 1_190 * 70)


def test_a_cap_below_what_can_be_reached_has_no_plan() -> None:
    """Proves that no shortfall is bought: with nothing to buy but gas, 1,000 t can't be kept."""
    policy = p.no_policy(YEARS, gross_cap=(1000.0, None))
    assert has_no_plan(p.boiler_plant(YEARS, policy=policy))


def grid(**changes: Any) -> c.Case:
    """By day 1 MW is bought, by night 1 MW of 2 MW generated is sold; factor 0.4, residual 0.6.

    Hourly shape 1.2 by day, 0.8 by night. 4380 MWh are bought and 4380 sold.
    """
    sale = c.Sale(None, p.by_year(1.0, YEARS), p.by_year(0.0, YEARS), None, False)
    power = p.carrier(
        "electricity", YEARS, kind="electricity", scope=2, price=10.0, factor=[0.4, 0.3],
        residual=0.6, factor_series="shape", sale=sale,
    )  # fmt: skip
    case = p.case(
        YEARS, {"load": 1.0, "shape": [1.2, 0.8], "wind": [0.0, 1.0]}, axis=p.axis(steps=2),
        carriers=(power,), services=(p.service("s", "electricity", "load", YEARS),),
        units=(c.GeneratorUnit("wind", "electricity", "wind"),),
        measures=(p.measure("wind", YEARS, kind="generator", upper=2.0, lower=2.0),),
    )  # fmt: skip
    return replace(case, **changes)


def ledgers(case: c.Case) -> tuple[np.ndarray, np.ndarray]:
    """(location, market) scope 2 of power, t by year."""
    found = solved(case).emissions()
    return found["scope2_location", "electricity"], found["scope2_market", "electricity"]


def test_scope_two_by_location_follows_the_hour() -> None:
    """Proves factor x sum shape x import: 0.4 x 1.2 x 4380 = 2102.4 t, then 0.3: 1576.8 t.

    The yearly mean would give 1752 t. The market ledger takes the residual 0.6 flat: 2628 t.
    """
    location, market = ledgers(grid())
    assert location.tolist() == [close(2102.4), close(1576.8)]
    assert market.tolist() == [close(2628)] * 2


def test_exports_count_only_where_the_policy_says_so() -> None:
    """Proves `grid_factor`: exports take off 0.4 x 0.8 x 4380 by location, 0.6 x 4380 by market.

    2102.4 - 1401.6 = 700.8 t and 1576.8 - 1051.2 = 525.6 t; 2628 - 2628 = 0 t.
    """
    location, market = ledgers(grid(policy=p.no_policy(YEARS, export_treatment="grid_factor")))
    assert location.tolist() == [close(700.8), close(525.6)]
    assert market.tolist() == [close(0.0)] * 2


def test_gross_is_of_the_policys_ledger() -> None:
    """Proves gross = scope 1 + scope 2 of one ledger: 2102.4 t or 2628 t, never both."""
    assert solved(grid()).yearly("gross")[2026] == close(2102.4)
    market = grid(policy=p.no_policy(YEARS, ledger="market"))
    assert solved(market).yearly("gross")[2026] == close(2628)


def test_carbon_price_is_on_scope_one_after_free_allocation() -> None:
    """Proves price x (scope 1 - free): 40 x (2190 - 500) and 50 x (2190 - 500).

    Below the free amount the rest is sold: 2500 free at 40 earn 310 x 40.
    """
    base = p.boiler_plant(YEARS)
    rule = c.CarbonRule(p.by_year([40.0, 50.0], YEARS), p.by_year(500.0, YEARS))
    assert cost(replace(base, carbon=rule)) == close(2 * GAS_YEAR + 90 * 1690)
    rich = c.CarbonRule(p.by_year([40.0, 0.0], YEARS), p.by_year(2500.0, YEARS))
    assert cost(replace(base, carbon=rich)) == close(2 * GAS_YEAR - 40 * 310)


def test_bought_power_pays_no_carbon_price() -> None:
    """Proves that scope 2 is outside it: 4380 MWh at 10 less 4380 sold at 1, and nothing more."""
    rule = c.CarbonRule(p.by_year(1e3, YEARS), p.by_year(0.0, YEARS))
    assert cost(grid(carbon=rule)) == close(2 * 4380 * 9)
