"""Cross-checks on years, rules of the policy, and what measures demand of each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.errors import Problem
from tests.inputs.test_crosscheck import NAME, changed, problems
from tests.workspace import put, small_measures, small_scenario


def fields(found: tuple[Problem, ...]) -> list[str]:
    """Where the problems are."""
    return [problem.field for problem in found]


@pytest.mark.parametrize(
    ("table", "fine"),
    [
        ({2026: 1, 2027: 1, 2028: 1, 2029: 1, 2030: 1}, True),
        ({2026: 1, 2030: 2}, False),
        ({2026: 1, 2030: 2, "interpolate": "linear"}, True),
        ({2026: 1, 2029: 2, "interpolate": "linear"}, False),
        ({2026: 1, "interpolate": "step"}, True),
        ({2027: 1, "interpolate": "step"}, False),
        ({2020: 1, 2040: 2, "interpolate": "linear"}, True),
        (1.5, True),
        (None, False),
    ],
)
def test_a_needed_table_covers_every_planning_year(tmp_path: Path, table: Any, fine: bool) -> None:
    """Proves the rule of tables for 2026 … 2030: given, between two with linear, after one with
    step; never before the first, nor after the last of a linear one. Index of output as example."""
    found = problems(tmp_path, put(small_scenario(), "output", table))
    assert fields(found) == ([] if fine else ["output"])
    assert all("interpolate: linear | step" in problem.hint for problem in found)


def test_the_missing_year_is_named(tmp_path: Path) -> None:
    """Proves that the first year without a value is told, the others counted: 2027 to 2029."""
    (problem,) = problems(tmp_path, put(small_scenario(), "output", {2026: 1, 2030: 1}))
    assert problem.found == "no value for 2027 and 2 more years"


def test_a_rule_may_leave_years_out_but_not_all(tmp_path: Path) -> None:
    """Proves that a cap for 2030 alone is fine, and one for 2050 alone limits nothing.

    The horizon has no tail here, so 2050 is no later, stricter value.
    """
    scenario = put(small_scenario(), "horizon.end", "within_horizon")
    assert problems(tmp_path / "a", put(scenario, "policy.gross_cap", {2030: "5 kt"})) == ()
    (problem,) = problems(tmp_path / "b", put(scenario, "policy.gross_cap", {2050: "5 kt"}))
    assert problem.allowed == "given for a year from 2026 to 2030"


def test_a_carried_over_budget_needs_every_year(tmp_path: Path) -> None:
    """Proves that sums from the first year on need each year's budget; alone, 2030 is enough."""
    scenario = put(small_scenario(), "budget", {"capex": {2030: "1 MCNY"}})
    assert problems(tmp_path / "a", scenario) == ()
    scenario = put(scenario, "budget.carry_over", True)
    assert fields(problems(tmp_path / "b", scenario)) == ["budget.capex"]


@pytest.mark.parametrize(
    ("rule", "table", "where"),
    [
        ("gross_cap", {2030: "5 kt", 2035: "4 kt"}, "policy.gross_cap.2035"),
        ("gross_cap", {2030: "5 kt", 2035: "6 kt"}, None),
        ("gross_cap", {2029: "5 kt", 2031: "5 kt"}, "policy.gross_cap.2031"),
        ("gross_cap", {2030: "5 kt", 2041: "4 kt"}, None),
        ("gross_cap", {2030: "5 kt", 2041: "4 kt", "interpolate": "linear"}, "policy.gross_cap"),
        ("net_target", {2030: "5 kt", 2040: "0 kt"}, "policy.net_target.2040"),
        ("offset.share", {2030: 0.1, 2040: 0.05}, "policy.offset.share.2040"),
        ("offset.removal_share", {2030: 0.1, 2040: 0.5}, "policy.offset.removal_share.2040"),
        ("offset.removal_share", {2030: 0.5, 2040: 0.1}, None),
    ],
)
def test_no_rule_grows_stricter_in_the_tail(
    tmp_path: Path, rule: str, table: Any, where: str | None
) -> None:
    """Proves that a value of 2031 … 2040 (the tail) stricter than 2030's asks for a planning year.

    Less is stricter for caps and shares, more for removals; no rule in 2030 and one in 2031 is
    stricter; 2041 is after the tail, but a straight line to it already falls in 2031.
    """
    scenario = small_scenario()
    if rule.startswith("offset"):
        scenario = put(scenario, "policy.offset", {"basis": "gross", "share": {2030: 0.1}})
    scenario = put(scenario, f"policy.{rule}", table)
    found = problems(tmp_path, scenario)
    assert fields(found) == ([where] if where else [])
    assert all("Add a planning year" in problem.hint for problem in found)


def test_offsets_count_from_base_year_emissions(tmp_path: Path) -> None:
    """Proves that a share of base-year emissions needs some: metered is empty. Of this year's
    gross it needs none."""
    scenario = put(small_scenario(), "base_year.metered", {})
    offset = {"basis": "base_year", "share": 0.1}
    found = problems(tmp_path / "a", put(scenario, "policy.offset", offset))
    assert fields(found) == ["base_year.metered"]
    scenario = put(scenario, "policy.offset", {**offset, "basis": "gross"})
    assert problems(tmp_path / "b", scenario) == ()


def test_credits_begin_within_the_planning_years(tmp_path: Path) -> None:
    """Proves that first_year 2031 after the last planning year 2030 is an error."""
    offset = {"basis": "gross", "share": 0.1, "first_year": 2031}
    found = problems(tmp_path, put(small_scenario(), "policy.offset", offset))
    assert fields(found) == ["policy.offset.first_year"]


@pytest.mark.parametrize(
    ("first", "last", "where"),
    [(2026, 2027, None), (2028, 2027, "grants[0].last"), (2031, 2035, "grants[0]")],
)
def test_a_grant_falls_in_the_planning_years(
    tmp_path: Path, first: int, last: int, where: str | None
) -> None:
    """Proves that a grant's years are in order and touch 2026 … 2030."""
    grant = {"id": "grant", "name": NAME, "measures": ["heat_pump"], "share": 0.3}
    grant |= {"cap": "1 MCNY", "first": first, "last": last}
    found = problems(tmp_path, put(small_scenario(), "grants", [grant]))
    assert fields(found) == ([where] if where else [])


def test_a_grant_is_for_measures_on_offer(tmp_path: Path) -> None:
    """Proves place and nearest spelling of a granted measure."""
    grant = {"id": "grant", "name": NAME, "measures": ["heat_pumps"], "share": 0.3}
    grant |= {"cap": "1 MCNY", "first": 2026, "last": 2027}
    (problem,) = problems(tmp_path, put(small_scenario(), "grants", [grant]))
    assert problem.field == "grants[0].measures[0]"
    assert '"heat_pump"' in problem.hint


def test_requirements_may_form_a_ring(tmp_path: Path) -> None:
    """Proves that two measures that need each other are fine: both or none."""
    measures = changed(small_measures(), "0.requires", ["heat_pump"])
    measures = changed(measures, "1.requires", ["pv_roof"])
    assert problems(tmp_path, None, measures) == ()


def test_a_measure_cannot_require_what_it_excludes(tmp_path: Path) -> None:
    """Proves that the clash is found directly, from the other side, and through a third measure."""
    direct = changed(small_measures(), "0.requires", ["heat_pump"])
    assert fields(problems(tmp_path / "a", None, changed(direct, "0.excludes", ["heat_pump"]))) == [
        "measures[0].requires"
    ]
    assert fields(problems(tmp_path / "b", None, changed(direct, "1.excludes", ["pv_roof"]))) == [
        "measures[0].requires"
    ]
    chain = changed(direct, "1.requires", ["motor_saving"])
    assert fields(problems(tmp_path / "c", None, changed(chain, "2.excludes", ["pv_roof"]))) == [
        "measures[0].requires"
    ]


def test_members_of_one_group_cannot_require_each_other(tmp_path: Path) -> None:
    """Proves that at most one of a group stands, so one can't need the other."""
    measures = changed(small_measures(), "0.requires", ["heat_pump"])
    measures = changed(changed(measures, "0.one_of", "heat"), "1.one_of", "heat")
    assert fields(problems(tmp_path, None, measures)) == ["measures[0].requires"]


CONTRACT: dict[str, Any] = {
    "id": "green_power",
    "name": NAME,
    "kind": "contract",
    "carrier": "electricity",
    "form": "energy",
    "capacity": {"max": "5 GWh/a"},
    "price": "400 CNY/MWh",
    "traceable": True,
}


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("carrier", "electricity", None),
        ("carrier", "natural_gas", "measures[3].carrier"),
        ("capacity.max", "5 MW", "measures[3].capacity.max"),
        ("shape", "pv_roof", None),
        ("shape", "ambient", "measures[3].shape"),
        ("price", {2026: "400 CNY/MWh"}, "measures[3].price"),
        ("first_year", 2027, None),
    ],
)
def test_a_contract_is_for_power_by_the_year(
    tmp_path: Path, path: str, value: Any, field: str | None
) -> None:
    """Proves carrier (scope 2), size (MWh a year), shape (power or share) and price table."""
    scenario = small_scenario()
    scenario["measures"]["offer"].append("green_power")
    found = problems(tmp_path, scenario, [*small_measures(), put(CONTRACT, path, value)])
    assert fields(found) == ([field] if field else [])


def test_a_contract_cannot_be_required(tmp_path: Path) -> None:
    """Proves that only what is built can be tested for standing."""
    scenario = small_scenario()
    scenario["measures"]["offer"].append("green_power")
    measures = changed(small_measures(), "0.requires", ["green_power"])
    assert fields(problems(tmp_path, scenario, [*measures, CONTRACT])) == [
        "measures[0].requires[0]"
    ]


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("requires", ["heat_pump"], "heat_pump"),
        ("excludes", ["pv_roof", "heat_pump"], "pv_roof, heat_pump"),
        ("one_of", "green", "green"),
    ],
)
def test_a_contract_has_no_conditions_of_its_own(
    tmp_path: Path, field: str, value: Any, shown: str
) -> None:
    """Proves that a condition which no rule would hold a contract to is an error at its place."""
    scenario = small_scenario()
    scenario["measures"]["offer"].append("green_power")
    measures = [*small_measures(), put(CONTRACT, field, value)]
    (problem,) = problems(tmp_path, scenario, measures)
    assert (problem.field, problem.found) == (f"measures[3].{field}", shown)
    assert "in this version" in problem.hint


def test_a_measure_cannot_exclude_a_contract(tmp_path: Path) -> None:
    """Proves that an exclusion between equipment and paper, which no row states, is refused."""
    scenario = small_scenario()
    scenario["measures"]["offer"].append("green_power")
    measures = changed(small_measures(), "0.excludes", ["green_power"])
    assert fields(problems(tmp_path, scenario, [*measures, CONTRACT])) == [
        "measures[0].excludes[0]"
    ]


def test_tables_are_needed_from_the_first_year_only(tmp_path: Path) -> None:
    """Proves that a contract offered from 2028 needs prices for 2028, 2029 and 2030 alone."""
    scenario = small_scenario()
    scenario["measures"]["offer"].append("green_power")
    price = {2028: "400 CNY/MWh", "interpolate": "step"}
    contract = put(put(CONTRACT, "first_year", 2028), "price", price)
    assert problems(tmp_path, scenario, [*small_measures(), contract]) == ()
