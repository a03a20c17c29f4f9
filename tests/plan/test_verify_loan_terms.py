"""Two programs on any loan: the verifier's own size, schedule and cover against those judged."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.loans.cover import cover
from optimizer.loans.financed import Financed
from optimizer.loans.lending import lending
from optimizer.plan.verify.loan_cash import Served
from optimizer.plan.verify.loan_cover import covered, project_cover
from optimizer.plan.verify.loan_debt import Use, owing
from optimizer.schema.loan import Loan
from tests.loans.plant import measures

YEARS = np.arange(2026.0, 2046.0)
NOTHING = np.zeros(len(YEARS))


@st.composite
def terms(draw: st.DrawFn) -> Loan:
    """A loan of up to ten years, sized or of an amount, drawn once or twice."""
    kinds = ("equal_principal", "equal_instalment", "bullet", "sculpted")
    repayment = draw(st.sampled_from(kinds))
    tenor = draw(st.integers(2, 40))
    grace = 0 if repayment == "sculpted" else draw(st.integers(0, tenor - 1))
    first = draw(st.floats(0.1, 0.9))
    days = [date(2026, draw(st.integers(1, 12)), 9), date(2028, draw(st.integers(1, 12)), 20)]
    raw: dict[str, Any] = {
        "tenor": f"{tenor / 4!r} a", "grace": f"{grace / 4!r} a", "repayment": repayment,
        "rate": draw(st.integers(0, 1500)) / 1e4, "upfront_fee": draw(st.integers(0, 20)) / 1e3,
        "commitment_fee": draw(st.integers(0, 10)) / 1e3, "cover": draw(st.floats(0.5, 3.0)),
        "share": draw(st.floats(0.1, 1.0)),
        "tranches": draw(st.sampled_from([(), [
            {"drawn": str(days[0]), "share": first}, {"drawn": str(days[1]), "share": 1 - first}
        ]])),
    }  # fmt: skip
    if draw(st.booleans()):
        raw["amount"] = "2 MCNY"
    return Loan.model_validate(raw)


@settings(max_examples=60, deadline=None)
@given(terms(), st.lists(st.floats(3e5, 2e6), min_size=20, max_size=20))
def test_both_find_the_same_loan(loan: Loan, saved: list[float]) -> None:
    """Proves amount, every quarter's debt, interest, principal and fees, and DSCR, LLCR and PLCR
    to a billionth: closed forms of the one against sums over draws and runs of the other."""
    cash = np.array(saved)
    prices, pump = {2026: 4e6, 2027: 1e6}, measures()["heat_pump"]
    one = lending(loan, [Financed(pump, prices, {2026: 5e5}, 1e5)], YEARS, cash)
    use = Use({"heat_pump": prices}, {"heat_pump": {2026: 5e5}}, {"heat_pump": 1e5})
    served = Served(
        YEARS, cash, NOTHING, NOTHING, NOTHING, lambda income: 0.0 * income, NOTHING + 1.0, None
    )
    other = owing(loan, use, served)
    assert (one is None) == (other is None)
    if one is None or other is None:
        return
    assert other.amount == pytest.approx(one.amount, rel=1e-9)
    for name in ("drawn", "owed", "interest", "principal", "fees"):
        known = getattr(one.schedule, name)
        assert getattr(other, name) == pytest.approx(known, rel=1e-9, abs=1e-3)
    judged, mine = cover(one, YEARS, cash), covered(other, served)
    assert mine.dscr == pytest.approx(judged.dscr.value, rel=1e-9)
    assert mine.llcr == pytest.approx(judged.llcr.value, rel=1e-6)
    assert project_cover(other, served) == pytest.approx(judged.plcr.value, rel=1e-6)


def test_draws_that_the_plan_decided_are_the_loan() -> None:
    """Proves that both take them as they are: 1 and 3 of 4 million, where prices less grants and
    other money would share a loan of 2 by 34 : 9."""
    raw = {"amount": "2 MCNY", "tenor": "2 a", "rate": 0.04}
    loan, cash, pump = Loan.model_validate(raw), NOTHING + 3e6, measures()["heat_pump"]
    prices, decided = {2026: 4e6, 2027: 1e6}, {("heat_pump", 2026): 1e6, ("heat_pump", 2027): 3e6}
    one = lending(loan, [Financed(pump, prices, {2026: 5e5}, 1e5)], YEARS, cash, decided)
    use = Use({"heat_pump": prices}, {"heat_pump": {2026: 5e5}}, {"heat_pump": 1e5})
    served = Served(
        YEARS, cash, NOTHING, NOTHING, NOTHING, lambda income: 0.0 * income, NOTHING + 1.0, None
    )
    other = owing(loan, use, served, decided)
    assert one is not None
    assert other is not None
    assert one.amount == other.amount == 4e6
    for drawn in (one.schedule.drawn, other.drawn):
        assert [money for money in drawn if money > 0] == pytest.approx([1e6, 3e6])
