"""Cross-checks: each breach gives exactly one problem, at the field that a person would change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.errors import InputErrors, Problem
from optimizer.inputs.load import load
from tests.workspace import put, small_measures, small_scenario, write_workspace

Measures = list[dict[str, Any]]


def changed(measures: Measures, path: str, value: Any) -> Measures:
    """The measures with one field changed."""
    result: Measures = put({"m": measures}, f"m.{path}", value)["m"]
    return result


def problems(
    folder: Path, scenario: dict[str, Any] | None = None, measures: Measures | None = None
) -> tuple[Problem, ...]:
    """What loading raises; nothing if it is fine."""
    try:
        load(write_workspace(folder, scenario, measures, hours=24))
    except InputErrors as errors:
        return errors.problems
    return ()


def test_the_small_plant_is_fine(tmp_path: Path) -> None:
    """Proves that no check fires without a breach; all others here change one thing of it."""
    assert problems(tmp_path) == ()


RENEWAL = "assets.0.renewal"
NAME = {"en": "x", "zh": "x"}
SCENARIO: list[tuple[str, Any, str, str]] = [
    # path, value, field, what "allowed" or the hint says
    ("services.0.carrier", "electricty", "services[0].carrier", '"electricity"'),
    ("tariffs.natural_gass", {"price": "1 CNY/MWh"}, "tariffs.natural_gass", '"natural_gas"'),
    ("base_year.metered.coal", "1 MWh/a", "base_year.metered.coal", "a carrier"),
    ("carriers.heat_90c.serves", ["heat_60"], "carriers.heat_90c.serves[0]", "a carrier"),
    ("carriers.heat_90c.serves", ["heat_90c"], "carriers.heat_90c.serves[0]", "in turn"),
    ("carriers.heat_90c.serves", ["electricity"], "carriers.heat_90c.serves[0]", "by heat"),
    ("services.0.demand", "electricity_demnad", "services[0].demand", '"electricity_demand"'),
    ("services.0.demand", "pv_roof", "services[0].demand", "power or energy"),
    ("services.0.demand", "power_price", "services[0].demand", "power or energy"),
    ("tariffs.electricity.series", "heat_demand", "tariffs.electricity.series", "money per"),
    ("data.heat_demand.unit", "kg", "data.heat_demand.unit", "the unit of a power"),
    ("data.heat_demand.column", "haet", "data.heat_demand.column", '"heat"'),
    ("data.heat_demand.file", "profiles/x.csv", "data.heat_demand.file", "a file that exists"),
    ("carriers.natural_gas.factor", ..., "carriers.natural_gas.factor", "scope 1"),
    ("carriers.heat_90c.factor", "0.1 kg/kWh", "carriers.heat_90c.scope", "a factor"),
    ("tariffs.natural_gas.export", {"price": "1 CNY/MWh"}, "tariffs.natural_gas.export", "fuel"),
    ("tariffs.electricity.limit", "3 MW", "tariffs.electricity.limit", "site.connection"),
    ("site.connection", "0 MW", "site.connection", "above 0"),
    ("site.area", {}, "measures[0].area.roof", "site.area.roof"),
    ("assets.0.capacity", "4 MWh", "assets[0].capacity", "in MW"),
    ("assets.0.capacity", "0 MW", "assets[0].capacity", "above 0"),
    ("assets.0.built", 2026, "assets[0].built", "before 2026"),
    ("assets.0.end_of_life", 2009, "assets[0].end_of_life", "2010 or later"),
    ("assets.0.fixed_om", "3 CNY/MWh/a", "assets[0].fixed_om", "CNY/MW/a or CNY/a"),
    (f"{RENEWAL}.lifetime", "4 a", "assets[0].renewal.lifetime", "at least the 5"),
    ("assets.0.inputs", {}, "assets[0].inputs", "one carrier or more"),
    (f"{RENEWAL}.inputs", {}, "assets[0].renewal.inputs", "one carrier or more"),
    ("data.pv_roof.unit", "", "data.pv_roof.unit", "the unit of a power"),
    (f"{RENEWAL}.inputs", {"coal": 1.1}, "assets[0].renewal.inputs.coal", "a carrier"),
    (f"{RENEWAL}.capex", "1 MEUR", "assets[0].renewal.capex", "economics.exchange.EUR"),
    (f"{RENEWAL}.capex", "1 MCNY2020", "assets[0].renewal.capex", "economics.deflator.CNY.2020"),
    ("economics.exchange", {"EUR": 0}, "economics.exchange.EUR", "above 0"),
    ("economics.deflator", {"CNY": {2020: -1}}, "economics.deflator.CNY.2020", "above 0"),
    ("assets.0.id", "heat_pump", "measures.offer[1]", "an id that occurs once"),
    ("contracts_in_force", ["ppa"], "contracts_in_force[0]", "a contract on offer"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "field", "says"), SCENARIO)
def test_a_breach_in_the_scenario_is_told_once(
    tmp_path: Path, path: str, value: Any, field: str, says: str
) -> None:
    """Proves place and advice; a check that is lost gives no problem, a doubled one gives two.

    A renewal of 4 a can't cover 2026 … 2030, which are 5 years.
    """
    found = [
        problem
        for problem in problems(tmp_path, put(small_scenario(), path, value))
        if problem.field == field and says in f"{problem.allowed} {problem.hint}"
    ]
    assert len(found) == 1
    assert found[0].line > 0


MEASURE: list[tuple[str, Any, str, str]] = [
    ("0.output", "electricty", "measures[0].output", '"electricity"'),
    ("0.availability", "pv_rof", "measures[0].availability", '"pv_roof"'),
    ("0.availability", "ambient", "measures[0].availability", "an availability"),
    ("0.capacity", {"max": "2 MWh"}, "measures[0].capacity.max", "in MW or m2"),
    ("0.capex", {"eu": {"price": "1 CNY/kW"}}, "measures[0].capex", "the market cn"),
    ("0.capex.cn.price", "9 CNY/kWh", "measures[0].capex.cn.price", "CNY/MW"),
    ("0.capex.cn", {"points": [{"at": "1 MWh", "price": "1 CNY/kW"}]},
     "measures[0].capex.cn.points[0].at", "a size in MW"),
    ("0.capex.cn.basis", "peak", "measures[0].capex.cn.basis", "capacity"),
    ("0.fixed_om.cn", {"price": "1 CNY/m2/a"}, "measures[0].fixed_om.cn.price", "CNY/MW/a"),
    ("0.variable_om", "1 CNY/t", "measures[0].variable_om", "CNY/MWh"),
    ("0.area.roof", "5 m2", "measures[0].area.roof", "per power"),
    ("0.area.roof", "-5 m2/kW", "measures[0].area.roof", "at least 0"),
    ("0.connection", "1 m2/kW", "measures[0].connection", "power"),
    ("1.inputs.electricity.cop.source_series", "ambiet",
     "measures[1].inputs.electricity.cop.source_series", '"ambient"'),
    ("1.inputs.electricity.cop.source_series", "heat_demand",
     "measures[1].inputs.electricity.cop.source_series", "an air temperature"),
    ("1.inputs", {}, "measures[1].inputs", "one carrier or more"),
    ("1.recovers", {"source": "boilr", "share": 0.1}, "measures[1].recovers.source", "a service"),
    ("1.replaces", ["gas_boilr"], "measures[1].replaces[0]", '"gas_boiler"'),
    ("1.requires", ["pv"], "measures[1].requires[0]", "on offer"),
    ("1.requires", ["heat_pump"], "measures[1].requires[0]", "another measure"),
    ("1.excludes", ["pv_rooof"], "measures[1].excludes[0]", '"pv_roof"'),
    ("2.service", "motor", "measures[2].service", '"motors"'),
    ("2.adds", {"steam": 0.1}, "measures[2].adds.steam", "a carrier"),
    ("2.capex.any", {"price": "1 CNY/kW"}, "measures[2].capex.any", "a fixed sum"),
    ("2.capex.any", {"price": "1 CNY/kW", "basis": "annual_saving"},
     "measures[2].capex.any.price", "CNY/MWh"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "field", "says"), MEASURE)
def test_a_breach_in_a_measure_is_told_once(
    tmp_path: Path, path: str, value: Any, field: str, says: str
) -> None:
    """Proves place and advice of each breach; its file is the catalog's."""
    found = [
        problem
        for problem in problems(tmp_path, None, changed(small_measures(), path, value))
        if problem.field == field and says in f"{problem.allowed} {problem.hint}"
    ]
    assert len(found) == 1
    assert found[0].file == "technology_catalog/family.yaml"
    assert found[0].line > 0


def test_an_unsupplied_carrier_is_named_where_it_is_needed(tmp_path: Path) -> None:
    """Proves the chain: without a gas tariff the boiler's fuel can't be had; heat still can,
    from the heat pump. Without the heat pump too, the heat service is told as well."""
    scenario = put(small_scenario(), "tariffs.natural_gas", ...)
    assert [p.field for p in problems(tmp_path / "one", scenario)] == [
        "assets[0].inputs.natural_gas"
    ]
    scenario = put(scenario, "measures.offer", ["pv_roof", "motor_saving"])
    assert {p.field for p in problems(tmp_path / "two", scenario)} == {
        "assets[0].inputs.natural_gas",
        "services[1].carrier",
    }


def test_heat_that_a_hotter_carrier_serves_is_supplied(tmp_path: Path) -> None:
    """Proves that supply runs down the cascade, and that a cooler carrier can't serve a hotter."""
    warm = {"name": NAME, "kind": "heat", "temperature": "60 degC"}
    scenario = put(small_scenario(), "carriers.heat_60c", warm)
    scenario = put(scenario, "services.1.carrier", "heat_60c")
    assert [p.field for p in problems(tmp_path / "cold", scenario)] == ["services[1].carrier"]
    scenario = put(scenario, "carriers.heat_90c.serves", ["heat_60c"])
    scenario = put(scenario, "carriers.heat_90c.temperature", "90 degC")
    assert problems(tmp_path / "warm", scenario) == ()
    scenario = put(scenario, "carriers.heat_90c.temperature", "50 degC")
    (problem,) = problems(tmp_path / "upwards", scenario)
    assert problem.allowed == "at most 50 degC"


def test_a_measure_in_square_metres_takes_an_availability_per_area(tmp_path: Path) -> None:
    """Proves the pair: solar heat in m2 needs MW/m2 (0.7 kW/m2 is fine), not a share."""
    collector = {
        **small_measures()[0],
        "output": "heat_90c",
        "capacity": {"max": "500 m2"},
        "capex": {"cn": {"price": "2000 CNY/m2"}},
        "fixed_om": {},
        "area": {"roof": "1.2 m2/m2"},
    }
    measures = [collector, *small_measures()[1:]]
    (problem,) = problems(tmp_path / "share", None, measures)
    assert problem.allowed == "an availability per area"
    scenario = put(small_scenario(), "data.pv_roof.unit", "kW/m2")
    assert problems(tmp_path / "area", scenario, measures) == ()


def test_foreign_money_is_told_once_a_currency(tmp_path: Path) -> None:
    """Proves that three prices in EUR2020 give one line for the rate and one a missing year.

    Index needed for 2020 (the price) and 2025 (the scenario's price year).
    """
    measures = changed(small_measures(), "0.capex.cn.price", "500 EUR2020/kW")
    measures = changed(measures, "1.capex.cn.price", "600 EUR2020/kW")
    found = problems(tmp_path / "none", None, measures)
    assert sorted(p.hint.split(":")[0].split(",")[0] for p in found) == [
        "Add economics.deflator.EUR.2020",
        "Add economics.deflator.EUR.2025",
        "Add economics.exchange.EUR",
    ]
    economics = {"exchange": {"EUR": 7.8}, "deflator": {"EUR": {2020: 100, 2025: 122}}}
    scenario = put(small_scenario(), "economics", {"discount_rate": 0.08, **economics})
    assert problems(tmp_path / "given", scenario, measures) == ()


def test_prices_of_another_market_ask_for_nothing(tmp_path: Path) -> None:
    """Proves that a Chinese scenario needs no euro rate for the catalog's European prices."""
    measures = changed(small_measures(), "0.capex.eu", {"price": "500 EUR2020/kW"})
    assert problems(tmp_path, None, measures) == ()
