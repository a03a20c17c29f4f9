"""A gate that gets stricter after the last planning year is told before anything is solved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.errors import InputErrors, Problem
from optimizer.inputs.load import load
from tests.packs import pack, rule
from tests.workspace import put, small_scenario, write_workspace


def problems(folder: Path, *rules: dict[str, Any], **fields: Any) -> tuple[Problem, ...]:
    """What is wrong with the small plant, planned to 2030 and evaluated to 2040, under a pack."""
    scenario = put(small_scenario(), "policy", {"use": ["gates"], "ledger": "location"})
    scenario["assets"][0]["equipment"] = "boilers"
    path = write_workspace(folder, scenario, policies={"gates": pack("gates", *rules, **fields)})
    try:
        load(path)
    except InputErrors as errors:
        return errors.problems
    return ()


STEP = {"interpolate": "step"}
BOILERS: dict[str, Any] = {"classes": ["boilers"], "grade": 1}


@pytest.mark.parametrize(
    ("stricter", "looser"),
    [
        (rule("gross_reduction", scopes=[1], limit={2026: 0.1, 2035: 0.4, **STEP}),
         rule("gross_reduction", scopes=[1], limit={2026: 0.4, 2035: 0.1, **STEP})),
        (rule("traceable_share", limit={2028: 0.1, 2035: 0.4}),
         rule("traceable_share", limit={2030: 0.4, 2035: 0.1})),
        (rule("carbon_per_tce", ledger="location", electricity="equivalent",
              conversion="0.2856 kgce/kWh", limit={2026: "1.8 t/tce", 2035: "0.2 t/tce", **STEP}),
         rule("carbon_per_tce", ledger="location", electricity="equivalent",
              conversion="0.2856 kgce/kWh", limit={2026: "0.2 t/tce", 2035: "1.8 t/tce", **STEP})),
        (rule("equipment_grade", **BOILERS, limit={2026: 0.1, 2035: 1.0, **STEP}),
         rule("equipment_grade", **BOILERS, limit={2026: 1.0, 2035: 0.1, **STEP})),
        (rule("never_rises", unless_output_grows=True, valid={"from": "2033-01-01"}),
         rule("never_rises", unless_output_grows=True, valid={"to": "2033-01-01"})),
    ],
)  # fmt: skip
def test_stricter_in_the_tail_is_refused_and_looser_is_not(
    tmp_path: Path, stricter: dict[str, Any], looser: dict[str, Any]
) -> None:
    """Proves each direction: a share that rises from 0.1 to 0.4 in 2035, one that is asked in 2035
    alone, carbon per energy that falls, all boilers at the grade where a tenth was enough, a rule
    that comes into force in 2033. The tail repeats 2030, so a plan that is accepted
    here would break the gate in 2035 and never be told."""
    (found,) = problems(tmp_path / "a", stricter)
    assert "gates.yaml" in found.file
    assert "Add a planning year" in found.hint
    assert found.line > 0
    assert problems(tmp_path / "b", looser) == ()


def test_what_no_plan_is_held_to_may_grow_stricter(tmp_path: Path) -> None:
    """Proves the reach: a score, a rule for other base years and one that ends with 2029 ask
    nothing of this plan's tail."""
    steps = {2026: 0.1, 2035: 0.4, **STEP}
    old = [{"quantity": "base_year", "comparison": "at_most", "value": 2020}]
    rules = (
        rule("gross_reduction", "R-1", scopes=[1], limit=steps, severity="score"),
        rule("gross_reduction", "R-2", scopes=[1], limit=steps, applies_if=old),
        rule("gross_reduction", "R-3", scopes=[1], limit=steps, valid={"to": "2029-12-31"}),
    )
    assert problems(tmp_path, *rules) == ()
