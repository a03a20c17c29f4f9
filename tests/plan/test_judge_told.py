"""What is told beside the verdicts: years without a limit, ratios over nothing, a base year far
above the plant."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from optimizer import cli
from optimizer.plan.judge import figures, judge
from optimizer.plan.verify.held import Side
from tests.cli.solving import QUICK, small
from tests.packs import pack, rule
from tests.plan.test_judge_strict import LAW, PRIMARY
from tests.workspace import write_workspace

pytestmark = pytest.mark.usefixtures("no_reports")

Captured = pytest.CaptureFixture[str]


def test_years_out_of_force_are_named(tmp_path: Path, capsys: Captured) -> None:
    """Proves the words beside a verdict that holds for a part of the plan: the gate is in force in
    2026 alone, and of 2027 nothing is said; a field of the policy holds in both."""
    rules = [
        rule("never_rises", "E-1", unless_output_grows=True, ledger="location", **PRIMARY),
        rule("net_target", "E-2", limit="9 kt", ledger="location", **PRIMARY),
    ]
    ending = pack("ending", *rules, **LAW, valid={"to": "2027-06-30"})
    path = write_workspace(tmp_path, small(policy={"use": ["ending"]}), policies={"ending": ending})
    run = str(tmp_path / "results" / "run")
    assert cli.run(["solve", str(path), *QUICK, "--out", run, "--json"]) == cli.FINE
    capsys.readouterr()
    assert cli.run(["policy", "check", run, "--strict"]) == cli.FINE
    assert "ending: E-1 in force in 2026 alone" in capsys.readouterr().out
    assert [each.in_force for each in judge(Path(run)).rules] == [(2026,), (2026, 2027)]


def test_something_over_nothing_is_above_any_limit() -> None:
    """Proves the ratio without a denominator: 5 t in a year that uses no energy fail a limit of 1.8
    t/tce, where "nothing to divide by" asked nothing; 0 t over nothing, and a share of nothing, ask
    nothing indeed. 5 t of credits where nothing was reduced are no share of 0.1 either: a tolerance
    that grows with what is missed, without end, would let them pass."""
    value, per, limit = np.array([5.0, 0.0]), np.zeros(2), np.array([1.8, 1.8])
    most = figures._ratio(Side("p/R-1", "carbon_within_energy", value, per, limit))
    assert most.asked.tolist() == [True, False]
    assert most.kept.tolist() == [False, True]
    share = figures._share(np.array([5.0, 0.0]), np.array([-100.0, -100.0]))
    offset = figures.Figures(share, np.array([0.1, 0.1]), "1")
    assert offset.kept.tolist() == [False, True]
    least = figures._ratio(Side("p/R-1", "non_fossil_above_share", value, per, limit, -1.0))
    assert least.asked.tolist() == [False, False]


def test_a_base_year_far_above_the_plant_is_told(tmp_path: Path, capsys: Captured) -> None:
    """Proves the flag: metered are 17,520 x 0.55 + 19,467 x 0.202 = 13,568 t; without any measure
    the plant emits 8,758 x 0.55 + 3,441 = 8,258 t (test_no_plan.py): 39.1 % are gone. A rule that
    asks for 10 % less than the base year is kept by that alone. With half of that power metered
    8,750 t stand against 8,258, and nothing is said."""
    kept = rule("gross_reduction", "O-1", scopes=[1, 2], limit=0.1, ledger="location", **PRIMARY)
    for metered, told in (("17520 MWh/a", True), ("8760 MWh/a", False)):
        root = tmp_path / metered[:4]
        scenario = small(policy={"use": ["one"]}, base_year__metered__electricity=metered)
        path = write_workspace(root, scenario, policies={"one": pack("one", kept, **LAW)})
        run = str(root / "results" / "run")
        assert cli.run(["solve", str(path), *QUICK, "--out", run, "--json"]) == cli.FINE
        found = judge(Path(run)).head_start
        assert (found is not None) == told
        capsys.readouterr()
        assert cli.run(["policy", "check", run, "--strict"]) == cli.FINE
        assert ("are gone in 2026 without any measure" in capsys.readouterr().out) == told
        if found is not None:
            assert found.base == pytest.approx(13_568.3, abs=0.1)
            assert (found.base - found.baseline) / found.base == pytest.approx(0.391, abs=1e-3)
