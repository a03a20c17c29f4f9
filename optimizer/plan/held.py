"""What each gate of a pack looks at, by year: value over what it is set against, and the limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.case import ByYear, Case
from optimizer.inputs.held_rules import (
    EnergyPerProductRule,
    EquipmentRule,
    FootprintRule,
    HeldRule,
    HourlyRule,
    IntensityRule,
    NeverRisesRule,
    NonFossilRule,
    Piece,
    ReductionRule,
    TraceableRule,
)
from optimizer.plan.energy_use import EnergyUse
from optimizer.plan.shapes import Table, table
from optimizer.solve.solution import Solution

NEAR = 1e-6
"""A plan that stays at a threshold is above it by no more than the solver's tolerance."""
Scopes = Mapping[str, ByYear]
Standing = Mapping[tuple[str, str], ByYear]
"""Units of each asset's old and renewed state, and built of each measure, by (state, id), (Y,)."""


@dataclass(frozen=True)
class Looked:
    """``value`` is to stay at most (or at least) limit x ``per``; both (Y,), each in its unit."""

    value: ByYear
    per: ByYear
    units: tuple[str, str]
    at_least: bool = False


@dataclass(frozen=True)
class Facts:
    """What rules look at: ``scopes`` in t, by their names in the plan."""

    scopes: Scopes
    energy: EnergyUse
    standing: Standing


def looked_at(case: Case, rule: HeldRule, facts: Facts) -> Looked:
    """The two sides of a rule."""
    scopes, energy, standing = facts.scopes, facts.energy, facts.standing
    if isinstance(rule, NeverRisesRule):
        gross = _emitted(rule.ledger, (1, 2), scopes)
        return Looked(gross, np.array([rule.base_emissions, *gross[:-1]]), ("t", "t"))
    if isinstance(rule, ReductionRule):
        left = _emitted(rule.ledger, rule.scopes, scopes)
        return Looked(left, np.full(len(case.years), rule.base_emissions), ("t", "t"))
    if isinstance(rule, IntensityRule):
        return Looked(_emitted(rule.ledger, (1, 2), scopes), energy.energy(rule), ("t", "tce"))
    if isinstance(rule, FootprintRule):
        carried = _emitted(rule.ledger, (1, 2), scopes) + scopes["scope3"]
        return Looked(carried, np.array(rule.made), ("t", "unit"))
    if isinstance(rule, EnergyPerProductRule):
        return Looked(energy.energy(rule), np.array(rule.made), ("tce", "unit"))
    if isinstance(rule, EquipmentRule):
        good = [piece for piece in rule.pieces if piece.good]
        every = _count(case, rule.pieces, standing)
        return Looked(_count(case, good, standing), every, ("1", "1"), at_least=True)
    if isinstance(rule, NonFossilRule):
        return Looked(energy.non_fossil(rule), energy.energy(rule), ("tce", "tce"), True)
    if isinstance(rule, HourlyRule):
        return Looked(energy.hourly, energy.power, ("MWh", "MWh"), True)
    assert isinstance(rule, TraceableRule)
    theirs = 0.0 if rule.third_parties else energy.third_parties
    return Looked(energy.traceable - theirs, energy.power, ("MWh", "MWh"), True)


def standing_units(case: Case, solution: Solution) -> Standing:
    """What stands of a solution, whole."""
    found: dict[tuple[str, str], ByYear] = {}
    for state, component in (("old", "asset_old"), ("renewed", "asset_renewed"), ("built", "on")):
        values = solution.yearly(component)
        owners = dict.fromkeys(owner for owner, _ in values)
        for owner in owners:
            units = [values.get((owner, year), 0.0) for year in case.years]
            found[state, owner] = np.round(np.array(units))
    return found


def _count(case: Case, pieces: Sequence[Piece], standing: Standing) -> ByYear:
    none = np.zeros(len(case.years))
    return sum((standing.get((each.state, each.owner), none) for each in pieces), none)


def applies(rule: HeldRule, power: ByYear) -> NDArray[np.bool_]:
    """Whether every threshold on the power used [MWh] is met, by year; at a threshold it isn't."""
    met = np.full(len(power), True)
    for threshold in rule.thresholds:
        sign = 1.0 if threshold.over else -1.0
        met &= sign * (power - threshold.value) > NEAR * threshold.value
    return met


def _emitted(ledger: str, numbers: tuple[int, ...], scopes: Scopes) -> ByYear:
    """Tonnes of some scopes in a ledger, (Y,)."""
    names = ["scope1" if number == 1 else f"scope2_{ledger}" for number in numbers]
    total: ByYear = np.sum([scopes[name] for name in names], axis=0)
    return total


def rule_variables(case: Case, facts: Facts) -> dict[str, Table]:
    """rule_value, rule_per and rule_limit (rule, year), NaN where a rule asks nothing; the power
    that thresholds look at."""
    held = case.policy.held
    looked = [looked_at(case, rule, facts) for rule in held]
    shape, dims = (len(looked), len(case.years)), ("rule", "year")
    limits = [
        np.where(
            applies(r, facts.energy.power), [np.nan if v is None else v for v in r.limit], np.nan
        )
        for r in held
    ]
    return {
        "rule_value": table(dims, np.array([e.value for e in looked]).reshape(shape), "rule_unit"),
        "rule_per": table(dims, np.array([e.per for e in looked]).reshape(shape), "rule_per_unit"),
        "rule_limit": table(dims, np.array(limits, dtype=float).reshape(shape), "ratio of both"),
        "power_used": table(("year",), facts.energy.power, "MWh"),
    }


def rule_coords(case: Case, facts: Facts) -> dict[str, Any]:
    """Ids pack/rule, names, units of both sides, and whether the limit is a least."""
    held = case.policy.held
    looked = [looked_at(case, rule, facts) for rule in held]
    texts = {
        "rule_name_en": [rule.name[0] for rule in held],
        "rule_name_zh": [rule.name[1] for rule in held],
        "rule_unit": [each.units[0] for each in looked],
        "rule_per_unit": [each.units[1] for each in looked],
        "rule_sense": ["at_least" if each.at_least else "at_most" for each in looked],
    }
    found: dict[str, Any] = {"rule": np.array([rule.id for rule in held], dtype=object)}
    return found | {key: ("rule", np.array(text, dtype=object)) for key, text in texts.items()}
