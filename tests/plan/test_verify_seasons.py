"""The verifier on a plan with a store over the year: every calendar day is followed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from optimizer import api
from optimizer.files.netcdf import read_netcdf
from optimizer.plan.verify import verify
from optimizer.plan.verify.harmless import CHANGE
from optimizer.plan.verify.reading import as_stored
from optimizer.plan.verify.run import Parts, read_parts, recompute
from tests.plan.solved import write_solved
from tests.plan.test_verify_solved import unseen
from tests.workspace import small_measures, small_scenario, write_workspace

pytestmark = pytest.mark.usefixtures("no_reports")

SEED = 365


def pit() -> dict[str, Any]:
    """A heat store for weeks of heat, half a percent of which is lost a day."""
    return {
        "id": "pit", "name": {"en": "Pit", "zh": "坑"}, "kind": "storage", "carrier": "heat_90c",
        "cycle": "year", "duration": "400 h", "efficiency_charge": 0.98, "depth": 0.9,
        "self_discharge": "0.0002 1/h", "capacity": {"min": "100 MWh", "max": "2 GWh"},
        "capex": {"any": {"price": "2 CNY/kWh"}}, "lifetime": "20 a",
    }  # fmt: skip


def write_pit_plant(folder: Path, last: int) -> Path:
    """The small plant up to ``last``, at a dear gas price, with a heat pump that winter's demand is
    too much for and a pit that it can fill in summer; the scenario file."""
    scenario = small_scenario()
    scenario["horizon"] |= {"first": 2027, "last": last, "evaluate_to": 2036}
    scenario["measures"]["offer"] += ["pit"]
    scenario["tariffs"]["natural_gas"]["price"] = "1.8 CNY/kWh"
    pv, pump, saving = small_measures()
    pump["capacity"]["max"] = "1.8 MW"
    return write_workspace(folder, scenario, [pv, pump, saving, pit()])


@pytest.fixture(scope="module")
def pit_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of it, the pit built at once, the heat pump a year later."""
    folder = tmp_path_factory.mktemp("pit")
    path = write_pit_plant(folder, 2028)
    builds = {("pit", 2027): 1, ("heat_pump", 2028): 1, ("pv_roof", 2027): 1}
    return write_solved(path, folder / "run", builds)


@pytest.fixture(scope="module")
def pit_parts(pit_run: Path) -> Parts:
    """The same run, read once."""
    return read_parts(pit_run)


def _changed(run: Path, parts: Parts, change: Callable[[xr.Dataset], None]) -> set[str]:
    """Names of the rows that fail after a change of the plan."""
    data = read_netcdf(run / "plan.nc")
    change(data)
    changed = replace(parts, plan=as_stored("plan.nc", data))
    return {row.name for row in recompute(changed).failed}


def test_a_plan_with_a_store_over_the_year_follows_from_its_inputs(
    pit_run: Path, pit_parts: Parts
) -> None:
    """Proves that model and verifier agree on all 365 days, with losses and a lowest level.

    The pit is in use: its level differs by more than a day's heat between two days of the year.
    """
    report = verify(pit_run)
    assert report.ok, report.failed
    assert np.ptp(pit_parts.plan.arrays["level_by_day"][0, 1]) > 50.0
    counted = {row.name: row.count for row in report.rows}
    assert counted["day_begins_as_last_ended"] == 2 * 365


@pytest.mark.parametrize("method", ["direct", "decomposed"])
def test_a_plan_found_on_typical_days_holds_on_all_of_them(tmp_path: Path, method: Any) -> None:
    """Proves the way from files to a verified run by either method: sizes from four typical days
    and the extreme ones, levels from the dispatch of the full year, where every day is its own and
    its steps begin at the level that the day begins with."""
    path = write_pit_plant(tmp_path, 2028)
    settings = api.Settings(periods=4, gap=5e-3, method=method)
    run = api.solve(api.Job(path, tmp_path / "run", settings=settings))
    assert run.plan.sizes["period"] == 365
    assert float(np.ptp(run.plan["level_by_day"].values)) > 50.0
    assert verify(tmp_path / "run").ok


def test_each_figure_of_the_store_is_held(pit_run: Path) -> None:
    """Proves that one element of every variable times 1.0001 fails or is named as harmless."""
    assert unseen(pit_run, 1) == []


@pytest.mark.parametrize("name", ["level", "level_by_day"])
def test_a_ten_thousandth_of_any_level_is_seen(pit_run: Path, pit_parts: Parts, name: str) -> None:
    """Proves that eight levels, of steps and of days, are each held to less than 1e-4: by the
    chain of days, or by the steps of the day that represents them."""
    values = pit_parts.plan.arrays[name]
    places = np.argwhere(values > 0.01 * values.max())
    for place in np.random.default_rng(SEED).permutation(places)[:8]:

        def change(data: xr.Dataset, at: tuple[int, ...] = tuple(place)) -> None:
            data[name].values[at] *= 1 + CHANGE

        assert _changed(pit_run, pit_parts, change), place


@pytest.mark.parametrize(
    ("change", "row"),
    [
        (lambda days: np.roll(days, 1, axis=-1), "day_begins_as_last_ended"),
        (lambda days: days + 1.0, "day_begins_as_last_ended"),
        (lambda days: 3.0 * days, "level_within_capacity"),
        (lambda days: 2000.0 - 3.0 * days, "level_above_lowest"),
    ],
)
def test_levels_of_other_days_fail(
    pit_run: Path, pit_parts: Parts, change: Callable[[np.ndarray], np.ndarray], row: str
) -> None:
    """Proves the rows by name: a year that begins a day late; 1 MWh more all year, of which losses
    would take 0.5 % a day; levels thrice as far apart and upside down, beyond the store's
    limits on days that no period shows."""

    def all_days(data: xr.Dataset) -> None:
        data["level_by_day"].values[:] = change(data["level_by_day"].values.copy())

    assert row in _changed(pit_run, pit_parts, all_days)


def test_a_plan_without_its_days_fails(pit_run: Path, pit_parts: Parts) -> None:
    """Proves that the levels of the days can't be left out: they count as 0, which no day is."""
    arrays = {k: v for k, v in pit_parts.plan.arrays.items() if k != "level_by_day"}
    ids = {k: v for k, v in pit_parts.plan.ids.items() if k != "season_store"}
    without = replace(pit_parts.plan, arrays=arrays, ids=ids)
    assert not recompute(replace(pit_parts, plan=without)).ok
