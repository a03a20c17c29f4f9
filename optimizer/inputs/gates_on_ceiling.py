"""Abatement ceilings that packs set as gates, and a scenario that would only score them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from optimizer.errors import Problem
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.policy_stack import LoadedPack
from optimizer.schema.policy_rules import AbatementCeiling


def gates_on_ceiling_bind(bundle: Bundle, packs: Sequence[LoadedPack]) -> Iterator[Problem]:
    """A ceiling that a pack sets as a gate isn't turned into a score by the scenario."""
    ceiling = bundle.scenario.policy.ceiling
    if ceiling is None or ceiling.binds:
        return
    for pack in packs:
        for rule in pack.pack.rules:
            if isinstance(rule, AbatementCeiling) and rule.severity == "gate":
                allowed = f"gate: {pack.pack.id}/{rule.id} sets an abatement ceiling that must hold"
                loc = ("policy", "ceiling", "severity")
                problem = bundle.problem(loc, allowed, "Or leave the pack out.", found="score")
                yield problem.worded("score", pack=pack.pack.id, rule=rule.id)
