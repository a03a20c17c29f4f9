"""Debt schedules by hand and against numpy-financial."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer.finance.coverage import dscr
from optimizer.finance.debt import (
    DebtTerms,
    Draw,
    Repayment,
    by_year,
    repaid,
    schedule,
    worth_of_draws,
)  # fmt: skip

FORMS: tuple[Repayment, ...] = ("equal_principal", "equal_instalment", "bullet")


def test_equal_principal_by_hand() -> None:
    """Proves 800 over 2 years at 8 %: eight payments of 100, interest 2 % of 800, 700, … 100 =
    16, 14, … 2, 72 in all. Yearly interest on the opening balance would give 64 + 32 = 96."""
    paid = schedule([Draw(0, 800.0)], DebtTerms(0.08, 2.0))
    assert paid.principal == pytest.approx([100.0] * 8)
    assert paid.interest == pytest.approx([16, 14, 12, 10, 8, 6, 4, 2])
    assert by_year(paid.service) == pytest.approx([452.0, 420.0])


def test_equal_instalments_are_those_of_numpy_financial() -> None:
    """Proves 1 000 000 over 8 years at 3.5 % by quarters: each payment is pmt(0.00875, 32), and
    interest and principal are ipmt and ppmt quarter by quarter."""
    paid = schedule([Draw(0, 1e6)], DebtTerms(0.035, 8.0, "equal_instalment"))
    number = np.arange(1, 33)
    assert paid.service == pytest.approx(np.full(32, -npf.pmt(0.035 / 4, 32, 1e6)))
    assert paid.interest == pytest.approx(-npf.ipmt(0.035 / 4, number, 32, 1e6))
    assert paid.principal == pytest.approx(-npf.ppmt(0.035 / 4, number, 32, 1e6))


def test_equal_instalments_without_interest_are_equal_principal() -> None:
    """Proves the limit at a rate of 0, where the annuity's formula divides by 0: 1/12 each."""
    assert repaid(DebtTerms(0.0, 3.0, "equal_instalment")) == pytest.approx([1 / 12] * 12)


def test_bullet_pays_interest_and_then_all() -> None:
    """Proves 500 over 1 year at 6 %: 7.5 each quarter, and 507.5 in the last."""
    paid = schedule([Draw(0, 500.0)], DebtTerms(0.06, 1.0, "bullet"))
    assert paid.service == pytest.approx([7.5, 7.5, 7.5, 507.5])


def test_grace_is_part_of_the_tenor() -> None:
    """Proves 2 years with 1 of grace repay 400 in four payments of 100 after four of interest
    alone, 4 at 4 %; a grace on top of the tenor would end a year later."""
    paid = schedule([Draw(0, 400.0)], DebtTerms(0.04, 2.0, grace=1.0))
    assert paid.principal == pytest.approx([0] * 4 + [100.0] * 4)
    assert paid.interest == pytest.approx([4.0, 4.0, 4.0, 4.0, 4.0, 3.0, 2.0, 1.0])


def test_each_tranche_is_repaid_over_its_own_tenor() -> None:
    """Proves two draws of 100, two quarters apart, over 1 year at 4 %: owed 100, 75, 150, 100, 50,
    25. One repayment plan for both from the first draw on would end with the second unpaid."""
    paid = schedule([Draw(0, 100.0), Draw(2, 100.0)], DebtTerms(0.04, 1.0))
    assert paid.drawn == pytest.approx([100, 0, 100, 0, 0, 0])
    assert paid.owed == pytest.approx([100, 75, 150, 100, 50, 25])
    assert paid.interest == pytest.approx([1.0, 0.75, 1.5, 1.0, 0.5, 0.25])
    assert paid.principal == pytest.approx([25, 25, 50, 50, 25, 25])


def test_fees_on_the_whole_loan_and_on_what_waits() -> None:
    """Proves 1 % upfront on 200 is 2 in the first quarter, and 0.4 % a year on the 100 that wait
    for two quarters is 0.1 each; a commitment fee on what is drawn would go on to the end."""
    terms = DebtTerms(0.0, 1.0, upfront_fee=0.01, commitment_fee=0.004)
    paid = schedule([Draw(0, 100.0), Draw(2, 100.0)], terms)
    assert paid.fees == pytest.approx([2.1, 0.1, 0, 0, 0, 0])


def test_sculpted_debt_follows_the_cash() -> None:
    """Proves 150 at 10 % repaid from 132 and 72.6: 1/1.2 of each, 110 and 60.5, whose present worth
    is 100 + 50; interest 15 and 5.5, principal 95 and 55, at year ends. Equal principal would take
    90 and 82.5, more than the second year's cash."""
    cash = np.array([132.0, 72.6])
    paid = schedule([Draw(0, 150.0)], DebtTerms(0.10, 2.0, "sculpted"), cash)
    assert by_year(paid.interest) == pytest.approx([15.0, 5.5])
    assert by_year(paid.principal) == pytest.approx([95.0, 55.0])
    assert paid.principal[:3] == pytest.approx([0.0] * 3)
    assert dscr(cash, by_year(paid.service)) == pytest.approx((1.2, 1.2))


def test_sculpted_debt_of_two_draws_has_one_cover() -> None:
    """Proves 100 at once and 100 after a year, over 2 years each at 8 %, from 90, 120, 100: the
    same share of the cash in all three years, and all of it repaid."""
    cash = np.array([90.0, 120.0, 100.0])
    paid = schedule([Draw(0, 100.0), Draw(4, 100.0)], DebtTerms(0.08, 2.0, "sculpted"), cash)
    ratios = dscr(cash, by_year(paid.service))
    assert ratios == pytest.approx((ratios[0],) * 3)
    assert paid.principal.sum() == pytest.approx(200.0)
    assert paid.owed[-1] == pytest.approx(paid.principal[-1])


@pytest.mark.parametrize("draws", [[(0, 1.0)], [(2, 1.0)], [(0, 0.4), (5, 0.6)]])
def test_the_worth_of_draws_is_what_sculpted_service_is_worth(draws: list[Any]) -> None:
    """Proves that a sculpted loan of 100 serves 100 x worth / PV of each year's cash, that the debt
    of a year's start is the worth of later service less that of later draws, and that its interest
    is rate x that and what its own draws cost: of 1 drawn on 1 July at 8 %, 4 % and 1.04 / 1.08."""
    cash, rate = np.array([60.0, 55.0, 50.0, 45.0]), 0.08
    found = [Draw(quarter, 100 * share) for quarter, share in draws]
    tenor = (4 * len(cash) - max(quarter for quarter, _ in draws)) / 4
    paid = schedule(found, DebtTerms(rate, tenor, "sculpted"), cash)
    worth, interest = worth_of_draws(paid.drawn, rate)
    discount = 1.08 ** -np.arange(1.0, 5.0)
    share = worth[0] / float(np.dot(discount, cash))
    assert by_year(paid.service) == pytest.approx(share * cash)
    later = [share * float(np.dot(discount[: 4 - t], cash[t:])) - worth[t] for t in range(4)]
    assert by_year(paid.interest) == pytest.approx(rate * np.array(later) + interest)
    if draws == [(2, 1.0)]:
        assert (worth[0], interest[0]) == pytest.approx((104 / 1.08, 4.0))


@pytest.mark.parametrize(
    ("cash", "said"),
    [(None, "needs cash"), (np.array([5.0]), "needs cash"), (np.array([5.0, 0.0]), "needs cash"),
     (np.array([1.0, 1000.0]), "doesn't pay its interest")],
)  # fmt: skip
def test_cash_that_sculpts_no_debt_is_refused(cash: Any, said: str) -> None:
    """Proves that debt isn't let grow: 1 of cash beside 1000 would pay 0.1 on interest of 10."""
    with pytest.raises(ValueError, match=said):
        schedule([Draw(0, 100.0)], DebtTerms(0.10, 2.0, "sculpted"), cash)


@given(
    st.sampled_from(FORMS),
    st.floats(0.0, 0.3),
    st.integers(2, 80),
    st.integers(0, 40),
    st.lists(st.tuples(st.integers(0, 20), st.floats(1.0, 1e9)), min_size=1, max_size=4),
)
def test_every_loan_is_repaid_and_its_worth_is_what_was_drawn(
    form: Repayment, rate: float, tenor: int, grace: int, drawn: list[tuple[int, float]]
) -> None:
    """Proves for any form, rate, grace and tranches that principal sums to what was drawn and that
    draws less service, discounted at rate/4, are worth 0: nothing is charged twice."""
    terms = DebtTerms(rate, tenor / 4, form, grace=min(grace, tenor - 1) / 4)
    paid = schedule([Draw(*each) for each in drawn], terms)
    total = paid.drawn.sum()
    assert paid.principal.sum() == pytest.approx(total)
    start = (1 + rate / 4) ** -np.arange(len(paid.drawn))
    end = start / (1 + rate / 4)
    assert (paid.drawn * start).sum() - (paid.service * end).sum() == pytest.approx(
        0.0, abs=1e-9 * total
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rate": -0.01, "tenor": 5.0}, "rate"),
        ({"rate": float("nan"), "tenor": 5.0}, "rate"),
        ({"rate": 0.03, "tenor": 5.1}, "whole quarters"),
        ({"rate": 0.03, "tenor": 2.0, "grace": 2.0}, "grace"),
        ({"rate": 0.03, "tenor": 0.0}, "grace"),
    ],
)
def test_terms_that_make_no_loan_are_refused(wrong: dict[str, float], said: str) -> None:
    """Proves each names the field; a grace as long as the tenor would divide by 0 payments."""
    with pytest.raises(ValueError, match=said):
        DebtTerms(**wrong)


@pytest.mark.parametrize("draws", [[], [Draw(-1, 5.0)], [Draw(0, 0.0)]])
def test_draws_that_make_no_loan_are_refused(draws: list[Draw]) -> None:
    """Proves an empty loan, one before its start and one of nothing are errors."""
    with pytest.raises(ValueError, match="draw"):
        schedule(draws, DebtTerms(0.03, 5.0))
