"""Cover ratios and debt sizing by hand, and what a mix of real and nominal money gives."""

from __future__ import annotations

import numpy as np
import numpy_financial as npf
import pytest

from optimizer.finance.coverage import (
    debt_by_cover,
    dscr,
    life_cover,
    lock_up,
    nominal,
    present_worth,
    project_cover,
    sized,
)
from optimizer.finance.debt import DebtTerms, Draw, by_year, schedule


def test_dscr_by_hand_and_none_where_nothing_is_due() -> None:
    """Proves 120/100 = 1.2 and 90/100 = 0.9; a year without service has no ratio, not infinity."""
    assert dscr(np.array([120.0, 90.0, 50.0]), np.array([100.0, 100.0, 0.0])) == (1.2, 0.9, None)


def test_real_cash_must_be_made_nominal_before_any_ratio() -> None:
    """Proves 120 a year of 2025's money at 2 % inflation is 124.848 in 2027 and 127.345 in 2028,
    so a service of 100 is covered 1.248 and 1.273 times. Real cash over nominal debt says 1.2 in
    each year: it would fail a test at 1.25 that the loan passes from its second year on."""
    real, service = np.array([120.0, 120.0]), np.array([100.0, 100.0])
    cash = nominal(real, 0.02, np.array([2.0, 3.0]))
    assert cash == pytest.approx([124.848, 127.34496])
    assert dscr(cash, service) == pytest.approx((1.24848, 1.2734496))
    assert dscr(real, service) == (1.2, 1.2)


def test_life_cover_counts_cash_to_the_last_debt_service() -> None:
    """Proves 110 and 121 at 10 % are worth 100 + 100 = 200 against 160 owed: 1.25. The third
    year's 133.1 comes after the loan and belongs to the project's ratio alone: 300/160 = 1.875."""
    cfads, service = np.array([110.0, 121.0, 133.1]), np.array([90.0, 90.0, 0.0])
    assert life_cover(cfads, service, 160.0, 0.10) == pytest.approx(1.25)
    assert project_cover(cfads, 160.0, 0.10) == pytest.approx(1.875)
    assert life_cover(cfads, service, 0.0, 0.10) is None
    assert project_cover(cfads, 0.0, 0.10) is None


def test_present_worth_is_that_of_numpy_financial() -> None:
    """Proves payments fall at year ends: npv counts its first at once, so 0 stands before."""
    values = np.array([10.0, -3.0, 8.0, 4.5])
    assert present_worth(values, 0.07) == pytest.approx(npf.npv(0.07, [0.0, *values]))


def test_debt_by_cover_is_set_by_the_worst_year() -> None:
    """Proves cash 300 and 240 over a service of 0.5 and 0.6 a unit of debt at cover 1.25: 300/0.625
    = 480 and 240/0.75 = 320; the mean, or the first year alone, would lend 400 and 480."""
    debt = debt_by_cover(np.array([300.0, 240.0]), np.array([0.5, 0.6]), 1.25)
    assert debt == pytest.approx(320.0)


def test_debt_by_cover_has_that_cover() -> None:
    """Proves the DSCR of the debt found is 1.3 in its worst year, with quarterly interest."""
    terms = DebtTerms(0.04, 5.0)
    cfads = np.array([90.0, 100.0, 80.0, 70.0, 95.0])
    one = by_year(schedule([Draw(0, 1.0)], terms).service)
    debt = debt_by_cover(cfads, one, 1.3)
    ratios = dscr(cfads, by_year(schedule([Draw(0, debt)], terms).service))
    assert min(ratio for ratio in ratios if ratio is not None) == pytest.approx(1.3)


def test_a_year_without_cash_carries_no_debt() -> None:
    """Proves a loss in a year of debt service sizes the debt at 0, never below."""
    assert debt_by_cover(np.array([50.0, -10.0]), np.array([0.6, 0.6]), 1.2) == 0.0


def test_the_smaller_of_cover_and_share_is_lent() -> None:
    """Proves 70 % of 1000 caps a cover that would carry 900, and a cover of 500 caps the 700."""
    assert (sized(900.0, 1000.0, 0.7).amount, sized(900.0, 1000.0, 0.7).limit) == (700.0, "share")
    assert (sized(500.0, 1000.0, 0.7).amount, sized(500.0, 1000.0, 0.7).limit) == (500.0, "cover")


def test_lock_up_and_default_by_year() -> None:
    """Proves 1.2 pays out, 1.12 is locked up below 1.15, 0.99 is a default below 1.0, and a year
    without debt service pays out; at the limit itself money may be paid out."""
    states = lock_up((1.2, 1.12, 0.99, None, 1.15, 1.0), 1.15, 1.0)
    assert states == ("pays_out", "locked_up", "default", "pays_out", "pays_out", "locked_up")


def test_nonsense_is_refused() -> None:
    """Proves each error names what is wrong; a cover of 0 would lend without end."""
    cash = np.array([1.0])
    for call, said in (
        (lambda: debt_by_cover(cash, cash, 0.0), "cover"),
        (lambda: debt_by_cover(cash, np.zeros(1), 1.2), "no debt service"),
        (lambda: lock_up((1.0,), 1.0, 1.1), "default"),
        (lambda: nominal(cash, -1.0, cash), "inflation"),
    ):
        with pytest.raises(ValueError, match=said):
            call()
