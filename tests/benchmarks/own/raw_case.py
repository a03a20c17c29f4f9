"""The floor: numpy arrays by hand, straight into HiGHS."""

from __future__ import annotations

from pathlib import Path

from contender import Clock, compete

from tests.benchmarks.own import raw
from tests.benchmarks.peers.exchange import read_plant


def contender(case: Path, clock: Clock) -> float:
    with clock("data"):
        plant = read_plant(case)
    with clock("build"):
        arrays = raw.build(plant)
    with clock("hand"):
        highs = raw.hand_over(arrays)
        highs.run()
        highs.getSolution()
    return float(highs.getInfo().objective_function_value)


if __name__ == "__main__":
    compete(contender, ("numpy",))
