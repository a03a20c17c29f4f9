"""Whether any plan exists, whatever it costs."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from optimizer.inputs.case import Case
from optimizer.solve.highs import Solver
from optimizer.solve.stamp import stamp

LONGEST: Final = 60.0
"""Seconds for an answer."""


def has_plan(case: Case) -> bool | None:
    """Whether a plan keeps all rows; None where no answer was found in time."""
    matrix = stamp(case)
    solver = Solver(replace(matrix, cost=np.zeros_like(matrix.cost), offset=0.0))
    solver.set(time_limit=LONGEST)
    outcome = solver.run()
    if outcome.ending == "interrupted":
        raise KeyboardInterrupt
    if outcome.x is not None:
        return True
    return False if outcome.ending == "infeasible" else None
