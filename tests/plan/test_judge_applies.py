"""Where rules apply that no row of the model holds: scores, conditions, dates, other audits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from optimizer import cli
from optimizer.plan.judge import Judged, judge
from optimizer.plan.judge.figures import Figures
from tests.cli.solving import QUICK, small
from tests.packs import pack, rule
from tests.workspace import small_measures, write_workspace

pytestmark = pytest.mark.usefixtures("no_reports")

FOREST = {
    "id": "forest", "kind": "credit", "name": {"en": "Forest", "zh": "林"}, "type": "removal",
    "price": "60 CNY/t", "region": "DK",
}  # fmt: skip
AT_HOME = rule("credit_quality", regions=["CN"])


def when(quantity: str, comparison: str, value: Any) -> dict[str, Any]:
    return {"applies_if": [{"quantity": quantity, "comparison": comparison, "value": value}]}


EARLY = {"valid": {"to": "2026-12-31"}}
PACKS = {
    "loose": pack(
        "loose",
        {**AT_HOME, "id": "L-1", "severity": "score"},
        {**AT_HOME, "id": "L-2", **when("electricity_use", "at_least", "1 GWh/a")},
        {**AT_HOME, "id": "L-3", **when("electricity_use", "at_least", "90 GWh/a")},
        {**AT_HOME, "id": "L-4", "severity": "score", **EARLY},
        rule("credit_quality", "L-5", types=["removal"], cancelled_within="1 a"),
        rule("carbon_per_tce", "L-6", severity="score", ledger="location", electricity="equivalent",
             conversion="0.2856 kgce/kWh", limit={2027: "0.01 t/tce"}),
        rule("checklist", "L-7", evidence=[{"id": "paper", "name": {"en": "P", "zh": "文"}}],
             **when("electricity_use", "at_least", "90 GWh/a")),
    ),
    "chain": pack(
        "chain",
        rule("gross_reduction", "C-1", scopes=[1], limit=0.99,
             **when("scope_3_share", "at_least", 0.4)),
        rule("gross_reduction", "C-2", scopes=[1], limit=0.99,
             **when("scope_3_share", "at_least", 0.01)),
        rule("gross_reduction", "C-3", scopes=[1], limit=0.99,
             **when("scope_3_share", "below", 0.01)),
        rule("gross_reduction", "C-4", scopes=[1], limit=0.0,
             **when("scope_3_share", "at_least", 0.4)),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Judged]:
    """By id: a plan that reaches 4,500 t net in 2027 with Danish credits, and 0.1 t of upstream
    emissions on each of its MWh of gas."""
    root = tmp_path_factory.mktemp("applies")
    scenario = small(
        policy={"use": [*PACKS], "net_target": {2026: "7000 t", 2027: "4500 t"}},
        carriers__natural_gas__upstream="0.1 kg/kWh",
    )
    scenario["measures"]["offer"] = [*scenario["measures"]["offer"], "forest"]
    path = write_workspace(root, scenario, [*small_measures(), FOREST], policies=PACKS)
    assert cli.run(["solve", str(path), *QUICK, "--out", str(root / "run")]) == cli.FINE
    return {found.id.partition("/")[2]: found for found in judge(root / "run").rules}


def figures(found: Judged) -> Figures:
    assert found.figures is not None
    return found.figures


@pytest.mark.parametrize(
    ("id", "verdict", "why"),
    [
        ("L-1", "fails", None),
        ("L-2", "fails", None),
        ("L-3", "not_applicable", "nothing_asked"),
        ("L-4", "meets_secondary", None),
        ("L-5", "cannot_determine", "credit_documents"),
        ("L-6", "fails", None),
        ("L-7", "not_applicable", "nothing_asked"),
        ("C-1", "cannot_determine", "scope_3"),
        ("C-2", "fails", None),
        ("C-3", "not_applicable", "nothing_asked"),
        ("C-4", "meets_secondary", None),
    ],
)
def test_a_rule_without_rows_is_judged_by_the_plan(
    judged: dict[str, Judged], id: str, verdict: str, why: str | None
) -> None:
    """Proves that what binds no search isn't kept by that: Danish credits fail a rule that asks for
    Chinese ones as a score and under a condition on power (8.8 GWh are above 1 and below 90), which
    counted only what a gate shuts out would pass both; cancellation is for documents; a checklist
    whose condition isn't met asks for none.

    Scope 3 counted in part has a share that is a lower bound: above 1 %, so that a rule for 1 % and
    more applies and one for less doesn't; whether it is above 40 % is unknown, which matters only
    where the rule is missed.
    """
    assert (judged[id].verdict, judged[id].why) == (verdict, why)


def test_tonnes_count_in_years_in_which_the_rule_is_in_force(judged: dict[str, Judged]) -> None:
    """Proves the mask: credits are used in 2027 alone, when the rule that ends with 2026 asks
    nothing any more. Asked in all years it would fail as its twin does."""
    always, ended = figures(judged["L-1"]), figures(judged["L-4"])
    assert always.value[1] > 1000
    assert always.asked.tolist() == [True, True]
    assert ended.asked.tolist() == [True, False]


AUDITED = {
    "high": pack("high", rule("abatement_ceiling", "H-1", limit="900 CNY/t", mode="residual")),
    "low": pack("low", rule("abatement_ceiling", "N-1", limit="300 CNY/t", mode="residual"),
                rule("no_credits_against_unabated", "N-2")),
}  # fmt: skip


@pytest.mark.parametrize(
    ("own", "low", "unabated"),
    [
        (None, ("cannot_determine", "higher_ceiling"), "figures"),
        ("0.01 CNY/t", ("cannot_determine", "another_audit"), "another_audit"),
    ],
)
def test_an_audit_speaks_of_its_own_ceiling(
    tmp_path: Path, own: str | None, low: tuple[str, str | None], unabated: str
) -> None:
    """Proves both directions. Under the stricter of two packs, 900, a failed audit says nothing of
    300. And a scenario that writes a ceiling of its own near 0, at which all that remains would
    pass as residual, doesn't decide a pack's rule on unabated emissions."""
    policy: dict[str, Any] = {"use": [*AUDITED], "net_target": {2026: "7000 t", 2027: "4500 t"}}
    if own is not None:
        policy["ceiling"] = {"price": own, "mode": "residual"}
    scenario = small(policy=policy)
    scenario["measures"]["offer"] = [*scenario["measures"]["offer"], "forest"]
    path = write_workspace(tmp_path, scenario, [*small_measures(), FOREST], policies=AUDITED)
    run = tmp_path / "run"
    assert cli.run(["solve", str(path), *QUICK, "--out", str(run)]) == cli.FINE
    cli.run(["audit", str(run), "--time-limit", "60"])
    audit = json.loads((run / "audit.json").read_text(encoding="utf-8"))
    bound = audit["certificate"]["bound"]
    better = audit["certificate"] | {"cost": 0.9 * bound, "better": True}
    (run / "audit.json").write_text(
        json.dumps(audit | {"certificate": better, "outcome": "fails"}), encoding="utf-8"
    )
    found = {each.id: each for each in judge(run).rules}
    assert (found["low/N-1"].verdict, found["low/N-1"].why) == low
    if unabated == "figures":
        assert found["high/H-1"].verdict == "fails"
        assert found["low/N-2"].figures is not None
    else:
        assert (found["low/N-2"].verdict, found["low/N-2"].why) == ("cannot_determine", unabated)
