"""A linear problem whose decisions are fixed falls apart: into years, months or days.

Parts are the connected components of rows and free columns.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from optimizer.solve.highs import Outcome, Solver
from optimizer.solve.matrix import Array, Problem

Indices = NDArray[np.int64]
SMALLEST_PART = 20_000
"""Parts of fewer columns are solved together: starting HiGHS costs more than their size."""


@dataclass(frozen=True)
class PartsOutcome:
    """``x`` is None unless every part was solved to optimality."""

    x: Array | None
    objective: float
    failed: tuple[str, ...]
    seconds: float


def solve_parts(problem: Problem, *, workers: int = 2) -> PartsOutcome:
    """Solve a linear problem part by part, two at a time."""
    began = time.perf_counter()
    x = np.where(problem.col_lower == problem.col_upper, problem.col_lower, 0.0)
    free = np.flatnonzero(problem.col_lower != problem.col_upper)
    fixed_part = problem.rows @ x
    reduced = _free(problem, free, fixed_part)
    parts = _parts(reduced)
    run = _runner(reduced)
    with ThreadPoolExecutor(workers) as pool:
        outcomes = list(pool.map(run, parts))
    failed = tuple(o.ending for _, o in zip(parts, outcomes, strict=True) if o.ending != "optimal")
    seconds = time.perf_counter() - began
    if failed:
        return PartsOutcome(None, np.inf, failed, seconds)
    for (columns, _), outcome in zip(parts, outcomes, strict=True):
        assert outcome.x is not None
        x[free[columns]] = outcome.x
    return PartsOutcome(x, float(problem.cost @ x) + problem.offset, (), seconds)


def _free(problem: Problem, free: Indices, fixed_part: Array) -> Problem:
    """The problem in its free columns only."""
    return Problem(
        rows=sp.csr_array(problem.rows[:, free]),
        cost=problem.cost[free],
        offset=0.0,
        col_lower=problem.col_lower[free],
        col_upper=problem.col_upper[free],
        integer=np.zeros(len(free), dtype=bool),
        row_lower=problem.row_lower - fixed_part,
        row_upper=problem.row_upper - fixed_part,
    )


def _parts(problem: Problem) -> list[tuple[Indices, Indices]]:
    """(columns, rows) of each part, small ones gathered, largest first."""
    count_rows, count = problem.rows.shape[0], sum(problem.rows.shape)
    ends = np.full(problem.rows.shape[1], problem.rows.nnz, dtype=problem.rows.indptr.dtype)
    graph = sp.csr_array(
        (
            problem.rows.data,
            problem.rows.indices + np.int32(count_rows),
            np.concatenate([problem.rows.indptr, ends]),
        ),
        shape=(count, count),
    )
    _, label = sp.csgraph.connected_components(graph, directed=False)
    row_label, column_label = label[:count_rows], label[count_rows:]
    used = np.unique(column_label)
    sizes = np.bincount(column_label, minlength=int(label.max()) + 1)[used]
    return _gathered(row_label, column_label, used, sizes)


def _gathered(
    row_label: Indices, column_label: Indices, used: Indices, sizes: Indices
) -> list[tuple[Indices, Indices]]:
    batch = np.full(int(max(used.max(initial=0), row_label.max(initial=0))) + 1, -1)
    number, filled = 0, 0
    for component, size in sorted(zip(used, sizes, strict=True), key=lambda pair: -pair[1]):
        batch[component] = number
        filled += size
        if filled >= SMALLEST_PART:
            number, filled = number + 1, 0
    row_batch, column_batch = batch[row_label], batch[column_label]
    return [
        (np.flatnonzero(column_batch == b), np.flatnonzero(row_batch == b))
        for b in range(column_batch.max() + 1)
    ]


def _runner(problem: Problem) -> Callable[[tuple[Indices, Indices]], Outcome]:
    def run(part: tuple[Indices, Indices]) -> Outcome:
        columns, rows = part
        piece = Problem(
            rows=sp.csr_array(problem.rows[rows][:, columns]),
            cost=problem.cost[columns],
            offset=0.0,
            col_lower=problem.col_lower[columns],
            col_upper=problem.col_upper[columns],
            integer=np.zeros(len(columns), dtype=bool),
            row_lower=problem.row_lower[rows],
            row_upper=problem.row_upper[rows],
        )
        held = Solver(piece, threads=1, relaxed=True)
        return held.run()

    return run
