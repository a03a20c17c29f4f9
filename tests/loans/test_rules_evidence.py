"""Rules on evidence: refrigerants, values that are stated, and when a document ends."""

from __future__ import annotations

from datetime import date

import pytest

from optimizer.inputs.loan_files import FOLDER, read_pack
from optimizer.loans.assess import assess
from optimizer.words import text
from tests.loans.plant import ROOT, found, shown, subject
from tests.packs import rule

SHEET = {"id": "refrigerant", "name": {"en": "Data sheet", "zh": "资料"}}


@pytest.mark.parametrize(
    ("gwp_set", "verdict", "value"),
    [("ar4", "meets_secondary", 675.0), ("ar5", "fails", 677.0), ("ar6", "fails", 771.0)],
)
def test_r32_passes_by_the_fourth_report_alone(gwp_set: str, verdict: str, value: float) -> None:
    """Proves that a rule's own set decides, R-32 being 675 in the fourth report, at the limit; and
    that it is said what the others give."""
    asked = rule("refrigerant_gwp", evidence=[SHEET], gwp_set=gwp_set, limit=675)
    plant = subject(evidence=(shown("refrigerant", "R-32", "heat_pump"),))
    judged = found(plant, asked, "heat_pump")
    assert (judged.verdict, judged.value) == (verdict, value)
    told = [text(said.key, "en", **said.values) for said in judged.notes]
    other = "by AR5, AR6 it would fail" if gwp_set == "ar4" else "by AR4 it would be kept"
    counts = f"the rule counts by {gwp_set.upper()}"
    assert told == [f"R-32 by each set: AR4 675, AR5 677, AR6 771; {counts}", other]


@pytest.mark.parametrize(
    ("name", "verdict", "value"),
    [("R-134a", "fails", 1430.0), ("r410A", "fails", 2088.0), ("R32", "meets_secondary", 675.0),
     ("R-290", "meets_secondary", 0.02), ("R 717", "meets_secondary", 1.0),
     ("R-407C", "fails", 1908.0), ("R-1234ze(E)", "meets_secondary", 1.37)],
)  # fmt: skip
def test_common_refrigerants_are_told_by_the_shipped_rule(
    name: str, verdict: str, value: float
) -> None:
    """Proves, however they are written, that what the fourth report knows counts by it and what it
    doesn't by the highest figure there is: R-134a was unknown, so a heat pump with it couldn't
    fail, and one with propane couldn't pass."""
    loaded = read_pack(ROOT / FOLDER / "eu_taxonomy.yaml", "eu_taxonomy")
    plant = subject(evidence=(shown("refrigerant", name, "heat_pump"),))
    (one,) = (
        each
        for each in assess(plant, {"eu_taxonomy": loaded}, ()).findings
        if each.rule.id == "X-03"
    )
    assert (one.verdict, one.value) == (verdict, value)


def test_a_refrigerant_nobody_knows_and_none_at_all() -> None:
    """Proves that both are "cannot determine": nothing is assumed of what isn't known."""
    asked = rule("refrigerant_gwp", evidence=[SHEET], gwp_set="ar4", limit=675)
    odd = subject(evidence=(shown("refrigerant", "R-9999", "heat_pump"),))
    assert found(odd, asked, "heat_pump").verdict == "cannot_determine"
    assert found(subject(), asked, "heat_pump").verdict == "cannot_determine"


@pytest.mark.parametrize(
    ("value", "verdict"),
    [("60 %", "meets_secondary"), ("0.8", "meets_secondary"), ("81 %", "fails"),
     ("nearly done", "cannot_determine")],
)  # fmt: skip
def test_a_stated_value_is_read_and_compared(value: str, verdict: str) -> None:
    """Proves that a share of completion is read from the document, in either way of writing it."""
    done = {"id": "completion", "name": {"en": "Completion", "zh": "完成"}}
    asked = rule("stated", per="measure", evidence=[done], unit="1", comparison="at_most",
                 limit="80 %")  # fmt: skip
    plant = subject(evidence=(shown("completion", value, "heat_pump"),))
    assert found(plant, asked, "heat_pump").verdict == verdict


def test_evidence_ends() -> None:
    """Proves that a document which ran out before the draw of 2026-01-01 shows nothing."""
    asked = rule("refrigerant_gwp", evidence=[SHEET], gwp_set="ar4", limit=675)
    for last, verdict in ((date(2026, 1, 1), "meets_secondary"),
                          (date(2025, 12, 31), "cannot_determine")):  # fmt: skip
        plant = subject(evidence=(shown("refrigerant", "R-32", valid_to=last),))
        assert found(plant, asked, "heat_pump").verdict == verdict
