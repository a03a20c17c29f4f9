"""Gates per unit of product: its footprint from cradle to gate, and the energy it takes."""

from __future__ import annotations

from typing import Any

from optimizer.inputs.held_rules import EnergyPerProductRule, FootprintRule
from optimizer.model.bounds import largest_emissions, largest_exchange, largest_upstream
from optimizer.model.energy_use import energy_used
from optimizer.model.gates import emitted, limit_of, of_kind, room
from optimizer.model.layer import YearlyLayer, named
from optimizer.model.value_chain import CATEGORIES


def add_product_rules(layer: YearlyLayer) -> None:
    """Footprint and energy of a unit, each a rule of its own."""
    _add_footprints(layer)
    _add_energy(layer)


def _add_footprints(layer: YearlyLayer) -> None:
    rules, index = of_kind(layer, FootprintRule)

    def within(_: Any, r: str, y: int) -> Any:
        """A unit of product carries little from cradle to gate: scope 1 + scope 2 + scope 3 before
        the gate <= limit x units made [t]."""
        rule, made = rules[r], rules[r].made[layer.at(y)]
        before = sum((layer.emitted(name, y) for name in CATEGORIES), 0.0)
        free = room(layer, rule, y, _most_carried(layer, y))
        return emitted(layer, (1, 2), rule.ledger, y) + before <= (
            limit_of(layer, rule, y) * made + free
        )

    named(layer.model, "footprint_within_limit", index, within)


def _most_carried(layer: YearlyLayer, year: int) -> float:
    """More than any plan emits in scopes 1 to 3 in a year [t]."""
    at = layer.at(year)
    return float(largest_emissions(layer.case)[at] + largest_upstream(layer.case)[at])


def _add_energy(layer: YearlyLayer) -> None:
    rules, index = of_kind(layer, EnergyPerProductRule)
    most = largest_exchange(layer.case) if index else 0.0

    def within(_: Any, r: str, y: int) -> Any:
        """A unit of product takes little energy: energy used <= limit x units made [tce]."""
        rule, made = rules[r], rules[r].made[layer.at(y)]
        free = room(layer, rule, y, max(rule.power, rule.heat) * most)
        return energy_used(layer, rule, y) <= limit_of(layer, rule, y) * made + free

    named(layer.model, "energy_within_product", index, within)
