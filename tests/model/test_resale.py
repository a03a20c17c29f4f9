"""Certificates of bought power that is sold on: they leave with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from optimizer.inputs import case as c
from optimizer.model.resale import first_makers, resold_carriers
from optimizer.plan.extract import extract
from tests import held
from tests import plants as p
from tests.model.solving import close, cost, has_no_plan, proves, solved
from tests.model.test_purchase import contract

YEARS = (2026,)


def trader(*units: c.StepUnit, **changes: Any) -> c.Case:
    """1 MW of power all year at 10, 0.5 t/MWh; 1 MW may be sold by day at 30; certificates at 1 in
    any number. A lossless battery of 12 MWh charges 1 MW by night: 13,140 MWh are bought and 4,380
    of them sold, for 131,400 - 131,400 = 0. A kiln emits 2,190 t."""
    sale = c.Sale("day", p.by_year(30.0, YEARS), p.by_year(0.0, YEARS), 1.0, False)
    power = p.carrier(
        "electricity", YEARS, kind="electricity", price=10.0, scope=2, factor=0.5, sale=sale
    )
    gas = p.carrier("gas", YEARS, kind="fuel", price=4.0, scope=1, factor=0.0)
    battery = c.StorageUnit("battery", "electricity", 1 / 12, 1.0, 1.0, 0.0, 0.0)
    paper = contract(YEARS, form="attributes", pay="contracted", price=1.0, upper=20e3)
    stores = units or (battery,)
    case = p.case(
        YEARS, {"load": 1.0, "flat": 1 / 8760, "day": [0.0, 1.0]}, axis=p.axis(steps=2),
        carriers=(power, gas, p.carrier("hydrogen", YEARS)),
        contracts=(replace(paper, traceable=False),),
        services=(p.service("s", "electricity", "load", YEARS),),
        units=stores,
        measures=tuple(p.measure(u.id, YEARS, upper=12.0, lower=12.0) for u in stores),
        process_sources=(c.ProcessSource("kiln", p.name("kiln"), p.by_year(2190.0, YEARS)),),
        policy=capped(2190.0),
    )  # fmt: skip
    return replace(case, **changes)


def capped(tonnes: float, **policy: Any) -> c.PolicyRule:
    counted = {"ledger": "market", "export_treatment": "grid_factor"}
    return p.no_policy(YEARS, gross_cap=(tonnes,), **counted, **policy)


@proves("claims_within_kept")
def test_what_is_sold_on_is_not_claimed_too() -> None:
    """Proves sum claimed <= purchased - sold on: 13,140 - 4,380 = 8,760 MWh claimed bring scope 2
    to 0.5 x (13,140 - 8,760 - 4,380) = 0 t, and the kiln's 2,190 t are the least there is.

    With all 13,140 claimed and 4,380 taken off as exports it would be 2,190 - 2,190 = 0 t: a cap of
    2,189 t would be kept by trading."""
    plan = extract(solved(trader()))
    assert cost(trader()) == close(8_760)
    assert plan["claimed"].values.tolist() == [[close(8_760)]]
    assert plan["scope2_market"].values.tolist() == [close(0)]
    assert has_no_plan(trader(policy=capped(2_189.0)))


def test_settled_claims_leave_what_is_sold_on() -> None:
    """Proves the stored plan where no rule looks at the market ledger: of 20,000 MWh of
    certificates in force 8,760 are claimed, not the 13,140 that are bought."""
    paper = trader().contracts[0]
    force = replace(paper, in_force=True, lower=20e3, price=p.by_year(0.0, YEARS))
    policy = p.no_policy(YEARS, export_treatment="grid_factor")
    plan = extract(solved(trader(contracts=(force,), policy=policy)))
    assert plan["claimed"].values.tolist() == [[close(8_760)]]
    assert plan["scope2_market"].values.tolist() == [close(0)]


def test_no_share_is_above_all_that_is_used() -> None:
    """Proves Z <= Q without generation: a line of the site's own delivers 13,140 MWh, 4,380 leave,
    and of the 8,760 used all are traceable: 1.0. With all deliveries counted it would be 1.5."""
    line = contract(YEARS, upper=17_520.0, price=10.0)
    rule = held.traceable((1.0,))
    policy = p.no_policy(YEARS, held=(rule,))
    plan = extract(solved(trader(contracts=(line,), policy=policy)))
    assert plan["export"].values.max() == close(1.0)
    assert plan["rule_value"].values.tolist() == [[close(8_760)]]
    assert plan["rule_per"].values.tolist() == [[close(8_760)]]


def test_a_plant_on_offer_takes_nothing_off() -> None:
    """Proves own = max(0, generated - exported): with a PV on offer that isn't built the same plan
    is traceable to 1.0, and uses no generation; -4,380 MWh of it would leave 0.5."""
    line = contract(YEARS, upper=17_520.0, price=9.0)
    sun = c.GeneratorUnit("pv", "electricity", "day")
    case = trader(contracts=(line,), policy=p.no_policy(YEARS, held=(held.traceable((0.4,)),)))
    dear = p.measure("pv", YEARS, upper=1.0, lower=1.0, cost=1e9)
    plan = extract(solved(replace(case, units=(*case.units, sun), measures=(*case.measures, dear))))
    assert plan["rule_value"].values.tolist() == [[close(8_760)]]
    assert plan["cause_energy"].sel(cause="electricity:own").values.tolist() == [close(0)]


def test_own_output_leaves_first() -> None:
    """Proves that exports are of own output as long as there is some: with 1 MW of sun by day in
    place of the battery 4,380 MWh are made and sold, all 8,760 bought are claimed, and the exports
    take 0.5 x 4,380 = 2,190 t off: the kiln's whole."""
    sun = c.GeneratorUnit("pv", "electricity", "day")
    case = trader(sun, measures=(p.measure("pv", YEARS, upper=1.0, lower=1.0),))
    assert cost(replace(case, policy=capped(0.0))) == close(87_600 - 131_400 + 8_760)


def test_hydrogen_of_bought_power_is_a_store_too() -> None:
    """Proves the longer way: what a fuel cell gives is bought power where its hydrogen comes from
    electrolysis alone, and the site's own where hydrogen is bought, or where it burns gas."""
    tank = c.StorageUnit("tank", "hydrogen", 1 / 12, 1.0, 1.0, 0.0, 0.0)
    electrolyser = c.ConverterUnit(
        "electrolyser", "electricity", (c.Flow("electricity", 1.0),), (c.Flow("hydrogen", 1.0),)
    )
    cell = c.ConverterUnit(
        "cell", "electricity", (c.Flow("hydrogen", 1.0),), (c.Flow("electricity", 1.0),)
    )
    loop = trader(tank, electrolyser, cell)
    assert cost(loop) == close(8_760)
    assert has_no_plan(replace(loop, policy=capped(2_189.0)))
    bought = replace(loop.carriers[2], purchase=loop.carriers[1].purchase)
    open_loop = replace(loop, carriers=(*loop.carriers[:2], bought))
    assert first_makers(open_loop, "electricity") == [cell]
    chp = replace(cell, inputs=(c.Flow("gas", 1.0), c.Flow("electricity", 0.1)))
    burnt = replace(loop, units=(chp,))
    assert first_makers(burnt, "electricity") == [chp]
    assert resold_carriers(burnt) == []
