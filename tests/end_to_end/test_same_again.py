"""The same input gives the same plan; a stored run's own inputs give it too."""

from __future__ import annotations

from pathlib import Path

import pytest
import xarray as xr

from tests.cli.solving import QUICK, without_reports, write_small
from tests.end_to_end.doors import decarb, summary_of, workspace_from

OF_THE_DAY = ("run", "seconds")
"""What may differ between two runs: the folder's name and how long it took."""
CHANGES = ("--set", "economics.discount_rate=0.05", "--set", "budget.capex=3 MCNY")


@pytest.fixture
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small plant, solved without its reports."""
    without_reports(monkeypatch)
    return write_small(tmp_path / "first")


def test_the_same_input_twice_gives_the_same_plan(scenario: Path, tmp_path: Path) -> None:
    """Proves that two solves agree in every figure of summary.json and every number of plan.nc and
    baseline.nc, bit for bit: threads, sets and dictionaries leave no trace.

    An order that changes from run to run would move the last digits of a sum, or choose another
    plan within the gap.
    """
    one, two = tmp_path / "one", tmp_path / "two"
    for out in (one, two):
        assert decarb("solve", scenario, *QUICK, "--out", out) == 0
    first, second = summary_of(one), summary_of(two)
    assert {k: v for k, v in first.items() if k not in OF_THE_DAY} == {
        k: v for k, v in second.items() if k not in OF_THE_DAY
    }
    for name in ("plan.nc", "baseline.nc"):
        with (
            xr.open_dataset(one / name, engine="h5netcdf") as here,
            xr.open_dataset(two / name, engine="h5netcdf") as there,
        ):
            assert here.equals(there)
            assert {k: v for k, v in here.attrs.items() if k != "seconds"} == {
                k: v for k, v in there.attrs.items() if k != "seconds"
            }


def test_a_run_carries_all_that_is_needed_to_solve_it_again(scenario: Path, tmp_path: Path) -> None:
    """Proves that inputs/ is complete and says where each file belongs: a workspace made of it
    alone, the --set values included, gives the same cost and the same builds.

    A file left out would end with an input error; a setting that didn't reach the stored scenario
    would give the cost at the old rate of 8 %, without a budget.
    """
    run, again = tmp_path / "run", tmp_path / "again"
    assert decarb("solve", scenario, *QUICK, *CHANGES, "--out", run) == 0
    rebuilt = workspace_from(run, tmp_path / "second")
    assert decarb("solve", rebuilt, *QUICK, "--out", again) == 0
    old, new = summary_of(run), summary_of(again)
    assert new["net_present_cost"] == pytest.approx(old["net_present_cost"], rel=1e-9)
    assert new["npv"]["baseline"] == pytest.approx(old["npv"]["baseline"], rel=1e-9)
    assert new["build"] == old["build"]


def test_a_plan_stored_read_and_stored_again_is_the_same(scenario: Path, tmp_path: Path) -> None:
    """Proves that reading a run loses nothing: written once more, it verifies with the same rows.

    A value rounded or an attribute dropped on the way would fail a row or make the file unreadable.
    """
    from optimizer.files.netcdf import write_netcdf
    from optimizer.plan.store import BASELINE, PLAN, read_run
    from optimizer.plan.verify import verify

    run = tmp_path / "run"
    assert decarb("solve", scenario, *QUICK, "--out", run) == 0
    before, read = verify(run), read_run(run)
    write_netcdf(read.plan, run / PLAN)
    write_netcdf(read.baseline, run / BASELINE)
    after = verify(run)
    assert before.ok
    assert after.rows == before.rows
