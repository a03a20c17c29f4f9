"""Conditional value at risk by hand."""

from __future__ import annotations

import pytest

from optimizer.finance.risk import conditional_value_at_risk

COSTS, WEIGHTS = (100.0, 300.0, 200.0), (0.5, 0.1, 0.4)


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        (0.1, 300.0),
        (0.05, 300.0),
        (0.3, (0.1 * 300 + 0.2 * 200) / 0.3),
        (1.0, 0.5 * 100 + 0.1 * 300 + 0.4 * 200),
    ],
)
def test_the_worst_share_counts_a_future_on_the_edge_in_part(tail: float, expected: float) -> None:
    """Proves the mean of the worst tail: of 0.3 the whole 0.1 at 300 and half the 0.4 at 200 count,
    233.3. A quantile would say 200, the mean of the worst two futures 220."""
    assert conditional_value_at_risk(COSTS, WEIGHTS, tail) == pytest.approx(expected)


def test_weights_need_not_sum_to_one() -> None:
    """Proves that the tail is a share of all weight: ten times the weights change nothing."""
    tenfold = [10 * weight for weight in WEIGHTS]
    assert conditional_value_at_risk(COSTS, tenfold, 0.3) == pytest.approx(700 / 3)


@pytest.mark.parametrize("tail", [0.0, 1.1])
def test_a_tail_that_is_no_share_is_refused(tail: float) -> None:
    """Proves that nothing is said of no future at all."""
    with pytest.raises(ValueError, match="tail"):
        conditional_value_at_risk(COSTS, WEIGHTS, tail)
