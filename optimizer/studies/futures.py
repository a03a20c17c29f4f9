"""One plant in several futures, each in memory: what a decision made now comes to in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from optimizer.errors import NoPlan, StoppedWithoutPlan
from optimizer.inputs.case import Case
from optimizer.solve.explain import broken_promises
from optimizer.solve.highs import Outcome, Progress
from optimizer.solve.joint import Part
from optimizer.solve.live import LiveSearch
from optimizer.solve.matrix import Matrix
from optimizer.solve.offers import (
    Portfolio,
    decided_to,
    portfolio,
    shared_columns,
    with_decided,
)
from optimizer.solve.solution import Solution
from optimizer.solve.stamp import stamp
from optimizer.studies.decided import Decided, decided

CLOSER: Final = 0.3
"""Of the gap asked for: that of each search of one future."""
DIGITS: Final = 6
"""Decimals to which two decisions are the same."""


@dataclass(frozen=True)
class Search:
    """How each search is made: its gap, a share; its time limit [s]; who is told."""

    gap: float = 0.005
    time_limit: float | None = None
    on_progress: Callable[[Progress], None] | None = None


@dataclass(frozen=True)
class InFuture:
    """The best plan of a future, with what was decided now held: between ``bound`` and ``cost``
    [money], both infinite where there is none."""

    cost: float
    bound: float
    plan: Decided | None
    kept: Portfolio

    @property
    def found(self) -> bool:
        return self.plan is not None


NONE: Final = InFuture(np.inf, np.inf, None, {})


@dataclass
class Future:
    """A case, how likely it is (``weight``, a share of 1), and the search that remembers it; sizes
    of the case end where no future has use for more (sizes.tightened_alike)."""

    id: str
    name: dict[str, str]
    weight: float
    case: Case
    live: LiveSearch = field(default_factory=LiveSearch)

    def __post_init__(self) -> None:
        self.matrix = stamp(self.case, tight=False)

    def own(self, search: Search) -> InFuture:
        """Its best plan if it were known to come. Raises NoPlan, StoppedWithoutPlan."""
        found = self._solved(self.matrix, search)
        if not found.found:
            raise NoPlan(broken_promises(self.matrix, seconds=search.time_limit))
        return found

    def held(self, now: Portfolio, decide_to: int, search: Search) -> InFuture:
        """Its best plan after a decision made now; none where that breaks a rule here."""
        matrix = with_decided(self.matrix, now, decide_to)
        return NONE if matrix is None else self._solved(matrix, search)

    def part(self, least: float, decide_to: int) -> Part:
        """Its share of the joint master."""
        outer = self.live.known_of(self.matrix)
        return Part(outer, self.weight, least, shared_columns(self.matrix, decide_to))

    def _solved(self, matrix: Matrix, search: Search) -> InFuture:
        outcome: Outcome = self.live.solve(
            matrix, CLOSER * search.gap, time_limit=search.time_limit,
            on_progress=search.on_progress,
        ).outcome  # fmt: skip
        if outcome.ending == "interrupted":
            raise KeyboardInterrupt
        if outcome.ending == "infeasible":
            return NONE
        if outcome.x is None:
            raise StoppedWithoutPlan(f"the search of future {self.id} ended ({outcome.ending})")
        plan = decided(Solution(matrix, outcome.x), self.case.money.weight)
        bound = min(outcome.bound, outcome.objective)
        return InFuture(outcome.objective, bound, plan, portfolio(matrix, outcome.x))


@dataclass
class Plants:
    """All futures and every decision looked at so far. ``decide_to``: planning year up to which
    what stands is the same in all."""

    futures: Sequence[Future]
    decide_to: int
    search: Search
    seen: dict[tuple[tuple[str, float], ...], tuple[InFuture, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.own = tuple(future.own(self.search) for future in self.futures)

    @property
    def weights(self) -> list[float]:
        return [future.weight for future in self.futures]

    def now(self, kept: Portfolio) -> Portfolio:
        """Of a plan what is decided now."""
        return decided_to(kept, self.decide_to)

    def outcomes(self, now: Portfolio) -> tuple[InFuture, ...]:
        """What a decision comes to in each future; looked up where it was asked before."""
        key = known_as(now)
        if key not in self.seen:
            found = (f.held(now, self.decide_to, self.search) for f in self.futures)
            self.seen[key] = tuple(found)
        return self.seen[key]

    def parts(self) -> list[Part]:
        """The joint master's parts, with all that is known by now."""
        pairs = zip(self.futures, self.own, strict=True)
        return [future.part(own.cost, self.decide_to) for future, own in pairs]

    def expected(self, outcomes: Sequence[InFuture]) -> float:
        """Weighted mean cost [money]; infinite where some future has no plan."""
        return float(sum(f.weight * o.cost for f, o in zip(self.futures, outcomes, strict=True)))

    def regrets(self, outcomes: Sequence[InFuture]) -> list[float]:
        """By how much each future's own best plan is cheaper [money]."""
        return [o.cost - own.cost for o, own in zip(outcomes, self.own, strict=True)]


def known_as(now: Portfolio) -> tuple[tuple[str, float], ...]:
    """A decision as a key: what it has, rounded."""
    found = ((f"{name}{index}", round(float(v), DIGITS)) for (name, index), v in now.items())
    return tuple(sorted((name, value) for name, value in found if value))
