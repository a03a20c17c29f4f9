"""A decomposed search that stays in memory while its case changes.

Days stay hot, cuts and points stay as far as they are still true (survival.py), and whole decisions
that were good before are tried before anything is searched. Where totals have other prices, the
plans of the nearest problem solved so far are dispatched once at these: old cuts stay true under
them but say little.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from optimizer.solve.block_making import with_limits
from optimizer.solve.closing import Search, relax
from optimizer.solve.cuts import Cut
from optimizer.solve.decomposed import find_whole, run
from optimizer.solve.engine import Engine
from optimizer.solve.highs import Ending, Outcome, Progress
from optimizer.solve.inner import Mixed, Point
from optimizer.solve.known import Known
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.outer import Outer
from optimizer.solve.survival import SAME, Survival, renamed_blocks, survival, surviving
from optimizer.threads import one_thread

PLANTS: Final = 3
"""Plants whose days are kept in memory: the first one asked about, and the latest of others."""
KNOWN: Final = 24
"""Solved problems that are remembered, the latest ones and the first."""
SLACK: Final = 1e-2
"""Scaled slack so small that it may be there for its price alone: such a mix is tried without."""
PATIENCE: Final = {False: 1, True: 3}
"""Rounds of a relaxation that raise the bound little before its search begins: where totals have
the prices of a problem already solved, and where they don't and old cuts say less."""
BEST_VISITS, LESS = 3, 0.5
"""Visits at the best plan known, while each at least halves the gap."""


@dataclass(frozen=True)
class Found:
    """An answer to one change: how it ended, and what it began with.

    ``outcome.x`` has the yearly columns of ``matrix``; ``kept`` counts the cuts that were still
    true, ``cuts`` those at the end.
    """

    matrix: Matrix
    outcome: Outcome
    survival: Survival
    kept: int
    cuts: int


@dataclass
class LiveSearch:
    """One problem after another, each from what those before have left."""

    threads: int = 2
    known: list[Known] = field(default_factory=list)
    engines: list[Engine] = field(default_factory=list)

    def solve(
        self,
        matrix: Matrix,
        gap: float,
        *,
        time_limit: float | None = None,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> Found:
        """Solve a problem to a relative gap, or until the time limit [s].

        Raises SolverFailure where a day's dispatch can't be solved.
        """
        with one_thread():
            return self._solve(matrix, gap, time_limit, on_progress)

    def _solve(
        self,
        matrix: Matrix,
        gap: float,
        time_limit: float | None,
        on_progress: Callable[[Progress], None] | None,
    ) -> Found:
        began = time.perf_counter()
        ends = began + (time_limit or np.inf)
        if not self.engines:
            kept, count = Survival((SAME,) * matrix.shape[0]), 0
            engine = Engine(matrix, threads=self.threads)
            outcome = run(Search(engine, gap, 0.0, ends, began, on_progress))
        else:
            old, kept = self._nearest(matrix)
            engine, count = self._changed(old, matrix, kept)
            search = Search(engine, gap, 0.0, ends, began, on_progress, hurry=True)
            repriced = not kept.everything
            outcome = run(search, lambda search: self._searched(search, repriced=repriced))
            if kept.everything:
                self.engines.remove(old)
        self.engines.append(engine)
        if len(self.engines) > PLANTS:
            del self.engines[1]
        self._remember(engine, outcome)
        return Found(matrix, outcome, kept, count, len(engine.outer.cuts))

    def known_of(self, matrix: Matrix) -> Outer:
        """The outer master of a problem with all cuts that are true of it; what bounds it, bounds
        the problem. Raises SolverFailure; IndexError before anything was solved."""
        old, kept = self._nearest(matrix)
        return self._changed(old, matrix, kept)[0].outer

    def _nearest(self, matrix: Matrix) -> tuple[Engine, Survival]:
        """The engine of the same plant, else the first whose cuts can be shifted, else the first;
        and what of it survives."""
        found = [(engine, survival(engine.matrix, matrix)) for engine in self.engines]
        same = [(engine, kept) for engine, kept in found if kept.everything]
        near = [(engine, kept) for engine, kept in found if kept.duals]
        return (same or near or found)[0]

    def _changed(self, old: Engine, matrix: Matrix, kept: Survival) -> tuple[Engine, int]:
        """The engine of another problem, and how many cuts it has from the old one."""
        points: list[Point] = [] if old.inner is None else old.inner.points
        cuts: list[Cut] = old.outer.cuts
        if kept.everything:
            engine = Engine(matrix, blocks=renamed_blocks(old.blocks, old.matrix, matrix))
        else:
            hot = with_limits(old.blocks, matrix) if kept.duals else None
            engine = Engine(matrix, threads=self.threads, blocks=hot)
            sides = (old.matrix, old.years), (matrix, engine.years)
            cuts, points = surviving(kept, *sides, cuts, points)
        engine.take(cuts, points)
        if engine.inner is None:  # under other prices old cuts may leave the master without a bound
            engine.visit_widest()
        return engine, len(cuts)

    def _nearest_known(self, engine: Engine) -> Known | None:
        """The problem whose totals are priced most alike, the latest of such."""
        return min(reversed(self.known), key=lambda k: k.distance(engine.costs), default=None)

    def _searched(self, search: Search, *, repriced: bool) -> Ending:
        """Old cuts and old whole decisions first: often they prove enough. Then what is known at
        the new prices, the relaxation, and the search on all cuts: those far from the relaxation
        were found at whole decisions, and without them it finds such as were ruled out before."""
        bounded = search.engine.bounded()
        if bounded is None:
            return "infeasible"
        search.raise_bound(bounded.bound)
        self._try_plans(search)
        nearest = None if search.closed else self._nearest_known(search.engine)
        dearer = nearest is not None and nearest.distance(search.engine.costs) > 0
        if nearest is not None and (dearer or repriced):
            self._visit_known(search, nearest)
        if search.closed:
            return "optimal"
        bounded, search.relaxed = relax(search, held=False, patience=PATIENCE[dearer])
        if bounded is None:
            return "infeasible"
        return "optimal" if search.closed else find_whole(search, all_cuts=True)

    def _visit_known(self, search: Search, nearest: Known) -> None:
        """Dispatch known plans at the new prices, until that proves enough."""
        engine = search.engine
        for x, prices in self._places(search, nearest):
            engine.visit(x, prices)
            bounded = engine.bounded()
            if bounded is not None:
                search.raise_bound(bounded.bound)
            if search.best is not None:
                search.take(_mixed(engine, _whole(engine, search.best)))
            if search.closed:
                return
        self._try_plans(search)

    def _places(self, search: Search, nearest: Known) -> Iterator[tuple[Array, list[Array]]]:
        """Plans to dispatch, and prices: the best one as it is priced now, as long as visits change
        that, then those of the nearest problem with what its rules add to the new costs."""
        engine, last = search.engine, np.inf
        for _ in range(BEST_VISITS):
            best = None if search.best is None else _mixed(engine, _whole(engine, search.best))
            if best is None or not best.holds or search.cost - search.bound >= LESS * last:
                break
            last = search.cost - search.bound
            yield engine.yearly.lifted(best.x), best.prices
        for x, above in nearest.places:
            if all(a.shape == c.shape for a, c in zip(above, engine.costs, strict=True)):
                prices = [a + c for a, c in zip(above, engine.costs, strict=True)]
                yield engine.yearly.lifted(nearest.placed(x, engine.matrix)), prices

    def _try_plans(self, search: Search) -> None:
        """Whole decisions of earlier plans, each with the best mix of points, cheapest first."""
        engine = search.engine
        tried: dict[bytes, tuple[Array, Mixed]] = {}
        for known in reversed(self.known):
            values = _whole(engine, known.placed(known.plan, engine.matrix))
            mixed = None if values.tobytes() in tried else _mixed(engine, values)
            if mixed is not None:
                tried[values.tobytes()] = values, mixed
        for values, mixed in sorted(tried.values(), key=lambda pair: pair[1].cost):
            if mixed.cost >= search.cost:
                break
            slack = not mixed.holds and mixed.slack < SLACK
            search.take(_mixed(engine, values, exactly=True) if slack else mixed)

    def _remember(self, engine: Engine, outcome: Outcome) -> None:
        """A plan that was found, and where a similar problem begins."""
        if outcome.x is None:
            return
        plan = outcome.x[: engine.yearly.count]
        places = []
        for mixed in (engine.mixed(), _mixed(engine, _whole(engine, plan))):
            if mixed is not None and mixed.holds:
                above = [p - c for p, c in zip(mixed.prices, engine.costs, strict=True)]
                places.append((mixed.x, above))
        self.known.append(Known(engine.matrix.yearly_names, plan, engine.costs, places))
        if len(self.known) > KNOWN:
            del self.known[1]


def _whole(engine: Engine, x: Array) -> Array:
    """The whole decisions of a plan, rounded and within their bounds."""
    y = engine.yearly
    return np.clip(np.round(x[y.integer]), y.lower[y.integer], y.upper[y.integer])


def _mixed(engine: Engine, whole: Array, *, exactly: bool = False) -> Mixed | None:
    """The cheapest mix of points with whole decisions held; ``exactly``: without slack, which may
    cost less than doing without it."""
    engine.hold(whole)
    try:
        if exactly and engine.inner is not None:
            engine.inner.close_slack()
        return engine.mixed()
    finally:
        engine.hold(None)
