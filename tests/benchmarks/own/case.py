"""The plant of a file as a case of ours."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from optimizer.inputs import case as c
from tests import plants as p
from tests.benchmarks.peers.exchange import Converter, Option, Plant, Purchase
from tests.benchmarks.plant import RATE

KINDS = {"electricity": "electricity", "cold": "cold", "hydrogen": "hydrogen", "gas": "fuel"}


def case_of(plant: Plant) -> c.Case:
    """The same plant in our words: what stands are assets that stay, the rest measures."""
    years = plant.years
    return p.case(
        years,
        plant.series,
        axis=p.axis([int(days) for days in plant.weight], steps=plant.shape[2]),
        money=p.money(years, RATE),
        connection=plant.connection,
        carriers=tuple(_carrier(plant, id) for id in plant.carriers),
        services=tuple(
            p.service(s.id, s.carrier, s.demand, years, plant.activity) for s in plant.services
        ),
        units=_units(plant),
        measures=tuple(_measure(plant, option) for option in plant.options),
        savings=tuple(c.SavingEffect(s.id, s.service, s.share, ()) for s in plant.savings),
        assets=tuple(
            replace(p.asset(u.id, years, u.size), free=False)
            for u in plant.converters
            if u.size is not None
        ),
        budget=c.BudgetRule(tuple(plant.budget.tolist()), False, False),
        policy=p.no_policy(years, gross_cap=tuple(plant.cap.tolist())),
        carbon=c.CarbonRule(plant.carbon_price, np.zeros(len(years))),
    )


def _carrier(plant: Plant, id: str) -> c.CarrierOption:
    bought: Purchase | None = next((b for b in plant.purchases if b.carrier == id), None)
    fields: dict[str, Any] = {"kind": KINDS.get(id, "heat")}
    if bought is not None:
        fields |= {"price": bought.level, "series": bought.series}
        fields |= {"factor": bought.factor, "scope": bought.scope}
    if id == plant.power:
        fields["demand_charge"] = c.DemandCharge(plant.peak_price, "year")
    return p.carrier(id, plant.years, **fields)


def _converter(unit: Converter) -> c.ConverterUnit:
    beside = () if unit.beside is None else (c.Flow(unit.beside, unit.beside_ratio),)
    return c.ConverterUnit(
        unit.id,
        unit.product,
        (c.Flow(unit.source, unit.ratio),),
        (c.Flow(unit.product, 1.0), *beside),
        variable_om=unit.running_cost,
    )


def _units(plant: Plant) -> tuple[c.StepUnit, ...]:
    generators = (c.GeneratorUnit(g.id, g.carrier, g.availability) for g in plant.generators)
    stores = (
        c.StorageUnit(
            s.id, s.carrier, s.power_ratio, s.efficiency, s.efficiency, s.loss, 0.0, s.running_cost
        )
        for s in plant.stores
    )
    return (*map(_converter, plant.converters), *generators, *stores)


def _measure(plant: Plant, option: Option) -> c.MeasureOption:
    saves = option.id in {s.id for s in plant.savings}
    store = option.id in {s.id for s in plant.stores}
    made = option.id in {g.id for g in plant.generators}
    kind = "saving" if saves else "storage" if store else "generator" if made else "converter"
    size = {"cost": option.price} if saves else {"slope": option.price, "upper": option.largest}
    built = p.measure(
        option.id, plant.years, kind=kind, price_trend=plant.trend, fixed_om=option.fixed_om, **size
    )
    return replace(built, capital_recovery=option.recovery)
