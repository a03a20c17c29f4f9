"""Fewer, longer steps where nothing happens: each day's steps merged to a number of segments."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.axis_roles import followed
from optimizer.inputs.case import Case
from optimizer.inputs.merged_steps import merged_case

Array = NDArray[np.float64]
DECIMALS = 9
"""Errors are compared after rounding, so that equals stay equal on every machine."""


def on_segments(case: Case, segments: int) -> Case:
    """The case with each day's steps merged to ``segments`` of unequal length.

    Which neighbours are merged is chosen day by day and exactly, so that what is shown of the
    series errs least (see ``best_cuts``). Totals of the year hold, extreme days keep their highest
    demands (see ``merged_case``). A case with no more steps a day than that stays as it is. Raises
    ValueError for segments below 1.
    """
    if segments < 1:
        raise ValueError(f"segments: got {segments}, must be at least 1")
    if case.axis.steps <= segments:
        return case
    followed_series, roles = followed(case)
    shapes = {k: v for k, v in followed_series.items() if k not in roles.peak and np.ptp(v) > 0}
    demands = {s.demand for s in case.services}
    normal = np.zeros((len(case.axis.weight), case.axis.steps, len(shapes)))
    for at, values in enumerate(shapes.values()):
        normal[:, :, at] = (values - values.min()) / np.ptp(values)
    highest = case.axis.extreme[:, None] & np.array([key in demands for key in shapes], dtype=bool)
    return merged_case(case, best_cuts(normal, highest, segments), keep_totals=True)


def best_cuts(values: Array, highest: NDArray[np.bool_], segments: int) -> NDArray[np.int64]:
    """How many steps each segment holds, (P, segments), for ``values`` (P, steps, F).

    Each day is cut where the squared error of all F series is least, a segment showing the mean of
    a series or, where ``highest`` (P, F), its highest value: a peak is then never lost, and merged
    with lower steps only where that errs less than any other cut. Dynamic programming over the
    place of the last cut (W. D. Fisher, J. Am. Stat. Assoc. 53 (1958) 789) finds the exact optimum;
    among equals the earliest cuts. tsam's segments join neighbours one by one and know means only.
    """
    periods, steps, _ = values.shape
    error = _errors(values, highest)
    least = error[:, 0, :]
    cuts = np.zeros((segments, periods, steps), dtype=np.int64)
    for k in range(1, segments):
        total = np.full((periods, steps, steps), np.inf)
        total[:, 1:, :] = least[:, :-1, None] + error[:, 1:, :]
        total = np.round(total, DECIMALS)
        cuts[k] = total.argmin(axis=1)
        least = total.min(axis=1)
    counts = np.zeros((periods, segments), dtype=np.int64)
    end = np.full(periods, steps)
    for k in range(segments - 1, -1, -1):
        start = cuts[k, np.arange(periods), end - 1]
        counts[:, k] = end - start
        end = start
    return counts


def _errors(values: Array, highest: NDArray[np.bool_]) -> Array:
    """Squared error of one segment from step i to step j, (P, i, j); infinite for j < i."""
    periods, steps, _ = values.shape
    error = np.full((periods, steps, steps), np.inf)
    for first in range(steps):
        tail = values[:, first:, :]
        count = np.arange(1, steps - first + 1)[None, :, None]
        total, squares = tail.cumsum(axis=1), (tail**2).cumsum(axis=1)
        shown = np.where(highest[:, None, :], np.maximum.accumulate(tail, axis=1), total / count)
        each = squares - 2 * shown * total + count * shown**2
        error[:, first, first:] = np.maximum(each.sum(axis=2), 0.0)
    return error
