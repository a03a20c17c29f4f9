"""The decomposed method: cuts below, mixes of dispatches above, days in between.

1. Relax: visits between the outer optimum and the inner one (in-out) until they meet.
2. Whole: the outer master's whole decisions; with these held, 1. again gives sizes, dispatch and an
   upper bound; its cuts sharpen the next. Every bound and incumbent on the way is valid.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from optimizer.errors import SolverFailure
from optimizer.solve.engine import Engine
from optimizer.solve.highs import Ending, Outcome, Progress
from optimizer.solve.inner import Mixed
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.outer import Bounded
from optimizer.solve.seeding import seed

INWARD: Final = 0.5
"""Weight of the inner plan in the next visit; halved where that cuts nothing off."""
LEAST_WEIGHT: Final = 0.1
RELAX_ROUNDS, HELD_ROUNDS, MEETINGS, FEELERS = 80, 12, 8, 2
STALLED: Final = 5
"""Rounds of the relaxation that together raise the bound by less than a tenth of the gap: the
whole decisions matter more now."""
RELAX_SHARE, SEARCH_SHARE, HELD_SHARE = 1 / 3, 0.6, 1 / 4
"""Of the gap asked for: what the relaxation, a search and a held plan are closed to."""
NEAR, ON = 2e-3, 1e-5
"""Cuts that a search begins with, and those it gets from a held plan: within these shares of the
cost."""
NOISE: Final = 1e-9
"""Yearly values that a mix leaves where there is nothing."""
CUT_OFF: Final = 1e-7
"""Scaled violation that counts."""


class OutOfTime(Exception):
    """The time limit ended a search."""


@dataclass
class Search:
    """One search: what to stop at, and the best bound and plan so far."""

    engine: Engine
    gap: float
    money_gap: float = 0.0
    ends: float = np.inf
    began: float = field(default_factory=time.perf_counter)
    on_progress: Callable[[Progress], None] | None = None
    bound: float = -np.inf
    cost: float = np.inf
    best: Array | None = None

    @property
    def closed(self) -> bool:
        """Whether the gap asked for is proven."""
        if self.best is None:
            return False
        return self.cost - self.bound <= max(self.gap * abs(self.cost), self.money_gap)

    def tolerance(self, share: float) -> float:
        """A share of the gap asked for, relative to the cost that is known [1]."""
        known = abs(self.cost) if self.best is not None else abs(self.bound)
        return share * max(self.gap, self.money_gap / known if np.isfinite(known) else 0.0)

    def check(self) -> None:
        """Tell the listener, and stop at the limit."""
        now = time.perf_counter()
        if self.on_progress is not None:
            known = self.cost if self.best is not None else None
            bound = self.bound if np.isfinite(self.bound) else None
            self.on_progress(Progress(known, bound, now - self.began))
        if now > self.ends:
            raise OutOfTime

    def raise_bound(self, bound: float) -> None:
        self.bound = max(self.bound, bound)

    def take(self, mixed: Mixed | None) -> None:
        """A plan that holds, with whole decisions held, is an incumbent."""
        if mixed is not None and mixed.holds and mixed.cost < self.cost:
            self.cost, self.best = mixed.cost, mixed.x


def relax(search: Search, *, held: bool) -> tuple[Bounded | None, Mixed | None]:
    """Close the gap between the masters, whole decisions held or relaxed; their last optima.

    None for the outer one: no plan keeps its cuts. Ends early where a held plan can't be the best,
    and where the relaxation moves too little.
    """
    bounded: Bounded | None = None
    mixed: Mixed | None = None
    weight, bounds = INWARD, []
    for k in range(HELD_ROUNDS if held else RELAX_ROUNDS):
        search.check()
        bounded = _met(search, mixed, held=held, often=held or k < MEETINGS)
        if bounded is None or (held and bounded.bound >= _worth(search)):
            return bounded, mixed
        if not held:
            search.raise_bound(bounded.bound)
        weight, mixed = _between(search, bounded, mixed, weight, held=held)
        bounds.append(bounded.bound)
        tolerance = search.tolerance(HELD_SHARE if held else RELAX_SHARE) * abs(bounded.bound)
        if mixed is not None and mixed.holds and mixed.cost - bounded.bound < tolerance:
            break
        if (
            not held
            and len(bounds) > MEETINGS
            and bounds[-1] - bounds[-STALLED - 1] < 0.3 * tolerance
        ):
            break
    return bounded, mixed


def _worth(search: Search) -> float:
    """Cost that a plan must be below to be worth closing further."""
    if search.best is None:
        return np.inf
    return search.cost - search.tolerance(HELD_SHARE) * abs(search.cost)


def _met(search: Search, mixed: Mixed | None, *, held: bool, often: bool) -> Bounded | None:
    """The outer optimum, with cuts until it serves every day; not once there is an inner one."""
    engine = search.engine
    bounded = engine.bounded()
    if not often or (mixed is not None and mixed.holds):
        return bounded
    for _ in range(MEETINGS):
        if bounded is None or (held and bounded.bound >= _worth(search)) or engine.meet(bounded.x):
            break
        bounded = engine.bounded()
    return bounded


def _between(
    search: Search, bounded: Bounded, mixed: Mixed | None, weight: float, *, held: bool
) -> tuple[float, Mixed | None]:
    """A visit between the outer and the inner plan; the next weight and the new inner optimum."""
    engine = search.engine
    x, prices = bounded.x, bounded.prices
    inner = mixed if mixed is not None and mixed.holds else None
    centre = engine.yearly.lifted(inner.x) if inner is not None else engine.centre
    if centre is not None and not (held and inner is None):
        other = inner.prices if inner is not None else engine.centre_prices
        x = weight * centre + (1 - weight) * x
        prices = [weight * a + (1 - weight) * b for a, b in zip(other, prices, strict=True)]
    first = len(engine.outer.cuts)
    engine.visit(x, prices, bounded.x)
    deeper = engine.outer.slacks(bounded.x)[first:].min() < -CUT_OFF
    if not deeper:
        weight = weight / 2 if weight > LEAST_WEIGHT else 0.0
    mixed = engine.mixed()
    for _ in range(FEELERS if held else 0):
        if mixed is None or mixed.holds:
            break
        try:
            engine.visit(x, mixed.prices, bounded.x)
        except SolverFailure:  # prices of slack can make a day earn without end
            break
        mixed = engine.mixed()
    return (INWARD if deeper else weight), mixed


def find_whole(search: Search) -> Ending:
    """Whole decisions until the gap is closed."""
    engine = search.engine
    bounded = engine.bounded()
    if bounded is None:
        return "infeasible"
    search.raise_bound(bounded.bound)
    near = engine.outer.close(bounded.x, NEAR * abs(bounded.bound))
    while not search.closed:
        search.check()
        left = search.ends - time.perf_counter()
        found = engine.outer.search(
            sorted(near), gap=search.tolerance(SEARCH_SHARE), start=search.best, seconds=left
        )
        if np.isfinite(found.bound):
            search.raise_bound(found.bound)
        if found.x is None:
            return found.ending
        near |= set(np.flatnonzero(engine.outer.slacks(found.x) < CUT_OFF).tolist())
        if found.ending == "interrupted":
            return "interrupted"
        near |= _held(search, found.x)
    return "optimal"


def _held(search: Search, x: Array) -> set[int]:
    """Sizes and dispatch of a plan's whole decisions; the cuts that it ends on."""
    engine = search.engine
    engine.hold(np.round(x[engine.yearly.integer]))
    try:
        bounded, mixed = relax(search, held=True)
        search.take(mixed)
    finally:
        engine.hold(None)
    return set() if bounded is None else engine.outer.close(bounded.x, ON * abs(bounded.bound))


def solve_decomposed(
    matrix: Matrix,
    *,
    gap: float,
    money_gap: float | None = None,
    time_limit: float | None = None,
    threads: int = 2,
    on_progress: Callable[[Progress], None] | None = None,
) -> Outcome:
    """Solve to a relative gap (or an absolute one in money), or until the time limit [s].

    ``x`` has the yearly columns of the plan; those of the steps are zero, to be dispatched.
    Raises SolverFailure where a day's dispatch can't be solved.
    """
    began = time.perf_counter()
    engine = Engine(matrix, threads=threads)
    search = Search(
        engine, gap, money_gap or 0.0, began + (time_limit or np.inf), began, on_progress
    )
    return run(search)


def run(search: Search) -> Outcome:
    """The search, however it ends."""
    engine = search.engine
    try:
        seed(engine, search.ends)
        ending: Ending = "infeasible" if relax(search, held=False)[0] is None else "optimal"
        if ending == "optimal":
            ending = find_whole(search)
    except OutOfTime:
        ending = "time_limit"
    except KeyboardInterrupt:
        ending = "interrupted"
    x = None
    if search.best is not None:
        x = np.zeros(len(engine.matrix.cost))
        x[: engine.yearly.count] = np.where(np.abs(search.best) < NOISE, 0.0, search.best)
    seconds = time.perf_counter() - search.began
    return Outcome(ending, x, search.cost, search.bound, seconds, "decomposed")
