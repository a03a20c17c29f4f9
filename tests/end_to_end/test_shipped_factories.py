"""The shipped factories from a new workspace to a verified plan, by the commands alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.doors import LOOSE, decarb, summary_of
from tests.end_to_end.outside import Page
from tests.reference.figures import DATA, can_load, scenario_file

Captured = pytest.CaptureFixture[str]
FILES = (
    "plan.nc", "baseline.nc", "summary.json", "report.html", "plan.xlsx", "iamc.csv", "tables",
    "inputs",
)  # fmt: skip
KEYS = {
    "run", "status", "decision_cost", "net_present_cost", "bound", "gap", "axis", "stored_axis",
    "method", "seconds", "npv", "units", "years", "build", "full_year", "base_year",
}  # fmt: skip


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal in which no name has to be broken into two lines."""
    monkeypatch.setenv("COLUMNS", "200")


def failures(capsys: Captured) -> str:
    """What `verify` printed first: a line a broken constraint, up to the table."""
    return capsys.readouterr().out.partition("\n\n")[0]


def check_run(run: Path, capsys: Captured) -> None:
    """The folder is whole, verifies, prints, and its report needs nothing from outside."""
    assert all((run / name).exists() for name in FILES)
    figures = summary_of(run)
    assert set(figures) >= KEYS
    assert figures["npv"]["saving"] == pytest.approx(
        figures["npv"]["baseline"] - figures["npv"]["plan"]
    )
    for year in figures["years"]:
        assert year["gross"] <= year["gross_cap"] * (1 + 1e-6)
        assert year["net"] <= year["net_target"] * (1 + 1e-6)
    capsys.readouterr()
    assert decarb("verify", run) == 0, failures(capsys)
    for lang in ("en", "zh"):
        assert decarb("show", run, "--lang", lang) == 0
        said = capsys.readouterr().out
        assert all(build[f"name_{lang}"] in said for build in figures["build"])
    page = Page((run / "report.html").read_text(encoding="utf-8"))
    assert page.outside() == []
    assert page.lost_links() == []
    assert figures["scenario"]["name_en"] in page.text


@pytest.mark.slow
def test_a_new_workspace_solves_the_demo_on_the_full_year(tmp_path: Path, capsys: Captured) -> None:
    """Proves init, validate, solve, verify, show, report on the demo's factory: the copied data is
    complete, the plan keeps its caps on all 8,760 hours, and nothing is short there.

    A plan checked on typical days alone would break a cap or leave demand unmet on some day, and
    the verifier would name the row.
    """
    mine = tmp_path / "mine"
    assert decarb("init", mine) == 0
    file = mine / "scenarios" / "auto_parts_jiangsu" / "scenario.yaml"
    assert decarb("validate", file) == 0
    assert decarb("solve", file, *LOOSE) == 0
    run = mine / "results" / "auto_parts_jiangsu-1"
    assert capsys.readouterr().out.splitlines()[-1] == str(run)
    figures = summary_of(run)
    assert (figures["axis"], figures["stored_axis"]) == ("typical", "full")
    assert not any(figures["full_year"]["unmet"].values())
    check_run(run, capsys)


@pytest.mark.slow
def test_the_dairy_is_solved_on_typical_days_alone(tmp_path: Path, capsys: Captured) -> None:
    """Proves --no-full-year on the second factory: the plan is stored on the days it was found on,
    says so, and verifies there."""
    run = tmp_path / "run"
    file = scenario_file("dairy_denmark")
    assert decarb("solve", file, *LOOSE, "--no-full-year", "--out", run) == 0
    figures = summary_of(run)
    assert (figures["axis"], figures["stored_axis"]) == ("typical", "typical")
    assert figures["full_year"] is None
    check_run(run, capsys)


@pytest.mark.slow
def test_the_iron_works_are_solved_with_their_measured_data(
    tmp_path: Path, capsys: Captured
) -> None:
    """Proves --data on a measured year with negative prices: full year, within 5 %, verified."""
    if not can_load("iron_works"):
        pytest.skip("no folder of measured data (DECARB_TEST_DATA)")
    run = tmp_path / "run"
    file = scenario_file("iron_works")
    code = decarb(
        "solve", file, "--data", DATA, "--periods", "4", "--gap", "0.05", "--time-limit", "100",
        "--out", run,
    )  # fmt: skip
    assert code == 0
    assert summary_of(run)["gap"] <= 0.05
    check_run(run, capsys)


def test_the_iron_works_without_data_end_with_one_line_that_says_what_to_do(
    tmp_path: Path, capsys: Captured
) -> None:
    """Proves exit code 2 and one problem: the missing file, and the option that gives its folder.

    A missing series found only while assembling would give one line for each use of it.
    """
    code = decarb("solve", scenario_file("iron_works"), "--out", tmp_path / "run")
    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert "1 problem" in said.err
    assert sum("iron_works_15min.csv" in line for line in said.err.splitlines()) == 1
    assert "--data" in said.err
    assert not (tmp_path / "run").exists()
