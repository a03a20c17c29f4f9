"""The direct method: the whole problem, in one piece, to HiGHS."""

from __future__ import annotations

from collections.abc import Callable

from optimizer.solve.highs import Outcome, Progress, Solver
from optimizer.solve.matrix import Matrix


def solve_direct(
    matrix: Matrix,
    *,
    gap: float,
    money_gap: float | None = None,
    time_limit: float | None = None,
    threads: int = 2,
    on_progress: Callable[[Progress], None] | None = None,
) -> Outcome:
    """Solve to a relative gap (or an absolute one in money), or until the time limit [s]."""
    solver = Solver(matrix, threads=threads)
    solver.set(mip_rel_gap=gap, mip_allow_restart=False)
    if money_gap is not None:
        solver.set(mip_abs_gap=money_gap * solver.cost_scale)
    if time_limit is not None:
        solver.set(time_limit=float(time_limit))
    return solver.run(on_progress)
