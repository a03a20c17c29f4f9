"""Elementary effects: which drivers matter, alone or together, from few plans.

Morris 1991, "Factorial sampling plans for preliminary computational experiments", with the mean of
absolute effects and the spread trajectories of Campolongo, Cariboni and Saltelli 2007, "An
effective screening design for sensitivity analysis of large models". Points and effects are SALib's
(Herman and Usher 2017, "SALib: an open-source Python library for sensitivity analysis"), imported
only here and only when effects are asked for: the extra `studies` installs it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from optimizer.errors import from_extra
from optimizer.solve.matrix import Array

LEVELS: Final = 4
STEP: Final = LEVELS / (2 * (LEVELS - 1))
"""Of the range, by which a driver moves: 2/3."""
FEWEST: Final = 2
"""Effects of a driver that a deviation needs."""
NEEDED: Final = ("studies", "SALib", "elementary effects (--morris)")


@dataclass(frozen=True)
class Effect:
    """What moving one driver over its whole range does to the cost [money], over the ``known``
    steps whose ends both have a plan: mean ``mu``, mean of absolute values ``mu_star`` with the
    half-width ``mu_star_conf`` of its 95 % interval (bootstrap), deviation ``sigma`` (large beside
    mu_star: the effect hangs on the other drivers). ``noise``: mean half-width that the gaps leave.
    None where fewer than two steps are known."""

    path: str
    known: int
    mu: float | None = None
    mu_star: float | None = None
    mu_star_conf: float | None = None
    sigma: float | None = None
    noise: float | None = None


def trajectories(drivers: int, count: int, seed: int) -> Array:
    """Points at which plans are found as shares of each range, shape (count, drivers + 1, drivers):
    each row of a trajectory moves one driver by STEP. Raises ExtraMissing without SALib."""
    with from_extra(*NEEDED):
        from SALib.sample.morris import sample
    points = sample(_problem(drivers), count, num_levels=LEVELS, seed=seed)
    found: Array = points.reshape(count, drivers + 1, drivers)
    return found


def effects(
    paths: Sequence[str], points: Array, cost: Array, half_width: Array, seed: int
) -> tuple[Effect, ...]:
    """Effect of each driver, the largest first; ``points`` as `trajectories` gives them, ``cost``
    and what it may be off by (count, drivers + 1) [money], nan where there is no plan; ``seed`` of
    the bootstrap. Raises ExtraMissing.

    EE = (cost after - cost before) / (move of the driver as a share of its range).
    """
    moved = np.abs(np.diff(points, axis=1)).argmax(axis=2)
    planned = np.isfinite(cost[:, 1:]) & np.isfinite(cost[:, :-1])
    unsure = (half_width[:, 1:] + half_width[:, :-1]) / STEP
    found = []
    for number, path in enumerate(paths):
        steps = (moved == number) & planned
        known = steps.any(axis=1)
        if known.sum() < FEWEST:
            found.append(Effect(path, int(known.sum())))
            continue
        told = _analysed(points[known], cost[known], seed)
        values = {key: float(told[key][number]) for key in KEYS}
        found.append(Effect(path, int(known.sum()), **values, noise=float(unsure[steps].mean())))
    return tuple(sorted(found, key=lambda each: -(each.mu_star or 0.0)))


KEYS: Final = ("mu", "mu_star", "mu_star_conf", "sigma")


def _analysed(points: Array, cost: Array, seed: int) -> Mapping[str, Any]:
    """SALib's indices over whole trajectories. A cost that isn't known counts as nothing: it
    belongs to steps of other drivers than the one whose indices are read."""
    with from_extra(*NEEDED):
        from SALib.analyze.morris import analyze
    drivers = points.shape[2]
    told: Mapping[str, Any] = analyze(
        _problem(drivers), points.reshape(-1, drivers), np.nan_to_num(cost).ravel(),
        num_levels=LEVELS, seed=seed,
    )  # fmt: skip
    return told


def _problem(drivers: int) -> dict[str, Any]:
    """So many drivers, each from 0 to 1, as SALib wants them told."""
    names = [str(number) for number in range(drivers)]
    return {"num_vars": drivers, "names": names, "bounds": [[0.0, 1.0]] * drivers}
