"""The verifier finds by itself which credits rules on their quality shut out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from optimizer.plan.verify import VerifyReport, verify
from tests.packs import pack, rule
from tests.workspace import write_yaml

LINE = "type: removal, price: 100 CNY/t}"
STATED = (
    "type: removal, price: 100 CNY/t, vintage: {from: 2018, to: 2020}, region: CN,\n"
    "     programme: registry, labels: [ccp], storage: short_lived}"
)


def failing(report: VerifyReport) -> set[str]:
    return {row.name for row in report.failed}


def with_rule(run: Path, catalog: str = STATED, **asked: Any) -> Path:
    """The hand-worked run, which uses 50 t of `forest` in 2027, under one more pack."""
    inputs = run / "inputs"
    write_yaml(inputs / "policies" / "second.yaml", pack("second", rule("credit_quality", **asked)))
    for name, old, new in (
        ("scenario.yaml", "[reduce_first]", "[reduce_first, second]"),
        ("technology_catalog/all.yaml", LINE, catalog),
    ):
        text = (inputs / name).read_text(encoding="utf-8")
        assert old in text
        (inputs / name).write_text(text.replace(old, new), encoding="utf-8")
    return run


@pytest.mark.parametrize(
    ("field", "fails", "meets"),
    [
        ("types", ["avoidance"], ["removal"]),
        ("storage", ["long_lived"], ["short_lived"]),
        ("max_age", "6 a", "7 a"),
        ("regions", ["DK"], ["CN"]),
        ("programmes", ["other"], ["registry"]),
        ("labels", ["gold"], ["gold", "ccp"]),
    ],
)
def test_a_credit_that_fails_a_rule_fails_the_run(
    own_run: Path, field: str, fails: Any, meets: Any
) -> None:
    """Proves each criterion: the 50 t of 2027 fail the strict rule and keep the loose one.

    The newest vintage, 2020, is 7 years old in 2027.
    """
    assert "credits_eligible" in failing(verify(with_rule(own_run, **{field: fails})))
    write_yaml(
        own_run / "inputs" / "policies" / "second.yaml",
        pack("second", rule("credit_quality", **{field: meets})),
    )
    assert "credits_eligible" not in failing(verify(own_run))


def test_what_was_promised_fails_ex_post(own_run: Path) -> None:
    """Proves ex_post, and that an ex-post credit of 2028 can't be used in 2027."""
    promised = LINE.replace("}", ", ex_post: false}")
    assert "credits_eligible" in failing(verify(with_rule(own_run, promised, ex_post=True)))


def test_a_promise_fails_a_rule_on_age(own_run: Path) -> None:
    """Proves that tonnes of 2028, sold before the fact, have no age in 2027."""
    promised = LINE.replace("}", ", vintage: 2028, ex_post: false}")
    assert "credits_eligible" in failing(verify(with_rule(own_run, promised, max_age="9 a")))


def test_a_vintage_to_come_fails(own_run: Path) -> None:
    """Proves that no rule is needed for that: tonnes of 2028 aren't there in 2027."""
    future = LINE.replace("}", ", vintage: 2028}")
    assert "credits_eligible" in failing(verify(with_rule(own_run, future)))


def test_the_scenarios_own_choice_is_held(own_run: Path) -> None:
    """Proves `policy.offset.eligible` alone: only avoidance, and the forest is a removal."""
    file = own_run / "inputs" / "scenario.yaml"
    text = file.read_text(encoding="utf-8")
    own = text.replace("first_year: 2027,", "first_year: 2027, eligible: {types: [avoidance]},")
    assert own != text
    file.write_text(own, encoding="utf-8")
    assert "credits_eligible" in failing(verify(own_run))


@pytest.mark.parametrize(
    ("years", "kept"), [([2026, 2027], True), ([2027], False), ([2026, 2027, 2028], True)]
)
def test_the_summary_names_what_is_out(own_run: Path, years: list[int], kept: bool) -> None:
    """Proves that a report can't hide a year: both are named, or the row fails."""
    run = with_rule(own_run, regions=["DK"])
    summary = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    line = {"credit": "forest", "rule": "second/R-1", "criterion": "regions", "years": years}
    summary["excluded_credits"] = [line]
    (run / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    assert ("excluded_credits_follow_rules" not in failing(verify(run))) is kept
