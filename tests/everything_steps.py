"""Series, carriers and units of the case with everything in it."""

from __future__ import annotations

import numpy as np

from optimizer.inputs import case as c
from tests import plants as p

YEARS = (2026, 2027, 2028)
MADE = (900.0, 950.0, 990.0)


def series_of(rng: np.random.Generator, shape: tuple[int, int]) -> dict[str, np.ndarray]:
    def around(mean: float, spread: float = 0.3) -> np.ndarray:
        return mean * (1 + spread * (rng.random(shape) - 0.5))

    flat = np.full(shape, 1 / 8760)
    return {
        "power": around(3.0),
        "power.excess": around(0.2),
        "hot": around(2.0),
        "warm": around(1.0),
        "cold": around(0.5),
        "price": around(60.0),
        "feed_in": around(20.0),
        "sun": rng.random(shape),
        "hp.electricity.ratio": around(0.3),
        "hp.source": around(0.7),
        "green.shape": flat,
        "grid.factor": around(1.0, 0.1),
    }


def carriers() -> tuple[c.CarrierOption, ...]:
    y, monthly = YEARS, c.DemandCharge(p.by_year(1000.0, YEARS), "month")
    yearly = c.DemandCharge(p.by_year(500.0, YEARS), "year")
    power = p.carrier(
        "electricity",
        y,
        kind="electricity",
        scope=2,
        price=[1.0, 1.1, 1.2],
        series="price",
        adder=5.0,
        factor=[0.5, 0.45, 0.4],
        residual=0.6,
        factor_series="grid.factor",
        demand_charge=monthly,
        sale=c.Sale("feed_in", p.by_year(1.0, y), p.by_year(0.5, y), 2.0, False),
    )
    gas = p.carrier(
        "gas", y, kind="fuel", scope=1, price=30.0, factor=0.2, limit=9.0, demand_charge=yearly
    )
    biomass = p.carrier("biomass", y, kind="fuel", scope=1, price=40.0, factor=0.01, biogenic=0.36)
    steam = p.carrier("steam", y, kind="heat", scope=2, price=70.0, factor=0.3)
    return (
        power,
        gas,
        biomass,
        steam,
        p.carrier("hot", y, kind="heat", vent=True, serves=("warm",)),
        p.carrier("warm", y, kind="heat"),
        p.carrier("cold", y, kind="cold"),
        p.carrier("hydrogen", y, kind="hydrogen"),
    )


def units() -> tuple[c.StepUnit, ...]:
    def flows(**ratios: float | str) -> tuple[c.Flow, ...]:
        return tuple(c.Flow(carrier, ratio) for carrier, ratio in ratios.items())

    return (
        c.ConverterUnit("boiler", "hot", flows(gas=1.1), flows(hot=1.0), variable_om=1.0),
        c.ConverterUnit("boiler.renewed", "hot", flows(gas=1.05), flows(hot=1.0)),
        c.ConverterUnit("chiller", "cold", flows(electricity=0.25), flows(cold=1.0)),
        c.ConverterUnit("hp", "hot", flows(electricity="hp.electricity.ratio"), flows(hot=1.0)),
        c.ConverterUnit(
            "chp",
            "electricity",
            flows(gas=2.5),
            flows(electricity=1.0, hot=1.1),
            0.95,
            variable_om=3.0,
        ),
        c.ConverterUnit("electrolyser", "electricity", flows(electricity=1.0), flows(hydrogen=0.6)),
        c.ConverterUnit("h2_boiler", "hot", flows(hydrogen=1.1), flows(hot=1.0)),
        c.ConverterUnit("bio_boiler", "hot", flows(biomass=1.15), flows(hot=1.0)),
        c.ConverterUnit(
            "recovery", "warm", (), flows(warm=1.0), recovery=c.Recovery("chiller", False, 0.8)
        ),
        c.ConverterUnit(
            "recovery_two", "warm", (), flows(warm=1.0), recovery=c.Recovery("chiller", False, 0.6)
        ),
        c.ConverterUnit(
            "flue", "warm", (), flows(warm=1.0), recovery=c.Recovery("process_heat", True, 0.1)
        ),
        c.GeneratorUnit("pv", "electricity", "sun", 0.5),
        c.StorageUnit("battery", "electricity", 0.5, 0.95, 0.95, 0.001, 0.1, 2.0),
        c.StorageUnit("tank", "hot", 0.25, 0.98, 0.98, 0.01, 0.0),
        c.StorageUnit("h2_tank", "hydrogen", 0.5, 0.95, 0.95, 0.0, 0.0),
        c.CaptureUnit(
            "ccs",
            ("bio_boiler", "boiler"),
            ("kiln",),
            0.9,
            flows(electricity=0.1, hot=0.8),
            0.95,
            20.0,
        ),
    )
