"""Leave-one-out: what the plan would cost without each of its measures, under its own rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from optimizer.errors import StoppedWithoutPlan
from optimizer.studies.changes import Changes, changes
from optimizer.studies.plant import Found, Plant

Verdict = Literal["indispensable", "dearer", "noise", "undecided"]


@dataclass(frozen=True)
class LeftOut:
    """A measure of the plan, and the best plan without it.

    ``verdict``: 'indispensable' where no plan without it keeps the rules; 'noise' where the
    searches can't tell what it is worth; 'undecided' where one ended without a plan. ``cost``: what
    the plan without it costs more [money], between ``low`` and ``high``; ``tonnes``: what it emits
    more at the study's weights [t]; ``changes``: what takes its place.
    """

    id: str
    verdict: Verdict
    cost: float | None = None
    low: float | None = None
    high: float | None = None
    tonnes: float | None = None
    changes: Changes | None = None


def left_out(plant: Plant, plan: Found, offer: str) -> LeftOut:
    """The plan of all rules against the best one without an offer. Raises SolverFailure."""
    try:
        found = plant.ask(plant.case, [offer])
    except StoppedWithoutPlan:
        return LeftOut(offer, "undecided")
    if found is None:
        return LeftOut(offer, "indispensable")
    cost = found.cost - plan.cost
    low, high = found.bound - plan.cost, found.cost - plan.bound
    return LeftOut(
        offer,
        "noise" if abs(cost) <= (high - low) / 2 else "dearer",
        cost=cost,
        low=max(low, 0.0),
        high=high,
        tonnes=found.plan.tonnes - plan.plan.tonnes,
        changes=changes(plan.plan, found.plan),
    )
