"""Carbon price and CBAM in a stored plan: the verifier agrees, and holds each tonne and cost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer.files.netcdf import read_netcdf
from optimizer.plan.verify import verify
from optimizer.plan.verify.reading import as_stored
from optimizer.plan.verify.run import read_parts, recompute
from tests.plan.solved import write_solved
from tests.workspace import small_scenario, write_workspace

FIXED = {"type": "fixed", "amount": {2026: "2500 t", 2027: "900 t"}}
BY_OUTPUT = {
    "type": "output_based", "benchmark": "400 kg/unit",
    "decline": {2026: 0.1, 2027: 0.2},
}  # fmt: skip
ALLOCATIONS: dict[str, Any] = {
    "none": None,
    "fixed, sold": FIXED,
    "fixed, worthless": {**FIXED, "surplus": "worthless"},
    "by output": BY_OUTPUT,
    "verified": {"type": "equals_verified"},
}


def run_of(folder: Path, allocation: Any) -> Path:
    """The small plant over two years with a kiln, its gas under a price, its goods under CBAM."""
    scenario: dict[str, Any] = small_scenario()
    scenario["horizon"] |= {"last": 2027, "evaluate_to": 2030}
    scenario["time"]["periods"] = 1
    scenario["output"] = {2026: 1.0, 2027: 1.1}
    name = {"en": "Kiln", "zh": "窑"}
    scenario["production"] = {"name": name, "amount": "5000 unit/a"}
    scenario["process_emissions"] = [{"id": "kiln", "name": name, "amount": "300 t"}]
    scenario["carbon"] = {"price": {2026: "80 CNY/t", 2027: "90 CNY/t"}, "covers": ["fuel"]}
    if allocation is not None:
        scenario["carbon"]["allocation"] = allocation
    scenario["cbam"] = {
        "price": "75 EUR/t", "exported": {2026: 0.2, 2027: 0.3},
        "benchmark": "0.3 t/unit", "factor": {2026: "97.5 %", 2027: "95 %"},
        "covers": ["fuel", "process", "scope2"], "borne": 0.5,
    }  # fmt: skip
    scenario["economics"] |= {"exchange": {"EUR": 7.8}}
    path = write_workspace(folder / "plant", scenario)
    builds = {("pv_roof", 2026): 1, ("motor_saving", 2026): 1}
    return write_solved(path, folder / "run", builds)


@pytest.mark.parametrize("name", list(ALLOCATIONS))
def test_every_allocation_is_verified_and_each_figure_held(tmp_path: Path, name: str) -> None:
    """Proves that both codes agree on every form, and that a ten-thousandth more fails by name.

    A verifier that took the surplus, the decline or the covered parts otherwise would disagree;
    one that didn't look would let a tonne or a cost line pass.
    """
    run = run_of(tmp_path, ALLOCATIONS[name])
    report = verify(run)
    assert report.ok, report.failed
    parts = read_parts(run)
    data = read_netcdf(run / "plan.nc")
    held = ["carbon_covered", "carbon_allocated", "allowances_bought"]
    held += ["cbam_embedded", "cbam_certificates"]
    for variable in held:
        for year in np.flatnonzero(data[variable].values):
            changed = data.copy(deep=True)
            changed[variable].values[year] *= 1.0001
            found = recompute(replace(parts, plan=as_stored("plan.nc", changed)))
            assert variable in {row.name for row in found.failed}
    for kind in ("carbon", "cbam"):
        line = int(np.flatnonzero(data["cost_class"].values == kind)[0])
        changed = data.copy(deep=True)
        changed["cost"].values[line] *= 1.0001
        found = recompute(replace(parts, plan=as_stored("plan.nc", changed)))
        costs = bool(np.any(data["cost"].values[line]))
        assert (f"cost_{kind}" in {row.name for row in found.failed}) == costs


def test_allowances_and_certificates_of_a_stored_plan(tmp_path: Path) -> None:
    """Proves the tonnes by hand from the stored ledgers.

    By output: 0.4 x 5000 x (1, 1.1) x (0.9, 0.8) = 1800 and 1760 t free, the kiln outside. Free of
    CBAM are 0.3 x 5000 x (1, 1.1) x (0.975, 0.95) = 1462.5 and 1567.5 t, kiln and power inside; an
    importer's 75 EUR are 585 CNY, half of it borne.
    """
    run = run_of(tmp_path, BY_OUTPUT)
    plan = read_netcdf(run / "plan.nc")
    tonnes = {str(s): plan["emitted"].values[k] for k, s in enumerate(plan["source"].values)}
    gas = tonnes["scope1:natural_gas"]
    free = np.array([1800.0, 1760.0])
    assert plan["carbon_covered"].values == pytest.approx(gas)
    assert plan["carbon_allocated"].values == pytest.approx(free)
    assert plan["allowances_bought"].values == pytest.approx(gas - free)
    embedded = plan["scope1"].values + plan["scope2_location"].values
    owed = np.array([0.2, 0.3]) * (embedded - [1462.5, 1567.5])
    assert owed.min() > 0
    assert plan["cbam_certificates"].values == pytest.approx(owed)
    line = int(np.flatnonzero(plan["cost_class"].values == "cbam")[0])
    assert plan["cost"].values[line] == pytest.approx(585 / 2 * owed)
