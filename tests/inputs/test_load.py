"""Loading: what comes out of a valid workspace, and where each field was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.errors import InputErrors
from optimizer.inputs.load import load, measure_loc, resolve_series_file
from optimizer.schema.series import FileSeries
from tests.workspace import put, small_measures, small_scenario, write_workspace, write_yaml

OVERRIDE = {"lifetime": "20 a", "why": "The roof is renewed in 2046."}


def place_of(path: Path, text: str, number: int = 1) -> tuple[int, int]:
    """Line of the `number`-th line that holds `text`, and the column of its value."""
    lines = path.read_text(encoding="utf-8").splitlines()
    line = [n for n, each in enumerate(lines, start=1) if text in each][number - 1]
    return line, lines[line - 1].index(": ") + 3


def test_a_bundle_holds_the_offered_measures_in_their_order(tmp_path: Path) -> None:
    """Proves that the offer, not the catalog, sets the order, and that families are known.

    Catalog order is pv_roof, heat_pump, motor_saving; the offer names two the other way round.
    """
    scenario = put(small_scenario(), "measures.offer", ["motor_saving", "pv_roof"])
    bundle = load(write_workspace(tmp_path, scenario))
    assert [measure.id for measure in bundle.measures] == ["motor_saving", "pv_roof"]
    assert bundle.family == {"motor_saving": "test_family", "pv_roof": "test_family"}
    assert bundle.references["handbook"].year == 2024
    assert bundle.root == tmp_path.resolve()


def test_all_files_that_went_in_are_listed_once(tmp_path: Path) -> None:
    """Proves that a copy of the inputs can be made: four series share one CSV, listed once."""
    bundle = load(write_workspace(tmp_path))
    assert [(file.shown_as, file.role) for file in bundle.files] == [
        ("scenarios/small/scenario.yaml", "scenario"),
        ("technology_catalog/family.yaml", "catalog"),
        ("technology_catalog/references.yaml", "references"),
        ("scenarios/small/profiles/demand.csv", "series"),
    ]
    assert all(file.path.is_file() for file in bundle.files)


def test_a_field_is_located_where_it_was_written(tmp_path: Path) -> None:
    """Proves the place of a scenario's field, by dotted text and by parts alike."""
    path = write_workspace(tmp_path)
    bundle = load(path)
    place = bundle.locate("services[1].demand")
    assert place == bundle.locate(("services", 1, "demand"))
    assert place.file == "scenarios/small/scenario.yaml"
    assert (place.line, place.column) == place_of(path, "demand: ", 2)


def test_a_year_in_a_table_is_located(tmp_path: Path) -> None:
    """Proves that four digits are read as the year's key, not as a list index."""
    path = write_workspace(tmp_path)
    place = load(path).locate("carriers.electricity.factor.2030")
    assert (place.line, place.column) == place_of(path, "2030: ")


def test_an_override_is_merged_before_the_check(tmp_path: Path) -> None:
    """Proves that one field changes and the others stay: life 20 a, not 25; size max still 2 MW."""
    scenario = put(small_scenario(), "measures.override.pv_roof", OVERRIDE)
    path = write_workspace(tmp_path, scenario)
    bundle = load(path)
    pv = bundle.measures[0]
    assert (pv.lifetime, pv.why) == (20.0, OVERRIDE["why"])  # type: ignore[union-attr]
    assert pv.capacity.max.value == 2.0  # type: ignore[union-attr]
    assert bundle.locate(measure_loc("pv_roof", "lifetime")).file == "scenarios/small/scenario.yaml"
    kept = bundle.locate(measure_loc("pv_roof", "capacity", "max"))
    assert kept.file == "technology_catalog/family.yaml"
    assert kept.line == place_of(tmp_path / "technology_catalog/family.yaml", "max: ")[0]


def test_an_empty_override_takes_a_field_away(tmp_path: Path) -> None:
    """Proves that null removes: price and points together would be refused, points alone are fine.

    100 kW at 3300 CNY/kW replaces the price of 3200 CNY/kW.
    """
    points = [{"at": "100 kW", "price": "3300 CNY/kW"}]
    capex = {"cn": {"price": None, "points": points}}
    override = {"capex": capex, "why": "An offer."}
    scenario = put(small_scenario(), "measures.override.pv_roof", override)
    pv = load(write_workspace(tmp_path, scenario)).measures[0]
    assert pv.capex.cn.price is None  # type: ignore[union-attr]
    assert pv.capex.cn.points[0].price.value == 3.3e6  # type: ignore[union-attr]


def test_series_come_from_the_data_folder_when_they_are_not_shipped(tmp_path: Path) -> None:
    """Proves that `source: data` reads from --data and is shown by its name in there."""
    scenario = put(small_scenario(), "data.heat_demand.source", "data")
    scenario = put(scenario, "data.heat_demand.file", "meters/heat.csv")
    path = write_workspace(tmp_path / "work", scenario)
    shipped = path.parent / "profiles" / "demand.csv"
    (tmp_path / "own" / "meters").mkdir(parents=True)
    (tmp_path / "own" / "meters" / "heat.csv").write_bytes(shipped.read_bytes())
    bundle = load(path, data=tmp_path / "own")
    series = bundle.scenario.data["heat_demand"]
    assert isinstance(series, FileSeries)
    found = resolve_series_file(bundle, series)
    assert found == (tmp_path / "own" / "meters" / "heat.csv").resolve()
    assert "meters/heat.csv" in [file.shown_as for file in bundle.files]


def test_a_missing_data_folder_is_one_clear_line(tmp_path: Path) -> None:
    """Proves that a person learns what lacks, where it comes from and how to give it."""
    scenario = put(small_scenario(), "data.heat_demand.source", "data")
    scenario = put(scenario, "data.heat_demand.origin", "the plant's meters")
    path = write_workspace(tmp_path, scenario)
    with pytest.raises(InputErrors) as caught:
        load(path)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == place_of(path, "file: ", 2)
    assert problem.field == "data.heat_demand.file"
    assert "--data DIR" in problem.hint
    assert "the plant's meters" in problem.hint


@pytest.mark.parametrize("file", ["../../../secret.csv", "/etc/passwd", "profiles\\demand.csv"])
def test_a_series_outside_its_folder_is_refused(tmp_path: Path, file: str) -> None:
    """Proves that a scenario can't read what lies outside, even if it exists."""
    (tmp_path / "secret.csv").write_text("heat\n1\n", encoding="utf-8")
    scenario = put(small_scenario(), "data.heat_demand.file", file)
    path = write_workspace(tmp_path / "work", scenario)
    with pytest.raises(InputErrors) as caught:
        load(path)
    assert [problem.field for problem in caught.value.problems] == ["data.heat_demand.file"]
    assert "inside" in caught.value.problems[0].allowed


def test_a_measure_in_two_files_is_told_at_the_second(tmp_path: Path) -> None:
    """Proves that doubled ids across families are errors, with the first place in the hint."""
    path = write_workspace(tmp_path)
    again = {"family": "second", "measures": [small_measures()[0]]}
    write_yaml(tmp_path / "technology_catalog" / "second.yaml", again)
    with pytest.raises(InputErrors) as caught:
        load(path)
    (problem,) = caught.value.problems
    assert problem.file == "technology_catalog/second.yaml"
    assert problem.found == "pv_roof"
    assert "technology_catalog/family.yaml:4" in problem.hint
