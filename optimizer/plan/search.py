"""The search for the cheapest decisions on one time axis."""

from __future__ import annotations

from typing import Final

import numpy as np

from optimizer.errors import NoPlan, SolverFailure, StoppedWithoutPlan
from optimizer.inputs.case import Case
from optimizer.plan.settings import Clock, Settings
from optimizer.solve.circles import dispatched
from optimizer.solve.decisions import held_decisions, polished
from optimizer.solve.decomposed import solve_decomposed
from optimizer.solve.direct import solve_direct
from optimizer.solve.edit import with_fixed
from optimizer.solve.explain import broken_promises
from optimizer.solve.highs import Outcome
from optimizer.solve.live import LiveSearch
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.stamp import stamp

SHORTEST: Final = 1.0
"""Seconds for a search where others have used up the time limit."""
LARGE: Final = 5_000
"""Columns from which 'auto' decomposes (docs/performance.md)."""


def search(
    case: Case, settings: Settings, clock: Clock, live: LiveSearch | None = None
) -> tuple[Matrix, Array, Outcome]:
    """The cheapest decisions on a case's axis; then the exact dispatch of the whole decisions.

    ``live`` takes what is decomposed: it knows the plant from searches before and learns from this.
    """
    with clock.stage("build"):
        matrix = stamp(case)
    with clock.stage("search"):
        outcome = _solved(matrix, settings, clock, live)
    if outcome.ending == "infeasible":
        with clock.stage("explain"):
            broken = broken_promises(matrix, seconds=_time_left(settings, clock))
        raise NoPlan(broken)
    if outcome.x is None:
        if outcome.ending in ("time_limit", "interrupted"):
            said = f"stopped ({outcome.ending}) before a plan was found"
            raise StoppedWithoutPlan(said, interrupted=outcome.ending == "interrupted")
        raise SolverFailure(f"the search ended: {outcome.ending}")
    with clock.stage("dispatch"):
        x = _dispatched(matrix, outcome)
    return matrix, x, outcome


def _time_left(settings: Settings, clock: Clock) -> float | None:
    """Seconds for the next search [s]: the limit is for all searches of a plan together."""
    if settings.time_limit is None:
        return None
    return max(SHORTEST, settings.time_limit - clock.seconds.get("search", 0.0))


def _solved(matrix: Matrix, settings: Settings, clock: Clock, live: LiveSearch | None) -> Outcome:
    """By the method that is asked for. 'auto' decomposes what is large; where that can't close the
    gap, the problem goes to HiGHS in one piece after all, and the smaller gap counts."""
    if settings.method != "auto":
        return _by(settings.method, matrix, settings, clock, live)
    if len(matrix.cost) < LARGE:
        return _by("direct", matrix, settings, clock, live)
    try:
        outcome = _by("decomposed", matrix, settings, clock, live)
    except SolverFailure:
        return _by("direct", matrix, settings, clock, live)
    if outcome.ending != "failed":
        return outcome
    return min(outcome, _by("direct", matrix, settings, clock, live), key=lambda found: found.gap)


def _by(
    method: str, matrix: Matrix, settings: Settings, clock: Clock, live: LiveSearch | None
) -> Outcome:
    """By one method; an amount of money as gap is more than a live search knows."""
    if method == "decomposed" and live is not None and settings.money_gap is None:
        return live.solve(
            matrix,
            settings.gap,
            time_limit=_time_left(settings, clock),
            on_progress=clock.listener.progress,
        ).outcome
    solve = solve_direct if method == "direct" else solve_decomposed
    return solve(
        matrix,
        gap=settings.gap,
        money_gap=settings.money_gap,
        time_limit=_time_left(settings, clock),
        threads=settings.threads,
        on_progress=clock.listener.progress,
    )


def _dispatched(matrix: Matrix, outcome: Outcome) -> Array:
    """Whole decisions rounded and held, the rest solved again as a linear problem.

    The decomposed method's plan keeps its sizes too, as long as they have a dispatch to the last
    digit: year by year is far faster than all years together.
    """
    assert outcome.x is not None
    x, whole = polished(outcome.x, matrix), np.flatnonzero(matrix.integer)
    held = with_fixed(matrix, whole, x[whole])
    if outcome.method == "decomposed":
        sized = dispatched(with_fixed(held, *held_decisions(matrix, x, matrix)), matrix)
        if sized.x is not None:
            return sized.x
    solved = dispatched(held, matrix)
    if solved.x is None:
        raise SolverFailure("the whole decisions that were found have no dispatch")
    return solved.x
