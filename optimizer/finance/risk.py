"""What a decision may come to where several futures are possible."""

from __future__ import annotations

from collections.abc import Sequence


def conditional_value_at_risk(
    costs: Sequence[float], weights: Sequence[float], tail: float
) -> float:
    """Mean cost of the worst ``tail`` share of the weight; a future on the edge counts in part.

    Rockafellar and Uryasev 2000, "Optimization of conditional value-at-risk": with a tail of 1 the
    expected cost, with a small one that of the worst future. Weights need not sum to 1. Raises
    ValueError unless 0 < tail <= 1, all weights are 0 or more, and one is above 0.
    """
    total = sum(weights)
    if not (0 < tail <= 1 and min(weights) >= 0 and total > 0):
        raise ValueError("tail must be above 0 and at most 1, weights 0 or more and not all 0")
    left, sum_ = tail * total, 0.0
    for cost, weight in sorted(zip(costs, weights, strict=True), reverse=True):
        counted = min(weight, left)
        sum_ += counted * cost if counted else 0.0
        left -= counted
    return sum_ / (tail * total)
