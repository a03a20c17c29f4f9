"""Ctrl-C at every stage: a whole run or none, and never a folder half-written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from optimizer import cli
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


@pytest.mark.parametrize(
    "moment",
    [
        "optimizer.plan.make.baseline_case",
        "optimizer.plan.make.dispatch_full_year",
        "optimizer.api.write_plan",
        "optimizer.api._write_reports",
    ],
)
def test_before_a_plan_is_stored_nothing_is_left(tmp_path: Path, moment: str) -> None:
    """Proves exit code 130, one word on stderr, no run folder and no temporary one.

    Baseline, dispatch of the full year, and two stages of storing: a folder that is filled in its
    final place would stay half-written.
    """
    done = interrupted(tmp_path, moment)
    assert done.returncode == cli.INTERRUPTED, done.stderr
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1] == "Interrupted."
    assert "Traceback" not in done.stderr
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["scenarios", "technology_catalog"]
