"""Cost against emissions: fronts that arithmetic and trying every plan can judge."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from optimizer.errors import StoppedWithoutPlan
from optimizer.studies.pareto import front
from optimizer.studies.plant import Found, Limit, Plant
from tests.model.test_emissions import clean_heat
from tests.studies.lumpy_plant import MEASURES, lumpy, subsets


def test_each_point_costs_what_its_tonnes_do() -> None:
    """Proves limits and ends: 70 a tonne below 4,380 t, for 219,000 + 70 x (4,380 - T) at T.

    The last point is the cleanest plan, 0 t for 525,600. A limit on a single year's tonnes, or
    one that nothing keeps, leaves the line.
    """
    points = front(Plant(clean_heat()), 5).points
    assert [p.plan.tonnes for p in points] == pytest.approx(
        [4380 - k * 4380 / 4 for k in range(5)], rel=1e-6, abs=0.01
    )
    for point in points:
        cost = 219_000 + 70 * (4380 - point.plan.tonnes)
        assert point.plan.cost == pytest.approx(cost, rel=1e-6)
        assert point.bound == pytest.approx(cost, rel=1e-5)
    assert not any(point.knee for point in points)
    assert all(point.supported for point in points)


@settings(max_examples=6, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(20, 200), st.integers(100, 9_000)), min_size=1, max_size=4))
@example(list(MEASURES.values()))
def test_points_are_those_that_trying_every_plan_finds(drawn: list[tuple[float, float]]) -> None:
    """Proves against all subsets of up to four measures that no plan as clean is cheaper and none
    as cheap is cleaner, and that cost never falls with the limit.

    A search that stops at its first plan, or a price that moves cost, would show a dearer one.
    """
    measures = dict(zip("abde", drawn, strict=False))
    points, every = front(Plant(lumpy(measures)), 8).points, subsets(measures)
    assert len(points) > 1
    costs = [point.plan.cost for point in points]
    assert costs == sorted(costs)
    for plan in (point.plan for point in points):
        assert plan.cost == pytest.approx(
            min(s.cost for s in every if s.tonnes <= plan.tonnes + 1e-6), abs=0.1
        )
        assert plan.tonnes == pytest.approx(
            min(s.tonnes for s in every if s.cost <= plan.cost + 0.1), abs=1e-6
        )


def test_points_that_no_carbon_price_reaches_are_marked() -> None:
    """Proves the mark against every price: some p makes the point cheapest at cost + p x tonnes,
    or none does.

    {a} costs 10 a tonne, {b} 40, {d} 60, {e} 100: prices reach {}, a, ab, abd, abde only; a cap
    finds {b}, {a, d} and others in between.
    """
    points = front(Plant(lumpy()), 12).points
    prices = [5.0, 25.0, 50.0, 80.0, 200.0]
    reached = {
        min(subsets(), key=lambda s, p=price: s.cost + p * s.tonnes).measures  # type: ignore[misc]
        for price in prices
    }
    assert any(not point.supported for point in points)
    for point in points:
        assert point.supported == (frozenset(point.plan.built) in reached), point.plan.built


def test_the_target_year_counts_alone() -> None:
    """Proves --by target-year: of two years at 70 a tonne only the last is cleaned, 2,190 t.

    Counted over both years the cleanest plan would cost 525,600 rather than 372,300.
    """
    points = front(Plant(clean_heat(), basis="target_year"), 3).points
    last = points[-1].plan
    assert last.gross[2026] == pytest.approx(2190)
    assert last.gross[2027] == pytest.approx(0, abs=0.01)
    assert last.cost == pytest.approx(219_000 + 70 * 2190, rel=1e-6)


def test_a_plant_without_choice_has_one_point() -> None:
    """Proves that nothing is invented where only gas can be burnt: 219,000 for 4,380 t."""
    from tests import plants as p

    found = front(Plant(p.boiler_plant()), 5)
    assert len(found.points) == 1
    assert found.points[0].plan.tonnes == pytest.approx(found.baseline.tonnes)


def test_the_cleanest_plan_stands_for_an_end_that_is_not_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Proves that points whose search ends without a plan are left out, and that the front still
    reaches the cleanest plan, 0 t for 525,600, marked as not closed and bounded by the first point.
    """
    whole = Plant.cheapest

    def stopped(plant: Plant, limit: Limit | None = None, **how: Any) -> Found | None:
        if limit is not None and limit.tonnes < 4_000:
            raise StoppedWithoutPlan("no time")
        return whole(plant, limit, **how)

    monkeypatch.setattr(Plant, "cheapest", stopped)
    said: list[str] = []
    points = front(Plant(clean_heat()), 4, lambda what, **values: said.append(what)).points
    assert [round(point.plan.tonnes) for point in points] == [4380, 0]
    assert points[-1].plan.cost == pytest.approx(525_600)
    assert points[-1].bound == pytest.approx(219_000)
    assert not points[-1].proven
    assert said.count("skipped") == 3
