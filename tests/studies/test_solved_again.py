"""A run's problem solved again by the other method: what two intervals of one least cost say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer import cli
from optimizer.plan.store import Run, read_run
from optimizer.solve.highs import Outcome
from optimizer.studies.solved_again import judged, solved_again
from tests.cli.solving import QUICK, without_reports, write_small

STORED: dict[str, Any] = {
    "method": "direct", "stored_method": "decomposed", "stored_cost": 100.0, "stored_bound": 99.6,
    "gap": 0.004, "gap_asked": 0.005,
}  # fmt: skip


def found(cost: float, bound: float, ending: Any = "optimal") -> Outcome:
    x = None if np.isinf(cost) else np.zeros(1)
    return Outcome(ending, x, cost, bound, 1.0)


@pytest.mark.parametrize(
    ("outcome", "verdict", "within"),
    [
        (found(99.9, 99.7), "proven", 0.003),  # (100 - 99.7) / 100 <= 0.005
        (found(99.9, 99.5), "proven", 0.005),  # just as much as was asked
        (found(101.0, 96.0, "time_limit"), "consistent", 0.04),  # meets [99.6, 100], proves less
        (found(100.0, 100.0005), "proven", 0.0),  # above the cost by 5e-6 of it: tolerances
        (found(103.0, 100.2), "contradicted", None),  # none below 100.2, yet a plan costs 100
        (found(99.5, 99.4), "contradicted", None),  # a plan at 99.5, yet none below 99.6
        (found(np.inf, np.inf, "infeasible"), "contradicted", None),  # no plan, yet there is one
        (found(np.inf, -np.inf, "failed"), "nothing_found", None),
    ],
)
def test_two_intervals_of_one_least_cost(
    outcome: Outcome, verdict: str, within: float | None
) -> None:
    """Proves each verdict on the run's interval [99.6, 100]; arithmetic beside each case."""
    again = judged(outcome, STORED)
    assert again.verdict == verdict
    assert again.within == (within if within is None else pytest.approx(within, abs=1e-12))
    assert again.ok == (verdict in ("proven", "consistent"))


def solve_small(folder: Path) -> Path:
    scenario = write_small(folder / "workspace")
    assert cli.run(["solve", str(scenario), *QUICK, "--out", str(folder / "run")]) == 0
    return folder / "run"


def test_the_other_method_finds_the_same_cost_from_the_inputs_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves a small run, found in one piece, is found again by the decomposed method, and that a
    bound which was raised in summary.json by 5 %, its cost with it, is called contradicted."""
    without_reports(monkeypatch)
    run = read_run(solve_small(tmp_path))
    again = solved_again(run, 60.0)
    assert (again.stored_method, again.method, again.verdict) == ("direct", "decomposed", "proven")
    assert again.cost == pytest.approx(run.summary["decision_cost"], rel=5e-3)
    raised = {key: run.summary[key] * 1.05 for key in ("decision_cost", "bound")}
    forged = Run(run.path, run.plan, run.baseline, run.summary | raised)
    assert solved_again(forged, 60.0).verdict == "contradicted"
    amended = run.summary | {"full_year": {"added_days": 2}}
    other = Run(run.path, run.plan, run.baseline, amended)
    assert solved_again(other, 60.0).verdict == "not_comparable"


def test_verify_tells_of_it_and_ends_with_5_where_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves `verify --resolve` prints both intervals in the reader's language, is in the JSON, and
    doesn't end with 0 where the problem can't be solved again."""
    without_reports(monkeypatch)
    folder = solve_small(tmp_path)
    capsys.readouterr()
    assert cli.run(["verify", str(folder), "--resolve", "--lang", "zh"]) == 0
    assert "另一方法" in capsys.readouterr().out
    assert cli.run(["verify", str(folder), "--resolve", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["resolved"]["verdict"] == "proven"
    monkeypatch.setattr(
        "optimizer.studies.solved_again.solve_decomposed",
        lambda *given, **named: found(np.inf, -np.inf, "time_limit"),
    )
    assert cli.run(["verify", str(folder), "--resolve"]) == 5
    assert "nothing is shown" in capsys.readouterr().out
