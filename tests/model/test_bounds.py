"""Largest useful sizes: shorter searches, the same optimum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from optimizer.inputs import case as c
from optimizer.model.sizes import build_limits, tightened, useful_sizes
from optimizer.solve.direct import solve_direct
from optimizer.solve.stamp import stamp
from tests.everything import everything
from tests.plants import asset, boiler_plant, by_year, carrier, case, measure, service

YEARS = (2026, 2027)
ROOM = 1e-6


def pump_plant(**fields: object) -> c.Case:
    """3 MW of heat at most, 1 MW at least; a pump of up to 10 MW offered beside the boiler."""
    plant = boiler_plant(YEARS)
    pump = c.ConverterUnit(
        "pump", "heat", (c.Flow("power", 0.25),), (c.Flow("heat", 1.0),), availability=0.5
    )
    power = carrier("power", YEARS, price=20.0, kind="electricity")
    built: dict[str, object] = {"upper": 10.0, "slope": 1e4, "kind": "converter", "cost": 5e3}
    return replace(
        plant,
        series={"load": plant.series["load"] * 3.0},
        carriers=(*plant.carriers, power),
        units=(*plant.units, pump),
        assets=(asset("boiler", YEARS, 4.0),),
        measures=(measure("pump", YEARS, **(built | fields)),),
    )


def test_a_unit_is_no_larger_than_what_can_take_its_product() -> None:
    """Proves 3 MW of heat at an availability of one half needs 3 / 0.5 = 6 MW, not 10."""
    assert useful_sizes(pump_plant())["pump"] == pytest.approx(6.0, rel=ROOM)


def test_whole_units_round_up() -> None:
    """Proves 6 MW in units of 4 MW are two of them, 8 MW; cut to 6 they could not be built."""
    assert useful_sizes(pump_plant(unit_size=4.0))["pump"] == pytest.approx(8.0, rel=ROOM)


@pytest.mark.parametrize(
    "change", [{"vent": True}, {"sale": c.Sale(None, np.ones(2), np.zeros(2), None, False)}]
)
def test_what_can_be_vented_or_sold_bounds_nothing(change: dict[str, object]) -> None:
    """Proves a product without end keeps the offered 10 MW: at a negative price it may be made."""
    plant = pump_plant()
    carriers = tuple(replace(x, **change) if x.id == "heat" else x for x in plant.carriers)
    assert useful_sizes(replace(plant, carriers=carriers))["pump"] == 10.0


def test_a_limited_sale_adds_its_limit() -> None:
    """Proves 3 MW used and at most 1 MW sold make (3 + 1) / 0.5 = 8 MW."""
    plant, sale = pump_plant(), c.Sale(None, np.ones(2), np.zeros(2), 1.0, False)
    carriers = tuple(replace(x, sale=sale) if x.id == "heat" else x for x in plant.carriers)
    size = useful_sizes(replace(plant, carriers=carriers))["pump"]
    assert size == pytest.approx(8.0, rel=ROOM)


def test_a_unit_is_no_larger_than_what_feeds_it() -> None:
    """Proves a pump that needs half its heat from a source of 1 MW never gives more than 2 MW: at
    an availability of one half, 4 MW."""
    plant = pump_plant()
    waste = c.ConverterUnit("waste", "warm", (), (c.Flow("warm", 1.0),))
    pump = replace(plant.units[1], inputs=(c.Flow("warm", 0.5),))
    fed = replace(
        plant,
        carriers=(*plant.carriers, carrier("warm", YEARS, vent=True)),
        units=(plant.units[0], pump, waste),
        assets=(*plant.assets, asset("waste", YEARS, 1.0)),
    )
    assert useful_sizes(fed)["pump"] == pytest.approx(4.0, rel=ROOM)


def test_what_a_larger_size_would_save_is_kept() -> None:
    """Proves no cut by use where a larger size is cheaper, or widens the connection."""
    falling = (c.Segment(0.0, 5.0, 1e4, 0.0), c.Segment(5.0, 10.0, -1e3, 5.5e4))
    assert useful_sizes(pump_plant(segments=falling))["pump"] == 10.0
    assert useful_sizes(pump_plant(connection=0.1))["pump"] == 10.0


def test_a_roof_holds_what_fits_on_it() -> None:
    """Proves 500 m2 at 100 m2/MW hold 5 MW; both builds together share them, each may have all."""
    plant = replace(pump_plant(area={"roof": 100.0}, max_builds=2), area={"roof": 500.0})
    assert useful_sizes(plant)["pump"] == pytest.approx(5.0, rel=ROOM)


def test_a_year_builds_what_its_money_pays() -> None:
    """Proves 25,000 pay 2 MW (5,000 + 10,000 a MW) in the first year; 105,000 at prices doubled pay
    (52,500 - 5,000) / 10,000 = 4.75 MW in the second, which is then the largest size of all."""
    plant = pump_plant(price_trend=by_year([1.0, 2.0], YEARS))
    plant = replace(plant, budget=c.BudgetRule((25e3, 105e3), False, False))
    limits = build_limits(tightened(plant))
    assert [limits["pump", y] for y in YEARS] == pytest.approx([2.0, 4.75], rel=ROOM)
    assert useful_sizes(plant)["pump"] == pytest.approx(4.75, rel=ROOM)


def test_money_carried_over_and_grants_count() -> None:
    """Proves the second year may spend both budgets, 30,000, and a grant of at most 10,000 at 50 %:
    min(30,000 + 10,000, 30,000 / 0.5) = 40,000, that is 3.5 MW; the first year 20,000, 1.5 MW."""
    plant = replace(
        pump_plant(),
        budget=c.BudgetRule((20e3, 10e3), True, False),
        grants=(c.GrantOption("g", c.Name("g", "g"), ("pump",), 0.5, 10e3, (False, True)),),
    )
    limits = build_limits(tightened(plant))
    assert [limits["pump", y] for y in YEARS] == pytest.approx([1.5, 3.5], rel=ROOM)


def test_a_year_that_pays_for_nothing_builds_nothing() -> None:
    """Proves 20,000 don't pay the smallest size of 2 MW (25,000), so that the year is closed."""
    plant = replace(pump_plant(lower=2.0), budget=c.BudgetRule((20e3, 90e3), False, False))
    matrix = stamp(plant)
    build = matrix.layer.model.build
    assert (build["pump", 2026].ub, build["pump", 2027].ub) == (0, 1)
    assert stamp(plant, tight=False).layer.model.build["pump", 2026].ub == 1


def test_a_piece_out_of_reach_is_closed() -> None:
    """Proves a curve's second piece, from 7 MW, can't be chosen where 6 MW are the most."""
    pieces = (c.Segment(0.0, 7.0, 1e4, 0.0), c.Segment(7.0, 10.0, 5e3, 3.5e4))
    model = stamp(pump_plant(segments=pieces)).layer.model
    assert model.segment_on["pump", 2026, 0].ub == 1
    assert model.segment_on["pump", 2026, 1].ub == 0


def two_heats() -> c.Case:
    """A hot carrier that serves a cooler one, a store, a saving that adds demand, a whole unit."""
    plant = pump_plant(unit_size=0.5, lower=0.5)
    carriers = tuple(replace(x, serves=("cool",)) if x.id == "heat" else x for x in plant.carriers)
    tank = c.StorageUnit("tank", "cool", 0.5, 1.0, 1.0, 0.01, 0.0)
    rates = np.where(np.arange(len(plant.axis.weight) * plant.axis.steps) % 2, 1.0, 3.0)
    saving = measure("cover", YEARS, cost=3e3)
    return replace(
        plant,
        series=dict(plant.series) | {"rinse": rates.reshape(plant.series["load"].shape)},
        carriers=(*carriers, carrier("cool", YEARS)),
        services=(*plant.services, service("rinse", "cool", "rinse", YEARS, 0.5)),
        units=(*plant.units, tank),
        measures=(
            *plant.measures,
            measure("tank", YEARS, upper=8.0, slope=500.0, kind="storage"),
            saving,
        ),
        savings=(c.SavingEffect("cover", "process", 0.3, (c.Flow("cool", 0.2),)),),
        budget=c.BudgetRule((40e3, 60e3), True, False),
    )


@pytest.mark.parametrize("build", [pump_plant, two_heats, everything])
def test_the_optimum_is_the_same_with_and_without_tight_sizes(build: Callable[[], c.Case]) -> None:
    """Proves exactness: the cheapest plan costs the same to 1e-6. A bound that left out what a
    store, a cooler carrier, a saving or another unit takes would cost more."""
    costs = [
        solve_direct(stamp(build(), tight=tight), gap=1e-7).objective for tight in (True, False)
    ]
    assert costs[0] == pytest.approx(costs[1], rel=1e-6)


def test_a_case_without_measures_stays() -> None:
    """Proves nothing is needed for nothing."""
    assert useful_sizes(case(YEARS, {})) == {}
