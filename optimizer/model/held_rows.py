"""Gates of policy packs: each rule has rows of its own, so that of two the stricter binds."""

from __future__ import annotations

from typing import Any, TypeVar

from optimizer.inputs.held_rules import HeldRule, NeverRisesRule, ReductionRule
from optimizer.model.layer import YearlyLayer, named
from optimizer.model.trajectory import ruled_years

PACK_ROWS = ("gross_never_rises", "scopes_within_reduction")
"""The rows of gates: all say that something is at most something else."""

R = TypeVar("R", bound=HeldRule)
At = tuple[str, int]


def add_held_rules(layer: YearlyLayer) -> None:
    """Emissions against the year before and the base year."""
    _add_never_rises(layer)
    _add_reductions(layer)


def of_kind(layer: YearlyLayer, kind: type[R]) -> tuple[dict[str, R], list[At]]:
    """Rules of a type by id, and the (rule, year) in which they set a limit."""
    rules = {rule.id: rule for rule in layer.case.policy.held if isinstance(rule, kind)}
    return rules, [(name, y) for name, r in rules.items() for y in ruled_years(layer, r.limit)]


def limit_of(layer: YearlyLayer, rule: HeldRule, year: int) -> float:
    """The limit that a rule sets in a year, in which it sets one."""
    limit = rule.limit[layer.at(year)]
    assert limit is not None
    return limit


def emitted(layer: YearlyLayer, scopes: tuple[int, ...], ledger: str, year: int) -> Any:
    """Emissions of some scopes before removals and credits [t]."""
    names = [f"scope2_{ledger}" if scope == 2 else f"scope{scope}" for scope in scopes]
    return sum((layer.emitted(name, year) for name in names), 0.0)


def _add_never_rises(layer: YearlyLayer) -> None:
    rules, index = of_kind(layer, NeverRisesRule)

    def no_rise(_: Any, r: str, y: int) -> Any:
        """Emissions rise no faster than output: gross[y] <= growth x gross[y-1] [t], growth 1
        unless output excuses a rise; before the first year stands the base year."""
        rule, first = rules[r], y == layer.years[0]
        before = rule.base_emissions if first else emitted(layer, (1, 2), rule.ledger, y - 1)
        most = limit_of(layer, rule, y) * before
        return emitted(layer, (1, 2), rule.ledger, y) <= most - rule.spare[layer.at(y)]

    named(layer.model, "gross_never_rises", index, no_rise)


def _add_reductions(layer: YearlyLayer) -> None:
    rules, index = of_kind(layer, ReductionRule)

    def reduced(_: Any, r: str, y: int) -> Any:
        """Some scopes fall below the base year: emissions <= (1 - share) x base year [t]."""
        rule = rules[r]
        left = emitted(layer, rule.scopes, rule.ledger, y)
        most = limit_of(layer, rule, y) * rule.base_emissions
        return left <= most - rule.spare[layer.at(y)]

    named(layer.model, "scopes_within_reduction", index, reduced)
