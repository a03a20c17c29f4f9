"""How far an internal carbon price leads, by arithmetic."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.inputs import case as c
from optimizer.studies.decided import Decided
from optimizer.studies.internal_price import at_price, own_prices
from optimizer.studies.pareto import Point
from tests import plants as p


def way(*figures: tuple[float, float, float]) -> list[Point]:
    """Points of (tonnes, cost, bound)."""
    return [
        Point(Decided(cost, tonnes, tonnes, {}, {}, {}, {}, {}, {}, {}), bound, tonnes, proven=True)
        for tonnes, cost, bound in figures
    ]


EXACT = way((100, 0, 0), (80, 100, 100), (60, 400, 400), (40, 1_000, 1_000))
"""Steps of 5, 15 and 30 a tonne."""


@pytest.mark.parametrize(("price", "point"), [(4, 0), (6, 1), (14, 1), (16, 2), (29, 2), (31, 3)])
def test_a_price_leads_to_the_step_that_it_crosses(price: float, point: int) -> None:
    """Proves argmin cost + price x tonnes where steps of 5, 15 and 30 a tonne rise evenly."""
    found = at_price(EXACT, price)
    assert (found.point, found.first, found.last) == (point, point, point)


def test_a_dear_step_before_a_cheap_one_is_passed() -> None:
    """Proves that the whole counts: steps of 50 and then 5 a tonne are 27.5 together, so a price of
    30 passes both; stopping at the first step dearer than the price would stay at 100 t."""
    lumpy = way((100, 0, 0), (80, 1_000, 1_000), (60, 1_100, 1_100))
    assert at_price(lumpy, 30).point == 2
    assert at_price(lumpy, 27).point == 0


def test_bounds_say_between_which_points_the_best_lies() -> None:
    """Proves the range: at 16 the second point costs 100 + 16 x 80 = 1,380 and the third 400 + 960
    = 1,360; with a bound 30 below its cost the second may be the best, 1,350."""
    unsure = way((100, 0, 0), (80, 100, 70), (60, 400, 400), (40, 1_000, 1_000))
    found = at_price(unsure, 16)
    assert (found.point, found.first, found.last) == (2, 1, 2)


def test_in_the_target_year_money_counts_as_an_equal_amount_a_year() -> None:
    """Proves the share: 300 of present value for 20 t of one year, spread over ten years, is 30 a
    year or 1.5 a tonne, so a price of 2 leads to the third point."""
    assert at_price(EXACT, 2, share=0.1).point == 2
    assert at_price(EXACT, 1, share=0.1).point == 1


@settings(derandomize=True, max_examples=50)
@given(st.floats(0, 50), st.floats(0, 50))
def test_a_higher_price_never_leads_less_far(one: float, two: float) -> None:
    """Proves monotony of argmin cost + price x tonnes."""
    low, high = sorted((one, two))
    assert at_price(EXACT, low).point <= at_price(EXACT, high).point


def test_the_scenarios_own_prices_are_those_of_its_policy() -> None:
    """Proves the default: the internal price's ends, 80 and 120; without one the ceiling's, 300;
    without either nothing."""
    case = p.boiler_plant()
    ceiling = c.CeilingRule((300.0, 300.0), "residual", binds=False)
    ceiled = replace(case, policy=replace(case.policy, ceiling=ceiling))
    priced = replace(ceiled, internal_carbon_price=np.array([80.0, 120.0]))
    assert own_prices(priced) == (80.0, 120.0)
    assert own_prices(ceiled) == (300.0,)
    assert own_prices(case) == ()
