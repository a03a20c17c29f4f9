"""`decarb solve --segments`: what is merged, stored and verified, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from optimizer import api, cli
from tests.cli.solving import solve, without_reports, write_small


def test_a_plan_on_segments_is_stored_and_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves --segments 6 end to end without the full year: six steps a day in plan.nc, in
    summary.json and in the stored scenario, and every row of the verifier holds."""
    without_reports(monkeypatch)
    run = tmp_path / "run"
    assert solve(write_small(tmp_path), "--segments", "6", "--out", str(run), "--json") == cli.FINE
    summary = json.loads(capsys.readouterr().out)
    assert summary["typical_days"]["segments"] == 6
    assert summary["resolution"] is None
    plan = api.read_run(run).plan
    assert plan.sizes["step"] == 6
    assert plan["step_hours"].sum("step").values.tolist() == [24.0] * plan.sizes["period"]
    assert cli.run(["verify", str(run)]) == cli.FINE


def test_the_full_year_is_never_merged(tmp_path: Path) -> None:
    """Proves that a scenario's segments hold for its own typical days, and give way to --periods
    full and auto, which know no such steps or choose them themselves."""
    scenario = write_small(tmp_path, time__segments=6)
    bundle = api.load(scenario)
    assert api.settings_of(bundle).segments == 6
    assert api.settings_of(bundle, periods="full").segments is None
    assert api.settings_of(bundle, periods="auto").segments is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--segments", "24"), "fewer than the 24 steps"),
        (("--segments", "6", "--periods", "full"), "periods is full"),
        (("--segments", "0"), "--segments"),
    ],
)
def test_segments_that_merge_nothing_are_refused(
    tmp_path: Path,
    options: tuple[str, ...],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Proves exit code 2: as many segments as hours, or segments of the full year, would be taken
    for coarser than they are."""
    assert solve(write_small(tmp_path), *options) == cli.INPUT_OR_USAGE
    assert said in capsys.readouterr().err
