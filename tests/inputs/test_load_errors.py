"""Every fault of every file: its line and column, in plain words, all at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.errors import InputErrors, Problem
from optimizer.inputs.load import load
from tests.workspace import put, small_measures, small_scenario, write_workspace


def problems(folder: Path, scenario: Any = None, measures: Any = None) -> tuple[Problem, ...]:
    """What loading raises."""
    with pytest.raises(InputErrors) as caught:
        load(write_workspace(folder, scenario, measures, hours=24))
    return caught.value.problems


CASES: list[tuple[str, Any, str, str, str, str]] = [
    # path, value, field, found, allowed, hint
    ("services.1.demnad", "x", "services[1].demnad", "demnad", "a known field", '"demand"'),
    ("services.1.demand", ..., "services[1].demand", "", "given", ""),
    ("horizon.first", "soon", "horizon.first", "soon", "a whole number", ""),
    ("horizon.first", 1990, "horizon.first", "1990", "at least 2000", ""),
    ("time.periods", 500, "time.periods", "500", "at most 364 or one of 'full' or 'auto'", ""),
    ("time.segments", 0, "time.segments", "0", "at least 1", ""),
    ("time.segments", 24, "time", "a mapping of periods, step, profile_year, segments",
     "without contradiction", "fewer than the 24 steps of a day"),
    ("time", {"periods": "full", "segments": 8, "profile_year": 2025}, "time",
     "a mapping of periods, segments, profile_year", "without contradiction", "periods is full"),
    ("carriers.heat_90c.kind", "haet", "carriers.heat_90c.kind", "haet", "'heat'", '"heat"'),
    ("assets.0.kind", "convrter", "assets[0].kind", "convrter", "'converter'", "converter"),
    ("assets.0.kind", ..., "assets[0].kind", "", "given", ""),
    ("site.connection", "5", "site.connection", "5", "power", "unit"),
    ("site.connection", 5, "site.connection", "5", "unit", ""),
    ("site.connection", "-5 MW", "site.connection", "-5 MW", "at least 0", ""),
    ("economics.discount_rate", "8 kW", "economics.discount_rate", "8 kW", "a share", "a power"),
    ("assets.0.inputs.natural_gas.efficency", 1, "assets[0].inputs.natural_gas.efficency",
     "efficency", "a known field", '"efficiency"'),
    ("assets.0.inputs.natural_gas.efficiency", -1, "assets[0].inputs.natural_gas.efficiency",
     "-1", "above 0", ""),
    ("data.heat_demand.colum", "x", "data.heat_demand.colum", "colum", "a known field",
     '"column"'),
    ("data.heat_demand.file", 3, "data.heat_demand.file", "3", "text", ""),
    ("data.power_price.hours", ["peak"], "data.power_price.hours", "a list of 1", "24", ""),
    ("data.power_price.shape", "time_of_us", "data.power_price.shape", "time_of_us",
     "time_of_use", "time_of_use"),
    ("tariffs.electricity.level", {2026: "x"}, "tariffs.electricity.level.2026", "x",
     "a number", ""),
    ("tariffs.natural_gas.price", {"a": "1 CNY/kWh"}, "tariffs.natural_gas.price",
     "a mapping of a", "complete", "whole numbers"),
    ("tariffs.natural_gas.series", "power_price", "tariffs.natural_gas",
     "a mapping of price, series", "complete", "either"),
    ("horizon.evaluate_to", 10**9, "horizon.evaluate_to", "1000000000", "at most 2200", ""),
    ("currency", "yuan", "currency", "yuan", "three capital letters", ""),
    ("services", [], "services", "a list of 0", "1 entries or more", ""),
    ("id", "Small Plant", "id", "Small Plant", "lower-case letters", ""),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "field", "found", "allowed", "hint"), CASES)
def test_a_fault_is_told_in_plain_words(
    tmp_path: Path, path: str, value: Any, field: str, found: str, allowed: str, hint: str
) -> None:
    """Proves field, found, allowed and hint of each sort of fault, free of pydantic's own terms.

    The field has no tag of a union (a broken rule gives assets[0].converter.inputs…).
    """
    (problem,) = problems(tmp_path, put(small_scenario(), path, value))
    assert problem.field == field
    assert problem.found == found
    assert allowed in problem.allowed
    assert hint in (problem.hint or "")
    assert problem.line > 0
    for term in ("pydantic", "Value error", "union", "Input should"):
        assert term not in str(problem)


def test_a_long_enough_list_with_a_bad_entry_has_one_fault(tmp_path: Path) -> None:
    """Proves that twelve months of which one has no unit aren't said to be fewer than twelve."""
    monthly: list[Any] = ["6 degC"] * 11
    series = {"shape": "temperature", "monthly": [*monthly, 7], "daily_swing": "8 K"}
    (bad,) = problems(tmp_path, put(small_scenario(), "data.air", series))
    assert bad.field == "data.air.monthly[11]"
    (short,) = problems(tmp_path, put(small_scenario(), "data.air", series | {"monthly": monthly}))
    assert (short.field, short.found) == ("data.air.monthly", "a list of 11")


def test_a_fault_stands_at_its_value_and_an_unknown_field_at_its_key(tmp_path: Path) -> None:
    """Proves line and column: `  connection: "x"` has its value in column 15, a key in column 3."""
    scenario = put(put(small_scenario(), "site.connection", "x"), "site.conection", 1)
    wrong, unknown = problems(tmp_path, scenario)
    lines = (tmp_path / "scenarios/small/scenario.yaml").read_text("utf-8").splitlines()
    assert lines[wrong.line - 1] == '  connection: "x"'
    assert wrong.column == 15
    assert lines[unknown.line - 1] == "  conection: 1"
    assert unknown.column == 3


def test_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    """Proves that a person isn't sent round three times: scenario, catalog and series together."""
    scenario = put(small_scenario(), "assets.0.built", 2040)
    scenario = put(scenario, "data.heat_demand.file", "nowhere.csv")
    measures = put({"m": small_measures()}, "m.1.lifetime", "-5 a")["m"]
    found = problems(tmp_path, scenario, measures)
    assert [(problem.file, problem.field) for problem in found] == [
        ("scenarios/small/scenario.yaml", "assets[0].built"),
        ("scenarios/small/scenario.yaml", "data.heat_demand.file"),
        ("technology_catalog/family.yaml", "measures[1].lifetime"),
    ]


def test_a_fault_of_a_measure_has_no_kind_in_its_path(tmp_path: Path) -> None:
    """Proves that measures[0].generator.capex… is told as measures[0].capex…"""
    measures = put({"m": small_measures()}, "m.0.capex.cn.price", "3200 CNY/h")["m"]
    (problem,) = problems(tmp_path, None, measures)
    assert problem.field == "measures[0].capex.cn.price"
    assert "money per power" in problem.allowed


@pytest.mark.parametrize("text", ["", "- 1\n", "just words\n", "id: 3\n", "null\n"])
def test_a_file_that_is_no_scenario_is_an_input_error(tmp_path: Path, text: str) -> None:
    """Proves that no shape of file ends in a traceback."""
    path = write_workspace(tmp_path)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputErrors):
        load(path)


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    """Proves that a path which leads nowhere is told by its name."""
    path = write_workspace(tmp_path)
    with pytest.raises(InputErrors, match=r"scenario\.yml"):
        load(path.with_suffix(".yml"))


def test_an_unknown_offer_gets_the_nearest_id(tmp_path: Path) -> None:
    """Proves the place (the third entry) and the hint."""
    (problem,) = problems(tmp_path, put(small_scenario(), "measures.offer.2", "motor_savings"))
    assert problem.field == "measures.offer[2]"
    assert 'Did you mean "motor_saving"?' in problem.hint


def test_an_override_says_why_and_names_an_offered_measure(tmp_path: Path) -> None:
    """Proves three rules of overrides: a reason, an offered measure, no other kind of thing."""
    scenario = put(small_scenario(), "measures.override.pv_roof", {"kind": "storage"})
    scenario = put(scenario, "measures.override.heatpump", {"lifetime": "9 a", "why": "x"})
    found = {problem.field: problem for problem in problems(tmp_path, scenario)}
    assert 'Did you mean "heat_pump"?' in found["measures.override.heatpump"].hint
    assert "measures.override.pv_roof.why" in found
    assert found["measures.override.pv_roof.kind"].allowed == "left as in the catalog"


def test_a_fault_of_an_override_stands_in_the_scenario(tmp_path: Path) -> None:
    """Proves that the merged measure's fault leads to the line that caused it, not the catalog."""
    override = {"lifetime": "-5 a", "why": "A typo."}
    (problem,) = problems(tmp_path, put(small_scenario(), "measures.override.pv_roof", override))
    assert problem.file == "scenarios/small/scenario.yaml"
    assert problem.field == "measures.override.pv_roof.lifetime"
    assert (problem.found, problem.allowed) == ("-5 a", "above 0")
