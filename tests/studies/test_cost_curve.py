"""Three views of what a tonne costs, on a plant whose every figure is known by arithmetic.

The plant of overlapping_plant.py under a cap of 390 t: 1,800 t are to be avoided. The cheapest plan
is insulation and a heat pump for the rest: 14,782.5 + 814.5 t x 50 = 55,507.5 above the baseline.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from optimizer.errors import StoppedWithoutPlan
from optimizer.inputs import case as c
from optimizer.studies.alone import Alone
from optimizer.studies.cost_curve import CostCurve, cost_curve
from optimizer.studies.decided import Decided
from optimizer.studies.interaction import Avoided, one_by_one
from optimizer.studies.pareto import Point
from optimizer.studies.plant import Found, Limit, Plant
from optimizer.studies.steps import steps
from tests import plants as p
from tests.studies.overlapping_plant import GAS_COST, GAS_TONNES, LIFE, YEARS, overlapping

TARGET, OPTIMUM = 1_800.0, 55_507.5


def close(value: float) -> object:
    return pytest.approx(value, rel=1e-5, abs=1e-3)


@pytest.fixture(scope="module")
def curve() -> CostCurve:
    return cost_curve(Plant(overlapping(GAS_TONNES - TARGET)), 12, with_naive=True)


def test_each_measure_alone_against_the_baseline(curve: CostCurve) -> None:
    """Proves (i): 985.5 t at 15, 876 t at 20, and 95 % of 2,190 t at 50, each as if alone.

    Against the cheapest plan of all, or with another measure on offer, recovery would avoid 40 % of
    what is left, 481.8 t.
    """
    found = {one.id: (one.tonnes, one.cost) for one in curve.standalone}
    assert found["insulation"] == (close(985.5), close(985.5 * 15))
    assert found["recovery"] == (close(876), close(876 * 20))
    assert found["heat_pump"] == (close(0.95 * 2190), close(0.95 * 2190 * 50))


def test_steps_name_what_enters_and_what_leaves(curve: CostCurve) -> None:
    """Proves (ii): first a small heat pump, which insulation drives out, then heat pumps again.

    182.5 t at 50 = 9,125, a step that no carbon price reaches; then insulation for 14,782.5.
    """
    first, second, third = curve.steps[:3]
    assert first.changes.enters == ("heat_pump",)
    assert (second.changes.enters, second.changes.leaves) == (("insulation",), ("heat_pump",))
    assert third.changes.enters == ("heat_pump",)
    assert [first.supported, second.supported, third.supported] == [False, True, True]
    assert first.cost + second.cost == close(985.5 * 15)


def test_step_costs_sum_to_the_difference_of_the_ends(curve: CostCurve) -> None:
    """Proves that nothing is lost between steps, that each lies within its interval, and that a
    stricter limit never costs less: steps below 0 would beat the cheapest plan."""
    first, last = curve.front.points[0].plan, curve.front.points[-1].plan
    assert sum(one.cost for one in curve.steps) == pytest.approx(last.cost - first.cost)
    assert sum(one.tonnes for one in curve.steps) == pytest.approx(first.tonnes - last.tonnes)
    for one in curve.steps:
        assert one.low <= one.cost <= one.high
        assert one.cost > 0


def test_the_plan_without_each_of_its_measures(curve: CostCurve) -> None:
    """Proves (iii): without insulation recovery takes its place, 17,520 + 924 x 50 = 63,720, so
    8,212.5 more; without the heat pump 1,467.3 t is the most, so it is indispensable."""
    found = {one.id: one for one in curve.leave_one_out}
    assert sorted(found) == ["heat_pump", "insulation"]
    assert found["heat_pump"].verdict == "indispensable"
    assert found["insulation"].cost == close(8_212.5)
    assert found["insulation"].changes is not None
    assert found["insulation"].changes.enters == ("recovery",)


def test_what_is_counted_twice_is_printed(curve: CostCurve) -> None:
    """Proves the loss: 985.5 + 2,080.5 alone, 1,800 together: 1,266 t and 63,300 are counted twice.

    As the plan builds them, a heat pump of 814.5 t, nothing is: 985.5 + 814.5 = 1,800.
    """
    assert curve.loss is not None
    assert curve.loss.lost.tonnes == close(1_266)
    assert curve.loss.lost.money == close(-(118_807.5 - OPTIMUM))
    assert curve.loss.lost_as_planned.tonnes == close(0)


def test_the_naive_order_misses_the_target_and_costs_more(curve: CostCurve) -> None:
    """Proves the case against ranking: insulation and recovery claim 1,861.5 t and avoid 1,467.3,
    18.5 % short of 1,800; going on buys a heat pump for the whole demand.

    52,012.5 + 0.95 x 43,800 + 332.7 t x 30 = 103,603.5, 87 % more than the optimum.
    """
    found = curve.naive
    assert found is not None
    assert found.chosen == ("insulation", "recovery")
    assert found.avoided == close(GAS_TONNES * 0.67)
    assert found.avoided < 0.82 * TARGET
    assert found.until_cost == close(103_603.5)
    assert found.optimum == close(OPTIMUM)
    assert found.until_cost is not None
    assert GAS_COST + found.until_cost > 1.05 * (GAS_COST + found.optimum)


def test_measures_that_save_money_have_no_cost_per_tonne() -> None:
    """Proves (M-01): insulation for 40,000 and recovery for 35,000 a year save 9,275 and 8,800: the
    first saves more and avoids more, so the second is dominated; neither has money per tonne."""
    base = overlapping()
    prices = {"insulation": 40_000.0, "recovery": 35_000.0}
    cheap = [
        replace(m, segments=(c.Segment(0.0, 1.0, 0.0, LIFE * prices[m.id]),))
        for m in base.measures
        if m.id in prices
    ]
    found = cost_curve(Plant(replace(base, measures=(*cheap, base.measures[-1]))), 2).as_dict()
    alone = {one["id"]: one for one in found["standalone"]}
    assert -alone["insulation"]["cost"] == close(9_275)
    assert -alone["recovery"]["cost"] == close(8_800)
    assert [alone[id]["dominated"] for id in prices] == [False, True]
    assert [alone[id]["per_tonne"] for id in prices] == [None, None]
    assert alone["heat_pump"]["per_tonne"] == close(50)


def test_credits_are_as_wide_as_their_limit() -> None:
    """Proves the width: 10 % of base-year emissions of 2,190 t are 219 t at 40 = 8,760; of what is
    for sale 100 t at 30. Neither is a step of the path."""
    none = (None,)
    credits = (
        c.CreditOption("wide", p.name("wide"), "avoidance", p.by_year(40.0, YEARS), none, 0),
        c.CreditOption("scarce", p.name("scarce"), "removal", p.by_year(30.0, YEARS), (100.0,), 0),
    )
    policy = p.no_policy(
        YEARS, base_emissions=GAS_TONNES, offset_share=(0.1,), offset_basis="base_year"
    )
    found = cost_curve(Plant(replace(overlapping(), credits=credits, policy=policy)), 2)
    assert [(one.id, one.tonnes) for one in found.credits] == [
        ("scarce", 100),
        ("wide", close(219)),
    ]
    assert [one.cost for one in found.credits] == [close(3_000), close(8_760)]
    assert all("wide" not in one.changes.enters for one in found.steps)


def point(tonnes: float, cost: float, bound: float) -> Point:
    plan = Decided(cost, tonnes, tonnes, {}, {}, {}, {}, {}, {}, {})
    return Point(plan, bound, tonnes, proven=True)


def test_what_lies_within_the_noise_is_no_step() -> None:
    """Proves the interval: from 100 (at least 98) to 101 (at least 99) is 1, between -1 and 3: less
    than half of 4, so noise; joined to the next, 106 (at least 104), it is 6 between 4 and 8."""
    found = steps([point(50, 100, 98), point(40, 101, 99), point(30, 106, 104)])
    assert [(one.start, one.end, one.cost, one.low, one.high) for one in found] == [(0, 2, 6, 4, 8)]
    assert not found[0].noise


def test_a_mean_hides_no_dear_tonnes() -> None:
    """Proves that noise isn't joined to tonnes that are proven dearer: from 100 (at least 98)
    to 102 (at least 100) is 2, between 0 and 4, so noise, at most 4 / 20 = 0.2 a tonne; the last
    2 t cost 20 at least, 10 a tonne. Joined they would be one step at 24 / 22 = 1.1 a tonne.

    Tonnes that may cost as little as the noise can stay joined: 3 / 10 against 3 / 10 above.
    """
    found = steps([point(50, 100, 98), point(40, 101, 99), point(30, 102, 100),
                   point(28, 124, 122)])  # fmt: skip
    assert [(one.start, one.end, one.noise) for one in found] == [(0, 2, True), (2, 3, False)]
    assert [(one.low, one.high) for one in found] == [(0, 4), (20, 24)]
    assert sum(one.cost for one in found) == 24


def test_noise_at_the_end_stays_marked() -> None:
    """Proves that the costs of steps still sum to the whole where the last ones are noise."""
    found = steps([point(50, 100, 98), point(40, 106, 104), point(30, 107, 105)])
    assert [one.noise for one in found] == [False, True]
    assert sum(one.cost for one in found) == 7


def test_a_measure_that_requires_another_counts_for_what_it_adds() -> None:
    """Proves the sum: a carport's 24 t include the roof's 22, so both together count 24, not 46."""
    roof = Alone("roof", (), tonnes=22.0, cost=-220.0)
    carport = Alone("carport", ("roof",), tonnes=24.0, cost=-230.0)
    figures = {"roof": Avoided(22.0, 220.0), "carport": Avoided(24.0, 230.0)}
    assert one_by_one({"roof": roof, "carport": carport}, figures) == Avoided(24.0, 230.0)


def test_a_search_that_ends_without_a_plan_loses_no_view(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves that a curve outlives its last searches: where those under the naive target end
    without a plan, the front's plans say what the optimum costs at most and at least, and where the
    naive order can't be followed it alone is left out."""
    plant = Plant(overlapping(GAS_TONNES - TARGET))
    whole = cost_curve(plant, 12, with_naive=True)
    assert whole.naive is not None
    limits = [point.limit for point in whole.front.points]
    found_by = Plant.cheapest

    def stopped(self: Plant, limit: Limit | None = None, **how: Any) -> Found | None:
        if limit is not None and not how and min(abs(limit.tonnes - at) for at in limits) > 1e-3:
            raise StoppedWithoutPlan("no time")
        return found_by(self, limit, **how)

    monkeypatch.setattr(Plant, "cheapest", stopped)
    found = cost_curve(plant, 12, with_naive=True)
    assert found.naive is not None
    assert found.naive.bound - 0.5 <= whole.naive.optimum <= found.naive.optimum + 0.5

    def never(self: Plant, *asked: Any) -> None:
        raise StoppedWithoutPlan("no time")

    monkeypatch.setattr(Plant, "held", never)
    said: list[str] = []
    found = cost_curve(plant, 12, with_naive=True, told=lambda what, **values: said.append(what))
    assert found.naive is None
    assert "stopped" in said
    assert len(found.steps) == len(whole.steps)
