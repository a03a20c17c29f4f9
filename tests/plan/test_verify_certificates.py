"""Sold certificates from files to the verifier: one plan that holds, and changes that don't."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer.errors import InputErrors
from optimizer.files.netcdf import read_netcdf
from optimizer.inputs.assemble import assemble
from optimizer.inputs.load import load
from optimizer.plan.verify import verify
from optimizer.plan.verify.reading import DIMENSIONS, as_stored
from optimizer.plan.verify.run import Parts, read_parts, recompute
from tests.plan.solved import write_solved
from tests.workspace import put, small_measures, small_scenario, write_workspace

HOURLY = {
    "id": "sunny", "name": {"en": "Sun by the hour", "zh": "逐时光伏绿证"}, "kind": "contract",
    "carrier": "electricity", "form": "attributes", "capacity": {"max": "6 GWh/a"},
    "premium": "5 CNY/MWh", "matching": "hourly", "shape": "pv_roof", "additional": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plant over two years with PV whose certificates are sold at 6 CNY/MWh, and others
    on offer by the hour, which a cap of 2027 asks for."""
    folder = tmp_path_factory.mktemp("sold")
    scenario: dict[str, Any] = small_scenario()
    scenario["horizon"] |= {"last": 2027, "evaluate_to": 2030}
    scenario["time"]["periods"] = 1
    scenario["carriers"]["electricity"]["residual"] = "0.61 kg/kWh"
    scenario["policy"] = {"ledger": "market", "gross_cap": {2027: "8500 t"}}
    measures = [*small_measures(), HOURLY]
    measures[0]["sold_certificates"] = "6 CNY/MWh"
    scenario["measures"]["offer"].append("sunny")
    path = write_workspace(folder, scenario, measures)
    return write_solved(path, folder / "run", {("pv_roof", 2026): 1})


def _changed(run: Path, name: str, change: float) -> set[str]:
    """Rows that fail once every value of a stored variable is multiplied."""
    parts: Parts = read_parts(run)
    data = read_netcdf(run / "plan.nc")
    values = data[name].transpose(*DIMENSIONS[name]) * change
    found = replace(parts, plan=as_stored("plan.nc", data.assign({name: values})))
    return {row.name for row in recompute(found).failed}


def test_a_plan_that_sells_its_certificates_follows_from_its_inputs(run: Path) -> None:
    """Proves that revenue, what is bought back, ledgers and causes are the verifier's own: PV gives
    power, some of which is used and counts at 0.61 t/MWh in the market ledger alone."""
    report = verify(run)
    assert report.ok, report.failed
    plan = read_netcdf(run / "plan.nc")
    used = plan["bought_back"].sel(carrier="electricity").values
    counted = plan["cause_market"].sel(cause="electricity:bought_back").values
    earned = plan["cost"].sel(line="certificates:pv_roof").values
    assert (used > 100).all()
    np.testing.assert_allclose(counted, 0.61 * used, rtol=1e-9)
    assert (earned <= -6 * used).all()


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("bought_back", "bought_back_is_unexported"),
        ("cause_market", "cause_market_is_sum"),
        ("matched", "claims_within_contract"),
    ],
)
def test_what_is_bought_back_is_held(run: Path, name: str, row: str) -> None:
    """Proves that a thousandth less of it fails: a plan can't claim what it sold."""
    assert row in _changed(run, name, 0.999)


def test_claims_of_an_hour_are_held_to_its_imports(run: Path) -> None:
    """Proves that certificates are claimed, each within its hour: ten times as many break both the
    profile of the contract and the imports of noon."""
    plan = read_netcdf(run / "plan.nc")
    claimed = float(plan["claimed"].sel(contract="sunny", year=2027))
    hours = (plan["matched"].sel(contract="sunny", year=2027) * plan["weight"]).sum()
    assert claimed > 100
    assert claimed <= float(hours) * (1 + 1e-6)
    assert {"matched_within_contract", "matched_within_import"} <= _changed(run, "matched", 10.0)


def test_the_price_of_certificates_may_change_by_year(tmp_path: Path) -> None:
    """Proves that a year without a price is told, as for every price by year."""
    measures = small_measures()
    measures[0] = put(measures[0], "sold_certificates", {2027: "6 CNY/MWh", "interpolate": "step"})
    path = write_workspace(tmp_path, small_scenario(), measures)
    with pytest.raises(InputErrors, match="sold_certificates"):
        assemble(load(path))
