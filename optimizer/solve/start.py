"""A first plan before the search: the same case on a coarser clock, its whole decisions kept.

It is a heuristic: it can find a plan early or none, and proves nothing.
"""

from __future__ import annotations

import time
from typing import Final

import numpy as np

from optimizer.inputs.case import Case
from optimizer.inputs.merged_steps import merged_case
from optimizer.solve.decisions import held_decisions, polished
from optimizer.solve.edit import with_fixed
from optimizer.solve.highs import Solver
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.stamp import stamp

CLOCKS: Final = (4, 8)
"""Steps a day of the coarse cases, tried in turn."""
SMALLEST: Final = 5_000
"""Problems with fewer columns are searched at once: there is nothing to gain."""
GAP: Final = 0.01
NODES: Final = 300
"""Largest search of a coarse case: a count, so that the same input gives the same start."""
SHARE: Final = 0.35
"""Of the time limit, at most so much for the coarse searches."""
LATEST: Final = 0.6
"""Of the time limit, the start ends by so much."""


def first_plan(
    matrix: Matrix, *, time_limit: float | None = None, threads: int = 2
) -> Array | None:
    """A solution of the problem that keeps all its rows, or None; by LATEST of the limit [s]."""
    if len(matrix.cost) < SMALLEST or not matrix.integer.any():
        return None
    began = time.perf_counter()
    searched, ends = (
        None if time_limit is None else began + share * time_limit for share in (SHARE, LATEST)
    )
    for steps in CLOCKS:
        if matrix.case.axis.steps % steps or matrix.case.axis.steps <= steps:
            continue
        coarse = stamp(coarse_case(matrix.case, steps))
        decided = _solved(coarse, searched, threads, mip_rel_gap=GAP, mip_max_nodes=NODES)
        if decided is not None:
            x = _kept(coarse, decided, matrix, ends, threads)
            if x is not None:
                return x
    return None


def coarse_case(case: Case, steps: int) -> Case:
    """The case with ``steps`` longer steps a day, each the mean of those it replaces.

    See ``merged_case``: extreme days, which size equipment, take the highest demand instead; the
    totals of all other days stay.
    """
    counts = np.full((len(case.axis.weight), steps), case.axis.steps // steps)
    return merged_case(case, counts)


def _kept(
    coarse: Matrix, decided: Array, matrix: Matrix, ends: float | None, threads: int
) -> Array | None:
    """The whole decisions of the coarse plan on the real clock, all sizes and dispatch anew."""
    columns, values = held_decisions(coarse, polished(decided, coarse), matrix)
    whole = matrix.integer[columns]
    fixed = with_fixed(matrix, columns[whole], values[whole])
    return _solved(fixed, ends, threads, mip_rel_gap=GAP, mip_max_nodes=NODES)


def _solved(problem: Matrix, ends: float | None, threads: int, **options: float) -> Array | None:
    """The best solution found, or None."""
    left = None if ends is None else ends - time.perf_counter()
    if left is not None and left <= 0:
        return None
    solver = Solver(problem, threads=threads)
    solver.set(mip_allow_restart=False, **options)
    if left is not None:
        solver.set(time_limit=left)
    return solver.run().x
