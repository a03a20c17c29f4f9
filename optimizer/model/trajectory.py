"""The trajectory: gross emissions keep their own path, net emissions theirs."""

from __future__ import annotations

from typing import Any

from optimizer.inputs.case import Rule
from optimizer.model.layer import YearlyLayer, named


def ruled_years(layer: YearlyLayer, rule: Rule) -> list[int]:
    """Planning years in which a rule sets a limit."""
    return [y for y in layer.years if rule[layer.at(y)] is not None]


def add_trajectory(layer: YearlyLayer) -> None:
    """Rules a and b of design.md section 4, item 7."""
    policy = layer.case.policy

    def gross_cap(m: Any, y: int) -> Any:
        """The reductions alone keep this path: gross <= cap [t]."""
        return m.gross[y] <= policy.gross_cap[layer.at(y)]

    def net_target(m: Any, y: int) -> Any:
        """Reductions, removals and credits together keep this one: net <= target [t]."""
        return m.net[y] <= policy.net_target[layer.at(y)]

    named(layer.model, "gross_within_cap", ruled_years(layer, policy.gross_cap), gross_cap)
    named(layer.model, "net_within_target", ruled_years(layer, policy.net_target), net_target)
