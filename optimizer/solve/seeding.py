"""Where a decomposed search begins: plans and prices found on a coarser time axis.

A visit to them on the real axis gives cuts near the optimum from the start. They are guesses only:
whatever they are, the cuts hold.
"""

from __future__ import annotations

import time
from typing import Final

import numpy as np

from optimizer.solve.engine import Engine
from optimizer.solve.highs import Solver
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.stamp import stamp
from optimizer.solve.start import coarse_case

COARSE: Final = 4
"""Steps a day of the coarse clock."""
MOST_VISITS: Final = 30
"""Visits of a smaller search that are made again, the latest ones."""
ON: Final = 1e-4
"""A cut on which a plan lies, within this share of the cost, is worth its visit."""


def seed_on_coarse_clock(engine: Engine, ends: float) -> None:
    """Visit the optimum of the relaxation on a coarse clock."""
    case = engine.matrix.case
    if case.axis.steps <= COARSE or case.axis.steps % COARSE:
        return
    coarse = stamp(coarse_case(case, COARSE))
    solver = Solver(coarse, threads=1, relaxed=True)
    if np.isfinite(ends):
        solver.set(time_limit=max(0.0, ends - time.perf_counter()))
    outcome = solver.run()
    if outcome.ending == "interrupted":
        raise KeyboardInterrupt
    if outcome.ending != "optimal" or outcome.x is None:
        return
    duals = solver.row_duals()
    starts = np.array(list(coarse.total_rows.values()))
    engine.centre = carried(coarse, outcome.x, engine)
    engine.centre_prices = [duals[starts + y] for y in range(len(engine.years))]
    engine.visit(engine.centre, engine.centre_prices)


def seed_from(engine: Engine, smaller: Engine, plans: list[Array]) -> None:
    """Make again those visits of a smaller search that left cuts on which its plans lie."""
    on: set[int] = set()
    for plan in plans:
        cost = abs(float(smaller.yearly.cost @ plan) + smaller.yearly.offset)
        on |= smaller.outer.close(plan, ON * cost)
    useful = [v for v in smaller.visits if any(v.cuts[0] <= cut < v.cuts[1] for cut in on)]
    for visit in useful[-MOST_VISITS:]:
        engine.visit(carried(smaller.matrix, visit.x, engine), visit.prices)


def carried(source: Matrix, x: Array, engine: Engine) -> Array:
    """Yearly values of one axis in the columns of another, by name; unknown ones are 0, and every
    day's peak is as high as its months allow."""
    names = source.yearly_names
    values = dict(zip(names, x[: len(names)], strict=True))
    found = np.array([values.get(name, 0.0) for name in engine.matrix.yearly_names])
    return engine.yearly.lifted(found)
