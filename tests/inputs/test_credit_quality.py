"""Which credits rules on their quality shut out, criterion by criterion and year by year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.inputs.assemble import assemble
from optimizer.inputs.case import CreditOption
from optimizer.inputs.load import load
from optimizer.inputs.policy_check import checked
from tests.packs import pack, rule
from tests.workspace import put, small_measures, small_scenario, write_workspace

YEARS = (2026, 2027, 2028, 2029, 2030)
ALL, NEVER = (True,) * 5, (False,) * 5
CREDIT = {
    "id": "q", "name": {"en": "Credit", "zh": "信用"}, "kind": "credit", "type": "removal",
    "price": "100 CNY/t", "vintage": {"from": 2020, "to": 2024}, "region": "CN",
    "programme": "registry", "labels": ["ccp", "other"], "storage": "short_lived",
}  # fmt: skip
OFFSET = {"share": 0.1, "basis": "gross"}


def written(
    folder: Path,
    *rules: dict[str, Any],
    eligible: dict[str, Any] | None = None,
    **fields: Any,
) -> Path:
    """A scenario with one credit on offer and one pack of these rules."""
    credit = {key: value for key, value in (CREDIT | fields).items() if value is not None}
    scenario = put(small_scenario(), "measures.offer", ["q"])
    offset = OFFSET | ({"eligible": eligible} if eligible is not None else {})
    scenario = put(scenario, "policy", {"use": ["one"], "offset": offset})
    policies = {"one": pack("one", *rules)}
    return write_workspace(folder, scenario, [*small_measures(), credit], policies=policies)


def option(folder: Path, *rules: dict[str, Any], **given: Any) -> CreditOption:
    """The credit as the model gets it."""
    return assemble(load(written(folder, *rules, **given))).credits[0]


def excluded(credit: CreditOption) -> tuple[bool, ...]:
    return tuple(credit.is_excluded(index) for index in range(len(YEARS)))


@pytest.mark.parametrize(
    ("criterion", "fails", "meets"),
    [
        ("types", ["avoidance"], ["removal"]),
        ("storage", ["long_lived"], ["short_lived", "long_lived"]),
        ("regions", ["DK"], ["DK", "CN"]),
        ("programmes", ["another"], ["registry"]),
        ("labels", ["gold"], ["gold", "ccp"]),
        ("max_age", "1 a", "6 a"),
    ],
)
def test_each_criterion_shuts_out_what_fails_it(
    tmp_path: Path, criterion: str, fails: Any, meets: Any
) -> None:
    """Proves each on its own: out in all years where it fails, in where it is met.

    The newest vintage, 2024, is 2 years old in 2026 and 6 in 2030: over 1 in all, over 6 in none.
    """
    strict = option(tmp_path / "a", rule("credit_quality", **{criterion: fails}))
    assert [(e.rule, e.criterion, e.years) for e in strict.exclusions] == [
        ("one/R-1", criterion, ALL)
    ]
    assert option(tmp_path / "b", rule("credit_quality", **{criterion: meets})).exclusions == ()


def test_a_credit_grows_too_old(tmp_path: Path) -> None:
    """Proves age = year - newest vintage: of 2024 with 4 years allowed, 2029 is the first without;
    a vintage that goes on never ages, one that isn't stated fails at once."""
    four = rule("credit_quality", max_age="4 a")
    last = (False, False, False, True, True)
    assert excluded(option(tmp_path / "a", four)) == last
    assert excluded(option(tmp_path / "b", four, vintage={"from": 2020})) == NEVER
    assert excluded(option(tmp_path / "c", four, vintage=2024)) == last
    assert excluded(option(tmp_path / "d", four, vintage=None)) == ALL


def test_a_promise_has_no_age(tmp_path: Path) -> None:
    """Proves that tonnes still to come aren't the newest there could be: of 2029 and after, sold
    before the fact, none is in 2026 to 2028 for a rule on age. With an age of 0 a vintage that
    doesn't exist would pass the strictest one; without such a rule a promise is the buyer's."""
    ahead: dict[str, Any] = {"vintage": {"from": 2029}, "ex_post": False}
    aged = option(tmp_path / "a", rule("credit_quality", max_age="4 a"), **ahead)
    assert excluded(aged) == (True, True, True, False, False)
    assert excluded(option(tmp_path / "b", rule("credit_quality"), **ahead)) == NEVER


def test_what_isnt_stated_fails(tmp_path: Path) -> None:
    """Proves that silence is no pass: a credit without region, programme, label or storage."""
    bare: dict[str, Any] = dict.fromkeys(("region", "programme", "labels", "storage"))
    asked = {"regions": ["CN"], "programmes": ["registry"], "labels": ["ccp"],
             "storage": ["short_lived"]}  # fmt: skip
    credit = option(tmp_path, rule("credit_quality", **asked), **bare)
    assert {each.criterion for each in credit.exclusions} == set(asked)


def test_only_issued_after_the_fact(tmp_path: Path) -> None:
    """Proves ex_post, and that an ex-post credit waits for its vintage: of 2028, not before."""
    late = rule("credit_quality", ex_post=True)
    assert excluded(option(tmp_path / "a", late, ex_post=False)) == ALL
    assert excluded(option(tmp_path / "b", late)) == NEVER
    assert option(tmp_path / "c", vintage=2028).earliest == 2
    assert option(tmp_path / "d", vintage=2028, ex_post=False).earliest == 0


def test_storage_is_asked_of_removals_alone(tmp_path: Path) -> None:
    """Proves that avoidance, which stores nothing, is let in or out by its type alone."""
    long = rule("credit_quality", storage=["long_lived"])
    assert excluded(option(tmp_path, long, type="avoidance", storage=None)) == NEVER


def test_a_rule_holds_while_it_is_in_force(tmp_path: Path) -> None:
    """Proves the dates: from 2028 on only removals that last, before that any."""
    span = {"from": "2028-01-01"}
    late = rule("credit_quality", storage=["long_lived"], valid=span)
    assert excluded(option(tmp_path, late)) == (False, False, True, True, True)


def test_only_gates_that_are_sure_to_apply_exclude(tmp_path: Path) -> None:
    """Proves that a score binds nobody, a base year of another kind leaves the rule out, and that
    one that depends on the plan's own use isn't held by bounds but named."""
    score = rule("credit_quality", "R-1", severity="score", types=["avoidance"])
    later = {"quantity": "base_year", "comparison": "above", "value": 2025}
    other = rule("credit_quality", "R-2", types=["avoidance"], applies_if=[later])
    use = {"quantity": "electricity_use", "comparison": "at_least", "value": "5 GWh/a"}
    unsure = rule("credit_quality", "R-3", types=["avoidance"], applies_if=[use])
    path = written(tmp_path, score, other, unsure)
    bundle = load(path)
    assert assemble(bundle).credits[0].exclusions == ()
    assert bundle.unheld == ("one/R-3",)


def test_the_scenarios_own_choice_holds_beside_packs(tmp_path: Path) -> None:
    """Proves that the stricter binds: 5 years by the pack and 3 by the scenario, so from 2028 on;
    either alone would leave 2028, or 2028 and 2029, open."""
    own = {"max_age": "3 a"}
    credit = option(tmp_path, rule("credit_quality", max_age="5 a"), eligible=own)
    assert excluded(credit) == (False, False, True, True, True)
    assert [each.rule for each in credit.exclusions] == ["policy.offset.eligible", "one/R-1"]


def test_the_check_of_a_scenario_names_credit_year_and_rule(tmp_path: Path) -> None:
    """Proves what `decarb policy check` gets: out in 2029 and 2030 by one/R-1, and that documents
    show when credits are cancelled, for no row does."""
    path = written(tmp_path, rule("credit_quality", max_age="4 a", cancelled_within="1 a"))
    found = checked(path)
    assert found["excluded_credits"] == [
        {"credit": "q", "rule": "one/R-1", "criterion": "max_age", "years": [2029, 2030]}
    ]
    assert [each["why"] for each in found["unknown"]] == ["cancellation"]
