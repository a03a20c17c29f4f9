"""The direct method: the whole problem, in one piece, to HiGHS."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from optimizer.solve.highs import Outcome, Progress, Solver
from optimizer.solve.matrix import Matrix
from optimizer.solve.start import first_plan

LEAST_SECONDS = 1.0
"""The search itself gets at least so much, however long the start took."""


def solve_direct(
    matrix: Matrix,
    *,
    gap: float,
    money_gap: float | None = None,
    time_limit: float | None = None,
    threads: int = 2,
    start: bool = True,
    on_progress: Callable[[Progress], None] | None = None,
) -> Outcome:
    """Solve to a relative gap (or an absolute one in money), or until the time limit [s].

    ``start``: look for a first plan on a coarser clock (start.py), within the same limit; a large
    problem then has a plan from early on, which the search improves and proves.
    """
    began = time.perf_counter()
    first = first_plan(matrix, time_limit=time_limit, threads=threads) if start else None
    spent = time.perf_counter() - began
    solver = Solver(matrix, threads=threads)
    solver.set(mip_rel_gap=gap, mip_allow_restart=False)
    if money_gap is not None:
        solver.set(mip_abs_gap=money_gap * solver.cost_scale)
    if time_limit is not None:
        solver.set(time_limit=max(LEAST_SECONDS, time_limit - spent))
    if first is not None:
        solver.start_from(first)
    outcome = solver.run(_later(on_progress, spent))
    return replace(outcome, seconds=outcome.seconds + spent)


def _later(
    on_progress: Callable[[Progress], None] | None, spent: float
) -> Callable[[Progress], None] | None:
    """The same listener, told of seconds that include those before the search."""
    if on_progress is None:
        return None
    return lambda progress: on_progress(replace(progress, seconds=progress.seconds + spent))
