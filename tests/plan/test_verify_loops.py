"""Loops in the dispatch: what burns energy for nothing is told, what earns by it fails."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.loops import check_byproducts, check_loops
from optimizer.plan.verify.reading import as_stored
from optimizer.plan.verify.report import Rows
from optimizer.plan.verify.run import Parts
from tests.plan import tiny_run as tiny


def checked(parts: Parts, night_price: float, **changes: float) -> Rows:
    """The loop rows of the tiny plan, with single values of the first night of 2026 changed."""
    data = tiny.dataset(tiny.plan_values(), tiny.plan_costs())
    for name, value in changes.items():
        data[name].values[0 if name != "vent" else 2, 0, 0, 1] = value
    series = dict(parts.given.series)
    price = series["tou"].copy()
    price[1] = night_price
    given = replace(parts.given, series=series | {"tou": price})
    book, rows = Book(given, as_stored("plan.nc", data)), Rows()
    check_loops(book, rows)
    check_byproducts(book, rows)
    return rows


@pytest.mark.parametrize("price", [300.0, 0.0])
def test_a_circle_that_earns_nothing_is_a_warning(parts: Parts, price: float) -> None:
    """Proves that charging 0.01 MW while 0.045 come out burns (1 - 0.9) x 0.01 MW x 12 h = 0.012
    MWh; at a price of 0 or more nobody gains by it, so it is told in MWh and fails nothing."""
    rows = checked(parts, price, charge=0.01)
    assert rows.checks["no_charge_with_discharge"].ok
    (warned,) = rows.warnings
    assert (warned.name, warned.item) == ("energy_burnt", "battery")
    assert warned.energy == pytest.approx(0.012)


def test_a_circle_at_a_price_below_nothing_fails(parts: Parts) -> None:
    """Proves that the same 0.001 MW fail where the grid pays for taking power: they earn money."""
    rows = checked(parts, -300.0, charge=0.01)
    check = rows.checks["no_charge_with_discharge"]
    assert (check.failed, check.where) == (1, "battery, 2026, period 0, step 1")
    assert check.deviation == pytest.approx(0.001)
    assert rows.warnings == []


def test_an_honest_plan_has_no_warning(parts: Parts) -> None:
    """Proves that a plan whose store does one thing at a time is neither warned of nor failed."""
    rows = checked(parts, 300.0)
    assert all(check.ok for check in rows.checks.values())
    assert rows.warnings == []


def heated_by_power(parts: Parts) -> Parts:
    """The same plant, its boiler drawing power in place of gas, with heat that may be let off."""
    scenario = parts.given.scenario
    (boiler,) = scenario.assets
    inputs = {"electricity": boiler.inputs["natural_gas"]}
    heat = scenario.carriers["heat"].model_copy(update={"vent": True})
    changed = scenario.model_copy(
        update={
            "assets": (boiler.model_copy(update={"inputs": inputs}),),
            "carriers": {**scenario.carriers, "heat": heat},
        }
    )
    return replace(parts, given=replace(parts.given, scenario=changed))


def test_heat_made_of_power_may_not_be_let_off(parts: Parts) -> None:
    """Proves that 0.2 of 3 MW let off fail as no by-product, at any price; where the grid pays for
    taking power they fail as a loop as well, else 0.2 MW x 12 h = 2.4 MWh are told."""
    told = checked(heated_by_power(parts), 300.0, vent=0.2)
    assert told.checks["vent_within_byproducts"].deviation == pytest.approx(0.2)
    assert [(w.item, w.energy) for w in told.warnings] == [("heat", pytest.approx(2.4))]
    paid = checked(heated_by_power(parts), -300.0, vent=0.2)
    assert paid.checks["no_electric_heat_with_vent"].deviation == pytest.approx(0.2)
