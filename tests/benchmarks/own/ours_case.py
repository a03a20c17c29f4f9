"""Ours: the case stamped, and handed to HiGHS as every search of ours does."""

from __future__ import annotations

from pathlib import Path

from contender import Clock, compete

from optimizer.solve.highs import Solver
from optimizer.solve.stamp import stamp
from tests.benchmarks.own.case import case_of
from tests.benchmarks.peers.exchange import read_plant


def contender(case: Path, clock: Clock) -> float:
    with clock("data"):
        plant = case_of(read_plant(case))
    with clock("build"):
        matrix = stamp(plant)
    with clock("hand"):
        solver = Solver(matrix, relaxed=True)
    with clock("hand"):
        outcome = solver.run()
    return outcome.objective


if __name__ == "__main__":
    compete(contender, ("pyomo", "numpy"))
