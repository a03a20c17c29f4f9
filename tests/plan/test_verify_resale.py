"""The verifier knows by itself what of bought power is sold on, and isn't claimed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer.files.netcdf import read_netcdf, write_netcdf
from optimizer.plan.verify import verify
from tests.plan.solved import write_solved
from tests.workspace import put, small_measures, small_scenario, write_workspace

PAPER = {
    "id": "paper", "name": {"en": "Paper", "zh": "证书"}, "kind": "contract", "form": "attributes",
    "carrier": "electricity", "capacity": {"max": "90 GWh/a"}, "premium": "0.01 CNY/MWh",
}  # fmt: skip
BATTERY = {
    "id": "battery", "name": {"en": "Battery", "zh": "电池"}, "kind": "storage",
    "carrier": "electricity", "capacity": "16 MWh", "built": 2024, "lifetime": "20 a",
    "duration": "4 h", "efficiency_charge": 0.9, "efficiency_discharge": 0.9,
}  # fmt: skip


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The small plant with a battery that buys at 0.4 and sells at 0.7, and certificates of which
    as many are claimed as the market ledger asks."""
    scenario: dict[str, Any] = put(small_scenario(), "time.periods", 1)
    scenario["horizon"] |= {"last": 2027, "evaluate_to": 2030}
    scenario["policy"] = {
        "ledger": "market", "export_treatment": "grid_factor", "gross_cap": {2027: "3930 t"},
    }  # fmt: skip
    scenario["tariffs"]["electricity"]["export"] = {"price": "0.7 CNY/kWh"}
    del scenario["tariffs"]["electricity"]["demand_charge"]
    scenario["assets"].append(BATTERY)
    scenario["measures"]["offer"].append("paper")
    path = write_workspace(tmp_path, scenario, [*small_measures(), PAPER])
    return write_solved(path, tmp_path / "run", {})


def test_claims_on_power_that_left_fail(run: Path) -> None:
    """Proves the row on the verifier's side: as stored all holds, and claims raised to all that was
    bought, within the contract, are those of power that the battery sold."""
    report = verify(run)
    assert report.ok, report.failed
    plan = run / "plan.nc"
    data = read_netcdf(plan)
    exported = data["export"].sel(carrier="electricity").values.sum()
    assert exported > 1.0
    bought = data["purchased"].sel(carrier="electricity").values
    data["contracted"].values[:] = data["claimed"].values[:] = data["signed"].values[:] = bought
    write_netcdf(data, plan)
    failed = {row.name: row for row in verify(run).failed}
    assert "claims_within_kept" in failed
    assert "claims_within_imports" not in failed
    assert np.isfinite(bought).all()
