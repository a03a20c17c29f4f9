"""`decarb report RUN --for committee` on a stored run of the small plant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from optimizer import cli
from optimizer.words import LANGUAGES
from tests.cli.solving import write_small

DRIVERS = ("--driver", "tariffs.natural_gas.price", "--driver", "measures.override.*.capex")


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small plant's scenario, its solved `run`, and its `moves`."""
    folder = tmp_path_factory.mktemp("committee")
    scenario = str(write_small(folder / "plant"))
    assert cli.run(["solve", scenario, "--periods", "1", "--out", str(folder / "run")]) == 0
    asked = ["--periods", "1", "--bisections", "0", *DRIVERS, "--out", str(folder / "moves")]
    assert cli.run(["sensitivity", scenario, *asked]) == 0
    return folder


def committee(plant: Path, *options: str) -> int:
    """The exit code of the command, with the stored sensitivity."""
    moves = ("--study", str(plant / "moves"))
    return cli.run(["report", str(plant / "run"), "--for", "committee", *moves, *options])


@pytest.fixture(scope="module")
def sheet(plant: Path) -> dict[str, Any]:
    """The decision sheet as --json prints it."""
    import contextlib
    import io

    held = io.StringIO()
    with contextlib.redirect_stdout(held):
        assert committee(plant, "--json") == 0
    found: dict[str, Any] = json.loads(held.getvalue())
    return found


def test_the_sheet_is_of_the_stored_plan(plant: Path, sheet: dict[str, Any]) -> None:
    """Proves that every project of the plan is decided on once, and that the money asked in a year
    is the plan's own capex: a tranche of its own count would miss renewals or grants."""
    summary = json.loads((plant / "run" / "summary.json").read_text(encoding="utf-8"))
    built = {row["measure"] for row in summary["build"]}
    planned = [one["id"] for one in sheet["decisions"] if one["project"] is not None]
    assert built <= set(planned)
    assert len(planned) == len(set(planned))
    by_year = {each["year"]: each for each in sheet["tranches"]}
    for row in summary["years"]:
        asked = by_year.get(row["year"], {"net": 0.0})["net"]
        assert asked == pytest.approx(row["capex"], abs=0.01)
    for each in sheet["tranches"]:
        parts = sum(each["projects"].values()) + each["other"] - each["grants"]
        assert parts == pytest.approx(each["net"])


def test_a_stored_study_answers_in_place_of_searches(sheet: dict[str, Any]) -> None:
    """Proves that drivers and thresholds are those of the stored sensitivity: two drivers, though
    the plant has more; and that the held plan was asked at their four ends."""
    moved = {swing["driver"]["path"] for swing in sheet["moves"]["tornado"]}
    assert moved == {"tariffs.natural_gas.price", "measures.override.*.capex"}
    assert len(sheet["regrets"]) == 4
    for each in sheet["regrets"]:
        assert each["low"] is None or 0 <= each["low"] <= each["high"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_are_printed(plant: Path, capsys: pytest.CaptureFixture[str], lang: str) -> None:
    """Proves headline and money in both languages, nothing of English words in Chinese."""
    assert committee(plant, "--lang", lang) == 0
    shown = capsys.readouterr().out
    assert ("Asked, after grants" in shown) is (lang == "en")
    assert ("扣除补助后的申请额" in shown) is (lang == "zh")


@pytest.mark.parametrize(
    "options", [("--json",), ("--time-limit", "5"), ("--spread", "10"), ("--study", ".")]
)
def test_options_of_the_committee_need_it(plant: Path, options: tuple[str, ...]) -> None:
    """Proves that an option which the plain report would ignore is refused."""
    assert cli.run(["report", str(plant / "run"), *options]) == cli.INPUT_OR_USAGE


def test_a_folder_of_no_study_is_refused(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Proves that a run folder is no study: the message says which files are."""
    wrong = ("--study", str(plant / "run"))
    assert committee(plant, *wrong) == cli.INPUT_OR_USAGE
    assert "sensitivity.json" in capsys.readouterr().err


def test_a_study_of_another_plant_is_refused(
    plant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that a study in other money isn't set beside a plan: thresholds of one plant say
    nothing of another."""
    found = json.loads((plant / "moves" / "sensitivity.json").read_text(encoding="utf-8"))
    found["subject"]["price_year"] += 1
    (tmp_path / "sensitivity.json").write_text(json.dumps(found), encoding="utf-8")
    assert committee(plant, "--study", str(tmp_path)) == cli.INPUT_OR_USAGE
    assert "price_year" in capsys.readouterr().err
