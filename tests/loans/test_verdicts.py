"""Grounds of a verdict, the worst that counts, and evidence that changes what names it alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.inputs.loan_files import FOLDER, read_pack
from optimizer.loans.assess import Assessment, assess
from optimizer.loans.subject import Subject
from optimizer.loans.verdict import WORST_FIRST, worst
from tests.loans.plant import ROOT, SHARES, found, shown, subject
from tests.packs import rule

COVER = rule("limit", quantity="dscr", comparison="at_least", limit=1.0)
OPEN = {"en": "Which year?", "zh": "哪一年？"}


@pytest.mark.parametrize(
    ("trust", "verdict"),
    [
        ("primary", "meets_primary"),
        ("secondary", "meets_secondary"),
        ("derived", "meets_secondary"),
        ("unconfirmed", "cannot_determine"),
    ],
)
def test_the_ground_of_a_verdict_is_the_trust_of_its_rule(trust: str, verdict: str) -> None:
    """Proves that the same plan meets by what the rule rests on; nothing unconfirmed is met."""
    assert found(subject(), {**COVER, "trust": trust}).verdict == verdict


def test_an_unconfirmed_rule_fails_nobody_either() -> None:
    """Proves that a limit nobody read can't turn a loan down: it shows its number, no verdict."""
    asked = {**COVER, "limit": 9.0, "trust": "unconfirmed"}
    judged = found(subject(), asked)
    assert (judged.verdict, judged.limit) == ("cannot_determine", 9.0)


def test_what_a_text_leaves_open_is_never_met_but_can_fail() -> None:
    """Proves that an open question keeps a rule from being met; a broken limit stays broken."""
    assert found(subject(), {**COVER, "undetermined": OPEN}).verdict == "cannot_determine"
    assert found(subject(), {**COVER, "undetermined": OPEN, "limit": 9.0}).verdict == "fails"


def test_the_worst_verdict_counts() -> None:
    """Proves the order, and that what doesn't apply is nobody's verdict unless nothing applies."""
    assert worst(["meets_primary", "meets_secondary", "not_applicable"]) == "meets_secondary"
    assert worst(["meets_attested", "meets_primary"]) == "meets_attested"
    assert worst(["cannot_determine", "fails", "meets_primary"]) == "fails"
    assert worst(["not_applicable"]) == worst([]) == "not_applicable"
    assert WORST_FIRST[:2] == ("fails", "cannot_determine")


def judged(plant: Subject, *packs: str) -> Assessment:
    """The plant under shipped packs."""
    files: dict[str, Path] = {name: ROOT / FOLDER / f"{name}.yaml" for name in packs}
    loaded = {name: read_pack(path, path.name) for name, path in files.items()}
    return assess(plant, loaded, ())


GREEN = ("use_of_proceeds", "project_selection", "proceeds_account", "reporting",
         "reporting_calendar")  # fmt: skip


def test_a_green_loan_is_met_with_its_evidence() -> None:
    """Proves a plan that meets a whole shipped pack, on secondary ground, and so do its parts."""
    evidence = tuple(shown(each, "agreement of 2026") for each in GREEN)
    plant = subject(evidence=evidence, shares=SHARES)
    assessment = judged(plant, "glp_2025")
    assert assessment.verdict == "meets_secondary"
    assert assessment.of_measure("heat_pump") == "meets_secondary"


@pytest.mark.parametrize("left_out", GREEN)
def test_a_missing_document_changes_the_verdicts_that_name_it_alone(left_out: str) -> None:
    """Proves that without one document exactly the rules that ask for it become undetermined."""
    kept = tuple(shown(each, "agreement of 2026") for each in GREEN if each != left_out)
    everything = tuple(shown(each, "agreement of 2026") for each in GREEN)
    before = judged(subject(evidence=everything, shares=SHARES), "glp_2025")
    after = judged(subject(evidence=kept, shares=SHARES), "glp_2025")
    pairs = zip(before.findings, after.findings, strict=True)
    changed = {b.rule.id for a, b in pairs if a.verdict != b.verdict}
    naming = {
        each.rule.id
        for each in before.findings
        if left_out in [piece.id for piece in each.rule.evidence]
    }
    assert changed == naming != set()
    assert after.verdict == "cannot_determine"


def test_scores_and_information_decide_nothing() -> None:
    """Proves that only gates make the verdict: PLCR 2.78 against 9 as information alone."""
    assessment = judged(subject(), "bank_credit")
    gates = [each for each in assessment.findings if each.rule.severity == "gate"]
    assert worst(each.verdict for each in gates) == assessment.verdict
    assert {each.rule.severity for each in assessment.findings} > {"gate"}
