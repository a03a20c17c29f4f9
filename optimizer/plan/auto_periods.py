"""`--periods auto`: the coarsest typical days whose plan is as good on the full year as any finer.

Every resolution of a ladder gives a plan, and the full year its true cost. The climb ends at the
first plan that the next finer one betters by less than a share of its saving.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from optimizer.errors import NoPlan, StoppedWithoutPlan
from optimizer.inputs.case import Case
from optimizer.plan.make import make_plan
from optimizer.plan.settings import NOTHING_KEPT, Kept, Listener, Made, Settings, Tried
from optimizer.solve.solution import Solution

LARGEST_REGRET: Final = 0.01
"""Of a plan's saving against the baseline: what a finer resolution may be cheaper by."""
LADDER: Final = ((1, 12), (2, 12), (4, 12), (8, 12), (12, 12), (24, 12))
"""(typical days, segments of a day), coarsest first; docs/time_axis.md has the measurements."""
SHARE_OF_REST: Final = 0.5
"""Of the time that is left, what the next search may take: the finer ones need some too."""
SHORTEST: Final = 1.0
"""Seconds left below which nothing finer is tried."""


def plan_of(
    full: Case, settings: Settings, listener: Listener | None = None, kept: Kept = NOTHING_KEPT
) -> Made:
    """The plan on the typical days that the settings name, or that 'auto' chooses.

    'auto' climbs from nothing but its own plans. Raises what make_plan raises; ValueError for
    'auto' without the full year, which it compares on.
    """
    if settings.periods != "auto":
        return make_plan(full, settings, listener, kept)
    if not settings.full_year:
        raise ValueError("periods 'auto' compares plans on the full year")
    climb = _Climb(full, settings, listener or Listener())
    for periods, segments in LADDER:
        if not climb.on or coarsest(climb.tried) is not None:
            break
        climb.step(periods, segments)
    return climb.chosen()


def regrets(tried: Sequence[Tried]) -> list[float | None]:
    """What each plan costs above the cheapest of itself and all finer ones, of its own saving.

    None where there is no plan, or none finer to compare with. A plan that saves nothing has an
    infinite regret as soon as another is cheaper, and else none.
    """
    found: list[float | None] = []
    for at, one in enumerate(tried):
        finer = [other.cost for other in tried[at + 1 :] if other.cost is not None]
        if one.cost is None or one.saving is None or not finer:
            found.append(None)
            continue
        lost = max(0.0, one.cost - min(finer))
        found.append(lost / abs(one.saving) if one.saving else (float("inf") if lost else 0.0))
    return found


def coarsest(tried: Sequence[Tried]) -> int | None:
    """The first whose regret is below LARGEST_REGRET; None where a finer one must be tried."""
    for at, regret in enumerate(regrets(tried)):
        if regret is not None and regret < LARGEST_REGRET:
            return at
    return None


def choice(tried: Sequence[Tried]) -> int | None:
    """What is chosen of all that was tried: the coarsest that does, else the cheapest."""
    found = coarsest(tried)
    if found is not None:
        return found
    costs = {at: one.cost for at, one in enumerate(tried) if one.cost is not None}
    return min(costs, key=lambda at: costs[at], default=None)


def resolution(made: Made) -> dict[str, Any] | None:
    """For summary.json: every resolution tried, coarsest first; None unless 'auto' chose."""
    if not made.tried:
        return None
    chosen = choice(made.tried)
    return {
        "largest_regret": LARGEST_REGRET,
        "tried": [
            {
                "periods": one.periods,
                "segments": one.segments,
                "days": one.days,
                "gap": one.gap,
                "full_year_cost": one.cost,
                "regret_share_of_saving": regret,
                "seconds": round(one.seconds, 2),
                "chosen": at == chosen,
            }
            for at, (one, regret) in enumerate(zip(made.tried, regrets(made.tried), strict=True))
        ],
    }


@dataclass
class _Climb:
    """The ladder so far: what was tried and its plans; ``on``: whether to try a finer one."""

    full: Case
    settings: Settings
    listener: Listener

    def __post_init__(self) -> None:
        self.tried: list[Tried] = []
        self.plans: dict[int, Made] = {}
        self.searched, self.on = 0.0, True
        self.failure: NoPlan | StoppedWithoutPlan | None = None

    def step(self, periods: int, segments: int | None) -> None:
        """Make the plan of one resolution; a failure on coarse days proves nothing of finer."""
        began = time.perf_counter()
        settings = replace(self.settings, periods=periods, segments=segments)
        if settings.time_limit is not None:
            rest = settings.time_limit - self.searched
            settings = replace(settings, time_limit=max(SHORTEST, SHARE_OF_REST * rest))
        first = next(iter(self.plans.values()), None)
        kept = NOTHING_KEPT if first is None else Kept(first.baseline, first.plan.matrix)
        one = Tried(periods, segments, 0.0)
        try:
            made = make_plan(self.full, settings, self.listener, kept)
        except (NoPlan, StoppedWithoutPlan) as failure:
            if isinstance(failure, NoPlan) and failure.baseline:
                raise
            self.failure = failure
            self.on = not getattr(failure, "interrupted", False)
        else:
            one = _result(one, made)
            self.plans[len(self.tried)] = made
            self.on = made.search.ending != "interrupted"
        spent = time.perf_counter() - began
        made_here = self.plans.get(len(self.tried))
        self.searched += spent if made_here is None else made_here.seconds["search"]
        if self.settings.time_limit is not None:
            self.on = self.on and self.settings.time_limit - self.searched > SHORTEST
        self.tried.append(replace(one, seconds=spent))
        self.listener.tried(self.tried)

    def chosen(self) -> Made:
        """The plan of the resolution that is chosen; raises the last failure if there is none.

        All plans share the full year's model, which holds the values of the last: set them anew.
        """
        at = choice(self.tried)
        if at is None:
            assert self.failure is not None
            raise self.failure
        made = self.plans[at]
        made.plan = Solution(made.plan.matrix, made.plan.x)
        made.tried = tuple(self.tried)
        others = sum(one.seconds for k, one in enumerate(self.tried) if k != at)
        made.seconds["other_resolutions"] = others
        return made


def _result(one: Tried, made: Made) -> Tried:
    cost, search = made.plan.decision_cost(), made.search
    assert made.typical is not None
    known = np.isfinite(search.bound) and search.objective
    return replace(
        one,
        days=len(made.typical.axis.weight),
        gap=(search.objective - search.bound) / abs(search.objective) if known else None,
        cost=cost,
        saving=made.baseline.net_present_cost() - made.plan.net_present_cost(),
    )
