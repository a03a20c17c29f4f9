"""From a pack's gates to rules by year: what is in force, what it refers to, whom it concerns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.inputs.assemble import assemble
from optimizer.inputs.case import Case
from optimizer.inputs.held_rules import (
    EnergyPerProductRule,
    EquipmentRule,
    FootprintRule,
    HeldRule,
    IntensityRule,
    NeverRisesRule,
    NonFossilRule,
    ReductionRule,
)
from optimizer.inputs.load import load
from optimizer.inputs.policy_check import checked
from tests.packs import pack, rule
from tests.workspace import put, small_scenario, write_workspace


def case_of(folder: Path, *rules: dict[str, Any], **fields: Any) -> Case:
    """The small plant under one pack of these rules; `scenario` changes its fields."""
    scenario = put(small_scenario(), "policy", {"use": ["one"]})
    for path, value in fields.pop("scenario", {}).items():
        scenario = put(scenario, path, value)
    packs = {"one": pack("one", *rules, **fields)}
    return assemble(load(write_workspace(folder, scenario, policies=packs)))


def held_of(folder: Path, *rules: dict[str, Any], **fields: Any) -> tuple[HeldRule, ...]:
    return case_of(folder, *rules, **fields).policy.held


REDUCTION = rule("gross_reduction", "R-1", scopes=[1, 2], limit=0.4)


def test_a_reduction_is_what_may_be_left_of_its_scopes(tmp_path: Path) -> None:
    """Proves (1 - 0.4) x scope 1 + scope 2 of the rule's ledger; each scope alone has its own."""
    base = case_of(tmp_path / "a", REDUCTION).base
    two, one = held_of(
        tmp_path / "b", {**REDUCTION, "ledger": "market"}, {**REDUCTION, "id": "R-2", "scopes": [1]}
    )
    assert isinstance(two, ReductionRule)
    assert isinstance(one, ReductionRule)
    assert set(two.limit) == {0.6}
    assert two.base_emissions == pytest.approx(base.scope1 + base.scope2_market, rel=1e-12)
    assert one.base_emissions == pytest.approx(base.scope1, rel=1e-12)
    assert (two.id, two.ledger) == ("one/R-1", "market")


def test_growth_of_output_excuses_a_rise_only_where_the_rule_says_so(tmp_path: Path) -> None:
    """Proves max(1, output[y] / output[y-1]): 1.2, then 1.1 / 1.2 < 1 gives 1; flat 1 if not."""
    output = {"scenario": {"output": {2026: 1.2, 2030: 1.1, "interpolate": "step"}}}
    (grows,) = held_of(tmp_path / "a", rule("never_rises", unless_output_grows=True), **output)
    (flat,) = held_of(tmp_path / "b", rule("never_rises", unless_output_grows=False), **output)
    assert isinstance(grows, NeverRisesRule)
    assert grows.limit == (pytest.approx(1.2), 1.0, 1.0, 1.0, 1.0)
    assert flat.limit == (1.0,) * 5


def test_a_rule_holds_in_years_whose_last_day_it_covers(tmp_path: Path) -> None:
    """Proves both ends: from July 2027 it holds in 2027, to June 2029 no longer in 2029; a pack
    that ends in 2028 ends its rules."""
    span = {"from": "2027-07-22", "to": "2029-06-30"}
    (own,) = held_of(tmp_path / "a", {**REDUCTION, "valid": span})
    assert own.limit == (None, 0.6, 0.6, None, None)
    packs = {"from": "2024-01-01", "to": "2027-12-31"}
    (both,) = held_of(tmp_path / "b", {**REDUCTION, "valid": span}, valid=packs)
    assert both.limit == (None, 0.6, None, None, None)


@pytest.mark.parametrize(
    "change",
    [
        {"severity": "score"},
        {"severity": "info"},
        {"scopes": [1, 2, 3]},
        {"applies_if": [{"quantity": "scope_3_share", "comparison": "at_least", "value": 0.4}]},
    ],
)
def test_what_is_no_gate_or_not_counted_binds_nobody(tmp_path: Path, change: Any) -> None:
    """Proves that scores, information and what needs scope 3 set no row; a gate of the last two
    kinds is named as one that no plan is held to."""
    changed = {**REDUCTION, **change}
    assert held_of(tmp_path / "a", changed) == ()
    scenario = put(small_scenario(), "policy", {"use": ["one"]})
    path = write_workspace(tmp_path / "b", scenario, policies={"one": pack("one", changed)})
    assert load(path).unheld == (() if "severity" in change else ("one/R-1",))


def test_a_rule_for_another_base_year_is_out(tmp_path: Path) -> None:
    """Proves `applies_if` on the base year, which is 2025: above 2025 doesn't apply."""

    def when(comparison: str, year: int) -> dict[str, Any]:
        condition = {"quantity": "base_year", "comparison": comparison, "value": year}
        return {**REDUCTION, "applies_if": [condition]}

    assert held_of(tmp_path / "a", when("above", 2025)) == ()
    assert len(held_of(tmp_path / "b", when("at_least", 2025))) == 1
    assert held_of(tmp_path / "c", when("below", 2025)) == ()
    assert len(held_of(tmp_path / "d", when("at_most", 2025))) == 1


PART = {"name": {"en": "Part", "zh": "件"}, "amount": "2000 unit/a"}
ENERGY = rule("energy_per_product", electricity="calorific", conversion="0.1229 kgce/kWh",
              levels=["advanced", "benchmark"])  # fmt: skip
FOOTPRINT = rule("product_footprint", ledger="location", limit={2030: "1.5 t/unit"})


def test_of_the_levels_a_rule_names_the_lowest_holds(tmp_path: Path) -> None:
    """Proves the minimum by year of what the scenario states for its product: of 0.8 and 0.9 tce a
    unit 0.8 until 2028, then 0.7; level 3, which isn't named, is left out."""
    energy = {"advanced": {2026: "0.8 tce/unit", "interpolate": "step"},
              "benchmark": {2026: "0.9 tce/unit", 2029: "0.7 tce/unit", "interpolate": "step"},
              "limit": "0.1 tce/unit"}  # fmt: skip
    made = {"scenario": {"production": {**PART, "energy": energy}, "output": 1.5}}
    (held,) = held_of(tmp_path, ENERGY, **made)
    assert isinstance(held, EnergyPerProductRule)
    assert held.limit == pytest.approx((0.8, 0.8, 0.8, 0.7, 0.7))
    assert held.made == (3000.0,) * 5
    assert held.power == pytest.approx(0.1229)
    assert held.heat == pytest.approx(3.6 / 29.3076)


def test_a_rule_per_unit_needs_the_products_figures(tmp_path: Path) -> None:
    """Proves that a pack can ask what a scenario doesn't state: no row, but the gate is named by
    load and by the check; with a product the footprint is held, the levels still aren't."""
    scenario = put(small_scenario(), "policy", {"use": ["one"]})
    packs = {"one": pack("one", ENERGY, {**FOOTPRINT, "id": "R-2"})}
    for name, fields, unheld in (
        ("a", {}, ("one/R-1", "one/R-2")),
        ("b", {"production": PART}, ("one/R-1",)),
    ):
        path = write_workspace(tmp_path / name, scenario | fields, policies=packs)
        assert load(path).unheld == unheld
        told = [f"one/{e['rule']}" for e in checked(path)["unknown"] if e["why"] == "no_figure"]
        assert tuple(told) == unheld
    (held,) = assemble(load(path)).policy.held
    assert isinstance(held, FootprintRule)
    assert held.limit == (None, None, None, None, 1.5)


def test_power_is_converted_as_the_pack_says(tmp_path: Path) -> None:
    """Proves 0.2856 kgce/kWh is 0.2856 tce/MWh and a MWh of anything else 3.6 / 29.3076 = 0.12284
    tce, so a MWh from a grid of 0.5306 t/MWh stands for 1.858 t/tce, against a limit of 1.8."""
    per_tce = {"electricity": "equivalent", "conversion": "0.2856 kgce/kWh"}
    carbon, clean = held_of(
        tmp_path, rule("carbon_per_tce", **per_tce, limit="1.8 t/tce"),
        rule("non_fossil_share", "R-2", **per_tce, limit=0.3, certificates=True),
    )  # fmt: skip
    assert isinstance(carbon, IntensityRule)
    assert isinstance(clean, NonFossilRule)
    for each in (carbon, clean):
        assert (each.power, each.heat) == (pytest.approx(0.2856), pytest.approx(3.6 / 29.3076))
    assert carbon.limit[0] == pytest.approx(1.8)


def test_pieces_are_assets_renewals_and_measures_of_the_classes(tmp_path: Path) -> None:
    """Proves what is counted, and that a grade better than asked is good, a worse or none isn't:
    the boiler of grade 3, its renewal of 1, a heat pump of the class that states no grade."""
    asked = rule("equipment_grade", classes=["boilers", "fans"], grade=2, limit={2028: 1.0})
    stated = {
        "assets.0.equipment": "boilers", "assets.0.grade": 3, "assets.0.renewal.grade": 1,
        "measures.override": {"heat_pump": {"equipment": "boilers", "why": "a test"}},
    }  # fmt: skip
    (held,) = held_of(tmp_path / "a", asked, scenario=stated)
    assert isinstance(held, EquipmentRule)
    assert [(each.owner, each.state, each.good) for each in held.pieces] == [
        ("gas_boiler", "old", False), ("gas_boiler", "renewed", True), ("heat_pump", "built", False)
    ]  # fmt: skip
    assert held.limit == (None, None, 1.0, None, None)
    scenario = put(small_scenario(), "policy", {"use": ["one"]})
    path = write_workspace(tmp_path / "b", scenario, policies={"one": pack("one", asked)})
    assert load(path).unheld == ("one/R-1",)
