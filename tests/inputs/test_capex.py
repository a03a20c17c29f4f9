"""Overnight cost as straight pieces, with published figures."""

from __future__ import annotations

import itertools

import pytest

from optimizer.inputs.capex import cost_of, straight, through_points, times
from optimizer.inputs.case import Segment

CHP = [(100.0, 230_000.0), (300.0, 540_000.0), (1140.0, 1_710_000.0)]
"""kW and USD: 100, 300 and 1140 kW at 2300, 1800 and 1500 USD/kW."""


def test_between_points_the_total_is_straight() -> None:
    """Proves 555.5 kW costs 540,000 + 255.5/840 × 1,170,000 = 895,875 USD. Interpolating the price
    per kW instead (1708.75) would give 949,211."""
    assert cost_of(through_points(CHP, 0, 2000), 555.5) == pytest.approx(895_875, abs=1e-6)


def test_prices_hold_outside_the_points() -> None:
    """Proves 50 kW costs 50 × 2300 and 2000 kW 2000 × 1500; extending the last straight piece
    would give 1,710,000 + 860 × 1392.86 = 2,907,857."""
    pieces = through_points(CHP, 0, 2000)
    assert cost_of(pieces, 50) == pytest.approx(115_000)
    assert cost_of(pieces, 2000) == pytest.approx(3_000_000)


def test_two_steps_of_a_falling_price() -> None:
    """Proves the first 50 at 2 and the next 150 at 1: 50 costs 100, 200 costs 250, 125 costs 175;
    a price of 1 on all of 125 would give 125."""
    pieces = through_points([(50.0, 100.0), (200.0, 250.0)], 0, 200)
    assert pieces == (Segment(0, 50, 2, 0), Segment(50, 200, 1, 50))
    assert cost_of(pieces, 125) == pytest.approx(175)


def test_contingency_raises_every_piece() -> None:
    """Proves 10 % on top of all: 555.5 kW cost 1.1 × 895,875, the sizes stay. Raising slopes alone
    would leave the intercept of 230,000 … 540,000 behind."""
    plain = through_points(CHP, 0, 2000)
    raised = times(plain, 1.1)
    assert cost_of(raised, 555.5) == pytest.approx(1.1 * 895_875)
    assert [(p.lower, p.upper) for p in raised] == [(p.lower, p.upper) for p in plain]


def test_pieces_join_without_a_jump() -> None:
    """Proves cost is continuous at every joint, the last one (1,710,000 = 1140 × 1500) included."""
    pieces = through_points(CHP, 0, 5000)
    for left, right in itertools.pairwise(pieces):
        assert left.upper == right.lower
        ends = left.intercept + left.slope * left.upper, right.intercept + right.slope * right.lower
        assert ends[0] == pytest.approx(ends[1], rel=1e-12)


def test_pieces_are_cut_to_the_sizes_on_offer() -> None:
    """Proves sizes 200 … 800 keep the two pieces that hold them and no other: an extra piece would
    be an extra integer in the model."""
    pieces = through_points(CHP, 200, 800)
    assert [(p.lower, p.upper) for p in pieces] == [(200, 300), (300, 800)]


def test_one_size_keeps_one_piece() -> None:
    """Proves a unit of exactly 300 kW still has a cost, 540,000, though its range has no width."""
    pieces = through_points(CHP, 300, 300)
    assert len(pieces) == 1
    assert cost_of(pieces, 300) == pytest.approx(540_000)


def test_points_of_one_price_are_one_piece() -> None:
    """Proves 10 at 3, 20 at 3, 40 at 3 is 3 a unit everywhere: one piece, not four."""
    pieces = through_points([(10.0, 30.0), (20.0, 60.0), (40.0, 120.0)], 0, 100)
    assert len(pieces) == 1
    assert cost_of(pieces, 77) == pytest.approx(231)


def test_a_point_at_zero_is_a_fixed_cost() -> None:
    """Proves 1000 at size 0 and 3000 at 10 make 1000 + 200 a unit up to 10, then 300 a unit."""
    pieces = through_points([(0.0, 1000.0), (10.0, 3000.0)], 0, 20)
    assert pieces[0] == Segment(0, 10, 200, 1000)
    assert cost_of(pieces, 20) == pytest.approx(6000)


def test_fixed_and_price_is_one_piece() -> None:
    """Proves 500 + 20 a unit costs 700 at 10; a lost intercept would give 200."""
    assert cost_of(straight(500, 20, 5, 50), 10) == 700


@pytest.mark.parametrize("points", [[(0.0, 5.0)], [(1.0, 9.0), (2.0, 8.0)]])
def test_points_without_sense_are_refused(points: list[tuple[float, float]]) -> None:
    """Proves a lone point at size 0 (no price) and a total that falls with size are errors."""
    with pytest.raises(ValueError, match=r"price|falls"):
        through_points(points, 0, 10)


def test_a_size_outside_is_refused() -> None:
    """Proves a size that isn't on offer has no cost, rather than that of the nearest piece."""
    with pytest.raises(ValueError, match="outside 5 to 50"):
        cost_of(straight(0, 1, 5, 50), 51)
