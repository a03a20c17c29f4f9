"""`decarb factors`: list, show; and what `decarb validate` says of factors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from optimizer import cli
from tests.factor_libraries import libraries, power
from tests.workspace import HOURS, put, small_scenario, write_workspace

Captured = pytest.CaptureFixture[str]


def run(folder: Path, *arguments: str) -> int:
    """Run a factors command in a workspace with the tests' libraries."""
    write_workspace(folder, factors=libraries(), hours=24)
    return cli.run(["factors", *arguments, "--workspace", str(folder)])


def test_the_list_counts_figures_and_their_trust(tmp_path: Path, capsys: Captured) -> None:
    """Proves 3 regions with 5 figures, of which 1 is unconfirmed, in words and for machines."""
    assert run(tmp_path, "list") == cli.FINE
    line = next(x for x in capsys.readouterr().out.splitlines() if x.startswith("grid"))
    assert line.split() == ["grid", "Grid", "factors", "grids", "3", "5", "primary", "3,",
                            "secondary", "1,", "unconfirmed", "1"]  # fmt: skip
    assert run(tmp_path, "list", "--json") == cli.FINE
    found = {each["id"]: each for each in json.loads(capsys.readouterr().out)}
    assert found["grid"]["trust"] == {"primary": 3, "secondary": 1, "unconfirmed": 1}
    assert list(found) == ["fuels", "grid", "warming"]


def test_one_region_is_shown_in_both_languages(tmp_path: Path, capsys: Captured) -> None:
    """Proves purpose, year, figure, trust and source of one region alone."""
    assert run(tmp_path, "show", "grid", "jiangsu") == cli.FINE
    said = capsys.readouterr().out
    assert "location-based" in said
    assert "office: An office, 2024" in said
    assert "sichuan" not in said
    assert run(tmp_path, "show", "grid", "jiangsu", "--lang", "zh") == cli.FINE
    said = capsys.readouterr().out
    assert "江苏" in said
    assert "基于位置" in said


def test_a_fuel_is_shown_with_what_it_is_made_of(tmp_path: Path, capsys: Captured) -> None:
    """Proves 15.3 x 0.99 x 44/12 = 55.54 kg/GJ, 0.19994 kg/kWh, and 38.931 MJ/m3: 2.162 kg/m3."""
    assert run(tmp_path, "show", "fuels", "natural_gas") == cli.FINE
    line = next(x for x in capsys.readouterr().out.splitlines() if x.startswith("natural_gas"))
    for figure in ("38.931 MJ/m3", "15.3", "0.99", "55.54", "0.19994", "2.162", "derived"):
        assert figure in line


def test_a_gas_is_shown_with_its_set(tmp_path: Path, capsys: Captured) -> None:
    """Proves --json: HFC-32 is 677 by the fifth report."""
    assert run(tmp_path, "show", "warming", "--json") == cli.FINE
    (figure,) = json.loads(capsys.readouterr().out)["figures"]
    assert (figure["id"], figure["set"], figure["gwp"]) == ("hfc_32", "ar5", 677)


def test_unknown_names_have_a_neighbour(tmp_path: Path, capsys: Captured) -> None:
    """Proves exit code 2 and the nearest spelling, of a library and of an entry."""
    assert run(tmp_path, "show", "gird") == cli.INPUT_OR_USAGE
    assert "Did you mean 'grid'?" in capsys.readouterr().err
    assert run(tmp_path, "show", "grid", "jiangsuu") == cli.INPUT_OR_USAGE
    assert "Did you mean 'jiangsu'?" in capsys.readouterr().err


def test_validate_says_where_factors_come_from(tmp_path: Path, capsys: Captured) -> None:
    """Proves that field, value, library, region, year and trust are told, for machines too."""
    scenario = put(small_scenario(), "carriers.electricity.factor", power())
    path = str(write_workspace(tmp_path, scenario, factors=libraries(), hours=HOURS))
    assert cli.run(["validate", path]) == cli.FINE
    wanted = "carriers.electricity.factor 0.5 kg/kWh (grid, Jiangsu, 2023, primary)"
    assert wanted in capsys.readouterr().out
    assert cli.run(["validate", path, "--json"]) == cli.FINE
    (found,) = json.loads(capsys.readouterr().out)["factors"]
    assert (found["field"], found["trust"]) == ("carriers.electricity.factor", "primary")
