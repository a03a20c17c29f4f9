"""The curve that ranks measures alone by money per tonne, and what happens to who builds by it.

It adds up what measures avoid alone, so tonnes that two of them would avoid are counted twice, and
it knows neither the year nor what stands in each other's way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from optimizer.errors import StoppedWithoutPlan
from optimizer.solve.offers import Portfolio
from optimizer.studies.alone import Alone
from optimizer.studies.decided import Decided
from optimizer.studies.pareto import Front
from optimizer.studies.plant import Limit, Plant

REACHED: Final = 1e-6
"""Share of the target that may be missing by rounding."""


@dataclass(frozen=True)
class Naive:
    """``order``: measures by money per tonne alone, with what each claims to avoid [t].

    ``target``: tonnes to avoid; ``chosen``: what the order builds until its claims add up to that,
    ``avoided`` what these really avoid together [t], ``cost`` what they cost more than the baseline
    [money]. ``until_met``: what it builds if it goes on until the target is really met, and
    ``until_cost``; None where the whole order doesn't meet it. ``optimum``: what the cheapest plan
    at the target costs more than the baseline [money], at least ``bound``.
    """

    order: tuple[tuple[str, float], ...]
    target: float
    chosen: tuple[str, ...]
    avoided: float
    cost: float
    until_met: tuple[str, ...] | None
    until_cost: float | None
    optimum: float
    bound: float

    @property
    def claimed(self) -> float:
        """What all measures claim together [t]."""
        return sum(tonnes for _, tonnes in self.order)

    def as_dict(self) -> dict[str, Any]:
        """The naive curve as JSON shows it."""
        shown = {key: getattr(self, key) for key in self.__dataclass_fields__ if key != "order"}
        order = [{"id": id, "tonnes": tonnes} for id, tonnes in self.order]
        return {"order": order, "claimed": self.claimed, **shown}


def naive(
    plant: Plant,
    found: Front,
    standalone: Sequence[Alone],
    target: float,
    begins: Callable[[str], None] = lambda id: None,
) -> Naive | None:
    """Build down the order to a target of avoided tonnes [t]; None where no plan avoids so many.

    Each measure is built as it would be alone; one that can't be built beside those before it is
    left out. Raises StoppedWithoutPlan, SolverFailure.
    """
    baseline = found.baseline
    order = sorted((one for one in standalone if one.abates), key=_per_tonne)
    limit = plant.limit(baseline.tonnes - target * (1 - REACHED), baseline)
    best = _best(plant, found, limit)
    if best is None or not order:
        return None
    claims, built, stopped = 0.0, _Built(plant, limit, baseline), None
    for one in order:
        begins(one.id)
        claims += (one.tonnes or 0.0) if built.add(one) else 0.0
        if stopped is None and claims >= target:
            stopped = replace(built)
        if built.met:
            break
    stopped = stopped or built
    return Naive(
        order=tuple((one.id, one.tonnes or 0.0) for one in order),
        target=target,
        chosen=stopped.ids,
        avoided=stopped.avoided,
        cost=stopped.more,
        until_met=built.ids if built.met else None,
        until_cost=built.more if built.met else None,
        optimum=best[0] - baseline.cost,
        bound=best[1] - baseline.cost,
    )


def _best(plant: Plant, found: Front, limit: Limit) -> tuple[float, float] | None:
    """(least cost known, least cost that there can be) under a limit [money]: of a search, and of
    the front's plans where that ends without one; None where no plan keeps it."""
    bounds = [p.bound for p in found.points if p.limit >= limit.tonnes]
    costs = [p.plan.cost for p in found.points if p.plan.tonnes <= limit.tonnes]
    try:
        best = plant.cheapest(limit)
    except StoppedWithoutPlan:
        if not (bounds and costs):
            raise
    else:
        if best is None:
            return None
        costs, bounds = [best.plan.cost, *costs], [best.bound, *bounds]
    return min(costs), min(max(bounds), min(costs))


def _per_tonne(one: Alone) -> float:
    assert one.cost is not None
    assert one.tonnes
    return one.cost / one.tonnes


@dataclass
class _Built:
    """Measures built so far, each as it would be alone, and the cheapest way to run them that keeps
    the limit; where none does, the cleanest way."""

    plant: Plant
    limit: Limit
    baseline: Decided
    ids: tuple[str, ...] = ()
    kept: Portfolio = field(default_factory=dict)
    plan: Decided | None = None
    met: bool = False

    def add(self, one: Alone) -> bool:
        """One more; False where it can't stand beside the others."""
        assert one.kept is not None
        ids, own = (*self.ids, one.id), self.plant.together(one.id)
        every = frozenset[str]().union(*map(self.plant.together, ids))
        kept = {key: v for key, v in one.kept.items() if key[1][0] in own} | dict(self.kept)
        found, met = self.plant.held(kept, every, self.limit), True
        if found is None:
            found, met = self.plant.held(kept, every, self.plant.dear(self.baseline)), False
        if found is None:
            return False
        self.ids, self.kept, self.plan, self.met = ids, kept, found.plan, met
        return True

    @property
    def avoided(self) -> float:
        """Tonnes fewer than the baseline's."""
        return 0.0 if self.plan is None else self.baseline.tonnes - self.plan.tonnes

    @property
    def more(self) -> float:
        """Money more than the baseline's cost."""
        return 0.0 if self.plan is None else self.plan.cost - self.baseline.cost
