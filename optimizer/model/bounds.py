"""Largest values that follow from the case, for the few rows that need one."""

from __future__ import annotations

import numpy as np

from optimizer.inputs.case import (
    ByYear,
    CaptureUnit,
    Case,
    ConverterUnit,
    GeneratorUnit,
    ServiceOption,
    StorageUnit,
    Varying,
)
from optimizer.model.certificates import sellers
from optimizer.model.seam import captures

HOURS_A_YEAR = 8760.0


def largest_gross(case: Case) -> ByYear:
    """Gross emissions that no plan can exceed, by year [t], shape (Y,).

    A cap on gross emissions is lower than what can be emitted, and valid as well.
    """
    caps = np.array([np.inf if cap is None else cap for cap in case.policy.gross_cap])
    largest_by_year: ByYear = np.minimum(largest_emissions(case), caps)
    return largest_by_year


def largest_emissions(case: Case) -> ByYear:
    """What no plan can emit more of in either ledger, whatever its caps, by year [t], shape (Y,).

    Every carrier bought at its largest possible power all year, at the larger of its two factors,
    plus all process emissions and own generation whose certificates are sold.
    """
    most: ByYear = sum((s.amount for s in case.process_sources), np.zeros(len(case.years)))
    for carrier in case.carriers:
        if carrier.purchase is not None and carrier.scope is not None:
            power = np.full(len(case.years), largest_import(case, carrier.id))
            most = most + power * HOURS_A_YEAR * np.maximum(carrier.factor, carrier.residual)
            most = most + _largest_sold(case, carrier.id) * HOURS_A_YEAR * carrier.residual
    return most


def _largest_sold(case: Case, carrier: str) -> float:
    """Largest power of generators whose certificates are sold, which counts as bought [MW]."""
    size = unit_sizes(case)
    units = (unit for unit in sellers(case) if unit.output == carrier)
    return sum(size[unit.id] * largest(case, unit.availability) for unit in units)


def largest_upstream(case: Case) -> ByYear:
    """What no plan can emit more of before the site's gate, by year [t], shape (Y,): all materials
    from the dirtiest supplier, and each carrier bought at its largest power all year."""
    most = np.zeros(len(case.years))
    for material in case.materials:
        supplies = [g.factor for g in case.material_contracts if g.material == material.id]
        dirtiest = np.max([material.factor, *supplies], axis=0)
        most = most + material.need * (dirtiest + material.transport)
    for carrier in case.carriers:
        if carrier.purchase is not None and carrier.upstream is not None:
            most = most + largest_import(case, carrier.id) * HOURS_A_YEAR * carrier.upstream
    return most


def deepest_negative(case: Case) -> ByYear:
    """How far removals can exceed gross emissions in any plan, by year [t], shape (Y,).

    All that capture plants can take, all year, and what netted exports are credited with.
    """
    size = unit_sizes(case)
    captured = sum(size[unit.id] for unit in captures(case)) * HOURS_A_YEAR
    most = np.full(len(case.years), captured)
    if case.policy.export_treatment == "none":
        return most
    for carrier in case.carriers:
        if carrier.sale is not None and carrier.scope == 2:
            tonnes = HOURS_A_YEAR * np.maximum(carrier.factor, carrier.residual)
            most = most + largest_export(case, carrier.id) * tonnes
    return most


def largest_import(case: Case, carrier: str) -> float:
    """Largest power bought of a carrier [MW]: its limit, or all that could use it at once."""
    option = next(c for c in case.carriers if c.id == carrier)
    if option.kind == "electricity":
        return case.connection + sum(o.connection * o.upper * o.max_builds for o in case.measures)
    if option.purchase is not None and option.purchase.limit is not None:
        return option.purchase.limit
    return largest_use(case, carrier)


def largest_export(case: Case, carrier: str) -> float:
    """Largest power sold [MW]: its limit, or all that the site makes, draws and may resell."""
    option, size = next(c for c in case.carriers if c.id == carrier), unit_sizes(case)
    if option.sale is not None and option.sale.limit is not None:
        return option.sale.limit
    made = largest_output(case, carrier) + sum(
        size[unit.id] * unit.power_ratio
        for unit in case.units
        if isinstance(unit, StorageUnit) and unit.carrier == carrier
    )
    beyond = option.sale is not None and option.sale.beyond_own_generation
    return made + (largest_import(case, carrier) if beyond else 0.0)


def largest_output(case: Case, carrier: str) -> float:
    """Largest power that converters and generators give of a carrier [MW]."""
    size, made = unit_sizes(case), 0.0
    for unit in case.units:
        if isinstance(unit, ConverterUnit):
            ratios = [largest(case, flow.ratio) for flow in unit.outputs if flow.carrier == carrier]
            made += size[unit.id] * largest(case, unit.availability) * sum(ratios)
        elif isinstance(unit, GeneratorUnit) and unit.output == carrier:
            made += size[unit.id] * largest(case, unit.availability)
    return made


def largest_power_use(case: Case) -> float:
    """More electricity than any plan uses in a year [MWh]: all that could take it, all year."""
    power = [c.id for c in case.carriers if c.kind == "electricity"]
    return HOURS_A_YEAR * sum(largest_use(case, c) for c in power)


def largest_exchange(case: Case) -> float:
    """More energy than any plan takes in or gives off in a year [MWh]."""
    every = (largest_use(case, c.id) + largest_output(case, c.id) for c in case.carriers)
    return HOURS_A_YEAR * sum(every)


def unit_sizes(case: Case) -> dict[str, float]:
    """Largest capacity of every step unit that a measure or an asset stands for."""
    size = {o.id: o.upper * o.max_builds for o in case.measures}
    size |= {a.old_unit: a.capacity for a in case.assets}
    return size | {a.renewed_unit: a.capacity for a in case.assets if a.renewed_unit}


def largest_use(case: Case, carrier: str) -> float:
    """All that could take a carrier at once, through cooler carriers too [MW]."""
    size = unit_sizes(case)
    used = sum(_largest_demand(case, s) for s in case.services if s.carrier == carrier)
    for unit in case.units:
        if isinstance(unit, ConverterUnit | CaptureUnit):
            ratios = [largest(case, flow.ratio) for flow in unit.inputs if flow.carrier == carrier]
            used += size[unit.id] * sum(ratios)
        elif isinstance(unit, StorageUnit) and unit.carrier == carrier:
            used += size[unit.id] * unit.power_ratio
    cooler = next(c.serves for c in case.carriers if c.id == carrier)
    return used + _largest_extra(case, carrier) + sum(largest_use(case, k) for k in cooler)


def _largest_demand(case: Case, service: ServiceOption) -> float:
    return float(service.activity.max() * case.series[service.demand].max())


def _largest_extra(case: Case, carrier: str) -> float:
    """What savings and process changes may add to a carrier [MW]."""
    base = {s.id: _largest_demand(case, s) for s in case.services}
    base |= {s.id: float(s.amount.max()) / HOURS_A_YEAR for s in case.process_sources}
    return sum(
        largest(case, flow.ratio) * effect.share * base[effect.use]
        for effect in case.savings
        for flow in effect.adds
        if flow.carrier == carrier
    )


def largest(case: Case, value: Varying) -> float:
    """The largest value of something that may vary with time."""
    return float(case.series[value].max()) if isinstance(value, str) else value
