"""The family of cases: a plant with power, gas, steam, warm water, cold and hydrogen.

Made up, with one seed: sizes and prices of a mid-sized factory, days spread evenly over the year.
Only what every contender can say is in it, so that all solve the same linear problem: sizes are
linear, one saving a service, stores balanced within the day, one billed peak a year. No single
option costs more than a year's budget, since a size limited by money is a cut of ours alone.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.finance import capital_recovery_factor, discount_factor
from tests.benchmarks.peers.exchange import (
    HOURS,
    Array,
    Converter,
    Generator,
    Option,
    Plant,
    Purchase,
    Saving,
    Service,
    Store,
)

RATE = 0.07
FIRST_YEAR = 2026
DAYS = 365
CARRIERS = ("electricity", "gas", "steam", "warm", "cold", "hydrogen")


def make_plant(days: int, years: int = 6, variants: int = 1, seed: int = 1) -> Plant:
    """A plant of D days and Y years; ``variants``: how many makes of each converter and
    generator are offered, each dearer and better than the one before."""
    series = _series(days, np.random.default_rng(seed))
    converters = [c for c in _converters() if c.size is not None]
    offered = [c for c in _converters() if c.size is None]
    made = [_variant(c, v) for v in range(variants) for c in offered]
    generators = [Generator(_suffixed("pv", v), "electricity", "sun") for v in range(variants)]
    per_year = np.arange(years)
    weight = _weights(days)
    plant = Plant(
        years=tuple(range(FIRST_YEAR, FIRST_YEAR + years)),
        carriers=CARRIERS,
        power="electricity",
        connection=40.0,
        purchases=_purchases(years),
        services=_services(),
        converters=(*converters, *made),
        generators=tuple(generators),
        stores=_stores(),
        savings=_savings(),
        options=tuple(_options(variants)),
        weight=weight,
        discount=np.array([discount_factor(RATE, int(y) + 1) for y in per_year]),
        activity=np.linspace(1.0, 1.0 + 0.01 * (years - 1), years),
        trend=np.linspace(1.0, 0.8, years),
        carbon_price=np.linspace(45.0, 70.0, years),
        peak_price=np.full(years, 96e3),
        budget=np.full(years, 12e6),
        cap=np.zeros(years),
        series=series,
    )
    return replace(plant, cap=_base_emissions(plant) * np.linspace(0.97, 0.45, years))


def _weights(days: int) -> Array:
    """Whole days a year of each representative day, as even as can be; sum 365."""
    ends = np.round(np.arange(days + 1) * DAYS / days)
    return np.diff(ends)


def _series(days: int, rng: np.random.Generator) -> dict[str, Array]:
    """Loads [MW], availability, COP and prices of D days, shape (D, 24)."""
    hour = np.arange(HOURS)[None, :]
    day = (np.cumsum(_weights(days)) - 1)[:, None]
    winter = np.cos(2 * np.pi * (day - 15) / DAYS)
    shift = 0.6 + 0.4 * np.exp(-(((hour - 13) / 5.0) ** 2))
    work = np.where(np.arange(days)[:, None] % 7 < 5, 1.0, 0.7)

    def noisy(values: Array, spread: float) -> Array:
        full = np.broadcast_to(values, (days, HOURS))
        return np.clip(full * (1 + spread * rng.standard_normal((days, HOURS))), 0.02, None)

    sun = np.clip(np.sin((hour - 6) / 12 * np.pi), 0, None) * (0.65 - 0.35 * winter)
    cloud = 0.5 + 0.5 * rng.random((days, 1))
    outside = 10 - 9 * winter + 3 * np.sin((hour - 9) / 12 * np.pi)
    clock = np.select(
        [hour < 6, (hour >= 7) & (hour < 10), (hour >= 17) & (hour < 21)], [0.65, 1.3, 1.5], 0.95
    )
    return {
        "machines": noisy(8 * shift * work, 0.05),
        "furnace": noisy(1.5 * work, 0.05),
        "process": noisy(10 * (0.7 + 0.3 * shift) * work * (1 + 0.1 * winter), 0.06),
        "washing": noisy(5 * (0.6 + 0.4 * winter) + 1.0, 0.08),
        "cooling": noisy(2.5 * (1 - 0.6 * winter) * (0.6 + 0.4 * shift), 0.08),
        "annealing": noisy(0.8 * work, 0.04),
        "sun": np.clip(sun * cloud, 0, 1),
        "cop.warm": np.clip(2.6 + 0.05 * outside, 2.2, 4.2) ** -1,
        "cop.steam": np.clip(1.7 + 0.012 * outside, 1.5, 2.1) ** -1,
        "tariff": noisy((clock - 0.25 * sun) * (1 + 0.15 * winter), 0.03),
    }


def _services() -> tuple[Service, ...]:
    uses = {
        "machines": "electricity",
        "furnace": "gas",
        "process": "steam",
        "washing": "warm",
        "cooling": "cold",
        "annealing": "hydrogen",
    }
    return tuple(Service(id, carrier, id) for id, carrier in uses.items())


def _purchases(years: int) -> tuple[Purchase, ...]:
    def between(first: float, last: float) -> tuple[float, ...]:
        return tuple(np.linspace(first, last, years).tolist())

    flat = (0.202,) * years
    return (
        Purchase("electricity", between(90, 99), "tariff", between(0.35, 0.15), 2),
        Purchase("gas", between(42, 50), None, flat, 1),
        Purchase("hydrogen", between(130, 120), None, (0.3,) * years, 1),
    )


def _converters() -> tuple[Converter, ...]:
    return (
        Converter("boiler", "gas", "steam", 1 / 0.9, 0.3, size=20.0),
        Converter("exchanger", "steam", "warm", 1 / 0.97, 0.3, size=20.0),
        Converter("chiller", "electricity", "cold", 0.25, size=6.0),
        Converter("heat_pump", "electricity", "warm", "cop.warm"),
        Converter("steam_pump", "electricity", "steam", "cop.steam"),
        Converter("e_boiler", "electricity", "steam", 1 / 0.98, 0.3),
        Converter("electrolyser", "electricity", "hydrogen", 1 / 0.65),
        Converter("h2_boiler", "hydrogen", "steam", 1 / 0.92),
        Converter("chp", "gas", "electricity", 1 / 0.36, 2.0, "steam", 1.25),
    )


def _variant(converter: Converter, v: int) -> Converter:
    """The v-th make: it runs 1 money/MWh cheaper or dearer in turn, with the same ratio."""
    cost = converter.running_cost + 0.5 * v
    return Converter(
        _suffixed(converter.id, v), converter.source, converter.product, converter.ratio, cost,
        converter.beside, converter.beside_ratio,
    )  # fmt: skip


def _suffixed(id: str, v: int) -> str:
    return id if v == 0 else f"{id}_{v + 1}"


def _stores() -> tuple[Store, ...]:
    return (
        Store("battery", "electricity", 0.5, 0.96, 0.0005, 0.5),
        Store("tank", "warm", 0.25, 0.98, 0.01, 0.5),
    )


def _savings() -> tuple[Saving, ...]:
    return (
        Saving("led", "machines", 0.07),
        Saving("insulation", "process", 0.08),
        Saving("heat_recovery", "washing", 0.15),
        Saving("free_cooling", "cooling", 0.25),
        Saving("h2_recovery", "annealing", 0.10),
    )


def _options(variants: int) -> list[Option]:
    """Price a MW (MWh for stores, whole for savings), largest size, life, O&M share."""
    makes = {
        "pv": (750e3, 12.0, 25, 0.015),
        "heat_pump": (550e3, 6.0, 20, 0.02),
        "steam_pump": (950e3, 10.0, 20, 0.02),
        "e_boiler": (110e3, 15.0, 20, 0.01),
        "electrolyser": (1300e3, 6.0, 15, 0.03),
        "h2_boiler": (160e3, 10.0, 20, 0.02),
        "chp": (900e3, 5.0, 20, 0.03),
    }
    alone = {
        "battery": (260e3, 20.0, 15, 0.015),
        "tank": (28e3, 60.0, 25, 0.005),
        "led": (900e3, 1.0, 20, 0.0),
        "insulation": (1250e3, 1.0, 20, 0.0),
        "heat_recovery": (1500e3, 1.0, 20, 0.0),
        "free_cooling": (900e3, 1.0, 20, 0.0),
        "h2_recovery": (650e3, 1.0, 20, 0.0),
    }
    found = [_option(_suffixed(k, v), *t, 1 - 0.03 * v) for v in range(variants)
             for k, t in makes.items()]  # fmt: skip
    return found + [_option(k, *t) for k, t in alone.items()]


def _option(
    id: str, price: float, largest: float, life: int, om: float, scale: float = 1.0
) -> Option:
    recovery = capital_recovery_factor(RATE, life)
    return Option(id, price * scale, largest, recovery, om * price * scale)


def _base_emissions(plant: Plant) -> float:
    """First year's tonnes with everything bought: heat from the boiler, cold from the chiller."""
    hours = plant.weight[:, None] * np.ones(HOURS)
    use = {s.carrier: float((plant.demand(s)[0] * hours).sum()) for s in plant.services}
    factor = {p.carrier: p.factor[0] for p in plant.purchases}
    gas = use["gas"] + (use["steam"] + use["warm"] / 0.97) / 0.9
    power = use["electricity"] + use["cold"] / 4
    return (
        gas * factor["gas"] + power * factor["electricity"] + use["hydrogen"] * factor["hydrogen"]
    )
