"""What the rows of gates of policy packs share: which apply when, to what, with how much room."""

from __future__ import annotations

from typing import Any, TypeVar

from optimizer.inputs.held_rules import HeldRule
from optimizer.model.layer import YearlyLayer
from optimizer.model.trajectory import ruled_years

R = TypeVar("R", bound=HeldRule)
At = tuple[str, int]


def of_kind(layer: YearlyLayer, kind: type[R]) -> tuple[dict[str, R], list[At]]:
    """Rules of a type by id, and the (rule, year) in which they set a limit."""
    rules = {rule.id: rule for rule in layer.case.policy.held if isinstance(rule, kind)}
    return rules, [(name, y) for name, r in rules.items() for y in ruled_years(layer, r.limit)]


def limit_of(layer: YearlyLayer, rule: HeldRule, year: int) -> float:
    """The limit that a rule sets in a year, in which it sets one."""
    limit = rule.limit[layer.at(year)]
    assert limit is not None
    return limit


def room(layer: YearlyLayer, rule: HeldRule, year: int, most: float) -> Any:
    """What is added to the larger side: ``most`` where some threshold isn't met, less the spare."""
    met = layer.model.threshold_met
    unmet = sum((1 - met[rule.id, n, year] for n in range(len(rule.thresholds))), 0.0)
    return most * unmet - rule.spare[layer.at(year)]


def emitted(layer: YearlyLayer, scopes: tuple[int, ...], ledger: str, year: int) -> Any:
    """Emissions of some scopes before removals and credits [t]."""
    names = [f"scope2_{ledger}" if scope == 2 else f"scope{scope}" for scope in scopes]
    return sum((layer.emitted(name, year) for name in names), 0.0)
