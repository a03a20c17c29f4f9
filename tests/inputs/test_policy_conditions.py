"""Dates and conditions of rules: where they are refused, and at which line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.errors import InputErrors
from tests.inputs.test_policy_stack import policy_of
from tests.packs import rule


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("valid", {"to": "2026-12-31"}),
        ("applies_if", [{"quantity": "base_year", "comparison": "above", "value": 2030}]),
    ],
)
def test_a_rule_that_sets_a_field_is_narrowed_by_its_years_alone(
    tmp_path: Path, field: str, value: Any
) -> None:
    """Proves that dates or conditions on a type that can't keep to them are refused at their line:
    left unread, the cap would bind where its verdict says "not applicable"."""
    narrowed = rule("gross_cap", limit="1 t", **{field: value})
    with pytest.raises(InputErrors) as caught:
        policy_of(tmp_path, narrowed)
    (problem,) = caught.value.problems
    assert problem.field == f"rules[0].{field}"
    assert "left out" in problem.allowed


@pytest.mark.parametrize("value", [[2026], None, "soon", float("nan"), 2026.5, True, 1800])
def test_a_base_year_of_a_condition_is_a_year(tmp_path: Path, value: Any) -> None:
    """Proves that anything but a year is told at its place; a list was a crash, NaN never met."""
    condition = {"quantity": "base_year", "comparison": "above", "value": value}
    with pytest.raises(InputErrors) as caught:
        policy_of(tmp_path, rule("never_rises", unless_output_grows=True, applies_if=[condition]))
    (problem,) = caught.value.problems
    assert problem.field == "rules[0].applies_if[0].value"
    assert problem.allowed == "a year from 2000 to 2100"


@pytest.mark.parametrize("value", [[5], None, "5 t", float("inf")])
def test_a_threshold_of_a_condition_is_an_energy(tmp_path: Path, value: Any) -> None:
    """Proves the same of a quantity with a unit."""
    condition = {"quantity": "electricity_use", "comparison": "above", "value": value}
    with pytest.raises(InputErrors) as caught:
        policy_of(tmp_path, rule("never_rises", unless_output_grows=True, applies_if=[condition]))
    assert [each.field for each in caught.value.problems] == ["rules[0].applies_if[0].value"]
