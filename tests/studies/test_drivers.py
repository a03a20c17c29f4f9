"""Drivers of a scenario: every path leads somewhere, and moves what it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.inputs.load import load
from optimizer.studies.drivers import driver_at, drivers_of, with_figures
from tests.workspace import put, small_scenario, write_workspace


def test_drivers_are_what_the_scenario_has(tmp_path: Path) -> None:
    """Proves the list: output, the price or level of each tariff, the factor of grid power, capex
    and the rate always; budget, caps and carbon price only where they are given."""
    bare = load(write_workspace(tmp_path / "a")).scenario
    paths = [driver.path for driver in drivers_of(bare, 0.2)]
    assert paths == [
        "output", "tariffs.electricity.level", "tariffs.natural_gas.price",
        "carriers.electricity.factor", "measures.override.*.capex", "economics.discount_rate",
    ]  # fmt: skip
    scenario = put(small_scenario(), "budget", {"capex": "3 MCNY"})
    scenario = put(scenario, "policy", {"gross_cap": "20 kt"})
    scenario = put(scenario, "carbon", {"price": "90 CNY/t"})
    full = load(write_workspace(tmp_path / "b", scenario)).scenario
    more = [driver.path for driver in drivers_of(full, 0.2)]
    assert set(more) - set(paths) == {"budget.capex", "policy.gross_cap", "carbon.price"}


def test_every_driver_moves_the_scenario(tmp_path: Path) -> None:
    """Proves that no path leads nowhere: each end of each driver loads, and is another scenario or
    has other measures."""
    path = write_workspace(tmp_path)
    own = load(path)
    for driver in drivers_of(own.scenario, 0.2):
        for factor in (driver.low, driver.high):
            changed = load(path, sets=[driver.change(factor)])
            assert (changed.scenario, changed.measures) != (own.scenario, own.measures)


def test_a_driver_of_ones_own_keeps_a_known_name(tmp_path: Path) -> None:
    """Proves that a range of one's own changes no word, and that any path may be a driver."""
    known = drivers_of(load(write_workspace(tmp_path)).scenario, 0.2)
    gas = driver_at("tariffs.natural_gas.price", 0.5, 2.0, known)
    assert (gas.name["en"], gas.low, gas.high) == ("Price of natural gas", 0.5, 2.0)
    assert gas.at(0.5) == pytest.approx(1.25)
    assert driver_at("site.connection", 0.8, 1.2, known).name["zh"] == "site.connection"


def test_drivers_know_the_figure_that_they_move(tmp_path: Path) -> None:
    """Proves the figure beside a factor: gas at 0.35 CNY/kWh is 0.28 at 0.8; a cap by year is told
    by year; capex of all measures is many figures, and none is told."""
    scenario = put(small_scenario(), "policy", {"gross_cap": {2026: "20 kt", 2030: "10 kt"}})
    scenario = put(scenario, "tariffs.natural_gas.price", "0.35 CNY/kWh")
    bundle = load(write_workspace(tmp_path, scenario))
    drivers = {d.path: d for d in with_figures(drivers_of(bundle.scenario, 0.2), bundle)}
    assert drivers["tariffs.natural_gas.price"].figures(0.8) == {"": "0.28 CNY/kWh"}
    assert drivers["policy.gross_cap"].figures(0.5) == {"2026": "10.0 kt", "2030": "5.0 kt"}
    assert drivers["measures.override.*.capex"].today == {}
