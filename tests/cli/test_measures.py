"""`decarb measures` on a stored run: its file, its table, what report and verifier make of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from optimizer import cli
from optimizer.plan.verify.harmless import CHANGE
from optimizer.reports.html import open_run
from optimizer.reports.shares import block, shares_table
from tests.cli.solving import write_small


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A solved run of the small plant with its shares."""
    folder = tmp_path_factory.mktemp("measures")
    scenario = write_small(folder / "plant")
    assert cli.run(["solve", str(scenario), "--periods", "1", "--out", str(folder / "run")]) == 0
    assert cli.run(["measures", str(folder / "run")]) == 0
    return folder / "run"


def shares_of(run: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((run / "shares.json").read_text(encoding="utf-8"))
    return found


def test_shares_and_rest_are_the_saving(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Proves that --json is what is stored, that all shares and the rest are the summary's saving,
    and that `decarb verify` holds with them."""
    capsys.readouterr()
    assert cli.run(["measures", str(run), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found == shares_of(run)
    saving = json.loads((run / "summary.json").read_text(encoding="utf-8"))["npv"]["saving"]
    assert sum(i["saving"] for i in found["items"]) + found["rest"] == pytest.approx(saving)
    assert found["items"]
    assert cli.run(["verify", str(run)]) == 0


def leaves(found: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Places of all numbers that aren't 0, but the count of days."""
    pairs = found.items() if isinstance(found, dict) else enumerate(found)
    for key, value in pairs:
        if isinstance(value, dict | list):
            yield from leaves(value, (*path, key))
        elif isinstance(value, float) and abs(value) > 1:
            yield (*path, key)


def test_each_figure_of_the_shares_is_held(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Proves that each number half a percent off fails by name, worth alone included: its share
    no longer follows."""
    text = (run / "shares.json").read_text(encoding="utf-8")
    for path in leaves(shares_of(run)):
        found = shares_of(run)
        node: Any = found
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] *= 1 + 50 * CHANGE
        (run / "shares.json").write_text(json.dumps(found), encoding="utf-8")
        assert cli.run(["verify", str(run)]) == cli.CHECK_FAILED, path
        assert "shares_follow_worth" in capsys.readouterr().out
    (run / "shares.json").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_has_the_table(run: Path, lang: str) -> None:
    """Proves a row an item, one for what no measure accounts for, one for the plan; and that a run
    without shares says nothing of them."""
    view = open_run(run, lang)
    (shown,) = block(view)
    assert shown.table == shares_table(view)
    assert len(shares_table(view).rows) == len(shares_of(run)["items"]) + 2
    if lang == "en":
        assert view.say("heading.shares") in (run / "report.html").read_text(encoding="utf-8")


def test_show_has_the_shares(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Proves that `decarb show` prints the table once there is one."""
    assert cli.run(["show", str(run)]) == 0
    assert "Shares of the plan's saving" in capsys.readouterr().out


def test_a_folder_that_is_no_run_is_told(tmp_path: Path) -> None:
    """Proves exit code 2 for a folder without a plan."""
    assert cli.run(["measures", str(tmp_path)]) == cli.INPUT_OR_USAGE
