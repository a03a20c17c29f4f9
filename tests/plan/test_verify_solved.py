"""The verifier on solved plants: two codes that share nothing agree, and every figure is held."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from optimizer.files.netcdf import read_netcdf
from optimizer.plan.verify import verify
from optimizer.plan.verify.harmless import CHANGE
from optimizer.plan.verify.reading import DIMENSIONS, UnreadableRun, as_stored
from optimizer.plan.verify.report import STEP
from optimizer.plan.verify.run import Parts, read_parts, recompute
from tests.plan.rich_plant import SCHEDULE, write_rich_workspace
from tests.plan.solved import write_solved
from tests.workspace import small_scenario, write_workspace

SEED = 20260


@pytest.fixture(scope="module")
def small_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plant of tests/workspace.py over two years, PV and the saving built at once."""
    folder = tmp_path_factory.mktemp("small")
    scenario: dict[str, Any] = small_scenario()
    scenario["horizon"] |= {"last": 2027, "evaluate_to": 2030}
    scenario["carriers"]["electricity"]["factor"] = "0.5 kg/kWh"
    scenario["time"]["periods"] = 1
    path = write_workspace(folder, scenario)
    builds = {("pv_roof", 2026): 1, ("motor_saving", 2026): 1, ("heat_pump", 2027): 1}
    return write_solved(path, folder / "run", builds)


def mutations(data: xr.Dataset, per_variable: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Seeded places of nonzero elements of every variable that the verifier reads.

    Step values whose ten-thousandth is below the tolerance of a step are listed as harmless by the
    report and left out here.
    """
    random = np.random.default_rng(SEED)
    for name, dims in DIMENSIONS.items():
        if name not in data:
            continue
        values = np.nan_to_num(np.abs(data[name].transpose(*dims).values))
        least = STEP.floor / CHANGE if "step" in dims else 0.0
        least = max(least, 2e-3 * float(values.max(initial=0.0)))
        places = np.argwhere(values > least)
        chosen = random.permutation(len(places))[:per_variable]
        for place in places[chosen]:
            yield name, tuple(int(i) for i in place)


def unseen(run: Path, per_variable: int) -> list[str]:
    """Changes of a ten-thousandth that no row sees and that the report doesn't list as harmless."""
    parts = read_parts(run)
    data = read_netcdf(run / "plan.nc")
    base = {row.name for row in recompute(parts).failed}
    harmless = " ".join(recompute(parts).harmless)
    found = []
    for name, place in mutations(data, per_variable):
        if not _seen(parts, data, name, place, base) and f"{name} of " not in harmless:
            found.append(f"{name}{place}")
    return found


def _seen(
    parts: Parts, data: xr.Dataset, name: str, place: tuple[int, ...], base: set[str]
) -> bool:
    ordered = data[name].transpose(*DIMENSIONS[name])
    before = float(ordered.values[place])
    ordered.values[place] = before * (1 + CHANGE)
    try:
        changed = replace(parts, plan=as_stored("plan.nc", data.assign({name: ordered})))
        return {row.name for row in recompute(changed).failed} > base
    finally:
        ordered.values[place] = before


def test_a_solved_plan_follows_from_its_inputs(small_run: Path) -> None:
    """Proves that the model's figures and the verifier's agree in every row, baseline included."""
    report = verify(small_run)
    assert report.ok, report.failed


def test_each_figure_of_a_solved_plan_is_held(small_run: Path) -> None:
    """Proves that one element of every variable times 1.0001 fails or is named as harmless."""
    assert unseen(small_run, 1) == []


@pytest.fixture(scope="module")
def segmented_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plant of every concept on one typical day, each day of 24 h in 5 steps."""
    folder = tmp_path_factory.mktemp("segmented")
    path = write_rich_workspace(folder / "plant", "extended", segments=5)
    return write_solved(path, folder / "run", SCHEDULE)


def test_a_plan_on_segments_follows_from_its_inputs(segmented_run: Path) -> None:
    """Proves stores, totals, prices and peaks on steps of unequal length: a step taken for 24/5 h
    would miss levels, energy and costs."""
    stored = read_parts(segmented_run).plan
    assert stored.hours.shape[1] == 5
    assert np.ptp(stored.hours) > 0
    report = verify(segmented_run)
    assert report.ok, report.failed


@pytest.mark.parametrize(
    ("change", "row"),
    [
        (lambda hours: hours * 1.0001, "steps_fill_a_day"),
        (lambda hours: hours[:, ::-1], "series_are_real_days"),
        (lambda hours: hours + np.array([0.4, -0.4, 0, 0, 0]), "steps_hold_whole_ones"),
    ],
)
def test_the_length_of_each_step_is_held(
    segmented_run: Path, change: Callable[[np.ndarray], np.ndarray], row: str
) -> None:
    """Proves that steps a ten-thousandth longer, steps of another order and a step that takes 24
    minutes of the next fail: none of them holds the hours that the prices are the mean of."""
    parts = read_parts(segmented_run)
    data = read_netcdf(segmented_run / "plan.nc")
    data["step_hours"].values[:] = change(data["step_hours"].values.copy())
    changed = replace(parts, plan=as_stored("plan.nc", data))
    assert row in {each.name for each in recompute(changed).failed}


def test_steps_that_hold_no_day_are_unreadable(segmented_run: Path) -> None:
    """Proves that steps of 1 h, five a day, are told as such: the prices of 24 h have no place."""
    parts = read_parts(segmented_run)
    hours = np.ones_like(parts.plan.hours)
    with pytest.raises(UnreadableRun, match="don't hold its 24"):
        recompute(replace(parts, plan=replace(parts.plan, hours=hours)))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("end", "per_variable"), [("extended", 3), ("within_horizon", 1), ("salvage", 1)]
)
def test_a_plant_of_every_concept_is_verified(tmp_path: Path, end: str, per_variable: int) -> None:
    """Proves agreement on recovery, cascade, stores, both contracts, capture, forced renewal,
    grants, carry-over, gate, credits and all three ends of the horizon; then that three elements
    of every variable are held. At the other two ends, where only capital and the last year's
    weight are counted in another way, one of each variable is enough."""
    run = write_solved(write_rich_workspace(tmp_path / "plant", end), tmp_path / "run", SCHEDULE)
    report = verify(run)
    assert report.ok, report.failed
    assert unseen(run, per_variable) == []
