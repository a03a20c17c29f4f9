"""Corners of the decomposed method: each case lacks, or has too much of, what it is built on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from optimizer.inputs import case as c
from optimizer.solve.decomposed import solve_decomposed
from optimizer.solve.stamp import stamp
from tests import plants as p
from tests.everything import YEARS, everything
from tests.model.energy_plant import energy_plant
from tests.model.solving import close
from tests.solve.agreeing import holds_to
from tests.solve.random_cases import full_case, uneven, without_measures


def sized_only() -> c.Case:
    """Nothing is whole: a boiler that stands, and as much of a heat pump as pays."""
    years = (2026, 2027)
    pump = c.ConverterUnit("hp", "heat", (c.Flow("electricity", 0.3),), (c.Flow("heat", 1.0),))
    base = p.boiler_plant(years)
    power = p.carrier("electricity", years, price=[20.0, 15.0], kind="electricity", scope=2)
    measure = p.measure("hp", years, kind="converter", lower=0.0, upper=1.5, slope=200e3)
    return replace(
        base,
        units=(*base.units, pump), carriers=(*base.carriers, power), measures=(measure,),
    )  # fmt: skip


def charged(per: str, price: float) -> c.Case:
    """Electricity with another demand charge, or none."""
    case = full_case(4)
    charge = c.DemandCharge(p.by_year(price, YEARS), per) if per else None  # type: ignore[arg-type]

    def priced(k: c.CarrierOption) -> c.CarrierOption:
        if k.purchase is None:
            return k
        return replace(k, purchase=replace(k.purchase, demand_charge=charge))

    return replace(case, carriers=tuple(priced(k) for k in case.carriers))


def on_quarters() -> c.Case:
    """One day of 96 steps of 15 minutes, no two alike."""
    return stretched(p.axis((365,), steps=96))


def stretched(axis: object) -> c.Case:
    """The plant with every component on another axis, its series drawn around their means."""
    case, rng = everything(), np.random.default_rng(5)
    shape = (len(axis.weight), axis.steps)  # type: ignore[attr-defined]
    series = {k: v.mean() * rng.uniform(0.8, 1.2, shape) for k, v in case.series.items()}
    series["green.shape"] = np.full(shape, 1 / 8760)
    return replace(case, axis=axis, series=series)  # type: ignore[arg-type]


def on_segments() -> c.Case:
    """Two days of five steps of unequal length."""
    return stretched(uneven(p.axis((200, 165), steps=5), np.random.default_rng(1)))


def spanning_months() -> c.Case:
    """Three days that each stand for several months, every month billed."""
    return stretched(p.axis((100, 130, 135), steps=2))


def in_and_out_of_months() -> c.Case:
    """Days of January that come back in December, so that two days share a month's peak."""
    axis, by = p.axis((100, 130, 135), steps=2), 20
    rolled = np.roll(axis.period_of_day, by)
    return stretched(replace(axis, period_of_day=rolled, day_of_period=axis.day_of_period + by))


def sold_dear() -> c.Case:
    """Sun sold at a good price, power at times paid to be taken: totals far below zero."""
    case = full_case(25)
    series = dict(case.series)
    series["feed_in"] = series["feed_in"] * 6
    series["price"] = series["price"] - 70.0
    return replace(case, series=series)


def one_year() -> c.Case:
    """A plant with one planning year."""
    years = (2026,)
    base = p.boiler_plant(years)
    return replace(
        base,
        measures=(p.measure("cover", years, cost=30e3),),
        savings=(c.SavingEffect("cover", "process", 0.3, ()),),
    )


def ended(end: str) -> c.Case:
    case = full_case(4)
    return replace(case, money=p.money(YEARS, 0.06, None, end))


def granted() -> c.Case:
    """Two grants that overlap, and a budget after them."""
    case = full_case(4)
    window = (True, True, True)
    more = c.GrantOption("more", p.name("more"), ("pv", "bio_boiler", "hp"), 0.5, 4e5, window)
    first = c.GrantOption("help", p.name("help"), ("pv", "hp"), 0.3, 5e5, (False, True, True))
    return replace(case, grants=(first, more), budget=c.BudgetRule((2e6, 1e6, 1e6), True, True))


def without_stores() -> c.Case:
    return without_measures(everything(), {"battery", "tank", "h2_tank"})


EDGES: dict[str, Callable[[], c.Case]] = {
    "nothing_whole": sized_only,
    "one_year": one_year,
    "no_storage": without_stores,
    "no_demand_charge": lambda: charged("", 0.0),
    "yearly_demand_charge": lambda: charged("year", 20e3),
    "demand_charge_of_nothing": lambda: charged("month", 0.0),
    "periods_span_months": spanning_months,
    "days_share_months": in_and_out_of_months,
    "quarter_hours": on_quarters,
    "segments": on_segments,
    "steps_not_divisible": lambda: stretched(p.axis((365,), steps=6)),
    "salvage": lambda: ended("salvage"),
    "within_horizon": lambda: ended("within_horizon"),
    "grants": granted,
    "sold_dear": sold_dear,
}


@pytest.mark.parametrize("edge", [k for k in EDGES if k != "quarter_hours"])
def test_both_methods_agree_at_the_edges(edge: str) -> None:
    """Proves the same bounds, plan and ending where a part of the method has nothing to hold on to.

    Days without a billed peak have no peak columns, and days of several months no single one; a
    clock of six steps can't be coarsened to four; a plant without whole decisions has no search.
    """
    holds_to(EDGES[edge]())


@pytest.mark.slow
def test_both_methods_agree_on_quarter_hours() -> None:
    """Proves the same on 96 steps a day, to 0.5 %."""
    holds_to(on_quarters(), gap=1e-2, exact_to=5e-3)


def test_nothing_to_decide_costs_what_it_costs() -> None:
    """Proves the method on the smallest plant: 10 950 MWh of gas at 10 in each of two years.

    One visit is the whole problem: both ends are 219 000.
    """
    found = solve_decomposed(stamp(p.boiler_plant()), gap=1e-9)
    assert found.ending == "optimal"
    assert found.objective == close(219e3)
    assert found.bound == close(219e3)


def test_a_plant_may_be_hundred_thousand_times_as_large() -> None:
    """Proves the box around totals grows with the plant: 10 950 MWh of gas x 1e5 is 1.1e9 MWh a
    year, a hundred times the least box; it costs 219 000 x 1e5."""
    plant = p.boiler_plant()
    services = tuple(replace(s, activity=s.activity * 1e5) for s in plant.services)
    assets = tuple(replace(a, capacity=a.capacity * 1e5) for a in plant.assets)
    found = solve_decomposed(stamp(replace(plant, services=services, assets=assets)), gap=1e-9)
    assert found.ending == "optimal"
    assert found.objective == pytest.approx(219e3 * 1e5)


def test_a_plan_within_a_cap_is_found_where_costs_are_small() -> None:
    """Proves that the first phase finds a plan of a plant of small figures: its prices are a
    direction, sized like costs. At their own size, 1e-4, every cut they gave was dropped as noise
    and the search never ended.

    1 MW all year is 8760 MWh. The cap of 2500 t at 0.5 t/MWh leaves 5000 MWh of the grid at 10,
    and 3760 MWh of own generation at 15: 50 000 + 56 400.
    """
    plant = energy_plant(())
    capped = replace(plant, policy=replace(plant.policy, gross_cap=(2500.0,)))
    found = solve_decomposed(stamp(capped), gap=1e-6, time_limit=20.0)
    assert found.ending == "optimal"
    assert found.objective == close(106_400.0)
