"""Cost against emissions, from the least cost to the least emissions.

Each point is the cheapest plan under a limit on tonnes and, of those that the gap doesn't tell
from it, a clean one (plant.Limit).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any, Final

import numpy as np

from optimizer.errors import NoPlan, StoppedWithoutPlan
from optimizer.studies.decided import Decided
from optimizer.studies.plant import EXACT, Found, Plant
from optimizer.studies.subject import Subject, subject_of

END: Final = 0.01
"""Of a plant too large for one piece the last point may emit so much of the front's range above the
least: a limit that leaves a single plan is hard to meet there. Where no cheaper plan is found, the
cleanest one stands for it, and its bound is that of the point before."""
ALIKE: Final = 1e-6
"""Share of the plant's tonnes by which two points differ at least."""
Told = Callable[..., None]
"""Told before each search what it is, such as 'point', and by name its number from 1, how many
there are, its limit [t] or the id of a measure."""


def unheard(what: str, **values: object) -> None:
    """Nobody is told."""


@dataclass(frozen=True)
class Point:
    """A plan, and that no plan with as few tonnes costs less than ``bound`` [money].

    ``limit``: on weighted tonnes [t]. ``supported``: whether some carbon price
    reaches it, as far as the bounds can tell; ``knee``: of all points the one farthest below the
    straight line between the ends.
    """

    plan: Decided
    bound: float
    limit: float
    proven: bool
    supported: bool = True
    knee: bool = False


@dataclass(frozen=True)
class Front:
    """Points from the least cost to the least emissions, none better in both than another."""

    subject: Subject
    baseline: Decided
    points: tuple[Point, ...]

    @property
    def baseline_id(self) -> str:
        """Eight letters that are the same wherever the same baseline is, and there alone."""
        known = (self.baseline.cost, self.baseline.tonnes, self.baseline.cumulative)
        said = " ".join([self.subject.id, *(f"{figure:.6g}" for figure in known)])
        return hashlib.sha256(said.encode()).hexdigest()[:8]

    def as_dict(self) -> dict[str, Any]:
        """The front as JSON shows it."""
        return {
            "subject": self.subject.as_dict(),
            "baseline": {"id": self.baseline_id, **self.baseline.as_dict()},
            "points": [asdict(point) for point in self.points],
        }


def front(plant: Plant, points: int, told: Told = unheard) -> Front:
    """At most so many points (at least 2), evenly spaced in weighted tonnes.

    Fewer where the plant has less to choose from, or where searches end without a plan. Raises
    NoPlan, StoppedWithoutPlan, SolverFailure.
    """
    baseline = plant.baseline()
    told("point", number=1, count=points, limit=None)
    cheapest = plant.cheapest()
    if cheapest is None:
        raise NoPlan([])
    found = [_first(plant, cheapest)]
    told("point", number=points, count=points, limit=None)
    cleanest = plant.cleanest(found[0].plan)
    found = _refined(plant, _way_down(plant, found[0], cleanest, points, told), points, told)
    return Front(subject_of(plant), baseline, tuple(_marked(found)))


def _way_down(
    plant: Plant, first: Point, cleanest: Decided, points: int, told: Told
) -> list[Point]:
    """From the least cost to the least emissions, each limit an even part of what is left."""
    found, dirtiest = [first], first.plan
    end = ALIKE if plant.gap == EXACT else END
    least = cleanest.tonnes + end * max(0.0, dirtiest.tonnes - cleanest.tonnes)
    for left in range(points - 1, 0, -1):
        last = found[-1].plan.tonnes
        if last - least <= ALIKE * abs(dirtiest.tonnes):
            break
        limit = last - (last - least) / left
        told("point", number=points - left + 1, count=points, limit=limit)
        one = _under(plant, limit, dirtiest)
        if one is not None:
            found.append(one)
        elif left == 1:
            found.append(Point(cleanest, -np.inf, limit, proven=False))
        else:
            told("skipped", limit=limit)
    return found


def _under(plant: Plant, limit: float, near: Decided, *, clean: bool = True) -> Point | None:
    """The point of a limit on tonnes; None where no plan keeps it or none was found in time."""
    try:
        one = plant.cheapest(plant.limit(limit, near, clean=clean))
    except StoppedWithoutPlan:
        return None
    return None if one is None else Point(one.plan, one.bound, limit, one.proven)


def _refined(plant: Plant, found: list[Point], points: int, told: Told) -> list[Point]:
    """Points that none undercuts; where that leaves fewer than were asked for, more between those
    farthest apart, with what is known of the plant by now. There what is clean at hardly more cost
    was passed already, so these stay near their limits."""
    kept, tried = _efficient(found), list[float]()
    for _ in range(points):
        limit = _between(kept, tried) if len(kept) < points else None
        if limit is None:
            break
        tried.append(limit)
        told("point", number=len(kept) + 1, count=points, limit=limit)
        one = _under(plant, limit, kept[0].plan, clean=False)
        if one is None:
            told("skipped", limit=limit)
        else:
            found = sorted([*found, one], key=lambda point: -point.plan.tonnes)
            kept = _efficient(found)
    return kept


def _between(points: Sequence[Point], tried: Sequence[float]) -> float | None:
    """The middle of the widest stretch of tonnes without a limit inside that was tried; None: there
    is none."""
    alike = ALIKE * abs(points[0].plan.tonnes)
    ends = [(a.plan.tonnes, b.plan.tonnes) for a, b in pairwise(points)]
    free = [
        (a, b)
        for a, b in ends
        if a - b > alike and not any(b + alike < limit < a - alike for limit in tried)
    ]
    a, b = max(free, key=lambda pair: pair[0] - pair[1], default=(0.0, 0.0))
    return (a + b) / 2 if a > b else None


def _first(plant: Plant, cheapest: Found) -> Point:
    """The least cost, at which a clean plan is taken where one is found in time."""
    tonnes = cheapest.plan.tonnes
    try:
        found = plant.cheapest(plant.limit(tonnes, cheapest.plan)) or cheapest
    except StoppedWithoutPlan:
        found = cheapest
    return Point(found.plan, max(cheapest.bound, found.bound), tonnes, found.proven)


def _efficient(found: Sequence[Point]) -> list[Point]:
    """Without points that a cleaner one undercuts, or equals; what a looser limit costs at least, a
    stricter one costs too."""
    kept: list[Point] = []
    alike = ALIKE * abs(found[0].plan.tonnes)
    for point in reversed(found):
        if kept and point.plan.tonnes - kept[-1].plan.tonnes <= alike:
            kept[-1] = min(kept[-1], point, key=lambda one: one.plan.cost)
        elif not kept or point.plan.cost < kept[-1].plan.cost:
            kept.append(point)
    bound = -np.inf
    raised = []
    for point in reversed(kept):
        bound = max(bound, point.bound)
        raised.append(replace(point, bound=min(bound, point.plan.cost)))
    return raised


def _marked(points: Sequence[Point]) -> list[Point]:
    """The same points with the knee, and those that no carbon price reaches, marked."""
    if len(points) < 3:
        return list(points)
    below = [_below(points[0], point, points[-1]) for point in points]
    knee = max(range(len(points)), key=lambda k: below[k])
    return [
        replace(
            p, knee=k == knee and below[k] > _unsure(p, points[-1]), supported=_supported(points, k)
        )
        for k, p in enumerate(points)
    ]


def _unsure(point: Point, last: Point) -> float:
    """Money below which a point isn't told from the straight line."""
    return max(point.plan.cost - point.bound, ALIKE * abs(last.plan.cost))


def _below(first: Point, point: Point, last: Point) -> float:
    """How far a point lies below the line between two others, at its tonnes [money]."""
    dirty, clean = first.plan.tonnes, last.plan.tonnes
    share = (dirty - point.plan.tonnes) / (dirty - clean)
    return first.plan.cost + share * (last.plan.cost - first.plan.cost) - point.plan.cost


def _supported(points: Sequence[Point], k: int) -> bool:
    """Whether no line between a dirtier and a cleaner point lies below all that it may cost."""
    point = replace(points[k], plan=replace(points[k].plan, cost=points[k].bound))
    return all(
        _below(dirtier, point, cleaner) >= -ALIKE * abs(point.bound)
        for dirtier in points[:k]
        for cleaner in points[k + 1 :]
    )
