"""Which rules of a pack limit a plan: by a field of a scenario's `policy`, by rows of their own,
or by leaving credits out.

Fields are read from raw data, so that inputs and verifier read the same packs without sharing more
than this.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from optimizer.schema.policy_conditions import Condition
from optimizer.schema.policy_rules import (
    CreditQuality,
    EnergyPerProductLimit,
    EquipmentGrade,
    GrossReduction,
    ProductFootprint,
    Rule,
)
from optimizer.schema.scenario import Scenario

Loc = tuple[str | int, ...]

SETS: Final[Mapping[str, Mapping[Loc, str]]] = {
    "gross_cap": {("gross_cap",): "limit", ("ledger",): "ledger"},
    "net_target": {("net_target",): "limit", ("ledger",): "ledger"},
    "offset_share": {
        ("offset", "share"): "limit",
        ("offset", "basis"): "denominator",
        ("ledger",): "ledger",
    },
    "first_credit_year": {("offset", "first_year"): "limit"},
    "credit_gate": {("offset", "gate", "reduction"): "limit", ("ledger",): "ledger"},
    "removal_share": {("offset", "removal_share"): "limit"},
    "abatement_ceiling": {("ceiling", "price"): "limit", ("ceiling", "mode"): "mode"},
}
"""Type of rule -> field of the policy -> parameter of the rule."""
ROWS: Final[Mapping[str, str]] = {
    "never_rises": "gross_never_rises",
    "gross_reduction": "scopes_within_reduction",
    "carbon_per_tce": "carbon_within_energy",
    "non_fossil_share": "non_fossil_above_share",
    "traceable_share": "traceable_above_share",
    "hourly_share": "hourly_above_share",
    "product_footprint": "footprint_within_limit",
    "energy_per_product": "energy_within_product",
    "equipment_grade": "equipment_at_grade",
}
"""Type of rule -> the constraint that holds a plan to a gate of that type."""


class PolicyField(NamedTuple):
    """A field of the policy that rule number `rule` of a pack gives with its `parameter`."""

    loc: Loc
    rule: int
    parameter: str
    raw: Any


def policy_fields(pack: Mapping[str, Any]) -> Iterator[PolicyField]:
    """The fields that the gates of a valid pack set, from its raw data; each names the ledger's
    field anew. What is only scored or told limits no plan."""
    for number, rule in enumerate(pack.get("rules") or ()):
        sets = SETS.get(rule["type"], {}) if rule["severity"] == "gate" else {}
        for loc, parameter in sets.items():
            yield PolicyField(loc, number, parameter, rule[parameter])


def is_counted(rule: Rule) -> bool:
    """Whether what the rule limits is counted as a ratio of sums by year. A reduction of scope 3
    isn't: it has no base year."""
    return rule.type in ROWS and not (isinstance(rule, GrossReduction) and 3 in rule.scopes)


def has_rows(rule: Rule) -> bool:
    """Whether the rule has rows of its own: a gate that asks only for what the model counts.

    Of scope 3 a part is counted, which is enough for a product's footprint and not for a condition.
    """
    if any(condition.quantity == "scope_3_share" for condition in rule.applies_if):
        return False
    return rule.severity == "gate" and is_counted(rule)


def has_figures(rule: Rule, scenario: Scenario) -> bool:
    """Whether a scenario gives what a rule counts by: its product, the standard's values, or
    assets of the classes of equipment."""
    if isinstance(rule, EquipmentGrade):
        return any(asset.equipment in rule.classes for asset in scenario.assets)
    made = scenario.production
    if isinstance(rule, EnergyPerProductLimit):
        levels = [getattr(made.energy, level) for level in rule.levels] if made else [None]
        return all(level is not None for level in levels)
    return made is not None or not isinstance(rule, ProductFootprint)


def is_held(rule: Rule, scenario: Scenario) -> bool:
    """Whether a plan of the scenario is held to rows of the rule."""
    return has_rows(rule) and has_figures(rule, scenario)


def meets(found: float, condition: Condition) -> bool:
    """Whether a value of the condition's quantity, in its unit, meets it."""
    if condition.comparison in ("at_least", "above"):
        return found > condition.value or (
            condition.comparison == "at_least" and found == condition.value
        )
    return found < condition.value or (
        condition.comparison == "at_most" and found == condition.value
    )


def shuts_out_credits(rule: Rule) -> bool:
    """Whether the rule is a gate that leaves some credits no room: bounds, so a condition on what
    only a plan shows can't be kept to."""
    return (
        isinstance(rule, CreditQuality)
        and rule.severity == "gate"
        and rule.shuts_out
        and all(condition.quantity == "base_year" for condition in rule.applies_if)
    )


def in_model(rule: Rule) -> bool:
    """Whether a plan is held to the rule."""
    sets = rule.type in SETS and rule.severity == "gate"
    return sets or has_rows(rule) or shuts_out_credits(rule)
