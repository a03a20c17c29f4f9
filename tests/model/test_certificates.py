"""Own generation whose certificates are sold: it saves purchases, and claims nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from optimizer.inputs import case as c
from optimizer.plan.extract import extract
from tests import held
from tests import plants as p
from tests.model.solving import close, cost, has_no_plan, proves, solved

YEARS = (2026, 2027)
PRICE = 3.0


def windy(sold: bool = True, export: float | None = None, **changes: Any) -> c.Case:
    """1 MW of power all year, at 10 from the grid by day; 2 MW of wind by night, of which 1 MW is
    sold at 1. Factor 0.4, residual 0.6 t/MWh. In each year 4,380 MWh are bought, used of the wind
    and exported, 8,760 generated, all of whose certificates are sold at 3.
    """
    sale = c.Sale(None, p.by_year(1.0, YEARS), p.by_year(0.0, YEARS), export, False)
    power = p.carrier(
        "electricity", YEARS, kind="electricity", scope=2, price=10.0, factor=0.4, residual=0.6,
        sale=sale,
    )  # fmt: skip
    price = p.by_year(PRICE, YEARS) if sold else None
    case = p.case(
        YEARS, {"load": 1.0, "wind": [0.0, 1.0]}, axis=p.axis(steps=2), carriers=(power,),
        services=(p.service("s", "electricity", "load", YEARS),),
        units=(c.GeneratorUnit("wind", "electricity", "wind", 0.0, price),),
        measures=(p.measure("wind", YEARS, kind="generator", upper=2.0, lower=2.0),),
        policy=p.no_policy(YEARS, ledger="market"),
    )  # fmt: skip
    return replace(case, **changes)


def capped(tonnes: float, **policy: Any) -> c.PolicyRule:
    return p.no_policy(YEARS, ledger="market", gross_cap=(tonnes, tonnes), **policy)


def test_certificates_earn_on_all_that_is_generated() -> None:
    """Proves revenue = price x generated: 43,800 - 4,380 - 3 x 8,760 = 13,140 a year, whether the
    power is used or exported; on what is used alone it would be 26,280."""
    assert cost(windy()) == close(2 * 13_140)
    assert cost(windy(sold=False)) == close(2 * 39_420)


@proves("bought_back_above_unexported")
def test_power_without_its_certificate_counts_as_bought() -> None:
    """Proves market = residual x (purchased + used of what sells): 0.6 x 8,760 = 5,256 t are the
    least; with certificates kept 0.6 x 4,380 = 2,628 t. A cap of 5,255 t leaves no plan."""
    assert cost(windy(policy=capped(5_256))) == close(2 * 13_140)
    assert has_no_plan(windy(policy=capped(5_255)))
    assert cost(windy(sold=False, policy=capped(2_628))) == close(2 * 39_420)


def test_the_location_ledger_knows_no_certificates() -> None:
    """Proves 0.4 x 4,380 = 1,752 t by location, sold or kept: the power itself is the same."""
    for sold in (True, False):
        plan = extract(solved(windy(sold)))
        assert plan["scope2_location"].values.tolist() == [close(1_752)] * 2


def test_a_plan_states_what_is_used_though_no_rule_asks() -> None:
    """Proves the stored figure: max(0, 8,760 - 4,380) = 4,380 MWh, 5,256 t by market, where the
    policy looks at the other ledger and the model leaves the amount open."""
    plan = extract(solved(windy(policy=p.no_policy(YEARS))))
    assert plan["bought_back"].values[0].tolist() == [close(4_380)] * 2
    assert plan["scope2_market"].values.tolist() == [close(5_256)] * 2
    causes = dict(zip(plan["cause"].values, plan["cause_market"].values[:, 0], strict=True))
    assert causes["electricity:bought_back"] == close(2_628)
    assert plan["cause_energy"].sel(cause="electricity:own").values.tolist() == [close(0)] * 2


def test_exports_that_are_counted_carry_no_claim_either() -> None:
    """Proves `grid_factor`: 0.6 x (4,380 - 4,380 + 8,760) = 5,256 t, as if nothing were taken off;
    with certificates kept 0 t. By location 4,380 - 4,380 at 0.4 is 0 both times."""
    counted = {"export_treatment": "grid_factor"}
    plan = extract(solved(windy(policy=p.no_policy(YEARS, ledger="market", **counted))))
    assert plan["scope2_market"].values.tolist() == [close(5_256)] * 2
    assert plan["scope2_location"].values.tolist() == [close(0)] * 2
    kept = windy(sold=False, policy=p.no_policy(YEARS, ledger="market", **counted))
    assert extract(solved(kept))["scope2_market"].values.tolist() == [close(0)] * 2


def test_what_is_sold_is_neither_traceable_nor_non_fossil() -> None:
    """Proves Z and R without sold power: of 8,760 MWh used, 4,380 of the wind are half; a rule that
    asks for half is met while certificates are kept, and by nothing once they are sold."""
    for rule in (held.traceable((0.5, 0.5)), held.non_fossil((0.5, 0.5))):
        policy = p.no_policy(YEARS, ledger="market", held=(rule,))
        assert cost(windy(sold=False, policy=policy)) == close(2 * 39_420)
        assert has_no_plan(windy(policy=policy))


def test_no_plan_emits_on_paper_to_rise_later() -> None:
    """Proves that `never rises` looks at what was emitted, not at what could be said to be: at
    1.6 MW in 2027, 7,008 MWh are bought and as many used of the wind, 0.6 x 14,016 = 8,409.6 t.

    That is above 1.5 x 5,256 = 7,884 t. With its exports called used, 2026 would emit on paper
    0.6 x (4,380 + 8,760) = 7,884 t, and 2027 could go up to 11,826 t.
    """
    rule = held.never_rises((None, 1.5), 1e6, ledger="market")
    policy = p.no_policy(YEARS, ledger="market", held=(rule,))
    services = (p.service("s", "electricity", "load", YEARS, [1.0, 1.6]),)
    steady = windy(policy=policy)
    assert cost(steady) == close(2 * 13_140)
    assert has_no_plan(replace(steady, services=services))
