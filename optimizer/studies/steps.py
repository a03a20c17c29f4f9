"""The way down as steps: what each costs, what enters and what leaves, and what is noise.

Both ends of a step are plans within a gap. Of what the step really costs it is known that it lies
between bound of the cleaner end - cost of the dirtier one and cost of the cleaner end - bound of
the dirtier one. A step that costs less than half of that width is noise: it is joined to the next,
unless that is proven to cost more a tonne than the noise can.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from optimizer.studies.changes import Changes, changes
from optimizer.studies.pareto import Point

ABOVE: Final = 1.01
"""A price just above a step's cost: at the cost itself either end is as good."""


@dataclass(frozen=True)
class Step:
    """From point ``start`` to point ``end`` of a front (counted from 0).

    ``tonnes``: fewer at the study's weights, ``cumulative``: fewer over all years, undiscounted;
    ``cost``: more [money], between ``low`` and ``high``;
    ``supported``: some carbon price reaches its end; ``noise``: the searches can't tell its cost
    from nothing.
    """

    start: int
    end: int
    tonnes: float
    cumulative: float
    cost: float
    low: float
    high: float
    changes: Changes
    supported: bool
    noise: bool


def step(points: Sequence[Point], start: int, end: int) -> Step:
    """The step between two points of a front."""
    dirty, clean = points[start], points[end]
    cost = clean.plan.cost - dirty.plan.cost
    low, high = clean.bound - dirty.plan.cost, clean.plan.cost - dirty.bound
    return Step(
        start=start,
        end=end,
        tonnes=dirty.plan.tonnes - clean.plan.tonnes,
        cumulative=dirty.plan.cumulative - clean.plan.cumulative,
        cost=cost,
        low=low,
        high=high,
        changes=changes(dirty.plan, clean.plan),
        supported=clean.supported,
        noise=abs(cost) <= (high - low) / 2,
    )


def price_at(found: Sequence[Step], points: Sequence[Point], tonnes: float) -> float:
    """A carbon price at which a plan of so many tonnes is run, just above what the step that leads
    to it may cost [money/t]; 0 where there are no steps."""
    drawn = [one for one in found if not one.noise]
    led = [one for one in drawn if points[one.start].plan.tonnes > tonnes]
    return max([ABOVE * one.high / one.tonnes for one in led], default=0.0)


def steps(points: Sequence[Point]) -> tuple[Step, ...]:
    """The way down in steps that stand out from the noise; their costs sum to that of the whole.

    What is left at the end as noise, or comes before tonnes that are proven dearer, stays a step of
    its own, marked.
    """
    found, start = [], 0
    for end in range(1, len(points)):
        one = step(points, start, end)
        if not one.noise or end == len(points) - 1:
            found += [one] if one.noise else _parted(points, one)
            start = end
    return tuple(found)


def _parted(points: Sequence[Point], whole: Step) -> list[Step]:
    """A joined step in two where its mean hides tonnes that are proven dearer: the shortest end
    that stands out by itself and costs at least more a tonne than all before it can."""
    for middle in range(whole.end - 1, whole.start, -1):
        before, after = step(points, whole.start, middle), step(points, middle, whole.end)
        dearer = before.high * after.tonnes < after.low * before.tonnes
        if dearer and not after.noise:
            return [before, after]
    return [whole]
