"""The same case with one thing less in the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from optimizer.inputs.case import BudgetRule, Case

ROOM: Final = 2.0
"""A freed area holds so many times all that is on offer; a freed connection so many times more."""


def freed(case: Case, row: str) -> Case:
    """The case without ``budget``, ``area:<kind>``, ``connection``, ``lead_time`` (first years
    included) or ``rules`` (caps, targets and gates)."""
    none = (None,) * len(case.years)
    name, _, kind = row.partition(":")
    if name == "budget":
        return replace(case, budget=BudgetRule(none, False, False))
    if name == "area":
        wanted = sum(o.area.get(kind, 0.0) * o.upper * o.max_builds for o in case.measures)
        return replace(case, area={**case.area, kind: ROOM * wanted})
    if name == "connection":
        return replace(case, connection=ROOM * case.connection)
    if name == "lead_time":
        return replace(case, measures=tuple(replace(o, earliest=0) for o in case.measures))
    policy = replace(case.policy, gross_cap=none, net_target=none, gate_reduction=None, held=())
    return replace(case, policy=policy)


def in_the_way(case: Case, binding: Iterable[str], late: bool) -> list[str]:
    """Which of them a plan meets: those that bind, and lead times if a measure comes too late."""
    known = [rule for rule in dict.fromkeys(binding) if rule == "budget" or rule[:5] == "area:"]
    return [*known, *(["lead_time"] if late else [])]


def could_bar(case: Case, area: Iterable[str]) -> list[str]:
    """What may leave no plan in which a measure that takes such area stands."""
    budget = ["budget"] if any(b is not None for b in case.budget.capex) else []
    return [*budget, *(f"area:{kind}" for kind in area), "connection", "rules"]
