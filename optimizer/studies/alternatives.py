"""Near-optimal alternatives: what must, can and can't be in a plan that costs little more.

Least cost rarely decides alone, and a plan a percent dearer may look quite different: modelling to
generate alternatives (Brill, Chang and Hopkins 1982, "Modeling to generate alternatives: the HSJ
approach"). Whatever is said of every good plan is said by a bound, never by a search that found
none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from math import isfinite
from typing import Any, Final, Literal

import numpy as np

from optimizer.inputs.goals import Goal, Standing, goals
from optimizer.studies.decided import Decided
from optimizer.studies.good_plans import (
    ROUNDING,
    GoodPlans,
    Reached,
    held_in,
    held_out,
)
from optimizer.studies.pareto import Told, unheard
from optimizer.studies.plant import Plant
from optimizer.studies.subject import Subject, subject_of

Verdict = Literal["must", "can", "cannot", "open"]
WITHIN: Final = (0.01, 0.02, 0.05)
"""Shares of the least cost that a good plan may be dearer by."""
DIFFERENT: Final = 3
"""Plans that are as unlike those before them as can be."""


@dataclass(frozen=True)
class Offer:
    """A measure or contract: cost of the cheapest plan that has it in the last planning year, and
    of the cheapest that hasn't, each between a bound and a plan's cost; None: no such plan exists
    (both None), or none was found in time (the cost alone) [money]. ``verdicts``: one a share.
    """

    id: str
    with_bound: float | None
    with_cost: float | None
    without_bound: float | None
    without_cost: float | None
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class Alternative:
    """The plan of a goal within a share of the least cost; ``value`` in the goal's unit, and that
    no good plan passes ``bound``; ``now``: that of the cheapest plan. ``cost``: its decision cost
    [money]."""

    within: float
    kind: str
    of: str
    unit: str
    value: float
    bound: float
    now: float
    proven: bool
    cost: float
    plan: Decided


@dataclass(frozen=True)
class Alternatives:
    """``cost``: of the cheapest plan found, which none undercuts by more than to ``bound``
    [money]; ``carriers``: names of what is bought, by id and language."""

    subject: Subject
    within: tuple[float, ...]
    least: Decided
    cost: float
    bound: float
    offers: tuple[Offer, ...]
    plans: tuple[Alternative, ...]
    carriers: dict[str, dict[str, str]]

    def as_dict(self) -> dict[str, Any]:
        """The study as JSON shows it."""
        return {
            "subject": self.subject.as_dict(),
            "within": self.within,
            "carriers": self.carriers,
            "least": {"cost": self.cost, "bound": self.bound, "plan": self.least.as_dict()},
            "offers": [asdict(offer) for offer in self.offers],
            "plans": [asdict(one) for one in self.plans],
        }


def alternatives(
    plant: Plant,
    within: Sequence[float] = WITHIN,
    different: int = DIFFERENT,
    told: Told = unheard,
) -> Alternatives:
    """Ask each measure and contract in and out, then each goal from the loosest limit on.

    Raises NoPlan, StoppedWithoutPlan, SolverFailure.
    """
    told("point", number=1, count=1, limit=None)
    plans, shares = GoodPlans(plant), tuple(sorted(within))
    bounds = _asked(plans, told)
    plans.settle()
    found = [*_goals(plans, shares, told), *_unlike(plans, shares, different, told)]
    return Alternatives(
        subject=subject_of(plant),
        within=shares,
        least=plans.best.plan,
        cost=plans.best.cost,
        bound=plans.bound,
        offers=tuple(_offer(plans, shares, id, *both) for id, both in bounds.items()),
        plans=tuple(found),
        carriers={c.id: {"en": c.name.en, "zh": c.name.zh} for c in plans.case.carriers},
    )


def _asked(plans: GoodPlans, told: Told) -> dict[str, tuple[float, float]]:
    """What every plan with each offer, and every plan without it, costs at least [money].

    A contract of any size is asked about only if the cheapest plan has it: with as little as one
    likes of it, a plan costs as little more.
    """
    case, last = plans.case, plans.case.years[-1]
    small = {g.id for g in case.contracts if g.lower == 0}
    best = plans.best
    asked = [id for id in plans.plant.offers if id not in small or best.stands(id, last)]
    found = {}
    for number, id in enumerate(asked, start=1):
        told("offer", number=number, count=len(asked), id=id)
        if best.stands(id, last):
            found[id] = plans.bound, plans.least_cost(partial(held_out, id=id, year=last))
        else:
            found[id] = plans.least_cost(partial(held_in, id=id, year=last)), plans.bound
    return found


def _goals(plans: GoodPlans, shares: Sequence[float], told: Told) -> Iterator[Alternative]:
    """Each goal, from the loosest limit on: what bounds it there bounds it below too."""
    asked = list(goals(plans.case))
    for number, goal in enumerate(asked, start=1):
        told("goal", number=number, count=len(asked), kind=goal.kind)
        bound, found = np.inf if goal.largest else -np.inf, []
        for within in reversed(shares):
            reached = plans.reach(goal, within, bound)
            if reached is not None:
                bound = reached.bound
                found.append(_alternative(within, goal, reached))
        yield from reversed(found)


def _unlike(
    plans: GoodPlans, shares: Sequence[float], different: int, told: Told
) -> Iterator[Alternative]:
    """Plans as unlike the cheapest, and each other, as can be."""
    for within in shares:
        before: tuple[Standing, ...] = (plans.best.standing,)
        for number in range(1, different + 1):
            told("goal", number=number, count=different, kind="unlike")
            goal = Goal("unlike", of=str(number), known=before)
            reached = plans.reach(goal, within, np.inf)
            if reached is None or reached.good.standing in before:
                break
            before = (*before, reached.good.standing)
            yield _alternative(within, goal, reached)


def _alternative(within: float, goal: Goal, reached: Reached) -> Alternative:
    return Alternative(
        within, goal.kind, goal.of, goal.unit, reached.value, reached.bound, reached.now,
        reached.proven, reached.good.cost, reached.good.plan,
    )  # fmt: skip


def _offer(
    plans: GoodPlans, shares: Sequence[float], id: str, with_bound: float, without_bound: float
) -> Offer:
    """An offer in the light of all plans found."""
    last = plans.case.years[-1]
    has = min((g.cost for g in plans.known if g.stands(id, last)), default=np.inf)
    lacks = min((g.cost for g in plans.known if not g.stands(id, last)), default=np.inf)
    bounds = min(with_bound, has), min(without_bound, lacks)
    limits = [plans.limit(share) + ROUNDING * abs(plans.best.cost) for share in shares]
    verdicts = tuple(_verdict(limit, *bounds, has, lacks) for limit in limits)
    known = [float(cost) if isfinite(cost) else None for cost in (bounds[0], has, bounds[1], lacks)]
    return Offer(id, known[0], known[1], known[2], known[3], verdicts)


def _verdict(
    limit: float, with_bound: float, without_bound: float, has: float, lacks: float
) -> Verdict:
    """What of an offer follows for all plans that cost no more than a limit."""
    if with_bound > limit:
        return "cannot"
    if without_bound > limit:
        return "must"
    return "can" if max(has, lacks) <= limit else "open"
