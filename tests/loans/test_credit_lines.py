"""Credit lines beside a loan: what they bring and cost the owner, and the borrower's cover."""

from __future__ import annotations

from typing import Any

import pytest

from optimizer.loans.credit_lines import line_years, owing
from optimizer.loans.owner import Owner, owner
from optimizer.plan.verify.credit_lines import cost_of, owed_beside
from tests.loans.plant import LOAN, subject

PLAN: dict[str, Any] = {
    "id": "new", "name": {"en": "New", "zh": "新"}, "purpose": "plan", "amount": "0.8 MCNY",
    "rate": 0.06, "tenor": "2 a", "upfront_fee": 0.01,
    "interest_subsidy": {"rate": 0.02, "time": "1 a"},
    "tranches": [{"drawn": "2026-07-01", "share": 0.5}, {"drawn": "2027-01-01", "share": 0.5}],
}  # fmt: skip
OLD: dict[str, Any] = {
    "id": "old", "name": {"en": "Old", "zh": "旧"}, "purpose": "company", "amount": "1.2 MCNY",
    "rate": 0.04, "tenor": "3 a", "repayment": "bullet",
    "tranches": [{"drawn": "2025-01-01", "share": 1.0}],
}  # fmt: skip
ACCOUNTS = {"ebitda": "3 MCNY", "debt_service": "0.5 MCNY"}


def plant(*lines: dict[str, Any], **fields: Any) -> Any:
    loan = {**LOAN, "credit_lines": list(lines), "other_money": {"heat_pump": "0.8 MCNY"}, **fields}
    return subject(changes={"loan": loan})


def owners(*lines: dict[str, Any]) -> Owner:
    found = plant(*lines)
    assert found.lending is not None
    return owner(found, found.lending)


def test_a_line_by_hand() -> None:
    """Proves 0.4 MCNY drawn in July and 0.4 in January, each in eight quarters of 0.05: principal
    0.1, 0.4, 0.3 … with interest of 1.5 % a quarter of what is owed, 0.4 and 0.35 in 2026, a fee
    of 8,000 with the first; the state pays 0.5 % of what is owed from July to June."""
    (line,) = plant(PLAN).loan.credit_lines
    found = line_years(line)
    assert found.years == (2026, 2027, 2028)
    assert found.drawn == pytest.approx([4e5, 4e5, 0.0])
    owed = [0.75e6, (0.7 + 0.6 + 0.5 + 0.4) * 1e6, (0.3 + 0.2 + 0.1 + 0.05) * 1e6]
    paid = [1e5, 4e5, 3e5]
    service = [p + 0.015 * o for p, o in zip(paid, owed, strict=True)]
    service[0] += 8e3
    assert found.service == pytest.approx(service)
    assert found.subsidy == pytest.approx([0.005 * 0.75e6, 0.005 * 1.3e6, 0.0])
    known = cost_of(line)
    assert known.first == found.first
    for name in ("drawn", "service", "subsidy"):
        assert getattr(known, name) == pytest.approx(getattr(found, name))


def test_only_the_plans_lines_are_the_owners_cash() -> None:
    """Proves draws less service less what the state pays, on top of the loan's own; a line that the
    company owes in any case changes nothing between plan and baseline."""
    without, taken, both = owners(), owners(PLAN), owners(PLAN, OLD)
    (line,) = plant(PLAN).loan.credit_lines
    found = line_years(line)
    more = (taken.left - without.left)[:3]
    assert more == pytest.approx(found.drawn - found.service + found.subsidy)
    assert taken.left[3:] == pytest.approx(without.left[3:])
    assert both.left == pytest.approx(taken.left)
    start, _ = taken.moments
    assert start[1] == pytest.approx(without.moments[0][1] + 4e5)


def test_all_lines_are_in_the_borrowers_cover() -> None:
    """Proves (EBITDA + cash) / (all service): 0.5 MCNY, of the bullet line 48,000 a year and 1.2
    MCNY in 2027, of the other as above, beside the loan's own; the project's cover stays."""
    found, alone = plant(PLAN, OLD, borrower=ACCOUNTS), plant(borrower=ACCOUNTS)
    assert found.cover is not None
    assert alone.cover is not None
    assert found.cover.ratios == alone.cover.ratios
    years = found.cover.years
    beside = owing(found.loan, years)
    new = line_years(found.loan.credit_lines[0]).service
    assert beside[0] == pytest.approx(5e5 + 48e3 + new[0])
    assert beside[1] == pytest.approx(5e5 + 1.248e6 + new[1])
    assert beside[3] == pytest.approx(5e5)
    assert owed_beside(found.loan, years) == pytest.approx(beside)
    due = found.cover.service + beside
    expected = (3e6 + found.cover.cash) / due
    assert found.cover.borrower == pytest.approx(expected.tolist())
