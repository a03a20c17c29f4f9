"""`decarb loan FILE --find` with a loan that is repaid as the cash comes in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer import cli
from tests.cli.test_loan_find import Captured, asked, find, found
from tests.packs import rule

SCULPTED: dict[str, Any] = {
    "amount": "3 MCNY", "tenor": "2 a", "rate": 0.04, "repayment": "sculpted",
    "upfront_fee": 0.01, "tranches": [{"drawn": "2026-01-01", "share": 1.0}],
}  # fmt: skip
DEAR = {"motor_saving": {"capex": {"cn": {"fixed": "12 MCNY"}}, "why": "no plan wants them"}}


def covered(limit: float) -> dict[str, Any]:
    """A gate on the least yearly cover."""
    return rule("limit", "K-5", quantity="dscr", comparison="at_least", limit=limit)


def test_the_cheapest_plan_whose_cash_carries_sculpted_debt(
    tmp_path: Path, capsys: Captured
) -> None:
    """Proves that drives which don't pay are built where a cover of 1.9 asks for them, and no other
    change; that k is amount / PV of cash at 4 %, its year's fee of 30,000 beside it in 2026; and
    that the run holds against the verifier."""
    path = asked(tmp_path, covered(1.9), loan=SCULPTED, measures__override=DEAR)
    code, facts = found(path, capsys, "--amount", "3 MCNY")
    assert code == cli.FINE
    assert facts["find"]["free"]["failing"] == ["ours/K-5"]
    assert facts["find"]["changes"]["enters"] == ["motor_saving"]
    assert "loan/sculpted_interest" in facts["find"]["kept_by_rows"]
    first, second = facts["cover"]["years"]
    share = 3e6 / (first["cash"] / 1.04 + second["cash"] / 1.04**2)
    assert second["dscr"] == pytest.approx(1 / share)
    assert first["service"] == pytest.approx(share * first["cash"] + 30e3)
    (judged,) = (each["value"] for each in facts["rules"])
    assert judged == pytest.approx(first["cash"] / first["service"])
    assert judged > 1.9
    (run,) = (tmp_path / "results").iterdir()
    assert cli.run(["verify", str(run)]) == cli.FINE


def test_years_of_a_sculpted_loan_are_given(tmp_path: Path, capsys: Captured) -> None:
    """Proves that a search asks for the days of its draws, and for years that bring cash."""
    late = {**SCULPTED, "tranches": [{"drawn": "2029-10-01", "share": 1.0}]}
    for number, (loan, said) in enumerate(
        (({**SCULPTED, "tranches": []}, "loan.tranches"), (late, "from 2026 to 2030"))
    ):
        path = asked(tmp_path / str(number), covered(1.9), loan=loan)
        assert find(path) == cli.INPUT_OR_USAGE
        assert said in capsys.readouterr().err
