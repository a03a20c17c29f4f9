"""A plant whose measures get in each other's way: two savings on one service, and a heat pump.

One year, 1 MW of heat from gas: 10,950 MWh at 10, 2,190 t. Insulation takes 45 % off the demand and
heat recovery 40 %, together 67 %. The heat pump takes a third of a MWh of electricity, without
carbon and at 60, for one of heat: 20 rather than 12.5, and 43,800 a year for a MW.

| alone | t | gas saved | paid | per t |
| --- | --- | --- | --- | --- |
| insulation | 985.5 | 49,275 | 64,057.5 | 15 |
| recovery | 876 | 43,800 | 61,320 | 20 |
| heat pump, 1 MW | 2,190 | 109,500 | 175,200 + 43,800 | 50 |
"""

from __future__ import annotations

from dataclasses import replace

from optimizer.inputs import case as c
from tests import plants as p

YEARS = (2026,)
LIFE = 20
GAS_TONNES, GAS_COST = 2_190.0, 109_500.0
INSULATION, RECOVERY, HEAT_PUMP = 64_057.5, 61_320.0, 43_800.0
NAMES = {
    "insulation": c.Name("Insulation", "保温"),
    "recovery": c.Name("Heat recovery", "余热回收"),
    "heat_pump": c.Name("Heat pump", "热泵"),
}


def overlapping(cap: float | None = None) -> c.Case:
    """``cap``: gross emissions of the year at most [t]; none by default."""
    base = p.boiler_plant(YEARS)
    power = p.carrier("electricity", YEARS, kind="electricity", scope=2, price=60.0)
    pump = c.ConverterUnit(
        "heat_pump", "heat", (c.Flow("electricity", 1 / 3),), (c.Flow("heat", 1.0),)
    )
    return replace(
        base,
        name=c.Name("Boiler house", "锅炉房"),
        carriers=(*base.carriers, power),
        units=(*base.units, pump),
        measures=(
            p.measure("insulation", YEARS, cost=LIFE * INSULATION, name=NAMES["insulation"]),
            p.measure("recovery", YEARS, cost=LIFE * RECOVERY, name=NAMES["recovery"]),
            p.measure(
                "heat_pump", YEARS, kind="converter", unit="MW", upper=2.0, slope=LIFE * HEAT_PUMP,
                name=NAMES["heat_pump"],
            ),
        ),
        savings=(
            c.SavingEffect("insulation", "process", 0.45, ()),
            c.SavingEffect("recovery", "process", 0.40, ()),
        ),
        policy=p.no_policy(YEARS, gross_cap=(cap,)),
    )  # fmt: skip
