"""What a scenario says of its loan, alone and beside the measures on offer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.inputs.test_crosscheck import problems
from tests.workspace import put, small_scenario

LOAN: dict[str, Any] = {"amount": "2 MCNY", "tenor": "8 a", "rate": 0.035}


def said(folder: Path, **fields: Any) -> list[tuple[str, str]]:
    """Place and text of each problem of a scenario with such a loan."""
    found = problems(folder, put(small_scenario(), "loan", {**LOAN, **fields}))
    return [(problem.field, str(problem)) for problem in found]


def test_a_loan_can_be_read(tmp_path: Path) -> None:
    """Proves that a loan of an amount, and one that is to be sized, are both fine."""
    assert said(tmp_path, finances=["pv_roof"], other_money={"pv_roof": "1 MCNY"}) == []
    assert said(tmp_path, amount=None, cover=1.25, share=0.7) == []


@pytest.mark.parametrize(
    ("fields", "place", "text"),
    [
        ({"finances": ["pv_rof"]}, "loan.finances[0]", 'Did you mean "pv_roof"?'),
        ({"other_money": {"forest": "1 CNY"}}, "loan.other_money.forest", "a measure on offer"),
        ({"amount": "2 MEUR"}, "loan.amount", "an amount of CNY without a price year"),
        ({"amount": "2 MCNY2020"}, "loan.amount", "an amount of CNY without a price year"),
        ({"amount": None}, "loan", "'cover' and 'share'"),
        ({"tenor": "8.1 a"}, "loan", "whole quarters"),
        ({"grace": "8 a"}, "loan", "below the tenor"),
        ({"interest_subsidy": {"rate": 0.015, "time": "0.3 a"}}, "loan", "subsidy.time must be"),
        ({"interest_subsidy": {"rate": "1.5", "time": "2 a"}}, "loan.interest_subsidy.rate",
         "at most 1"),
        ({"tranches": [{"drawn": "2027-01-01", "share": 0.5}]}, "loan", "add up to 1"),
        ({"lock_up": 1.1}, "loan", "go together"),
        ({"lock_up": 1.0, "default_at": 1.1}, "loan", "at most lock_up"),
        ({"repayment": "sculpted", "grace": "1 a"}, "loan", "no grace"),
        ({"borrower": {"ebitda": "1 MEUR", "debt_service": "0 CNY"}}, "loan.borrower.ebitda",
         "an amount of CNY"),
        ({"rate": "3.5"}, "loan.rate", "at most 1"),
    ],
)  # fmt: skip
def test_a_loan_that_makes_no_sense_is_refused(
    tmp_path: Path, fields: dict[str, Any], place: str, text: str
) -> None:
    """Proves that each mistake is told at its field: a loan in money of another year would be
    deflated, though debt is nominal; a rate of 3.5 would be 350 %."""
    found = said(tmp_path, **fields)
    assert {field for field, _ in found} == {place}
    assert any(text in told for _, told in found)


LINE: dict[str, Any] = {
    "id": "line", "name": {"en": "Line", "zh": "授信"}, "purpose": "company", "amount": "1 MCNY",
    "rate": 0.04, "tenor": "2 a", "tranches": [{"drawn": "2026-01-01", "share": 1.0}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "field", "text"),
    [
        ([{**LINE, "purpose": "plan"}], "loan.credit_lines[0].amount", "what loan.other_money"),
        ([{**LINE, "purpose": "plan", "tranches": [{"drawn": "2020-01-01", "share": 1.0}],
           "amount": "0.001 CNY"}], "loan.credit_lines[0].tranches", "from 2026 on"),
        ([LINE, LINE], "loan.credit_lines[1].id", "occurs once"),
        ([{**LINE, "amount": "1 MCNY2025"}], "loan.credit_lines[0].amount", "price year"),
        ([{**LINE, "tranches": []}], "loan.credit_lines[0].tranches", ""),
        ([{**LINE, "tranches": [{"drawn": "2026-01-01", "share": 0.4}]}], "loan.credit_lines[0]",
         "add up to 1"),
        ([{**LINE, "grace": "2 a"}], "loan.credit_lines[0]", "below the tenor"),
        ([{**LINE, "repayment": "sculpted"}], "loan.credit_lines[0].repayment", "bullet"),
    ],
)  # fmt: skip
def test_credit_lines_that_say_too_little(
    tmp_path: Path, lines: list[dict[str, Any]], field: str, text: str
) -> None:
    """Proves that each mistake is told at the line that it is in."""
    ((place, told),) = said(tmp_path, credit_lines=lines)
    assert place == field
    assert text in told


def test_lines_of_the_plan_are_other_money(tmp_path: Path) -> None:
    """Proves that two lines of 1 MCNY fit in 2 MCNY of other money, and not in 1.9; a company's
    line takes nothing of it."""
    other = {**LINE, "id": "other", "purpose": "plan"}
    lines = [{**LINE, "purpose": "plan"}, other, {**LINE, "id": "old"}]
    assert said(tmp_path, credit_lines=lines, other_money={"pv_roof": "2 MCNY"}) == []
    money = {"pv_roof": "1 MCNY", "heat_pump": "0.9 MCNY"}
    ((place, _),) = said(tmp_path, credit_lines=lines, other_money=money)
    assert place == "loan.credit_lines[1].amount"
