"""Deciding now for several futures: every decision of a small plant is tried in each."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations

import numpy as np
import pytest

from optimizer.inputs import case as c
from optimizer.model.sizes import tightened_alike
from optimizer.studies.futures import Future, Plants, Search
from optimizer.studies.plant import Plant
from optimizer.studies.subject import subject_of
from optimizer.studies.two_stage import TwoStage, two_stage
from tests import plants as p
from tests.studies.lumpy_plant import BOILER_COST, BOILER_TONNES, LIFE, SOURCE

YEARS = (2026, 2027)
MEASURES = {
    "a": (100.0, 1_000.0, 1.2),
    "b": (150.0, 2_000.0, 3.0),
    "d": (60.0, 1_100.0, 2.2),
    "e": (90.0, 1_200.0, 5.0),
}
"""Measure -> (t that it avoids a year; money a year built in 2026; times that built in 2027)."""
PRICES = {"mild": 4.0, "middle": 22.0, "hot": 65.0}
"""Future -> money that a tonne counts in 2027; in 2026 nothing."""
WEIGHTS = {"mild": 0.2, "middle": 0.3, "hot": 0.5}
TAIL = 0.6
Chosen = frozenset[str]


def plant(price: float) -> c.Case:
    """A boiler and a source of 200 t for each measure, two years without interest."""
    return p.boiler_plant(
        YEARS,
        internal_carbon_price=np.array([0.0, price]),
        process_sources=tuple(
            c.ProcessSource(f"source_{m}", p.name(m), p.by_year(SOURCE, YEARS)) for m in MEASURES
        ),
        measures=tuple(
            p.measure(m, YEARS, cost=LIFE * cost, life=LIFE, price_trend=np.array([1.0, later]))
            for m, (_, cost, later) in MEASURES.items()
        ),
        savings=tuple(
            c.SavingEffect(m, f"source_{m}", avoided / SOURCE, ())
            for m, (avoided, *_) in MEASURES.items()
        ),
    )


def subsets(of: Chosen) -> list[Chosen]:
    """All subsets of some measures."""
    every = (combinations(sorted(of), n) for n in range(len(of) + 1))
    return [frozenset(one) for one in chain.from_iterable(every)]


def cost(now: Chosen, later: Chosen, price: float) -> float:
    """Of one plan in one future, by arithmetic."""
    tonnes = BOILER_TONNES + SOURCE * len(MEASURES) - sum(MEASURES[m][0] for m in now | later)
    paid = sum(2 * MEASURES[m][1] for m in now)
    return (
        2 * BOILER_COST + paid + sum(MEASURES[m][1] * MEASURES[m][2] for m in later)
        + price * tonnes
    )  # fmt: skip


def tried() -> dict[Chosen, dict[str, float]]:
    """Decision of 2026 -> future -> cost of the best that can be done in 2027."""
    every = frozenset(MEASURES)
    return {
        now: {f: min(cost(now, later, price) for later in subsets(every - now))
              for f, price in PRICES.items()}
        for now in subsets(every)
    }  # fmt: skip


def expected(by_future: dict[str, float]) -> float:
    return sum(WEIGHTS[f] * value for f, value in by_future.items())


def regret(by_future: dict[str, float]) -> float:
    own = {f: min(costs[f] for costs in tried().values()) for f in PRICES}
    return max(value - own[f] for f, value in by_future.items())


def asked(cases: dict[str, c.Case]) -> TwoStage:
    pairs = zip(cases, tightened_alike(list(cases.values())), strict=True)
    futures = [Future(id, {"en": id, "zh": id}, WEIGHTS[id], case) for id, case in pairs]
    plants = Plants(futures, 2026, Search(gap=1e-6))
    return two_stage(plants, subject_of(Plant(plant(0.0))), TAIL)


@pytest.fixture(scope="module")
def found() -> TwoStage:
    return asked({id: plant(price) for id, price in PRICES.items()})


def test_least_expected_cost_is_what_trying_every_decision_finds(found: TwoStage) -> None:
    """Proves the two-stage optimum against all 16 decisions, each with its best later plan in each
    of three futures, and that its bound is the value itself.

    Deciding for the expected price, or each year by itself, would pick another set.
    """
    least = min(map(expected, tried().values()))
    best = found.decision("expected")
    assert best.expected == pytest.approx(least, rel=1e-6)
    assert best.bound == pytest.approx(least, rel=1e-5)
    now = {frozenset(m for m in plan.built if 2026 in plan.built[m]) for plan in best.plans if plan}
    assert len(now) == 1
    assert list(best.costs) == pytest.approx(list(tried()[now.pop()].values()), rel=1e-6)


def test_least_regret_is_what_trying_every_decision_finds(found: TwoStage) -> None:
    """Proves the least largest regret, and each regret against the future's own best plan."""
    least = min(map(regret, tried().values()))
    best = found.decision("regret")
    assert best.most_regret == pytest.approx(least, rel=1e-4)
    assert best.bound == pytest.approx(least, abs=1.0)
    for coming, spent, lost in zip(found.futures, best.costs, best.regrets, strict=True):
        own = min(costs[coming.id] for costs in tried().values())
        assert coming.cost == pytest.approx(own, rel=1e-6)
        assert spent is not None
        assert lost == pytest.approx(spent - own, abs=0.5)


def test_a_hedge_beats_every_decision_made_for_one_future(found: TwoStage) -> None:
    """Proves that the study is worth its while here: the best decision is none of the three made
    for a single future. With what is decided now left free in each future it would be their mean.
    """
    best = found.decision("expected").expected
    assert best is not None
    for alone in (one for one in found.decisions if one.kind == "future"):
        assert alone.expected is not None
        assert alone.expected > best + 1
    assert best > found.known + 1


def test_the_downside_is_the_mean_of_the_worst_share(found: TwoStage) -> None:
    """Proves CVaR at 0.6: the whole 0.5 of the dearest future and 0.1 of the next."""
    best = found.decision("expected")
    mild, middle, hot = (float(cost or 0.0) for cost in best.costs)
    assert mild < middle < hot
    assert best.cvar == pytest.approx((0.5 * hot + 0.1 * middle) / 0.6)


def test_what_a_future_lacks_is_decided_nowhere_now() -> None:
    """Proves that a measure which one future hasn't on offer isn't built before it shows: b is left
    out of 'mild', so the joint decision has no b in 2026, and one made for 'hot' has no cost there.
    """
    cases = {id: plant(price) for id, price in PRICES.items()}
    mild = cases["mild"]
    offered = tuple(m for m in mild.measures if m.id != "b")
    effects = tuple(e for e in mild.savings if e.measure != "b")
    found = asked(cases | {"mild": replace(mild, measures=offered, savings=effects)})
    best, hot = found.decision("expected"), found.decisions[-1]
    assert all(plan is not None and 2026 not in plan.built.get("b", {}) for plan in best.plans)
    assert hot.of == "hot"
    assert hot.costs[0] is None
    assert hot.expected is None


def heated(activity: float) -> c.Case:
    """So many MW of heat all year, from gas at 100 or a heat pump: 20 a MWh of heat and 43,800 a
    MW and year."""
    base = p.boiler_plant(YEARS)
    gas, heat = base.carriers
    dear = p.carrier("gas", YEARS, price=100.0, kind="fuel", scope=1, factor=0.2)
    assert (gas.id, heat.id) == ("gas", "heat")
    power = p.carrier("electricity", YEARS, kind="electricity", scope=2, price=60.0)
    pump = c.ConverterUnit("pump", "heat", (c.Flow("electricity", 1 / 3),), (c.Flow("heat", 1.0),))
    return replace(
        base,
        carriers=(dear, heat, power),
        services=(p.service("process", "heat", "load", YEARS, activity),),
        units=(*base.units, pump),
        measures=(
            p.measure("pump", YEARS, kind="converter", unit="MW", upper=2.0, slope=LIFE * 43_800),
        ),
    )


def test_what_one_future_needs_may_stand_idle_in_another() -> None:
    """Proves that a size is no rule: 1 MW built for 'mild' stands in 'middle' too, whose 0.5 MW of
    heat needs half of it: 2 x (43,800 + 8,760 x 0.5 x 20) = 262,800. Were sizes to end at what each
    future by itself has use for, the decision would have no plan there.
    """
    found = asked({"mild": heated(1.0), "middle": heated(0.5)})
    mild = next(one for one in found.decisions if one.of == "mild")
    assert mild.costs[1] == pytest.approx(262_800)
    best = found.decision("expected")
    assert best.expected is not None
    assert [plan.built["pump"][2026] for plan in best.plans if plan] == pytest.approx([1.0, 1.0])
