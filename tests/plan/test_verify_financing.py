"""Modes of financing from files to the verifier: plans that hold, and changes that don't."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import xarray as xr

from optimizer.files.netcdf import read_netcdf
from optimizer.plan.cash_flow import cash_flow, present_value, remaining_value
from optimizer.plan.verify import verify
from optimizer.plan.verify.reading import DIMENSIONS, as_stored
from optimizer.plan.verify.run import read_parts, recompute
from tests.plan.financed_plant import (
    BOUGHT,
    FEE,
    LEASED,
    LET,
    MODES,
    SHARED,
    THIRD,
    financed_workspace,
)  # fmt: skip
from tests.plan.solved import write_solved

BOUGHT_LATER = {(BOUGHT, 2027): 1, (LET, 2026): 1}
FIRST = {(THIRD, 2026): 1, (LEASED, 2027): 1, (SHARED, 2026): 1}
SECOND = {("pv_roof", 2027): 1, (LET, 2027): 1, (LET, 2029): 1, (FEE, 2028): 1}


@pytest.mark.parametrize(
    ("end", "builds"),
    [
        ("extended", FIRST),
        ("extended", SECOND),
        ("within_horizon", SECOND),
        ("salvage", FIRST),
        ("extended", BOUGHT_LATER),
        ("salvage", BOUGHT_LATER),
    ],
    ids=["extended", "others", "within_horizon", "salvage", "bought", "bought_after_salvage"],
)
def test_financed_plans_follow_from_their_inputs(
    end: str, builds: Mapping[tuple[str, int], int], tmp_path: Path
) -> None:
    """Proves that charges, payments, buy-backs, upkeep after a term, on-site power and lost
    certificates are the verifier's own figures too, at every end of the horizon; and that the cash,
    with what is left of begun lives, discounts to the objective to 1e-9."""
    offer = ("pv_roof", "heat_pump", "motor_saving", BOUGHT, *MODES)
    path = financed_workspace(tmp_path / "plant", *offer, end=end)
    run = write_solved(path, tmp_path / "run", builds)
    report = verify(run)
    assert report.ok, report.failed
    plan = read_netcdf(run / "plan.nc")
    flow = cash_flow(plan, plan)
    worth = float(present_value(flow, "plan").sum()) + remaining_value(flow, "plan")
    assert -worth == pytest.approx(float(plan.attrs["net_present_cost"]), rel=1e-9)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything owned by others."""
    folder = tmp_path_factory.mktemp("financed")
    path = financed_workspace(folder / "plant", *MODES)
    return write_solved(path, folder / "run", FIRST)


@pytest.mark.parametrize(
    ("name", "line", "row"),
    [
        ("cost", f"financing:{LEASED}", "cost_financing"),
        ("cost", f"financing:{SHARED}", "cost_financing"),
        ("cost", f"on_site_power:{THIRD}", "cost_on_site_power"),
        ("cash", f"financing:{LEASED}", "cash_follows_plan"),
        ("cash", f"buy_back:{LEASED}", "cash_follows_plan"),
        ("cash", f"financing:{SHARED}", "cash_follows_plan"),
        ("cash", f"on_site_power:{THIRD}", "cash_follows_plan"),
        ("remaining_value", f"financing:{LEASED}", "remaining_value"),
    ],
)
def test_a_ten_thousandth_of_what_owners_get_is_seen(
    run: Path, name: str, line: str, row: str
) -> None:
    """Proves that each of these times 1.0001 fails its row."""
    assert row in failed_with(run, name, line)


def failed_with(run: Path, name: str, line: str) -> set[str]:
    """Rows that fail where a line of a variable is a ten-thousandth larger."""
    parts = read_parts(run)
    data = read_netcdf(run / "plan.nc")
    values = data[name].transpose(*DIMENSIONS[name]).copy()
    at = list(data["line" if name == "cost" else "cash_line"].values).index(line)
    assert float(abs(values[at]).max()) > 0
    values[at] = values[at] * 1.0001
    changed = replace(parts, plan=as_stored("plan.nc", data.assign({name: values})))
    return {found.name for found in recompute(changed).failed}


@pytest.fixture(scope="module")
def bought(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A third party's roof from 2027 on, the site's from 2033 on."""
    folder = tmp_path_factory.mktemp("bought")
    return write_solved(financed_workspace(folder / "plant", BOUGHT), folder / "run",
                        {(BOUGHT, 2027): 1})  # fmt: skip


def test_a_roof_is_the_sites_from_the_end_of_its_term(bought: Path) -> None:
    """Proves cash: output paid from 2027 to 2032 and no more; at the start of 2033 30 % of the
    price of 2027, 0.92 x 3,200,000 a MW; upkeep of 1.5 % of 3,200,000 a MW from 2033 to 2040, each
    for what was added."""
    with xr.open_dataset(bought / "plan.nc", engine="h5netcdf") as plan:
        cash = plan["cash"].to_pandas().T
        size = float(plan["added"].sel(measure=BOUGHT, year=2027))
    paid = cash[f"on_site_power:{BOUGHT}"]
    assert (paid.loc[2027:2032] < 0).all()
    assert (paid.loc[2033:] == 0).all()
    back = cash[f"buy_back:{BOUGHT}"]
    assert back[2033] == pytest.approx(-0.3 * 0.92 * 3.2e6 * size)
    assert back.drop(2033).eq(0).all()
    upkeep = cash[f"financing:{BOUGHT}"]
    assert upkeep.loc[2033:].to_numpy() == pytest.approx(-0.015 * 3.2e6 * size)
    assert upkeep.loc[:2032].eq(0).all()


@pytest.mark.parametrize(
    ("name", "line", "row"),
    [
        ("cost", f"after_term:{BOUGHT}", "cost_after_term"),
        ("cash", f"on_site_power:{BOUGHT}", "cash_follows_plan"),
        ("cash", f"buy_back:{BOUGHT}", "cash_follows_plan"),
        ("cash", f"financing:{BOUGHT}", "cash_follows_plan"),
        ("remaining_value", f"financing:{BOUGHT}", "remaining_value"),
    ],
)
def test_a_ten_thousandth_of_what_a_buy_back_changes_is_seen(
    bought: Path, name: str, line: str, row: str
) -> None:
    """Proves that each of these times 1.0001 fails its row."""
    assert row in failed_with(bought, name, line)


def test_others_equipment_costs_no_capex_and_loses_its_certificates(run: Path) -> None:
    """Proves that nothing is paid overnight for it, that plan.nc names each mode, and that what its
    PV gives on site counts as bought in the market ledger: its certificates are the owner's."""
    plan = read_netcdf(run / "plan.nc")
    assert float(abs(plan["overnight"]).max()) == 0
    modes = dict(zip(plan["measure"].values, plan["financing"].values, strict=True))
    used = plan["bought_back"].sel(carrier="electricity").values
    counted = plan["cause_market"].sel(cause="electricity:bought_back").values
    assert modes == {THIRD: "third_party", LEASED: "lease", LET: "lease",
                     SHARED: "shared_savings", FEE: "guaranteed_savings"}  # fmt: skip
    assert (used > 100).all()
    assert counted == pytest.approx(0.61 * used)


def test_power_of_a_third_party_that_is_sold_on_is_seen(run: Path) -> None:
    """Proves that the verifier counts a third party's roof as bought: 0.01 MW exported in a step in
    which it runs fails, though nothing but the roof's own power leaves the site."""
    parts = read_parts(run)
    data = read_netcdf(run / "plan.nc")
    made = data["flow"].sel(unit=THIRD)
    exported = xr.where(made == made.max(), 0.01, 0.0).transpose(*made.dims)
    sold = data["export"].copy()
    sold.loc[{"carrier": "electricity"}] = exported
    changed = replace(parts, plan=as_stored("plan.nc", data.assign({"export": sold})))
    assert "export_within_own" in {found.name for found in recompute(changed).failed}
