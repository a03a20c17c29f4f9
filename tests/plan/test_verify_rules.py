"""The verifier on a run worked out by hand: it holds as it stands, and every rule can fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from optimizer.plan.verify import VerifyReport, verify
from optimizer.plan.verify.harmless import CHANGE

VerifyChanged = Callable[..., VerifyReport]

TABLES = (
    ("remaining", (0, 0)), ("build", (0, 0)), ("added", (2, 0)), ("installed", (1, 1)),
    ("overnight", (2, 0)), ("asset_old", (0, 1)), ("signed", (0, 1)), ("contracted", (0, 1)),
    ("claimed", (0, 1)), ("credits", (0, 1)), ("gate_open", (1,)), ("granted", (0, 0, 0)),
    ("peak", (0, 0, 6)), ("scope1", (0,)), ("scope2_location", (1,)), ("scope2_market", (1,)),
    ("gross", (1,)), ("net", (1,)), ("gross_cap", (1,)), ("net_target", (1,)),
    ("offset_share", (1,)), ("offset_share_bound", (0,)), ("purchased", (0, 1)), ("weight", (9,)),
    ("emitted", (0, 1)), ("emitted", (1, 0)), ("emitted", (2, 1)),
    ("cause_energy", (2, 1)), ("cause_location", (1, 1)), ("cause_market", (0, 0)),
    ("flow", (0, 1, 7, 0)), ("flow", (1, 1, 7, 1)), ("charge", (0, 1, 7, 0)),
    ("discharge", (0, 0, 200, 1)), ("level", (0, 0, 3, 0)), ("import", (0, 1, 300, 0)),
    ("import", (1, 0, 364, 1)),
)  # fmt: skip

BROKEN = (
    ("build", (1, 1), 0.5, "build_is_whole"),
    ("build", (1, 0), 1.0, "build_not_before_earliest"),
    ("added", (2, 0), 2.5, "added_within_sizes"),
    ("build", (0, 1), 1.0, "standing_within_max_builds"),
    ("installed", (0, 1), 0.0, "installed_from_added"),
    ("added", (1, 1), 2.5, "area_within_site"),
    ("added", (1, 1), 3.0, "capex_within_budget"),
    ("granted", (0, 0, 0), 7e5, "grant_within_share"),
    ("granted", (0, 1, 1), 1.0, "grant_within_share"),
    ("granted", (0, 0, 0), 1.1e6, "grant_within_cap"),
    ("asset_retired", (0, 1), 1.0, "asset_in_one_state"),
    ("asset_renewed", (0, 0), 1.0, "asset_stays_renewed"),
    ("import", (0, 0, 0, 0), 3.2, "import_within_limit"),
    ("import", (2, 0, 0, 0), 0.1, "import_has_a_price"),
    ("export", (0, 0, 0, 0), 0.1, "export_within_own"),
    ("export", (1, 0, 0, 0), 0.1, "export_has_a_price"),
    ("vent", (2, 0, 0, 0), 0.1, "vent_is_allowed"),
    ("flow", (0, 0, 0, 0), 5.1, "flow_within_capacity"),
    ("flow", (1, 0, 0, 1), 0.01, "flow_within_capacity"),
    ("flow", (0, 0, 0, 0), -0.1, "flow_not_negative"),
    ("charge", (0, 0, 0, 1), 0.3, "charge_within_power"),
    ("discharge", (0, 0, 0, 1), 0.26, "discharge_within_power"),
    ("level", (0, 0, 0, 0), 1.1, "level_within_capacity"),
    ("level", (0, 0, 0, 1), -0.1, "level_above_lowest"),
    ("delivered", (0, 1, 0, 0), 0.1, "delivered_within_contract"),
    ("contracted", (0, 1), 6000.0, "contracted_within_sizes"),
    ("claimed", (0, 1), 1001.0, "claims_within_contract"),
    ("peak", (0, 0, 0), 1.1, "peak_covers_day"),
    ("unmet", (0, 0), 1.0, "nothing_unmet"),
    ("credits", (0, 1), 20.0, "net_within_target"),
    ("credits", (0, 1), 700.0, "credits_within_share"),
    ("credits", (0, 0), 1.0, "credits_not_before"),
    ("credits", (0, 0), 1.0, "credits_need_gate"),
    ("gate_open", (1,), 0.0, "credits_need_gate"),
    ("gate_open", (0,), 1.0, "gate_before_credits"),
    ("cost", (0, 1), 0.0, "cost_capital"),
    ("emitted", (0, 1), 2190.0, "emitted_by_source"),
    ("scope1", (0,), np.nan, "numbers_are_finite"),
)  # fmt: skip


def test_a_plan_that_follows_from_its_inputs_passes(tiny_run: Path) -> None:
    """Proves that the figures of tiny_run.py, worked out by hand, equal the recomputed ones.

    A wrong factor, weight or capital recovery in the verifier would break gross_is_sum,
    cost_capital or net_present_cost: among over 100,000 rows none may fail.
    """
    report = verify(tiny_run)
    assert report.ok, report.failed
    assert sum(row.count for row in report.rows) > 100_000
    assert all(check.ok for check in report.hashes)
    assert report.harmless == ()


@pytest.mark.parametrize(("name", "place"), TABLES, ids=lambda value: str(value))
def test_a_ten_thousandth_is_seen(
    verify_changed: VerifyChanged, name: str, place: tuple[int, ...]
) -> None:
    """Proves that one stored element times 1.0001 breaks a row; a loose tolerance would pass it."""

    def change(data: xr.Dataset) -> None:
        assert data[name].values[place] != 0
        data[name].values[place] *= 1 + CHANGE

    assert not verify_changed(change).ok


def test_a_ten_thousandth_of_any_cost_line_is_seen(verify_changed: VerifyChanged) -> None:
    """Proves that each of the 14 cost lines is held: all of them changed give 14 wrong rows more
    than none, counted over the classes (2027 is nonzero in every line but the grant's)."""

    def change(data: xr.Dataset) -> None:
        data["cost"].values[:, 1] *= 1 + CHANGE

    report = verify_changed(change)
    wrong = {row.name: row.failed for row in report.failed}
    assert sum(count for name, count in wrong.items() if name.startswith("cost_")) == 14
    assert "net_present_cost" in wrong


@pytest.mark.parametrize("name", ["net_present_cost", "decision_cost", "base_emissions"])
def test_a_ten_thousandth_of_a_headline_is_seen(verify_changed: VerifyChanged, name: str) -> None:
    """Proves that the figures stored as attributes are recomputed too."""

    def change(data: xr.Dataset) -> None:
        data.attrs[name] *= 1 + CHANGE

    assert name in " ".join(row.name for row in verify_changed(change).failed)


@pytest.mark.parametrize(("name", "place", "value", "rule"), BROKEN)
def test_each_rule_can_fail(
    verify_changed: VerifyChanged,
    name: str,
    place: tuple[int, ...],
    value: float,
    rule: str,
) -> None:
    """Proves that the row named fails when the one figure breaks it.

    Such as PV of 2.5 MW at 10 m2/kW on 20,000 m2, or 3 MW at 2.7 MCNY/MW with a budget of 3 MCNY.
    """

    def change(data: xr.Dataset) -> None:
        data[name].values[place] = value

    failed = {row.name: row for row in verify_changed(change).failed}
    assert rule in failed
    assert failed[rule].failed > 0
    assert failed[rule].where


def test_the_baseline_is_held_to_its_own_rules(verify_changed: VerifyChanged) -> None:
    """Proves that a measure, a credit or a contract in the baseline fails, by name."""

    def change(data: xr.Dataset) -> None:
        data["build"].values[0, 0] = 1.0
        data["credits"].values[0, 0] = 1.0
        data["contracted"].values[0, 0] = 1.0

    names = {row.name for row in verify_changed(change, "baseline").failed}
    rules = ("baseline_builds_nothing", "baseline_has_no_credits", "baseline_keeps_contracts")
    assert {f"baseline: {rule}" for rule in rules} <= names


def test_where_it_fails_is_named(verify_changed: VerifyChanged) -> None:
    """Proves that the place names carrier, year, day and step: 1 kW too much on the 8th day."""

    def change(data: xr.Dataset) -> None:
        data["import"].values[1, 1, 7, 0] += 1e-3

    row = next(r for r in verify_changed(change).failed if r.name == "carrier_balance")
    assert row.where == "natural_gas, 2027, period 7, step 0"
    assert row.deviation == pytest.approx(1e-3)
    assert row.failed == 1


def test_order_of_rows_in_the_file_does_not_matter(verify_changed: VerifyChanged) -> None:
    """Proves that ids decide, not positions: reversed carriers and measures still pass."""
    holder = {}

    def change(data: xr.Dataset) -> None:
        turned = data.isel(carrier=slice(None, None, -1), measure=slice(None, None, -1))
        for name in [*data.data_vars, "carrier", "measure"]:
            holder[name] = turned[name].values.copy()
        for name in data.data_vars:
            data[name].values[...] = holder[name]
        data.coords["carrier"] = holder["carrier"]
        data.coords["measure"] = holder["measure"]

    assert verify_changed(change).ok


def test_a_stranger_in_the_plan_fails(verify_changed: VerifyChanged) -> None:
    """Proves that a unit which the inputs don't know is not silently left out."""

    def change(data: xr.Dataset) -> None:
        data.coords["unit"] = ["boiler", "ghost"]

    failed = {row.name: row.where for row in verify_changed(change).failed}
    assert failed["names_are_in_the_inputs"] == "unit ghost"


def test_a_source_that_the_inputs_do_not_know_emits_nothing(verify_changed: VerifyChanged) -> None:
    """Proves that gas can't be told as coal: 4,380 t of a stranger fail, and so do the 4,380 t of
    gas that are then missing, in two years each."""

    def change(data: xr.Dataset) -> None:
        data.coords["source"] = ["scope1:coal", *data["source"].values[1:]]

    failed = {row.name: row for row in verify_changed(change).failed}
    assert failed["emitted_by_source"].failed == 4
