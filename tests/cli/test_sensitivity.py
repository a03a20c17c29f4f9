"""`decarb sensitivity`: figures for machines, tables and a page for people."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd
import pytest

from optimizer import cli
from tests.cli.solving import write_small

TWO = ("--driver", "output=0.9:1.1", "--driver", "tariffs.natural_gas.price")
QUICK = ("--periods", "1", "--bisections", "0", *TWO)


def sensitivity(folder: Path, *options: str) -> int:
    """The exit code of a quick study of the small plant."""
    return cli.run(["sensitivity", str(write_small(folder)), *QUICK, *options])


def test_json_has_every_driver_and_measure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves the shape that scripts read: five plans, both ends of each driver as intervals, every
    offer with its role, effects of both drivers."""
    assert sensitivity(tmp_path, "--morris", "2", "--json") == cli.FINE
    found = json.loads(capsys.readouterr().out)
    moved = {"output", "tariffs.natural_gas.price"}
    assert {swing["driver"]["path"] for swing in found["tornado"]} == moved
    for swing in found["tornado"]:
        assert swing["low"][0] <= swing["low"][1]
    gas = next(s for s in found["tornado"] if s["driver"]["path"] != "output")
    assert gas["low"][1] < 0 < gas["high"][0]
    assert {role["id"] for role in found["measures"]} == {"pv_roof", "heat_pump", "motor_saving"}
    assert {effect["path"] for effect in found["morris"]} == moved


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_folder_has_page_points_and_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    """Proves that the folder is whole, that the workbook has a row a plan tested and the figures
    of the JSON, and that the printed headline stands on the page."""
    out = tmp_path / "out"
    assert sensitivity(tmp_path, "--morris", "2", "--out", str(out), "--lang", lang) == cli.FINE
    headline = capsys.readouterr().out.splitlines()[0]
    page = (out / "sensitivity.html").read_text(encoding="utf-8")
    assert headline in page
    assert 'id="tornado"' in page
    assert 'id="morris"' in page
    found = json.loads((out / "sensitivity.json").read_text(encoding="utf-8"))
    book = list(pd.read_excel(out / "sensitivity.xlsx", sheet_name=None).values())
    _, drivers, measures, *_, points, effects = book
    assert len(points) == found["tested"] == len(found["points"])
    assert list(effects.iloc[:, 4]) == pytest.approx([e["mu_star"] for e in found["morris"]])
    assert list(measures.iloc[:, 3]) == [role["plans"] for role in found["measures"]]
    assert drivers.iloc[0, 4] == pytest.approx(found["tornado"][0]["low"][0])


@pytest.mark.parametrize("driver", ["output=2", "output=1.1:1.2", "tariffs.gas.price", "currency"])
def test_a_driver_that_leads_nowhere_is_refused(tmp_path: Path, driver: str) -> None:
    """Proves that a wrong range, path or field ends before anything is searched."""
    path = write_small(tmp_path)
    assert cli.run(["sensitivity", str(path), "--driver", driver]) == cli.INPUT_OR_USAGE


def test_one_trajectory_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Proves that nobody is shown a spread of one effect: 2 is the least, before any search."""
    assert sensitivity(tmp_path, "--morris", "1") == cli.INPUT_OR_USAGE
    assert "give two or more" in capsys.readouterr().err


def test_effects_without_the_library_name_the_extra(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that a plain install ends with what to type, as a wrong option does, not as a bug, and
    before anything is searched."""
    monkeypatch.setitem(sys.modules, "SALib.sample.morris", None)
    assert sensitivity(tmp_path, "--morris", "2") == cli.INPUT_OR_USAGE
    said = capsys.readouterr().err
    assert "pip install 'decarb[studies]'" in said
    assert "Plan" not in said
