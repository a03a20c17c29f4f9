"""HiGHS alone: the arrays of our matrix from a file, handed over as they lie there, unscaled."""

from __future__ import annotations

from pathlib import Path

import highspy
import numpy as np
from contender import Clock, compete

from tests.benchmarks.own.raw import Arrays, hand_over
from tests.benchmarks.peers.exchange import read_plant


def _dump(case: Path, file: Path) -> float:
    """Write the matrix of a case; returns the constant of its objective.

    Imports here what HiGHS alone would not need, so that it doesn't count as its own.
    """
    from optimizer.solve.stamp import stamp
    from tests.benchmarks.own.case import case_of

    m = stamp(case_of(read_plant(case)))
    np.savez(
        file, cost=m.cost, lower=m.col_lower, upper=m.col_upper,
        row_lower=m.row_lower, row_upper=m.row_upper,
        start=m.rows.indptr.astype(np.int32), index=m.rows.indices.astype(np.int32),
        value=m.rows.data,
    )  # fmt: skip
    return m.offset


def contender(case: Path, clock: Clock) -> float:
    file = case.with_suffix(".matrix.npz")
    offset = _dump(case, file)
    with clock("data"), np.load(file) as arrays:
        held = Arrays(**{name: arrays[name] for name in arrays.files})
    with clock("hand"):
        highs: highspy.Highs = hand_over(held)
        highs.run()
        highs.getSolution()
    return float(highs.getInfo().objective_function_value) + offset


if __name__ == "__main__":
    compete(contender, ("numpy",))
