"""Elementary effects: which drivers matter, alone or together, from few plans.

Morris 1991, "Factorial sampling plans for preliminary computational experiments", with the mean of
absolute effects of Campolongo, Cariboni and Saltelli 2007, "An effective screening design for
sensitivity analysis of large models".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from optimizer.solve.matrix import Array

LEVELS: Final = 4
STEP: Final = LEVELS / (2 * (LEVELS - 1))
"""Of the range, by which a driver moves: 2/3."""


@dataclass(frozen=True)
class Effect:
    """What moving one driver over its whole range does to the cost [money], over all trajectories:
    mean ``mu``, mean of absolute values ``mu_star``, deviation ``sigma`` (large beside mu_star:
    the effect hangs on the other drivers). ``noise``: mean half-width that the gaps leave."""

    path: str
    mu: float
    mu_star: float
    sigma: float
    noise: float


def trajectories(drivers: int, count: int, seed: int) -> Array:
    """Points at which plans are found, shape (count, drivers + 1, drivers): each row of a
    trajectory moves one driver by STEP, up or down, in random order."""
    random = np.random.default_rng(seed)
    grid = np.arange(LEVELS // 2) / (LEVELS - 1)
    found = np.empty((count, drivers + 1, drivers))
    for one in found:
        start = random.choice(grid, size=drivers)
        up = random.random(drivers) < 0.5
        one[:] = np.where(up, start, start + STEP)
        for row, driver in enumerate(random.permutation(drivers), start=1):
            one[row:, driver] += STEP if up[driver] else -STEP
    return found


def effects(
    paths: Sequence[str], points: Array, cost: Array, half_width: Array
) -> tuple[Effect, ...]:
    """Effect of each driver; ``points`` as `trajectories` gives them, ``cost`` and what it may be
    off by (count, drivers + 1) [money]; a trajectory with nan counts for the steps that have both
    ends.

    EE = (cost after - cost before) / (move of the driver as a share of its range).
    """
    moves = np.diff(points, axis=1)
    moved = np.abs(moves).argmax(axis=2)
    change = np.diff(cost, axis=1) / np.take_along_axis(moves, moved[:, :, None], 2)[:, :, 0]
    unsure = (half_width[:, 1:] + half_width[:, :-1]) / STEP
    found = []
    for number, path in enumerate(paths):
        known = (moved == number) & np.isfinite(change)
        ee = change[known]
        if len(ee):
            sigma = float(ee.std(ddof=1)) if len(ee) > 1 else 0.0
            found.append(
                Effect(path, float(ee.mean()), float(np.abs(ee).mean()), sigma,
                       float(unsure[known].mean()))
            )  # fmt: skip
    return tuple(sorted(found, key=lambda each: -each.mu_star))
