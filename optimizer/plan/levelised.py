"""Levelised cost of the power, heat or cold that each built measure makes (docs/model.md 8)."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from optimizer.inputs.case import Case, ConverterUnit, Flow, GeneratorUnit, Varying
from optimizer.plan.cash_flow import cash_flow, discount_factors, present_value, remaining_value

Array = NDArray[np.float64]
Maker = ConverterUnit | GeneratorUnit
LEAST = 1e-6
"""MW in a step, and MWh a year, that count as none."""


def levelised_costs(case: Case, plan: xr.Dataset) -> list[dict[str, Any]]:
    """Of each built generator and converter: measure, carrier, energy and cost (both discounted to
    the base year), value [money/MWh, real], reason where there is none.

    cost = what is paid for it, grants taken off, less what remains of its life, and the energy that
    it takes at the plan's mean price of each carrier in each year; no carbon price. No figure where
    it makes more than one thing (`joint_products`), takes what another unit makes for it
    (`input_made_on_site`), or never runs (`never_runs`).
    """
    flow = cash_flow(plan, plan)
    makers = {u.id: u for u in case.units if isinstance(u, ConverterUnit | GeneratorUnit)}
    rows = []
    for option in case.measures:
        unit = makers.get(option.id)
        if unit is not None and float(plan["build"].sel(measure=option.id).sum()) > 0:
            rows.append(_levelised(case, plan, flow, unit))
    return rows


def _levelised(case: Case, plan: xr.Dataset, flow: xr.Dataset, unit: Maker) -> dict[str, Any]:
    """One measure's row."""
    products, taken = _flows(unit)
    row: dict[str, Any] = {"measure": unit.id, "carrier": products[0].carrier}
    none = {"energy": None, "cost": None, "value": None}
    if len(products) > 1:
        return {**row, **none, "reason": "joint_products"}
    if any(_made_for(case, plan, each.carrier) for each in taken):
        return {**row, **none, "reason": "input_made_on_site"}
    at_end = discount_factors(flow)[1]
    made = _long(_energy(case, plan, unit.id, products[0].ratio), len(at_end))
    energy = float((made * at_end).sum())
    if energy <= LEAST:
        return {**row, **none, "reason": "never_runs"}
    own = flow.sel(line=flow["item"] == unit.id)
    cost = -float(present_value(own, "plan").sum()) - remaining_value(own, "plan")
    for each in taken:
        used = _energy(case, plan, unit.id, each.ratio) * mean_price(case, plan, each.carrier)
        cost += float((_long(used, len(at_end)) * at_end).sum())
    return {**row, "energy": energy, "cost": cost, "value": cost / energy, "reason": None}


def _flows(unit: Maker) -> tuple[tuple[Flow, ...], tuple[Flow, ...]]:
    """What it makes, and what it takes."""
    if isinstance(unit, GeneratorUnit):
        return (Flow(unit.output, 1.0),), ()
    return unit.outputs, unit.inputs


def _made_for(case: Case, plan: xr.Dataset, carrier: str) -> bool:
    """Whether a carrier isn't bought and a unit runs to make it; a by-product is free."""
    if any(c.id == carrier and c.purchase is not None for c in case.carriers):
        return False
    makers = (u for u in case.units if isinstance(u, ConverterUnit) and u.reference == carrier)
    return any(
        carrier in {flow.carrier for flow in unit.outputs}
        and float(plan["flow"].sel(unit=unit.id).max()) > LEAST
        for unit in makers
    )


def _energy(case: Case, plan: xr.Dataset, unit: str, ratio: Varying) -> Array:
    """MWh of a flow of the unit by planning year."""
    factor = case.series[ratio] if isinstance(ratio, str) else float(ratio)
    power = plan["flow"].sel(unit=unit).transpose("year", "period", "step").values
    found: Array = (power * factor * case.axis.hours_a_year).sum(axis=(1, 2))
    return found


def mean_price(case: Case, plan: xr.Dataset, carrier: str) -> Array:
    """What the plan pays for a carrier, demand charge and energy contracts included, over what it
    buys of it, by planning year [money/MWh]; 0 where it buys none."""
    own = {("energy", carrier), ("demand_charge", carrier)}
    of_energy = (g for g in case.contracts if g.carrier == carrier and g.form == "energy")
    own |= {("contracts", g.id) for g in of_energy}
    keys = zip(plan["cost_class"].values, plan["cost_item"].values, strict=True)
    costs = plan["cost"].transpose("line", "year").values
    paid = sum(
        (cost for key, cost in zip(keys, costs, strict=True) if tuple(map(str, key)) in own),
        np.zeros(len(case.years)),
    )
    bought = plan["purchased"].sel(carrier=carrier).values
    found: Array = np.divide(paid, bought, out=np.zeros(len(case.years)), where=bought > LEAST)
    return found


def _long(values: Array, years: int) -> Array:
    """The last planning year stands for each of the tail."""
    return np.concatenate([values, np.full(years - len(values), values[-1])])
