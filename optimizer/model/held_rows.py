"""Gates of policy packs: each rule has rows of its own, so that of two the stricter binds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.held_rules import (
    HeldRule,
    HourlyRule,
    IntensityRule,
    NeverRisesRule,
    NonFossilRule,
    ReductionRule,
    TraceableRule,
)
from optimizer.model.bought_back import overstated
from optimizer.model.bounds import largest_emissions, largest_exchange, largest_power_use
from optimizer.model.energy_use import (
    energy_used,
    hourly_power,
    non_fossil,
    power_used,
    traceable_power,
)
from optimizer.model.equipment_rows import add_equipment_rules
from optimizer.model.gates import emitted, limit_of, of_kind, room
from optimizer.model.layer import YearlyLayer, named
from optimizer.model.product_rows import add_product_rules

PACK_ROWS = (
    "gross_never_rises",
    "scopes_within_reduction",
    "carbon_within_energy",
    "non_fossil_above_share",
    "traceable_above_share",
    "footprint_within_limit",
    "energy_within_product",
    "equipment_at_grade",
)
"""The rows of gates: all say that something is at most something else."""


def add_held_rules(layer: YearlyLayer) -> None:
    """Where each gate applies; emissions against the year before, the base year and the energy
    used; shares of energy and power; a unit of product."""
    _add_thresholds(layer)
    _add_never_rises(layer)
    _add_reductions(layer)
    _add_intensities(layer)
    _add_non_fossil(layer)
    _add_traceable(layer)
    _add_hourly(layer)
    add_product_rules(layer)
    add_equipment_rules(layer)


def _most_emitted(layer: YearlyLayer, year: int) -> float:
    return float(largest_emissions(layer.case)[layer.at(year)])


def _add_thresholds(layer: YearlyLayer) -> None:
    """threshold_met[rule, n, y], for rules that ask something in a year."""
    m, case = layer.model, layer.case
    rules, asked = of_kind(layer, HeldRule)
    index = [(r, n, y) for r, y in asked for n in range(len(rules[r].thresholds))]
    m.threshold_met = pyo.Var(index, domain=pyo.Binary)
    most = largest_power_use(case) if index else 0.0
    known = {(r, n): rules[r].thresholds[n] for r, n, _ in index}

    def over(m: Any, r: str, n: int, y: int) -> Any:
        """A rule for large users stays off only at or below its threshold: power used <=
        threshold + (largest use - threshold) x met [MWh]."""
        value = known[r, n].value
        return power_used(layer, y) <= value + max(0.0, most - value) * m.threshold_met[r, n, y]

    def under(m: Any, r: str, n: int, y: int) -> Any:
        """A rule for small users stays off only at or above its threshold: power used >= threshold
        x (1 - met) [MWh]."""
        return power_used(layer, y) >= known[r, n].value * (1 - m.threshold_met[r, n, y])

    named(m, "use_below_threshold", [at for at in index if known[at[:2]].over], over)
    named(m, "use_above_threshold", [at for at in index if not known[at[:2]].over], under)


def _add_never_rises(layer: YearlyLayer) -> None:
    rules, index = of_kind(layer, NeverRisesRule)

    def no_rise(_: Any, r: str, y: int) -> Any:
        """Emissions rise no faster than output: gross[y] <= growth x gross[y-1] [t], growth 1
        unless output excuses a rise; before the first year stands the base year."""
        rule, first = rules[r], y == layer.years[0]
        before = rule.base_emissions if first else _settled(layer, rule, y - 1)
        free = room(layer, rule, y, _most_emitted(layer, y))
        return emitted(layer, (1, 2), rule.ledger, y) <= limit_of(layer, rule, y) * before + free

    named(layer.model, "gross_never_rises", index, no_rise)


def _settled(layer: YearlyLayer, rule: NeverRisesRule, year: int) -> Any:
    """What a year is known to emit [t]: no more than it can't do without counting."""
    over = overstated(layer, year) if rule.ledger == "market" else 0.0
    return emitted(layer, (1, 2), rule.ledger, year) - over


def _add_reductions(layer: YearlyLayer) -> None:
    rules, index = of_kind(layer, ReductionRule)

    def reduced(_: Any, r: str, y: int) -> Any:
        """Some scopes fall below the base year: emissions <= (1 - share) x base year [t]."""
        rule = rules[r]
        left = emitted(layer, rule.scopes, rule.ledger, y)
        free = room(layer, rule, y, _most_emitted(layer, y))
        return left <= limit_of(layer, rule, y) * rule.base_emissions + free

    named(layer.model, "scopes_within_reduction", index, reduced)


def _add_intensities(layer: YearlyLayer) -> None:
    rules, index = of_kind(layer, IntensityRule)
    energy = _most_energy(layer, rules)

    def within(_: Any, r: str, y: int) -> Any:
        """Each tonne of coal equivalent used stands for few tonnes of CO2: scope 1 + scope 2 <=
        limit x energy used [t]. More energy helps too, which a plan must be checked for."""
        rule, limit = rules[r], limit_of(layer, rules[r], y)
        free = room(layer, rule, y, _most_emitted(layer, y) + limit * energy[r])
        return emitted(layer, (1, 2), rule.ledger, y) <= limit * energy_used(layer, rule, y) + free

    named(layer.model, "carbon_within_energy", index, within)


def _add_non_fossil(layer: YearlyLayer) -> None:
    rules, index = of_kind(layer, NonFossilRule)
    energy = _most_energy(layer, rules)

    def above(_: Any, r: str, y: int) -> Any:
        """Enough of the energy isn't fossil: limit x energy used <= non-fossil energy [tce]."""
        rule, limit = rules[r], limit_of(layer, rules[r], y)
        free = room(layer, rule, y, (1 + limit) * energy[r])
        return limit * energy_used(layer, rule, y) <= non_fossil(layer, rule, y) + free

    named(layer.model, "non_fossil_above_share", index, above)


def _add_traceable(layer: YearlyLayer) -> None:
    rules, index = of_kind(layer, TraceableRule)
    most = largest_exchange(layer.case) if index else 0.0

    def above(_: Any, r: str, y: int) -> Any:
        """Enough of the power can be traced: limit x power used <= own generation used on site +
        direct lines [MWh]."""
        rule, limit = rules[r], limit_of(layer, rules[r], y)
        free = room(layer, rule, y, (1 + limit + (not rule.third_parties)) * most)
        traced = traceable_power(layer, y, third_parties=rule.third_parties)
        return limit * power_used(layer, y) <= traced + free

    named(layer.model, "traceable_above_share", index, above)


def _add_hourly(layer: YearlyLayer) -> None:
    rules, index = of_kind(layer, HourlyRule)
    most = largest_exchange(layer.case) if index else 0.0

    def above(_: Any, r: str, y: int) -> Any:
        """Enough of the power is matched by the hour: limit x power used <= own generation used on
        site + power delivered + certificates of the hour [MWh]."""
        rule, limit = rules[r], limit_of(layer, rules[r], y)
        free = room(layer, rule, y, (1 + limit) * most)
        return limit * power_used(layer, y) <= hourly_power(layer, y) + free

    named(layer.model, "hourly_above_share", index, above)


def _most_energy(
    layer: YearlyLayer, rules: Mapping[str, IntensityRule | NonFossilRule]
) -> dict[str, float]:
    """More than any plan takes in or gives off in a year, by rule [tce]."""
    if not rules:
        return {}
    most = largest_exchange(layer.case)
    return {name: max(rule.power, rule.heat) * most for name, rule in rules.items()}
