"""The loan of a scenario in numbers, where it counts while a plan is chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer.inputs.assemble import assemble
from optimizer.inputs.borrowing_rule import BorrowingRule
from optimizer.inputs.load import load
from tests.inputs.test_crosscheck import problems
from tests.workspace import put, small_scenario, write_workspace

LOAN: dict[str, Any] = {
    "amount": "2 MCNY", "tenor": "2 a", "rate": 0.04, "ordinary_rate": 0.06, "decides": "rate",
    "upfront_fee": 0.01,
}  # fmt: skip


def rule(folder: Path, inflation: float = 0.25, **fields: Any) -> BorrowingRule:
    """Of two planning years and one of the tail, discounted by 10 %."""
    scenario = put(small_scenario(), "loan", {**LOAN, **fields})
    scenario["horizon"] = {"base_year": 2025, "first": 2026, "last": 2027, "evaluate_to": 2028}
    scenario["economics"] |= {"discount_rate": 0.1, "inflation": inflation}
    scenario["budget"] = {"capex": "1 MCNY"}
    found = assemble(load(write_workspace(folder, scenario))).borrowing
    assert found is not None
    return found


def test_interest_saved_by_hand(tmp_path: Path) -> None:
    """Proves service(6 %) - service(4 %) over two years in equal parts of an eighth a quarter: owed
    1, 7/8, 6/8, 5/8 and then 4/8 to 1/8, so 13/4 and 5/4 quarters of 0.5 %: 0.01625 and 0.00625
    nominal, fees the same on both. Prices rise by a quarter a year from 2025: real 0.013 and 0.004
    if drawn in 2026, 0.0104 and 0.0032 in 2027. Worth at the end of the year of the draw: 0.013 +
    0.004 / 1.1 and 0.0104 + 0.0032 / 1.1."""
    found = rule(tmp_path)
    assert found.saved == pytest.approx(np.array([[0.013, 0.004, 0.0], [0.0, 0.0104, 0.0032]]))
    assert found.worth == pytest.approx([0.013 + 0.004 / 1.1, 0.0104 + 0.0032 / 1.1])
    assert found.level == pytest.approx([1.25, 1.5625, 1.953125])
    assert (found.most, found.share, found.enlarges) == (2e6, 1.0, False)
    assert not found.repaid.any()


def test_what_falls_after_the_last_counted_year_is_left_out(tmp_path: Path) -> None:
    """Proves t <= E: of a bullet loan of three years with 0.02 saved in each, a draw of 2027 counts
    2027 and 2028 alone."""
    saved = rule(tmp_path, tenor="3 a", repayment="bullet").saved
    assert saved[1] == pytest.approx([0.0, 0.02 / 1.5625, 0.02 / 1.953125])
    assert saved[0] == pytest.approx(0.02 / np.array([1.25, 1.5625, 1.953125]))


def test_a_loan_beside_one_at_the_discount_rate_saves_what_its_service_is_worth_less(
    tmp_path: Path,
) -> None:
    """Proves that nothing is discounted at a second rate: at an ordinary rate of 10 %, which is the
    discount rate, 1 drawn saves 1 - PV(service). Of a year's bullet loan at 4 % without inflation:
    1 - 1.04 / 1.1, at the end of the year 1.1 - 1.04."""
    found = rule(tmp_path, 0.0, tenor="1 a", repayment="bullet", ordinary_rate=0.1)
    assert found.worth == pytest.approx([0.06, 0.06])


def test_debt_service_that_budgets_pay(tmp_path: Path) -> None:
    """Proves repaid: of a bullet loan of 1 year at 4 % with a fee of 1 % 1.05 is due in the year of
    the draw, 0.84 of real money in 2026 and 0.672 in 2027; of equal parts over two years 0.5 + 13/4
    of 1 % + 1 % and, a year later, 0.5 + 5/4 of 1 %."""
    first = rule(tmp_path, decides="budget", repaid_from="budget", tenor="1 a",
                 repayment="bullet")  # fmt: skip
    assert first.repaid == pytest.approx(np.diag([0.84, 0.672]))
    assert not first.saved.any()
    both = rule(tmp_path / "b", decides="both", repaid_from="budget")
    assert both.repaid[0] == pytest.approx([0.5425 / 1.25, 0.5125 / 1.5625])
    assert both.repaid[1] == pytest.approx([0.0, 0.5425 / 1.5625])
    assert both.saved.any()


TRANCHES = [{"drawn": "2026-07-01", "share": 0.6}, {"drawn": "2027-01-01", "share": 0.4}]


def test_tranches_are_drawn_for_all_builds_alike(tmp_path: Path) -> None:
    """Proves, of bullet debt of a year at 4 %, 0.6 on 1 July and 0.4 on 1 January, no fee: interest
    of 0.6 x 2 % in 2026, and in 2027 0.6 x 2 % and 0.4 x 4 % beside all of the principal, 0.012
    and 1.028, whichever year's builds it is for; at 6 % it saves half of that, 0.006 and 0.014,
    worth at the end of 2027 0.006 x 1.1 + 0.014."""
    terms = {"tranches": TRANCHES, "tenor": "1 a", "repayment": "bullet", "upfront_fee": 0.0}
    found = rule(tmp_path, 0.0, decides="both", repaid_from="budget", **terms)
    assert not found.by_build
    assert found.drawn == pytest.approx(np.array([[0.6, 0.4], [0.6, 0.4]]))
    assert found.repaid == pytest.approx(np.array([[0.012, 1.028], [0.012, 1.028]]))
    assert found.saved == pytest.approx(np.array([[0.006, 0.014, 0.0]] * 2))
    assert found.worth == pytest.approx([0.006 + 0.014 / 1.1, 0.006 * 1.1 + 0.014])


def test_sculpted_debt_can_add_to_budgets(tmp_path: Path) -> None:
    """Proves that draws alone need no debt service: nothing is saved or repaid in these rows."""
    found = rule(tmp_path, decides="budget", repayment="sculpted", ordinary_rate=None)
    assert (found.enlarges, found.by_build) == (True, True)
    assert not found.saved.any()
    assert not found.repaid.any()


def test_what_the_loan_may_pay_for(tmp_path: Path) -> None:
    """Proves that it is what is named, else all that is built for money, in every year; other money
    in the scenario's."""
    every = rule(tmp_path).pays_for
    assert set(every) == {"pv_roof", "heat_pump", "motor_saving"}
    assert every["pv_roof"] == (2026, 2027)
    named = rule(tmp_path / "b", finances=["heat_pump"], other_money={"heat_pump": "1 MCNY"})
    assert set(named.pays_for) == {"heat_pump"}
    assert named.other == {"heat_pump": 1e6}


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"amount": None, "cover": 1.2, "share": 0.7}, "'amount', the most that may be drawn"),
        ({"ordinary_rate": None}, "needs 'ordinary_rate'"),
        ({"repayment": "sculpted"}, "can be budget"),
        ({"tranches": [{"drawn": "2031-01-01", "share": 1.0}]}, "a day from 2026 to 2030"),
        ({"repaid_from": "budget"}, "needs decides: budget, or both"),
        ({"decides": "rates"}, "rate"),
        ({"decides": "budget"}, "rate where there is no budget"),
    ],
)
def test_a_loan_that_can_not_decide(tmp_path: Path, fields: dict[str, Any], text: str) -> None:
    """Proves that each mistake is told at the loan: without an amount nothing says how much may be
    drawn, sculpted interest follows the cash, a draw after the last year adds to no budget, a
    budget that isn't there can't grow."""
    found = problems(tmp_path, put(small_scenario(), "loan", {**LOAN, **fields}))
    assert {p.field.split("[")[0] for p in found} <= {"loan", "loan.decides", "loan.tranches"}
    assert len(found) == 1
    assert text in str(found[0])
