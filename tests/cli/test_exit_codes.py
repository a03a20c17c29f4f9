"""A planner's bad day: exit codes, terminals, folders; never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from optimizer import api, cli
from optimizer.plan import search
from optimizer.solve.direct import solve_direct
from optimizer.solve.highs import Ending, Outcome
from tests.cli.solving import QUICK, solve, without_reports, write_small

Captured = pytest.CaptureFixture[str]
README = Path(cli.__file__).parents[2] / "README.md"


@pytest.fixture
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    without_reports(monkeypatch)
    return write_small(tmp_path)


def end_search(patch: pytest.MonkeyPatch, ending: Ending, keep: bool) -> None:
    """Let the search end as told, with its plan or without any."""

    def ended(*args: object, **named: object) -> Outcome:
        found = solve_direct(*args, **named)  # type: ignore[arg-type]
        x = found.x if keep else None
        cost = found.objective if keep else np.inf
        return Outcome(ending, x, cost, -np.inf, found.seconds)

    patch.setattr(search, "solve_direct", ended)


def test_a_time_limit_with_a_plan_is_fine(
    scenario: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves exit code 0, status feasible, stopped_by time_limit, and null for a gap nobody knows.

    An infinite gap is no JSON; as a number it would be a lie.
    """
    import json

    end_search(monkeypatch, "time_limit", keep=True)
    assert solve(scenario, "--time-limit", "5", "--json") == cli.FINE
    summary = json.loads(capsys.readouterr().out)
    assert (summary["status"], summary["stopped_by"]) == ("feasible", "time_limit")
    assert summary["bound"] is None
    assert summary["gap"] is None
    assert summary["gap_money"] is None


@pytest.mark.parametrize("ending", ["time_limit", "interrupted", "failed", "unbounded"])
def test_a_search_without_a_plan_is_code_4_and_leaves_nothing(
    scenario: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, ending: Ending
) -> None:
    """Proves exit code 4 for every end without a plan, and that no folder appears."""
    end_search(monkeypatch, ending, keep=False)
    assert solve(scenario) == cli.STOPPED_OR_SOLVER_FAILURE
    said = capsys.readouterr()
    assert said.out == ""
    assert ending in said.err
    assert not (scenario.parents[2] / "results").exists()


def test_a_full_disk_leaves_nothing(
    scenario: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that an error while storing is one line with the file, and the folder goes away."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "plan.nc")

    monkeypatch.setattr(api, "write_plan", full)
    assert solve(scenario) == cli.INPUT_OR_USAGE
    assert capsys.readouterr().err.splitlines()[-1] == "plan.nc: No space left on device"
    assert list((scenario.parents[2] / "results").iterdir()) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("solve", "Missing argument 'FILE'"),
        ("solve {root}", "is a folder"),
        ("solve {root}/nowhere.yaml", "nowhere.yaml"),
        ("solve {file} --out", "requires an argument"),
        ("solve {file} --priods 3", "--periods"),
        ("solve {file} --periods 0", "1 to 364"),
        ("solve {file} --periods 365", "1 to 364"),
        ("solve {file} --periods ²", "1 to 364"),
        ("solve {file} --periods many", "'full'"),
        ("solve {file} --step 5", "15"),
        ("solve {file} --time-limit 0", "--time-limit"),
        ("solve {file} --time-limit nan", "seconds"),
        ("solve {file} --time-limit inf", "seconds"),
        ("solve {file} --method magic", "decomposed"),
        ("solve {file} --lang fr", "zh"),
        ("solve {file} {file}", "unexpected extra argument"),
        ("solve {file} --out {file}/run", "can't be written"),
        ("solve {file} --out {root}/scenarios", "exists already"),
        ("show {root}/nowhere", "nowhere"),
        ("show {file}", "scenario.yaml"),
        ("show {root}/scenarios", "summary.json"),
        ("verify {root}/nowhere", "nowhere"),
        ("verify {root}/scenarios", "No such file"),
        ("report {root}/scenarios", "summary.json"),
        ("validate {root}/nowhere.yaml", "nowhere.yaml"),
    ],
)
def test_a_wrong_line_is_answered_in_words(
    scenario: Path, capsys: Captured, line: str, said: str
) -> None:
    """Proves exit code 2 (5 for a check), one hint that fits, no traceback, no new file."""
    root = scenario.parents[2]
    before = sorted(root.rglob("*"))
    code = cli.run(line.format(root=root, file=scenario).split())
    told = capsys.readouterr()
    assert code in (cli.INPUT_OR_USAGE, cli.CHECK_FAILED), told.err
    assert said in told.err + told.out
    assert "bug" not in told.err
    assert "Errno" not in told.err
    assert sorted(root.rglob("*")) == before


def test_options_may_stand_anywhere(scenario: Path) -> None:
    """Proves that options before the file, after it, and in any order are the same line."""
    assert cli.run(["solve", "--json", *QUICK, "--gap=1%", str(scenario), "--lang", "zh"]) == 0


@pytest.mark.parametrize(
    "settings",
    [{"PYTHONIOENCODING": "ascii"}, {"COLUMNS": "40"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}],
    ids=["ascii", "narrow", "no-locale"],
)
def test_any_terminal_will_do(tmp_path: Path, settings: dict[str, str]) -> None:
    """Proves that a terminal that can't show Chinese, or is 40 columns wide, gets an answer too."""
    done = subprocess.run(
        [sys.executable, "-m", "optimizer.cli", "solve", str(write_small(tmp_path)), *QUICK,
         "--lang", "zh"],
        env={**os.environ, **settings}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == cli.FINE, done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stdout.rstrip().endswith(b"small_plant-1")


def test_a_closed_stdout_keeps_the_run(tmp_path: Path) -> None:
    """Proves that `decarb solve … | head -0` ends quietly, with its run stored."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "optimizer.cli", "solve", str(write_small(tmp_path)), *QUICK],
        stdout=writer, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(writer)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert done.returncode == cli.FINE
    assert (tmp_path / "results/small_plant-1/report.html").is_file()


@pytest.mark.parametrize("name", list(cli.COMMANDS))
def test_every_command_has_help_an_example_and_a_place_in_the_readme(
    name: str, capsys: Captured
) -> None:
    """Proves that a newcomer finds each command: help text, an example to copy, the README."""
    command = import_module(f"optimizer.cli.{name}").command
    assert command.help
    assert "decarb " + name in (command.epilog or "")
    assert cli.run([name, "--help"]) == cli.FINE
    assert "Example" in capsys.readouterr().out
    assert f"decarb {name}" in README.read_text(encoding="utf-8")
