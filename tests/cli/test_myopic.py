"""`decarb myopic`: figures for machines, a table and a page for people."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from optimizer import cli
from optimizer.words import text
from tests.cli.solving import write_small

CAPS = {2026: "6600 t", 2027: "5900 t"}


def test_json_says_what_either_way_costs_or_misses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves the shape that scripts read: foresight with its bound, and a run with the caps known
    and one without, each with a plan or with what it misses."""
    path = write_small(tmp_path, policy={"gross_cap": CAPS})
    assert cli.run(["myopic", str(path), "--periods", "1", "--json"]) == cli.FINE
    found = json.loads(capsys.readouterr().out)
    assert found["foresight"]["bound"] <= found["foresight"]["cost"]
    assert [run["policy_known"] for run in found["myopic"]] == [True, False]
    for run in found["myopic"]:
        assert (run["plan"] is None) == (run["missed"] is not None)
        assert run["high"] is None or run["high"] >= run["low"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_folder_has_page_and_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    """Proves that the folder is whole, that the workbook has the figures of the JSON, and that the
    printed headline stands on the page."""
    path, out = write_small(tmp_path), tmp_path / "out"
    options = ["--periods", "1", "--out", str(out), "--lang", lang]
    assert cli.run(["myopic", str(path), *options]) == cli.FINE
    headline = capsys.readouterr().out.splitlines()[0]
    page = (out / "myopic.html").read_text(encoding="utf-8")
    assert headline in page
    assert 'id="emissions"' in page
    found = json.loads((out / "myopic.json").read_text(encoding="utf-8"))
    book = pd.read_excel(out / "myopic.xlsx", sheet_name=None)
    _, ways, years, _ = book.values()
    assert list(years.columns)[1] == text("word.year", lang)
    gross = found["foresight"]["plan"]["gross"]
    assert list(years.iloc[: len(gross), 2]) == pytest.approx(list(gross.values()))
    assert list(ways.iloc[1:, 2]) == pytest.approx([run["low"] for run in found["myopic"]])
