"""Scope 3 and the footprint in a stored plan: the verifier agrees, and holds each figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from optimizer.files.netcdf import read_netcdf
from optimizer.plan.value_chain import footprint_summary
from optimizer.plan.verify import verify
from optimizer.plan.verify.reading import as_stored
from optimizer.plan.verify.run import Parts, read_parts, recompute
from tests.inputs.assembling import case_of
from tests.plan.solved import write_solved
from tests.workspace import put, small_measures, small_scenario, write_workspace

NAME = {"en": "Part", "zh": "零件"}
STEEL = {
    "id": "steel", "name": NAME, "amount": "80 kg/unit", "source": "a test", "trust": "unconfirmed",
    "factor": {2026: "2.1 kg/kg", 2027: "2.0 kg/kg"},
    "transport": {"distance": "300 km", "factor": "0.08 kg/t/km"},
}  # fmt: skip
GREEN = {
    "id": "green_steel", "name": NAME, "kind": "contract", "form": "material", "material": "steel",
    "price": "500 CNY/t", "factor": "0.6 kg/kg", "available": {2026: "100 t", 2027: "150 t"},
}  # fmt: skip


def scenario() -> dict[str, Any]:
    """The small plant over two years, 5,000 parts of 80 kg of steel."""
    given: dict[str, Any] = small_scenario()
    given["horizon"] |= {"last": 2027, "evaluate_to": 2030}
    given["time"]["periods"] = 1
    given["output"] = {2026: 1.0, 2027: 1.1}
    given["production"] = {"name": NAME, "amount": "5000 unit/a"}
    given["materials"] = [STEEL]
    given = put(given, "carriers.natural_gas.upstream", "0.03 kg/kWh")
    given = put(given, "carriers.electricity.upstream", {2026: "0.08 kg/kWh", 2027: "0.07 kg/kWh"})
    return put(given, "measures.offer", [*given["measures"]["offer"], "green_steel"])


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chain")
    path = write_workspace(folder / "plant", scenario(), [*small_measures(), GREEN])
    return write_solved(path, folder / "run", {("pv_roof", 2026): 1})


@pytest.fixture(scope="module")
def parts(run: Path) -> Parts:
    return read_parts(run)


def stored(run: Path, name: str = "plan") -> xr.Dataset:
    return read_netcdf(run / f"{name}.nc")


def failing(parts: Parts, data: xr.Dataset) -> set[str]:
    changed = recompute(replace(parts, plan=as_stored("plan.nc", data)))
    return {row.name for row in changed.failed}


def test_both_codes_agree(run: Path) -> None:
    """Proves need, categories and footprint in plan and baseline, worked out twice: 400 t of steel
    x 2.1 = 840 t, 400 x 300 x 0.08e-3 = 9.6 t, in 2026."""
    assert verify(run).ok
    data = stored(run)
    assert data["scope3"].sel(category="scope3_1").values[0] == pytest.approx(840)
    assert data["scope3"].sel(category="scope3_4").values[0] == pytest.approx(9.6)
    assert float(data["footprint"][0]) > 0


@pytest.mark.parametrize(
    ("variable", "row"),
    [
        ("scope3", "scope3_is_sum"),
        ("material_need", "material_need"),
        ("made", "made_follows_output"),
        ("footprint", "footprint_is_ratio"),
        ("emitted", "emitted_by_source"),
    ],
)
def test_each_figure_is_held(run: Path, parts: Parts, variable: str, row: str) -> None:
    """Proves that a ten-thousandth more fails under the row's name, element by element."""
    data = stored(run)
    for at in np.argwhere(data[variable].values):
        changed = data.copy(deep=True)
        changed[variable].values[tuple(at)] *= 1.0001
        assert row in failing(parts, changed)


def procured(tonnes: tuple[float, float]) -> Callable[[xr.Dataset], None]:
    def change(data: xr.Dataset) -> None:
        data["procured"].values[0] = tonnes

    return change


@pytest.mark.parametrize(
    ("tonnes", "rows"),
    [
        ((120.0, 0.0), {"procured_within_available"}),
        ((0.0, 450.0), {"procured_within_available", "procured_within_need"}),
        ((-5.0, 0.0), {"procured_not_negative"}),
        ((50.0, 50.0), {"scope3_is_sum", "footprint_is_ratio", "cost_contracts"}),
    ],
)
def test_what_is_procured_is_held(
    run: Path, parts: Parts, tonnes: tuple[float, float], rows: set[str]
) -> None:
    """Proves the contract's limits, the need of 400 and 440 t, and what a tonne does: it lowers
    scope 3 and costs its premium, so one that nobody paid for fails."""
    data = stored(run)
    procured(tonnes)(data)
    assert rows <= failing(parts, data)


def test_a_summary_says_what_the_plan_holds(run: Path, parts: Parts, tmp_path: Path) -> None:
    """Proves that made, kg a unit of plan and baseline and each category are compared by year."""
    plan, baseline = stored(run), stored(run, "baseline")
    shown = footprint_summary(
        case_of(tmp_path, scenario(), [*small_measures(), GREEN]), plan, baseline
    )
    assert shown is not None
    assert recompute(replace(parts, summary={"footprint": shown})).ok
    for key in ("made", "kg_per_unit", "baseline_kg_per_unit", "scope3_1", "scope3_3", "scope3_4"):
        years = [dict(year) for year in shown["years"]]
        years[1][key] *= 1.0001
        wrong = recompute(replace(parts, summary={"footprint": {**shown, "years": years}}))
        assert [row.name for row in wrong.failed] == ["summary_follows_plan"]
