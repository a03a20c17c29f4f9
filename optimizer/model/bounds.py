"""Largest values that follow from the case, for the few rows that need one."""

from __future__ import annotations

import numpy as np

from optimizer.inputs.case import ByYear, Case, ConverterUnit, Varying

HOURS_A_YEAR = 8760.0


def largest_gross(case: Case) -> ByYear:
    """Gross emissions that no plan can exceed, by year [t], shape (Y,).

    Every carrier bought at its largest possible power all year, at the larger of its two factors,
    plus all process emissions; a cap on gross emissions is lower and valid as well.
    """
    most = sum((s.amount for s in case.process_sources), np.zeros(len(case.years)))
    for carrier in case.carriers:
        if carrier.purchase is not None and carrier.scope is not None:
            power = np.full(len(case.years), largest_import(case, carrier.id))
            most = most + power * HOURS_A_YEAR * np.maximum(carrier.factor, carrier.residual)
    caps = np.array([np.inf if cap is None else cap for cap in case.policy.gross_cap])
    return np.minimum(most, caps)


def largest_import(case: Case, carrier: str) -> float:
    """Largest power bought of a carrier [MW]: its limit, or all that could use it at once."""
    option = next(c for c in case.carriers if c.id == carrier)
    if option.kind == "electricity":
        return case.connection + sum(o.connection * o.upper * o.max_builds for o in case.measures)
    if option.purchase is not None and option.purchase.limit is not None:
        return option.purchase.limit
    return _largest_use(case, carrier)


def _largest_use(case: Case, carrier: str) -> float:
    used = sum(
        float((s.activity.max()) * case.series[s.demand].max())
        for s in case.services
        if s.carrier == carrier
    )
    size = {o.id: o.upper * o.max_builds for o in case.measures}
    size |= {a.old_unit: a.capacity for a in case.assets}
    size |= {a.renewed_unit: a.capacity for a in case.assets if a.renewed_unit}
    for unit in case.units:
        if isinstance(unit, ConverterUnit):
            ratios = [largest(case, flow.ratio) for flow in unit.inputs if flow.carrier == carrier]
            used += size[unit.id] * sum(ratios)
    return used


def largest(case: Case, value: Varying) -> float:
    """The largest value of something that may vary with time."""
    return float(case.series[value].max()) if isinstance(value, str) else value
