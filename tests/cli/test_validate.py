"""`decarb validate`: a short summary, or every problem; nothing is solved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from optimizer import cli
from tests.workspace import put, small_measures, small_scenario, write_workspace

Captured = pytest.CaptureFixture[str]


def test_a_valid_scenario_is_summed_up(tmp_path: Path, capsys: Captured) -> None:
    """Proves exit code 0 and the facts: years, services, measures by kind, origin of series."""
    path = write_workspace(tmp_path)
    assert cli.run(["validate", str(path)]) == cli.FINE
    said = capsys.readouterr()
    assert said.err == ""
    for fact in (
        "Small plant (small_plant)",
        "2026 to 2030",
        "motors, process_heat",
        "3 (converter 1, generator 1, saving 1)",
        "gas_boiler",
        "Measured series: electricity_demand, heat_demand, pv_roof, ambient",
        "power_price",
    ):
        assert fact in said.out


def test_the_summary_speaks_chinese(tmp_path: Path, capsys: Captured) -> None:
    """Proves that --lang zh takes names and words in Chinese."""
    assert cli.run(["validate", str(write_workspace(tmp_path)), "--lang", "zh"]) == cli.FINE
    said = capsys.readouterr().out
    assert "小工厂" in said
    assert "终端用能" in said


def test_machines_read_the_summary(tmp_path: Path, capsys: Captured) -> None:
    """Proves that --json prints one object, with the rules that are on by their path."""
    scenario = put(small_scenario(), "budget.capex", {2030: "1 MCNY"})
    assert cli.run(["validate", str(write_workspace(tmp_path, scenario)), "--json"]) == cli.FINE
    facts = json.loads(capsys.readouterr().out)
    assert facts["valid"] is True
    assert facts["rules"] == ["budget.capex"]
    assert facts["measures"] == {"converter": 1, "generator": 1, "saving": 1}
    assert facts["derived"] == ["power_price"]


def test_what_comes_too_late_is_said(tmp_path: Path, capsys: Captured) -> None:
    """Proves that a measure which can't operate by 2030 is named: first_year 2031."""
    measures = put({"m": small_measures()}, "m.0.first_year", 2031)["m"]
    assert cli.run(["validate", str(write_workspace(tmp_path, None, measures))]) == cli.FINE
    assert "Too late to operate in a planning year: pv_roof" in capsys.readouterr().out


def test_problems_go_to_stderr_with_their_count(tmp_path: Path, capsys: Captured) -> None:
    """Proves exit code 2, one line a problem with its place, and that nothing is on stdout."""
    scenario = put(put(small_scenario(), "site.connection", "5"), "horizon.lst", 3)
    assert cli.run(["validate", str(write_workspace(tmp_path, scenario))]) == cli.INPUT_OR_USAGE
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert lines[0].startswith("scenarios/small/scenario.yaml:")
    assert lines[-1] == "2 problems, nothing was solved"
    assert "Traceback" not in said.err


def test_machines_read_the_problems(tmp_path: Path, capsys: Captured) -> None:
    """Proves that --json puts the parts of each problem on stdout, with exit code 2."""
    path = write_workspace(tmp_path)
    code = cli.run(["validate", str(path), "--json", "--set", "site.connection=0 MW"])
    assert code == cli.INPUT_OR_USAGE
    answer = json.loads(capsys.readouterr().out)
    assert answer["valid"] is False
    (problem,) = answer["problems"]
    assert problem["field"] == "site.connection"
    assert problem["file"] == "--set site.connection=0 MW"


def test_problems_of_the_values_are_found_too(tmp_path: Path, capsys: Captured) -> None:
    """Proves that series are read: 24 rows in place of 8760 are refused."""
    path = write_workspace(tmp_path, hours=24)
    assert cli.run(["validate", str(path)]) == cli.INPUT_OR_USAGE
    assert "8760" in capsys.readouterr().err
