"""Levels of stores, as the plan keeps them: of real days, not of what a period's days share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.case import StorageUnit
from optimizer.model.seasons import season_stores
from optimizer.model.step import kept_levels
from optimizer.plan.shapes import Table, table
from optimizer.solve.solution import Solution

Array = NDArray[np.float64]


def level_variables(solution: Solution) -> dict[str, Table]:
    """``level`` after each step, on a seasonal store's representative days with what these hold
    over; ``level_by_day`` of seasonal stores at the begin of each calendar day. MWh."""
    case, shape = solution.matrix.case, solution.matrix.shape
    kept, axis = kept_levels(case), case.axis
    seasonal = {u.id for u in season_stores(case)}
    levels, begins = [], []
    for unit in (u for u in case.units if isinstance(u, StorageUnit)):
        level = solution.step("level", unit.id)
        if unit.id in seasonal:
            held = _held_over(solution, unit.id)
            begins.append(_started(solution, unit.id)[:, axis.period_of_day] + held)
            left = np.cumprod(kept[unit.id], axis=1)
            level = level + held[:, axis.day_of_period, None] * left
        levels.append(np.maximum(level, 0.0))
    by_day = (len(begins), shape[0], len(axis.period_of_day))
    return {
        "level": table(
            ("storage", "year", "period", "step"), np.array(levels).reshape(-1, *shape), "MWh"
        ),
        "level_by_day": table(
            ("season_store", "year", "day"),
            np.maximum(np.array(begins).reshape(by_day), 0.0),
            "MWh",
        ),
    }


def _held_over(solution: Solution, store: str) -> Array:
    """MWh that each calendar day leaves alone, (Y, 365)."""
    case = solution.matrix.case
    found = solution.yearly("held_over")
    days = range(len(case.axis.period_of_day))
    return np.array([[found.get((store, y, d), 0.0) for d in days] for y in case.years])


def _started(solution: Solution, store: str) -> Array:
    """MWh of what each period moves before its first step, (Y, P)."""
    case = solution.matrix.case
    found = solution.yearly("day_start")
    periods = range(len(case.axis.weight))
    return np.array([[found[store, y, p] for p in periods] for y in case.years])
