"""Ctrl-C at every stage: a whole run or none, and never a folder half-written."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from optimizer import cli
from tests.cli.interrupting import at_call
from tests.cli.solving import write_small
from tests.workspace import write_workspace


def interrupted(folder: Path, moment: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Solve a plant in a process of its own that presses Ctrl-C at `moment`."""
    whole = moment in ("first_plan", "held_plan")
    scenario = write_workspace(folder) if whole else write_small(folder)
    return subprocess.run(
        [sys.executable, "-m", "tests.cli.interrupting", moment, str(scenario),
         str(folder / "run"), "--json", "--periods", "1", *options],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "method"), [("first_plan", "direct"), ("held_plan", "decomposed")]
)
def test_the_best_plan_so_far_is_stored_whole(tmp_path: Path, moment: str, method: str) -> None:
    """Proves exit code 130 and a run that says interrupted, not proven, with all its files.

    At the first incumbent there may be no bound yet: its gap is then null in summary.json. A gap of
    infinity there is no JSON, and would throw the plan away.
    """
    done = interrupted(tmp_path, moment, "--no-full-year", "--method", method)
    assert done.returncode == cli.INTERRUPTED, done.stderr
    summary = json.loads(done.stdout)
    assert (summary["status"], summary["stopped_by"]) == ("feasible", "interrupted")
    for name in ("plan.nc", "baseline.nc", "summary.json", "report.html", "plan.xlsx", "inputs"):
        assert (tmp_path / "run" / name).exists()
    assert cli.run(["verify", str(tmp_path / "run")]) == cli.FINE
    assert not list(tmp_path.glob(".*"))


def nothing_is_left(folder: Path, out: str, err: str) -> None:
    """One word on stderr, no run folder and no temporary one."""
    assert out == ""
    assert err.splitlines()[-1] == "Interrupted."
    assert "Traceback" not in err
    assert sorted(path.name for path in folder.iterdir()) == ["scenarios", "technology_catalog"]


def test_a_process_ends_with_the_code_of_an_interrupt(tmp_path: Path) -> None:
    """Proves that exit code and word reach the shell that started it, from the last stage before a
    run has its name: a folder that is filled in its final place would stay half-written."""
    done = interrupted(tmp_path, "optimizer.api._write_reports")
    assert done.returncode == cli.INTERRUPTED, done.stderr
    nothing_is_left(tmp_path, done.stdout, done.stderr)


@pytest.fixture
def as_in_a_terminal() -> Iterator[None]:
    """A test run that was started in the background passes on that it ignores Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("as_in_a_terminal")
@pytest.mark.parametrize(
    "moment",
    [
        "optimizer.plan.make.baseline_case",
        "optimizer.plan.make.dispatch_full_year",
        "optimizer.api.write_plan",
    ],
)
def test_before_a_plan_is_stored_nothing_is_left(
    tmp_path: Path, moment: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves the same of baseline, dispatch of the full year and the first stage of storing."""
    scenario = write_small(tmp_path)
    at_call(moment, monkeypatch.setattr)
    line = ["solve", str(scenario), "--out", str(tmp_path / "run"), "--json", "--periods", "1"]
    assert cli.run(line) == cli.INTERRUPTED
    nothing_is_left(tmp_path, *capsys.readouterr())
