"""Verdicts on a stored plan: the rule's own limit, the plan's value, and how sure the text is."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from optimizer import cli
from optimizer.files.hashes import sha256_of
from optimizer.plan.judge import Judged, Judgement, judge
from optimizer.plan.judge.figures import RATIOS, Figures
from optimizer.schema.policy_fields import ROWS
from tests.cli.solving import QUICK, small
from tests.packs import pack, rule
from tests.workspace import small_measures, write_workspace, write_yaml

Captured = pytest.CaptureFixture[str]
PACKS = {
    "mixed": pack(
        "mixed",
        rule("net_target", "M-1", limit="9 kt", ledger="location", trust="primary", source=["law"]),
        rule("net_target", "M-2", limit="9 kt", ledger="location"),
        rule("net_target", "M-3", limit="9 kt", ledger="location", trust="unconfirmed"),
        rule("gross_cap", "M-4", limit={2027: "5 kt"}, ledger="location"),
        rule("never_rises", "M-5", unless_output_grows=True, ledger="location",
             applies_if=[{"quantity": "base_year", "comparison": "at_most", "value": 2020}]),
        rule("gross_reduction", "M-6", scopes=[1, 2], limit=0.1, ledger="location",
             undetermined={"en": "Which year is the base.", "zh": "基准年未定。"}),
        rule("gross_reduction", "M-7", scopes=[1, 2, 3], limit=0.1),
        rule("checklist", "M-8", evidence=[{"id": "paper", "name": {"en": "P", "zh": "文"}}]),
        rule("credit_quality", "M-9", ex_post=True),
        sources={"office": {"name": "An office", "trust": "secondary"},
                 "law": {"name": "The law", "trust": "primary"}},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose scenario lets 5,950 t be, where M-4 asks 5,000 t; its run is `run`."""
    root = tmp_path_factory.mktemp("judged")
    policy = {"use": ["mixed"], "gross_cap": {2027: "5950 t"}}
    path = write_workspace(root, small(policy=policy), policies=PACKS)
    out = str(root / "results" / "run")
    assert cli.run(["solve", str(path), *QUICK, "--out", out, "--json"]) == cli.FINE
    return root


@pytest.fixture(scope="module")
def judgement(folder: Path) -> Judgement:
    return judge(folder / "results" / "run")


def of(judgement: Judgement, id: str) -> Judged:
    (found,) = [rule for rule in judgement.rules if rule.id == id]
    return found


@pytest.mark.parametrize(
    ("id", "verdict", "why"),
    [
        ("policy.gross_cap", "meets_primary", None),
        ("mixed/M-1", "meets_primary", None),
        ("mixed/M-2", "meets_secondary", None),
        ("mixed/M-3", "cannot_determine", "unconfirmed"),
        ("mixed/M-4", "fails", None),
        ("mixed/M-5", "not_applicable", "base_year"),
        ("mixed/M-6", "cannot_determine", "undetermined"),
        ("mixed/M-7", "cannot_determine", "not_counted"),
        ("mixed/M-8", "cannot_determine", "checklist"),
        ("mixed/M-9", "not_applicable", "no_credits"),
    ],
)
def test_each_kind_of_rule_has_its_verdict(
    judgement: Judgement, id: str, verdict: str, why: str | None
) -> None:
    """Proves the table: the same limit is surely kept by a primary text, kept as told by a
    secondary one, and never kept by what nobody confirmed; words that leave something open,
    scope 3 and documents are no figures of a plan."""
    found = of(judgement, id)
    assert (found.verdict, found.why) == (verdict, why)


def test_a_limit_is_the_rules_own_where_the_scenario_is_looser(judgement: Judgement) -> None:
    """Proves that what wins in the search doesn't win in the judgement: 5,950 t were allowed and
    used, so the pack's 5,000 t are missed by 950 t. Judged by the merged policy, none would be."""
    figures = of(judgement, "mixed/M-4").figures
    assert figures is not None
    assert not figures.asked[0], "2026 has no limit"
    assert figures.limit[1] == 5000
    assert figures.slack[1] == pytest.approx(5000 - 5950, rel=1e-6)
    assert of(judgement, "policy.gross_cap").standing == "company"


def test_a_reduction_is_what_is_left_of_the_base_year(judgement: Judgement) -> None:
    """Proves the ratio: base year 8,760 x 0.55 + 19,467 x 0.202 = 4,818 + 3,932.3 = 8,750.3 t; of
    5,950 t in 2027 that is 0.68, and the limit is 0.9."""
    figures = of(judgement, "mixed/M-6").figures
    assert figures is not None
    assert figures.value[1] == pytest.approx(5950 / (8760 * 0.55 + 19467 * 0.202), rel=1e-6)
    assert figures.limit[1] == pytest.approx(0.9)


def test_a_miss_within_rounding_is_kept_and_one_beyond_is_not() -> None:
    """Proves the tolerance: of 5,000 t a millionth is 5 kg; 4 kg over is rounding, 20 kg isn't. At
    least turns the sides: 0.2 asked, 0.19 reached has a slack of -0.01."""
    limit = np.array([5000.0, 5000.0])
    over = Figures(np.array([5000.004, 5000.02]), limit, "t")
    assert over.kept.tolist() == [True, False]
    least = Figures(np.array([0.19, 0.21]), np.array([0.2, 0.2]), "1", at_least=True)
    assert least.kept.tolist() == [False, True]
    assert least.slack == pytest.approx([-0.01, 0.01])


def test_a_failing_gate_ends_with_5_and_is_shown(folder: Path, capsys: Captured) -> None:
    """Proves the command: the text names limit, value and verdict, JSON the unsure gates."""
    run = str(folder / "results" / "run")
    assert cli.run(["policy", "check", run]) == cli.CHECK_FAILED
    said = capsys.readouterr().out
    assert "company policy, not law" in said
    assert "fails" in said
    assert cli.run(["policy", "check", run, "--json"]) == cli.CHECK_FAILED
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"] == "fails"
    assert "mixed/M-1" not in found["unsure_gates"]
    assert {"mixed/M-2", "mixed/M-4", "mixed/M-8"} <= set(found["unsure_gates"])


def test_the_report_names_trust_and_verdict_of_each_rule(folder: Path) -> None:
    """Proves that page and command say the same: one row a rule and year, the source beneath."""
    page = (folder / "results" / "run" / "report.html").read_text(encoding="utf-8")
    for said in ("meets (secondary source, text not checked)", "company policy, not law",
                 "mixed/M-8", "The law", "never a certificate"):  # fmt: skip
        assert said in page


def test_every_row_of_a_gate_has_a_unit() -> None:
    """Proves that no gate that a plan is held to is without one: it couldn't be judged."""
    assert set(RATIOS) == set(ROWS.values())


def test_a_ceiling_of_the_scenario_is_for_an_audit(tmp_path: Path) -> None:
    """Proves the row of a ceiling that the scenario writes: nothing asked without credits, nothing
    known without an audit, and what the audit says where there is one of the same ceiling and plan
    whose figures agree."""
    forest = {
        "id": "forest", "kind": "credit", "name": {"en": "Forest", "zh": "林"}, "type": "removal",
        "price": "60 CNY/t",
    }  # fmt: skip
    scenario = small(policy={"net_target": {2027: "4500 t"}, "ceiling": {"price": "99 CNY/t"}})
    scenario["measures"]["offer"] = [*scenario["measures"]["offer"], "forest"]
    path = write_workspace(tmp_path, scenario, [*small_measures(), forest])
    run = tmp_path / "run"
    assert cli.run(["solve", str(path), *QUICK, "--out", str(run), "--json"]) == cli.FINE
    unsure = of(judge(run), "policy.ceiling")
    assert (unsure.verdict, unsure.why) == ("cannot_determine", "abatement_ceiling")
    assert cli.run(["audit", str(run), "--time-limit", "60"]) in (cli.FINE, cli.CHECK_FAILED)
    audit = json.loads((run / "audit.json").read_text(encoding="utf-8"))
    bound, none = audit["certificate"]["bound"], {"ending": "time_limit", "cost": None}
    open_question = {
        "measure": "motor_saving", "question": "enlarge", "held": none, "free": none,
        "difference": None, "by": None, "verdict": "inconclusive",
    }  # fmt: skip
    for change, verdict in (
        ({"measures": [], "outcome": "holds"}, ("meets_primary", None)),
        ({"certificate": audit["certificate"] | {"cost": 0.9 * bound, "better": True},
          "outcome": "fails"}, ("fails", None)),
        ({"measures": [open_question], "outcome": "undetermined"},
         ("cannot_determine", "audit_undetermined")),
        ({"mode": "residual"}, ("cannot_determine", "another_audit")),
        ({"ceiling": {"2026": 99.0, "2027": 90.0}}, ("cannot_determine", "another_audit")),
        ({"outcome": "fails"}, ("cannot_determine", "another_audit")),
    ):  # fmt: skip
        (run / "audit.json").write_text(json.dumps(audit | change), encoding="utf-8")
        found = of(judge(run), "policy.ceiling")
        assert (found.verdict, found.why) == verdict, change


def test_documents_decide_a_checklist(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    """Proves the way from a document to a verdict: shown with its hash it is as sure as the rule's
    text, a secondary one; changed since, it shows nothing; a word that no checklist asks for is an
    input error with its place."""
    run, paper, file = folder / "results" / "run", tmp_path / "p.txt", tmp_path / "evidence.yaml"
    paper.write_text("all there", encoding="utf-8")
    item = {"id": "paper", "document": "p.txt", "sha256": sha256_of(paper), "clause": "1",
            "value": "path to near zero", "dated": "2026-01-05"}  # fmt: skip
    write_yaml(file, {"evidence": [item]})
    shown = of(judge(run, file), "mixed/M-8")
    assert (shown.verdict, shown.evidence[0]["clause"]) == ("meets_secondary", "1")
    write_yaml(file, {"evidence": [item | {"valid_to": "2025-12-31"}]})
    assert of(judge(run, file), "mixed/M-8").verdict == "cannot_determine", "ended before 2026"
    write_yaml(file, {"evidence": [item | {"id": "papier"}]})
    assert cli.run(["policy", "check", str(run), "--evidence", str(file)]) == cli.INPUT_OR_USAGE
    assert 'Did you mean "paper"' in capsys.readouterr().err
    paper.write_text("nothing there", encoding="utf-8")
    write_yaml(file, {"evidence": [item]})
    assert of(judge(run, file), "mixed/M-8").verdict == "cannot_determine"
