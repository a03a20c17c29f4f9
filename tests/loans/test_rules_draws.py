"""Rules on the days of the draws, and on terms that a plan has none of."""

from __future__ import annotations

import pytest

from tests.loans.plant import found, subject
from tests.loans.test_rules import limit, with_loan
from tests.packs import rule


@pytest.mark.parametrize(
    ("drawn", "verdict"),
    [("2026-12-31", "meets_secondary"), ("2027-01-01", "fails")],
)
def test_every_tranche_is_drawn_in_the_window(drawn: str, verdict: str) -> None:
    """Proves that the last day counts, and that one late tranche of two is a fail."""
    tranches = [{"drawn": "2026-01-01", "share": 0.5}, {"drawn": drawn, "share": 0.5}]
    asked = rule("draw_window", last="2026-12-31")
    assert found(with_loan(tranches=tranches), asked).verdict == verdict


def test_a_rule_counts_on_the_days_of_the_draws() -> None:
    """Proves that a rule that ended before the draw doesn't apply, that a hundredth drawn after its
    end takes nothing else out of it, and that one of an edition that isn't in force on a draw can't
    be determined: the packs of these tests begin in 2024."""
    over = {**limit("debt_share", "at_most", 0.5), "valid": {"to": "2025-12-31"}}
    assert found(subject(), over).verdict == "not_applicable"
    late = [{"drawn": "2026-01-01", "share": 0.99}, {"drawn": "2028-01-01", "share": 0.01}]
    held = {**over, "valid": {"to": "2027-12-31"}}
    assert found(with_loan(tranches=late), held).verdict == "fails"
    early = [{"drawn": "2023-06-01", "share": 1.0}]
    judged = found(with_loan(tranches=early), limit("debt_share", "at_most", 0.9))
    assert judged.verdict == "cannot_determine"
    assert [said.key for said in judged.why] == ["loan.why.edition"]


def test_without_a_loan_its_rules_cannot_be_told() -> None:
    """Proves that a plan without terms gets no verdict on them, yet one on the plan itself."""
    plant = subject(changes={"loan": None})
    assert found(plant, limit("dscr", "at_least", 1)).verdict == "cannot_determine"
    assert found(plant, limit("emissions_reduction", "above", "0 t/a")).verdict == (
        "meets_secondary"
    )
