"""Gates of the scenario's packs, by planning year and with the base year that they refer to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from optimizer import units
from optimizer.inputs.assembly import Assembly
from optimizer.inputs.case import BaseYearData, Rule
from optimizer.inputs.equipment import pieces_of
from optimizer.inputs.held_rules import (
    EnergyPerProductRule,
    EquipmentRule,
    FootprintRule,
    HeldRule,
    HourlyRule,
    IntensityRule,
    NeverRisesRule,
    NonFossilRule,
    ReductionRule,
    Threshold,
    TraceableRule,
)
from optimizer.inputs.in_force import fits_base_year, in_force
from optimizer.inputs.product import produced
from optimizer.inputs.yearly import value_at
from optimizer.schema.policy_conditions import Condition
from optimizer.schema.policy_fields import is_held
from optimizer.schema.policy_pack import PolicyPack
from optimizer.schema.policy_rules import (
    CarbonPerTce,
    EnergyPerProductLimit,
    EquipmentGrade,
    GrossReduction,
    HourlyShare,
    NeverRises,
    NonFossilShare,
    ProductFootprint,
    TraceableShare,
)
from optimizer.schema.policy_rules import Rule as PackRule

Ledger = Literal["location", "market"]
SHARED = CarbonPerTce | NonFossilShare | TraceableShare | HourlyShare
"""Rules with a plain limit by year."""
OVER = ("at_least", "above")
TCE = units.parse("1 tce", "MWh").value
"""MWh of a tonne of coal equivalent, 29.3076 GJ."""


def held_rules(assembly: Assembly, base: BaseYearData) -> tuple[HeldRule, ...]:
    """The gates that the model has rows for; those that can't apply to this base year are out."""
    found = []
    for pack in assembly.bundle.packs:
        for rule in pack.rules:
            if is_held(rule, assembly.scenario) and fits_base_year(rule.applies_if, base.year):
                found.append(_held(pack, rule, assembly, base))
    return tuple(found)


def _held(pack: PolicyPack, rule: PackRule, assembly: Assembly, base: BaseYearData) -> HeldRule:
    ledger = _ledger(rule, assembly)
    own = f"{pack.id}/{rule.id}", (rule.name.en, rule.name.zh)
    rest = _thresholds(rule.applies_if), (0.0,) * len(assembly.years)
    if isinstance(rule, NeverRises):
        limit = _in_force(pack, rule, assembly.years, _growth(rule, assembly))
        tonnes = _base_emissions(base, (1, 2), ledger)
        return NeverRisesRule(*own, limit, *rest, ledger, tonnes)
    if isinstance(rule, GrossReduction):
        share = assembly.rule(rule.limit)
        left = tuple(None if each is None else 1.0 - each for each in share)
        limit = _in_force(pack, rule, assembly.years, left)
        tonnes = _base_emissions(base, rule.scopes, ledger)
        return ReductionRule(*own, limit, *rest, ledger, rule.scopes, tonnes)
    if isinstance(rule, ProductFootprint | EnergyPerProductLimit):
        return _per_product(pack, rule, assembly, own)
    if isinstance(rule, EquipmentGrade):
        limit = _in_force(pack, rule, assembly.years, assembly.rule(rule.limit))
        return EquipmentRule(*own, limit, *rest, pieces_of(rule, assembly))
    table = rule.limit if isinstance(rule, SHARED) else None
    limit = _in_force(pack, rule, assembly.years, assembly.rule(table))
    if isinstance(rule, CarbonPerTce):
        per_tce = tuple(None if each is None else each * TCE for each in limit)
        located: Ledger = "market" if rule.ledger == "market" else "location"
        return IntensityRule(*own, per_tce, *rest, located, rule.conversion, 1.0 / TCE)
    if isinstance(rule, NonFossilShare):
        power, heat = rule.conversion, 1.0 / TCE
        return NonFossilRule(*own, limit, *rest, power, heat, rule.certificates)
    if isinstance(rule, HourlyShare):
        return HourlyRule(*own, limit, *rest)
    assert isinstance(rule, TraceableShare)
    return TraceableRule(*own, limit, *rest, rule.third_parties == "counted")


def _per_product(
    pack: PolicyPack,
    rule: ProductFootprint | EnergyPerProductLimit,
    assembly: Assembly,
    own: tuple[str, tuple[str, str]],
) -> HeldRule:
    """A limit a unit, and the units made by year; of several levels the lowest holds."""
    rest = _thresholds(rule.applies_if), (0.0,) * len(assembly.years)
    made = tuple(float(units) for units in produced(assembly))
    if isinstance(rule, ProductFootprint):
        limit = _in_force(pack, rule, assembly.years, assembly.rule(rule.limit))
        return FootprintRule(*own, limit, *rest, rule.ledger, made)
    production = assembly.scenario.production
    assert production is not None
    tables = [getattr(production.energy, level) for level in rule.levels] or [rule.limit]
    asked = [assembly.rule(table) for table in tables]
    lowest = tuple(
        min((v for v in year if v is not None), default=None) for year in zip(*asked, strict=True)
    )
    in_tce = tuple(None if value is None else value / TCE for value in lowest)
    limit = _in_force(pack, rule, assembly.years, in_tce)
    return EnergyPerProductRule(*own, limit, *rest, rule.conversion, 1.0 / TCE, made)


def _ledger(rule: PackRule, assembly: Assembly) -> Ledger:
    """The rule's ledger, else the policy's; what is physical knows no contracts."""
    if rule.ledger is None:
        return assembly.scenario.policy.ledger
    return "market" if rule.ledger == "market" else "location"


def _base_emissions(base: BaseYearData, scopes: Sequence[int], ledger: str) -> float:
    """Emissions of the base year in some scopes [t]."""
    scope2 = base.scope2_location if ledger == "location" else base.scope2_market
    return base.scope1 * (1 in scopes) + scope2 * (2 in scopes)


def _growth(rule: NeverRises, assembly: Assembly) -> Rule:
    """Output over that of the year before, at least 1; None where the year before had none."""
    if not rule.unless_output_grows:
        return (1.0,) * len(assembly.years)
    table = assembly.scenario.output
    output = [value_at(table, year) or 0.0 for year in assembly.years]
    first = value_at(table, assembly.scenario.horizon.base_year)
    before = [1.0 if first is None else first, *output]
    pairs = zip(before, output, strict=False)
    return tuple(max(1.0, now / then) if then > 0 else None for then, now in pairs)


def _in_force(pack: PolicyPack, rule: PackRule, years: Sequence[int], limit: Rule) -> Rule:
    """The limit in years at whose end pack and rule are both in force."""
    held = in_force(pack, rule, years)
    return tuple(value if holds else None for holds, value in zip(held, limit, strict=True))


def _thresholds(conditions: Sequence[Condition]) -> tuple[Threshold, ...]:
    return tuple(
        Threshold(each.comparison in OVER, each.value)
        for each in conditions
        if each.quantity == "electricity_use"
    )
