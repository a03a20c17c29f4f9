"""A case on fewer, longer steps: several neighbouring steps of a day become one."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.case import Case
from optimizer.inputs.profiles.scaling import scale_to_total

Array = NDArray[np.float64]
Counts = NDArray[np.int64]


def merged_case(case: Case, counts: Counts, *, keep_totals: bool = False) -> Case:
    """The case on steps that hold ``counts`` (P, S) of its own, in their order.

    Every series is the mean over the hours of what it replaces. Demands of extreme days, which size
    equipment, take the highest value instead; with ``keep_totals`` the other days give back what
    that adds, so that the year's demand holds. A step's excess is what its highest metered value
    has above its demand. Raises ValueError where counts don't add up to the steps of a day.
    """
    axis = case.axis
    if counts.shape[:1] != axis.weight.shape or (counts.sum(axis=1) != axis.steps).any():
        raise ValueError(f"merged steps of shape {counts.shape} are no days of {axis.steps} steps")
    blocks = Blocks.of(counts)
    held = blocks.sums(axis.held)
    longer = replace(axis, steps=counts.shape[1], merged=held)
    series = {k: blocks.sums(v * axis.held) / held for k, v in case.series.items()}
    target = replace(case, axis=longer, series=series)
    for key in {s.demand for s in case.services}:
        highest = blocks.highest(case.series[key])
        series[key] = _demand(case, target, key, highest, keep_totals)
    for s in case.services:
        if s.excess is not None:
            metered = blocks.highest(case.series[s.demand] + case.series[s.excess])
            series[s.excess] = np.maximum(metered - series[s.demand], 0.0)
    for values in series.values():
        values.setflags(write=False)
    return replace(target, series=MappingProxyType(series))


class Blocks:
    """Runs of neighbouring steps; ``starts``: their first steps in the flat (P, steps) array."""

    def __init__(self, starts: Counts, shape: tuple[int, int]) -> None:
        self.starts, self.shape = starts, shape

    @classmethod
    def of(cls, counts: Counts) -> Blocks:
        """Runs of ``counts`` (P, S) steps."""
        flat = counts.ravel()
        return cls(np.cumsum(flat) - flat, (counts.shape[0], counts.shape[1]))

    def sums(self, values: NDArray[Any]) -> NDArray[Any]:
        """(P, S) from (P, steps): the sum of each run."""
        found: NDArray[Any] = np.add.reduceat(values.ravel(), self.starts).reshape(self.shape)
        return found

    def highest(self, values: Array) -> Array:
        """(P, S) from (P, steps): the highest of each run."""
        found: Array = np.maximum.reduceat(values.ravel(), self.starts).reshape(self.shape)
        return found


def _demand(case: Case, target: Case, key: str, highest: Array, keep_totals: bool) -> Array:
    """A demand on the merged steps: highest on extreme days, the mean on all others.

    Where the other days can't give back what the highest values add, all days take the mean.
    """
    means, extreme = target.series[key], case.axis.extreme
    shown = np.where(extreme[:, None], highest, means)
    if not keep_totals or not extreme.any():
        return shown
    hours = target.axis.hours_a_year
    total = float((case.series[key] * case.axis.hours_a_year).sum())
    left = total - float((shown * hours)[extreme].sum())
    try:
        cap = float(case.series[key].max())
        shown[~extreme], _ = scale_to_total(shown[~extreme], hours[~extreme], left, cap)
    except ValueError:
        return means
    return shown
