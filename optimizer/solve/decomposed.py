"""The decomposed method: cuts below, mixes of dispatches above, days in between.

1. Relax: visits between the outer optimum and the inner one (in-out) until they meet.
2. Whole: the outer master's whole decisions; with these held, 1. again gives sizes, dispatch and an
   upper bound; its cuts sharpen the next. Every bound and incumbent on the way is valid.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import numpy as np

from optimizer.errors import SolverFailure
from optimizer.inputs.axis_choice import on_typical_days
from optimizer.solve.closing import CUT_OFF, OutOfTime, Search, relax
from optimizer.solve.engine import Engine
from optimizer.solve.highs import Ending, Outcome, Progress
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.outer import Bounded
from optimizer.solve.seeding import carried, seed_from, seed_on_coarse_clock
from optimizer.solve.stamp import stamp
from optimizer.threads import one_thread

SEARCH_SHARE: Final = 0.3
"""Of the gap asked for: what a search of whole decisions is closed to. Its bound is most of the
proof, and a further search costs more than closing this one."""
LEAST_SHARE: Final = 0.1
"""Searches that find nothing new are closed further, down to this share."""
NEAR, ON = 2e-3, 1e-5
"""Cuts that a search begins with, and those it gets from a held plan: within these shares of the
cost."""
NOISE: Final = 1e-9
"""Yearly values that a mix leaves where there is nothing."""
MANY_DAYS, DAYS_PER_BLOCK = 60, 7
"""Above so many periods, blocks of a week: a problem a day costs more to keep than to solve."""
SEED_DAYS: Final = 12
"""Typical days of the search that the full year begins with."""


def find_whole(search: Search, *, all_cuts: bool = False) -> Ending:
    """Whole decisions until the gap is closed, on the cuts near the optimum or ``all_cuts``."""
    engine = search.engine
    bounded = engine.bounded()
    if bounded is None:
        return "infeasible"
    search.raise_bound(bounded.bound)
    near = engine.outer.close(bounded.x, NEAR * abs(bounded.bound))
    if all_cuts:
        near = set(range(len(engine.outer.cuts)))
    share, known = SEARCH_SHARE, None
    while not search.closed:
        search.check()
        found = engine.outer.search(
            sorted(near),
            gap=search.tolerance(share),
            start=search.best,
            seconds=search.ends - time.perf_counter(),
            enough=search.enough,
        )
        if np.isfinite(found.bound):
            search.raise_bound(found.bound)
        if search.closed:
            break
        if found.x is None or found.ending not in ("optimal", "time_limit"):
            return found.ending if found.ending != "optimal" else "failed"
        near |= set(np.flatnonzero(engine.outer.slacks(found.x) < CUT_OFF).tolist())
        near |= _held(search, found.x)
        now = (np.round(found.x[engine.yearly.integer]).tobytes(), search.bound, len(near))
        if now == known:
            if len(near) == len(engine.outer.cuts) and share < LEAST_SHARE:
                return "failed"
            near, share = set(range(len(engine.outer.cuts))), share / 2
        known = now
    return "optimal"


def _held(search: Search, x: Array) -> set[int]:
    """Sizes and dispatch of a plan's whole decisions; the cuts that it ends on."""
    engine = search.engine
    engine.hold(np.round(x[engine.yearly.integer]))
    try:
        bounded, mixed = relax(search, held=True)
        search.take(mixed)
    except SolverFailure:
        return set()
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
    with one_thread():
        began = time.perf_counter()
        days = 1 if matrix.shape[1] <= MANY_DAYS else DAYS_PER_BLOCK
        engine = Engine(matrix, threads=threads, days=days)
        search = Search(
            engine, gap, money_gap or 0.0, began + (time_limit or np.inf), began, on_progress
        )
        return run(search)


def begin(search: Search) -> Bounded | None:
    """Cuts to begin with, then the relaxation; None where no plan can be.

    The cuts come from a coarse clock or, for the full year, from a search on typical days, whose
    plan is also the first to be held: at once where seasonal stores make visits so slow that the
    relaxation could take all the time there is.
    """
    engine = search.engine
    case = engine.matrix.case
    if case.axis.kind != "full":
        seed_on_coarse_clock(engine, search.ends)
        bounded, search.relaxed = relax(search, held=False)
        return bounded
    small = Engine(stamp(on_typical_days(case, SEED_DAYS)[0]))
    smaller = Search(small, search.gap, search.money_gap, search.ends, search.began)
    if run(smaller).ending == "interrupted":
        raise KeyboardInterrupt
    relaxed = smaller.relaxed
    plans = [smaller.best, None if relaxed is None else relaxed.x]
    seed_from(engine, small, [plan for plan in plans if plan is not None])
    if relaxed is not None and relaxed.holds:
        engine.centre = carried(small.matrix, relaxed.x, engine)
        engine.centre_prices = relaxed.prices
    plan = None if smaller.best is None else carried(small.matrix, smaller.best, engine)
    if plan is not None and engine.matrix.end_rows:
        _held(search, plan)
    bounded, search.relaxed = relax(search, held=False)
    if plan is not None and bounded is not None and search.best is None:
        _held(search, plan)
    return bounded


def begun(search: Search) -> Ending:
    """A search from nothing."""
    return "infeasible" if begin(search) is None else find_whole(search)


def run(search: Search, searched: Callable[[Search], Ending] = begun) -> Outcome:
    """A search, however it ends."""
    engine = search.engine
    try:
        ending = searched(search)
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
