"""`decarb compare`: figures for machines, a table and a page for people, exit codes for scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from optimizer import cli
from tests.cli.solving import QUICK, small
from tests.studies.test_compare import PACKS
from tests.workspace import write_workspace


def compare(folder: Path, *options: str) -> int:
    """The exit code of a quick comparison of the small plant, whose scenario caps 2027."""
    own = {"use": ["words"], "gross_cap": {2027: "5950 t"}}
    path = write_workspace(folder, small(policy=own), policies=PACKS)
    return cli.run(["compare", str(path), *QUICK, *options])


def test_json_has_a_plan_a_policy_and_nothing_else_on_stdout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves the shape that scripts read; residual and unabated are null until an audit knows."""
    assert compare(tmp_path, "--policies", "none,capped,impossible", "--json") == cli.FINE
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert [plan["policy"] for plan in found["plans"]] == ["none", "capped", "impossible"]
    assert found["own_limits"] == {"fields": ["policy.gross_cap"], "kept": False}
    year = found["plans"][1]["years"][-1]
    assert year["year"] == 2027
    assert year["residual"] is None
    assert year["unabated"] is None
    assert year["cost"] > 0
    assert year["net"] == pytest.approx(year["remaining"] - year["credits"])
    assert "2 of 3" in said.err or "2/3" in said.err


def test_by_default_the_scenario_comes_first_then_no_rules_then_every_pack(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves the default, and that the page and its figures lie in the folder, whole."""
    out = tmp_path / "out"
    assert compare(tmp_path, "--out", str(out), "--lang", "zh") == cli.FINE
    said = capsys.readouterr().out
    figures = json.loads((out / "comparison.json").read_text(encoding="utf-8"))
    assert [plan["policy"] for plan in figures["plans"]] == [
        "scenario", "none", "capped", "impossible", "later", "words"
    ]  # fmt: skip
    assert "情景自身的政策" in said
    assert str(out / "comparison.html") in said
    page = (out / "comparison.html").read_text(encoding="utf-8")
    assert 'lang="zh-CN"' in page
    assert "不存在方案" in page
    assert 'id="remaining"' in page


def test_a_folder_of_other_things_is_never_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that --force replaces a comparison and no folder that isn't one."""
    other = tmp_path / "letters"
    other.mkdir()
    (other / "letter.txt").write_text("dear", encoding="utf-8")
    assert compare(tmp_path, "--out", str(other), "--force") == cli.INPUT_OR_USAGE
    assert (other / "letter.txt").exists()


def test_an_empty_name_between_commas_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that "none,,capped" isn't read as some policy of no name."""
    assert compare(tmp_path, "--policies", "none,,capped") == cli.INPUT_OR_USAGE
    assert "--policies" in capsys.readouterr().err
