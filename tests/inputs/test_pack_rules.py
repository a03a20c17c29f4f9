"""From a pack's gates to rules by year: what is in force, what it refers to, whom it concerns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.inputs.assemble import assemble
from optimizer.inputs.case import Case
from optimizer.inputs.held_rules import HeldRule, NeverRisesRule, ReductionRule
from optimizer.inputs.load import load
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
