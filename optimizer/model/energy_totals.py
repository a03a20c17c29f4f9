"""Yearly sums that rules on energy need beside those of purchase: own generation, own power, vents.

A case without such a rule has none of them.
"""

from __future__ import annotations

from optimizer.inputs.case import CarrierOption, Case, ConverterUnit, GeneratorUnit
from optimizer.inputs.held_rules import (
    EnergyPerProductRule,
    HourlyRule,
    IntensityRule,
    NonFossilRule,
    TraceableRule,
)


def counts_energy(case: Case) -> bool:
    """Whether some gate of a pack looks at the energy or the power that the plan uses."""
    kinds = (IntensityRule, NonFossilRule, TraceableRule, HourlyRule, EnergyPerProductRule)
    return any(isinstance(rule, kinds) or rule.thresholds for rule in case.policy.held)


def is_generated(case: Case, carrier: str) -> bool:
    return any(isinstance(u, GeneratorUnit) and u.output == carrier for u in case.units)


def metered(case: Case) -> list[CarrierOption]:
    """Carriers that cross the fence or are generated: all others are made of these."""
    return [
        c
        for c in case.carriers
        if c.purchase is not None or c.sale is not None or is_generated(case, c.id)
    ]


def powers(case: Case) -> list[CarrierOption]:
    return [c for c in case.carriers if c.kind == "electricity"]


def power_makers(case: Case) -> list[ConverterUnit]:
    """Converters that give electricity, such as CHP and transformers."""
    power = {c.id for c in powers(case)}
    return [
        u
        for u in case.units
        if isinstance(u, ConverterUnit) and any(flow.carrier in power for flow in u.outputs)
    ]


def is_made(case: Case, carrier: str) -> bool:
    """Whether converters that give electricity give or take this electricity."""
    flows = [flow for unit in power_makers(case) for flow in (*unit.inputs, *unit.outputs)]
    kinds = {c.id for c in powers(case)}
    return carrier in kinds and any(flow.carrier == carrier for flow in flows)


def energy_totals(case: Case) -> list[tuple[str, ...]]:
    """Names of the sums [MWh], by carrier."""
    if not counts_energy(case):
        return []
    names: list[tuple[str, ...]] = []
    counted = {c.id for c in (*metered(case), *powers(case))}
    for c in case.carriers:
        names += [("generated", c.id)] * is_generated(case, c.id)
        names += [("made", c.id)] * is_made(case, c.id)
        names += [("vent", c.id)] * (c.vent and c.id in counted)
    return names
