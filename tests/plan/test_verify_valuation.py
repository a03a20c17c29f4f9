"""Valued lines in a stored plan: the verifier agrees with each, and holds what is paid apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from optimizer.files.netcdf import read_netcdf
from optimizer.names import VALUATION
from optimizer.plan.verify import verify
from optimizer.plan.verify.reading import as_stored
from optimizer.plan.verify.run import read_parts, recompute
from tests.plan.solved import write_solved
from tests.workspace import small_measures, small_scenario, write_workspace


def run_of(folder: Path, mode: str) -> Path:
    """The small plant over two years, which may offset down to 2000 t under a ceiling and an
    internal price."""
    scenario: dict[str, Any] = small_scenario()
    scenario["horizon"] |= {"last": 2027, "evaluate_to": 2030}
    scenario["time"]["periods"] = 1
    scenario["measures"]["offer"] = [*scenario["measures"]["offer"], "forest"]
    scenario["internal_carbon_price"] = {2026: "30 CNY/t", 2027: "40 CNY/t"}
    scenario["policy"] = {
        "net_target": {2027: "2000 t"},
        "ceiling": {"price": {2027: "50 EUR2025/t"}, "mode": mode},
    }
    scenario["economics"] |= {"exchange": {"EUR": 7.8}}
    forest = {
        "id": "forest", "kind": "credit", "name": {"en": "Forest", "zh": "林"}, "type": "removal",
        "price": "100 CNY/t",
    }  # fmt: skip
    path = write_workspace(folder / "plant", scenario, [*small_measures(), forest])
    return write_solved(path, folder / "run", {("pv_roof", 2026): 1})


def plan_of(run: Path) -> xr.Dataset:
    return read_netcdf(run / "plan.nc")


@pytest.mark.parametrize("mode", ["displaced_credit", "residual"])
def test_each_valued_line_is_verified_and_held(tmp_path: Path, mode: str) -> None:
    """Proves that both codes agree on either mode, and that a ten-thousandth more fails by name.

    The ceiling is 50 x 7.8 = 390 CNY; a verifier that forgot the exchange, the price of the credit
    or the marks would disagree; one that counted valued lines as paid would take either cost.
    """
    run = run_of(tmp_path, mode)
    report = verify(run)
    assert report.ok, report.failed
    parts, data = read_parts(run), plan_of(run)
    lines = np.flatnonzero(data["cost_class"].values == VALUATION)
    assert len(lines) == 2
    assert data["credits"].values.sum() > 0
    for line in lines:
        changed = data.copy(deep=True)
        changed["cost"].values[line] *= 1.0001
        found = {row.name for row in recompute(_with(parts, changed)).failed}
        assert {f"cost_{VALUATION}", "decision_cost"} <= found
        assert "net_present_cost" not in found
    # What is paid is also what the yearly cash discounts to; what is valued moves no cash.
    for name, failed in {
        "net_present_cost": ["net_present_cost", "cash_discounts_to_cost"],
        "decision_cost": ["decision_cost"],
    }.items():
        changed = data.copy(deep=True)
        changed.attrs[name] *= 1.0001
        assert [row.name for row in recompute(_with(parts, changed)).failed] == failed


def test_a_year_with_credits_must_be_marked_and_count_all_it_emits(tmp_path: Path) -> None:
    """Proves both rows of the mode `residual`: a mark taken off, and tonnes left out, fail."""
    run = run_of(tmp_path, "residual")
    parts, data = read_parts(run), plan_of(run)
    year = int(np.argmax(data["credits"].values.sum(axis=0)))
    for variable, factor, row in (
        ("credits_used", 0.0, "credits_mark_year"),
        ("gross_at_ceiling", 0.9999, "gross_counts_with_credits"),
    ):
        changed = data.copy(deep=True)
        changed[variable].values[year] *= factor
        assert row in {found.name for found in recompute(_with(parts, changed)).failed}


def _with(parts: Any, data: xr.Dataset) -> Any:
    return replace(parts, plan=as_stored("plan.nc", data))
