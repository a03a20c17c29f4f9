"""`decarb show` and `decarb report` on a stored run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from optimizer.cli import run


def test_show_prints_headline_and_tables(
    run_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that a planner sees the answer on stdout and nothing on stderr."""
    assert run(["show", str(run_folder)]) == 0
    shown = capsys.readouterr()
    assert "3 measures by 2028" in shown.out
    assert all(word in shown.out for word in ("Steam heat pump", "Gas boiler B", "Net target"))
    assert shown.err == ""


def test_show_speaks_chinese(run_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Proves that names and words follow --lang; an English name would be the other coordinate."""
    assert run(["show", str(run_folder), "--lang", "zh"]) == 0
    shown = capsys.readouterr().out
    assert "蒸汽热泵" in shown
    assert "Steam heat pump" not in shown


def test_show_json_is_the_summary(run_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Proves that `--json | jq` works: stdout is summary.json and nothing else."""
    assert run(["show", str(run_folder), "--json"]) == 0
    stored = json.loads((run_folder / "summary.json").read_text(encoding="utf-8"))
    assert json.loads(capsys.readouterr().out) == stored


def test_report_writes_where_it_is_told(
    run_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves --out and --lang: the page is Chinese, its path is what stdout says."""
    target = tmp_path / "bericht.html"
    assert run(["report", str(run_folder), "--lang", "zh", "--out", str(target)]) == 0
    assert capsys.readouterr().out.strip() == str(target)
    assert '<html lang="zh-CN">' in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["show", "report"])
def test_an_empty_folder_is_an_input_error(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves exit code 2 and a line that names the missing file, in place of a traceback."""
    assert run([command, str(tmp_path)]) == 2
    assert "plan.nc" in capsys.readouterr().err
