"""Where a decomposed search begins: plans and prices found on a coarser time axis.

A visit to them on the real axis gives cuts near the optimum from the start. They are guesses only:
whatever they are, the cuts hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from optimizer.solve.highs import Solver
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.stamp import stamp
from optimizer.solve.start import coarse_case

if TYPE_CHECKING:
    from optimizer.solve.engine import Engine

COARSE: Final = 4
"""Steps a day of the coarse clock."""


def seed(engine: Engine, ends: float) -> None:
    """Visit the optimum of the relaxation on a coarse clock."""
    case = engine.matrix.case
    if case.axis.steps <= COARSE or case.axis.steps % COARSE:
        return
    coarse = stamp(coarse_case(case, COARSE))
    solver = Solver(coarse, threads=1, relaxed=True)
    outcome = solver.run()
    if outcome.ending != "optimal" or outcome.x is None:
        return
    duals = solver.row_duals()
    starts = np.array(list(coarse.total_rows.values()))
    x = engine.yearly.lifted(_carried(coarse, outcome.x, engine.matrix))
    engine.centre = x
    engine.centre_prices = [duals[starts + y] for y in range(len(engine.years))]
    engine.visit(x, engine.centre_prices)


def _carried(source: Matrix, x: Array, target: Matrix) -> Array:
    """Yearly values of one axis in the columns of another, by name; unknown ones are 0."""
    values = {v.name: x[j] for j, v in enumerate(source.yearly_variables)}
    return np.array([values.get(v.name, 0.0) for v in target.yearly_variables])
