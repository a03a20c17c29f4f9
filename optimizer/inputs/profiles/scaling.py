"""Bring a shape to a given total without passing its ceiling."""

import numpy as np
from numpy.typing import NDArray

TOLERANCE = 1e-12
"""Relative error of the total that still counts as met (rounding of a sum of 35,040 floats)."""


def scale_to_total(
    values: NDArray[np.float64], weights: NDArray[np.float64], total: float, cap: float
) -> tuple[NDArray[np.float64], float]:
    """Values times one factor, clipped at `cap`, whose weighted sum is `total`.

    scaled = min(f * v, cap) with sum(w * scaled) = total: what the clip takes off is carried by the
    other steps in proportion to their values. Values, weights >= 0; weights broadcast to the shape
    of values; the result has the unit of `values`, f has none. The loop ends after as many rounds
    as there are distinct values at most, since a clipped step stays clipped while f only grows.

    Returns (scaled, f). Raises ValueError if no factor can reach the total: all steps that are not
    zero stand at the cap, or all are zero.
    """
    weight = np.broadcast_to(weights, values.shape)
    if total < 0 or (values < 0).any() or (weight < 0).any():
        raise ValueError("scaling to a total needs values, weights and a total of at least 0")
    reachable = float((weight * cap)[values > 0].sum())
    if total > reachable * (1 + TOLERANCE):
        raise ValueError(
            f"a total of {total:.6g} is out of reach: with every step that is not zero at the"
            f" ceiling {cap:.6g} the total is {reachable:.6g}"
        )
    if total == 0 or reachable == 0:
        return np.zeros_like(values), 0.0
    clipped = np.zeros(values.shape, dtype=bool)
    while True:
        free = float((weight * values)[~clipped].sum())
        if free <= 0:
            return np.where(values > 0, cap, 0.0), cap / float(values[values > 0].min())
        factor = (total - float(weight[clipped].sum()) * cap) / free
        over = (factor * values > cap) & ~clipped
        if not over.any():
            return np.where(clipped, cap, factor * values), factor
        clipped |= over
