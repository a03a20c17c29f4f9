"""The verifier on gates of packs: what a plan states of them, and whether it keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from optimizer.files.netcdf import read_netcdf, write_netcdf
from optimizer.plan.verify import VerifyReport, verify
from tests.packs import pack, rule
from tests.plan.solved import write_solved
from tests.workspace import put, small_scenario, write_workspace, write_yaml

TCE = {"electricity": "equivalent", "conversion": "0.2856 kgce/kWh"}
LARGE = [{"quantity": "electricity_use", "comparison": "at_least", "value": "1 GWh/a"}]
HUGE = [{"quantity": "electricity_use", "comparison": "at_least", "value": "900 GWh/a"}]
GATES = {
    "T-04": rule("never_rises", "T-04", unless_output_grows=True, ledger="market"),
    "B-01": rule("gross_reduction", "B-01", scopes=[1, 2], limit={2027: 0.001}),
    "N-02": rule("carbon_per_tce", "N-02", **TCE, limit={2026: "9 t/tce", 2030: "8 t/tce"}),
    "N-03": rule("non_fossil_share", "N-03", **TCE, certificates=True, limit={2028: 0.0001}),
    "N-05": rule("traceable_share", "N-05", limit=0.0002, applies_if=LARGE),
    "N-06": rule("traceable_share", "N-06", limit=0.9, applies_if=HUGE),
    "G-07": rule("product_footprint", "G-07", ledger="location", limit={2029: "9 t/unit"}),
    "G-04": rule("energy_per_product", "G-04", **TCE, levels=["advanced", "benchmark"]),
    "G-05": rule("energy_per_product", "G-05", **TCE, limit={2030: "9 tce/unit"}),
    "G-06": rule("equipment_grade", "G-06", classes=["boilers"], grade=3, limit=1.0),
    "B-15": rule("hourly_share", "B-15", limit=0.0002),
}
STRICTER = {
    "T-04": ("unless_output_grows", False, "gross_never_rises"),
    "B-01": ("limit", 0.99, "scopes_within_reduction"),
    "N-02": ("limit", "0.01 t/tce", "carbon_within_energy"),
    "N-03": ("limit", 0.99, "non_fossil_above_share"),
    "N-05": ("limit", 0.99, "traceable_above_share"),
    "N-06": ("applies_if", LARGE, "traceable_above_share"),
    "B-15": ("limit", 0.99, "hourly_above_share"),
    "G-07": ("limit", "1 kg/unit", "footprint_within_limit"),
    "G-04": ("levels", ["limit"], "energy_within_product"),
    "G-05": ("limit", "1 kgce/unit", "energy_within_product"),
    "G-06": ("grade", 1, "equipment_at_grade"),
}
ROWS = {
    "rule_value": "rule_value_is_sum",
    "rule_per": "rule_per_is_sum",
    "rule_limit": "rule_limit_from_pack",
}
PRODUCT = {
    "name": {"en": "Part", "zh": "件"}, "amount": "4000 unit/a",
    "energy": {"limit": "1 kgce/unit", "advanced": {2027: "8 tce/unit", 2028: "7 tce/unit"},
               "benchmark": {2027: "9 tce/unit", 2028: "6 tce/unit"}},
}  # fmt: skip


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plant with PV from 2026 on, in which output grows, under loose gates."""
    folder = tmp_path_factory.mktemp("held")
    scenario = put(small_scenario(), "policy", {"use": ["one"]})
    scenario = put(scenario, "time.periods", 1)
    scenario = put(scenario, "production", PRODUCT)
    scenario = put(scenario, "assets.0.equipment", "boilers")
    scenario = put(put(scenario, "assets.0.grade", 3), "assets.0.renewal.grade", 1)
    scenario = put(scenario, "carriers.natural_gas.upstream", "0.03 kg/kWh")
    scenario = put(scenario, "base_year.metered", {"electricity": "90 GWh/a"})
    scenario = put(scenario, "output", {2026: 1.0, 2030: 1.2, "interpolate": "linear"})
    packs = {"one": pack("one", *GATES.values())}
    path = write_workspace(folder, scenario, policies=packs)
    return write_solved(path, folder / "run", {("pv_roof", 2026): 1})


def stated(run: Path) -> xr.Dataset:
    return read_netcdf(run / "plan.nc")


def changed(run: Path, tmp_path: Path, figures: Mapping[str, tuple[int, ...]]) -> VerifyReport:
    """The report on a copy of the run in which figures are larger by 1e-4 of themselves."""
    copy = tmp_path / "copy"
    copy.mkdir()
    for item in run.iterdir():
        (copy / item.name).symlink_to(item)
    data = stated(run)
    for variable, at in figures.items():
        data[variable].values[at] *= 1.0001
    (copy / "plan.nc").unlink()
    write_netcdf(data, copy / "plan.nc")
    return verify(copy)


def failing(report: VerifyReport) -> set[str]:
    return {row.name for row in report.failed}


def test_a_plan_that_keeps_its_gates_passes(run: Path) -> None:
    """Proves that both sides of each gate, worked out by the plan from its solution and by the
    verifier from the packs and flows, are the same, and that a huge user's gate asks nothing."""
    report = verify(run)
    assert failing(report) & {row[2] for row in STRICTER.values()} == set()
    assert not any("rule" in name or "power" in name for name in failing(report))
    data = stated(run)
    assert list(data["rule"].values) == [f"one/{name}" for name in GATES]
    assert np.isnan(data["rule_limit"].sel(rule="one/N-06").values).all()
    assert np.isfinite(data["rule_limit"].sel(rule="one/N-05").values).all()
    assert (data["rule_value"].sel(rule="one/N-05").values > 0).all()


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 6, 7, 8, 9, 10])
def test_each_figure_of_a_gate_is_held(run: Path, tmp_path: Path, number: int) -> None:
    """Proves that a change of 1e-4 in 2030 of each figure fails under its row's name, gate by gate.
    All three are changed at once: each row compares one of them with what inputs and flows say."""
    at = number, {1: 1, 3: 2, 6: 3, 7: 2}.get(number, 4)
    report = changed(run, tmp_path, dict.fromkeys(ROWS, at))
    assert set(ROWS.values()) <= failing(report)


def test_energy_used_is_in_tonnes_of_coal_equivalent(run: Path) -> None:
    """Proves E = 0.2856 tce/MWh x the power used + 3.6 / 29.3076 tce/MWh x gas: a conversion left
    in another unit would be the same in plan and verifier, and wrong in both."""
    data = stated(run)
    gas = data["purchased"].sel(carrier="natural_gas").values
    energy = 0.2856 * data["power_used"].values + gas * 3.6 / 29.3076
    assert data["rule_per"].sel(rule="one/N-02").values == pytest.approx(energy)


def test_the_power_used_is_held(run: Path, tmp_path: Path) -> None:
    """Proves that the figure a threshold looks at can't be moved below it unseen."""
    assert "power_used_is_sum" in failing(changed(run, tmp_path, {"power_used": (2,)}))


@pytest.mark.parametrize("name", STRICTER)
def test_a_plan_that_breaks_a_gate_fails(run: Path, tmp_path: Path, name: str) -> None:
    """Proves each gate on its own: made stricter in the pack enclosed, the same plan breaks it.

    The huge user's gate is broken once the threshold is 1 GWh, which the plant uses.
    """
    field, value, row = STRICTER[name]
    gates = {**GATES, name: {**GATES[name], field: value}}
    copy = tmp_path / "copy"
    (copy / "inputs" / "policies").mkdir(parents=True)
    for item in [*run.iterdir(), *(run / "inputs").iterdir()]:
        if item.name not in ("inputs", "policies"):
            (copy / item.relative_to(run)).symlink_to(item)
    write_yaml(copy / "inputs" / "policies" / "one.yaml", pack("one", *gates.values()))
    assert row in failing(verify(copy))
