"""What a little more room in a yearly row is worth, near a plan.

A problem with whole decisions has no duals; these are of the linear problem that is left when the
plan's are held (sizes, dispatch, claims and credits free). Sizes are free of what budget and area
leave of them: a bound that follows from a rule would take the rule's dual. Where several vertices
are optimal, a dual is one of several.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from optimizer.solve.decisions import whole_decisions
from optimizer.solve.edit import with_fixed
from optimizer.solve.highs import Solver
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.stamp import stamp

LARGEST: Final = 400_000
"""Columns above which the linear problem takes too long to be solved in one piece (a full year)."""


def row_worths(matrix: Matrix, x: Array, *constraints: str) -> dict[tuple[str, Any], float]:
    """Present money that one unit more room in each row of the named constraints saves, at least 0.

    By (constraint, index), in the row's own unit. Empty where no such row is there, the problem is
    too large, or the linear problem doesn't end optimal.
    """
    if not matrix.rows_named(*constraints) or len(matrix.cost) > LARGEST:
        return {}
    loose = stamp(matrix.case, tight=False)
    rows = loose.rows_named(*constraints)
    solver = Solver(with_fixed(loose, *whole_decisions(matrix, x, loose)), relaxed=True)
    if solver.run().ending != "optimal":
        return {}
    duals = np.abs(solver.row_duals())
    return {at: float(duals[row]) for at, row in rows.items()}
