"""Discounting and capital recovery, by hand and against each other."""

from __future__ import annotations

import pytest

from optimizer.finance import (
    capital_recovery_factor,
    discount_factor,
    present_worth_factor,
    salvage_value,
)

RATES = (0.0, 1e-9, 0.03, 0.08, 0.25)


def test_discount_factor_is_paid_at_year_end() -> None:
    """Proves 100 due after 2 years at 10 % is worth 100/1.21 = 82.6446…; a factor that counted
    from the start of the year would give 90.909."""
    assert 100 * discount_factor(0.10, 2) == pytest.approx(82.644628099)
    assert discount_factor(0.10, 0) == 1


def test_present_worth_is_the_sum_of_discounted_payments() -> None:
    """Proves the closed form equals the sum it stands for, at a rate of 0 and near it too, where
    1 - (1 + r)^-n loses digits: 20 payments at 1e-9 are worth 19.99999979, not 20.0000016."""
    for rate in RATES:
        total = sum(discount_factor(rate, year) for year in range(1, 21))
        assert present_worth_factor(rate, 20) == pytest.approx(total, rel=1e-13)


def test_capital_recovery_by_hand() -> None:
    """Proves 0.08/(1 - 1.08^-20) = 0.08/(1 - 0.214548…) = 0.101852…, and 1/20 without interest."""
    assert capital_recovery_factor(0.08, 20) == pytest.approx(0.10185220882)
    assert capital_recovery_factor(0.0, 20) == 0.05


def test_recovery_is_the_inverse_of_present_worth() -> None:
    """Proves a loan paid back by the recovery factor is paid back whole; conventions name the peer
    whose factor is the inverse of everyone's."""
    for rate in RATES:
        product = capital_recovery_factor(rate, 7) * present_worth_factor(rate, 7)
        assert product == pytest.approx(1.0, rel=1e-14)


def test_salvage_makes_overnight_and_annual_form_equal() -> None:
    """Proves overnight at the start of year v less the value of what remains after Y equals the
    annual payments of v … Y: 1000 at 8 %, life 20, in year 3, Y = 10 (8 years used, 12 left).
    Straight-line salvage (600) would leave a gap of 1000·… far above 1e-9."""
    rate, life, first, last = 0.08, 20, 3, 10
    annual = 1000 * capital_recovery_factor(rate, life)
    yearly = sum(annual * discount_factor(rate, year) for year in range(first, last + 1))
    left = life - (last - first + 1)
    overnight = 1000 * discount_factor(rate, first) * (1 + rate)
    back = salvage_value(1000, rate, life, left) * discount_factor(rate, last)
    assert overnight - back == pytest.approx(yearly, rel=1e-12)


def test_salvage_of_a_whole_and_of_no_life() -> None:
    """Proves the ends: all years left is the price paid, none left is nothing."""
    assert salvage_value(500, 0.05, 15, 15) == pytest.approx(500)
    assert salvage_value(500, 0.05, 15, 0) == 0


@pytest.mark.parametrize(("life", "left"), [(0, 0), (5, 6), (5, -1)])
def test_impossible_lives_are_refused(life: float, left: float) -> None:
    """Proves a life of 0 or more years left than a life is an error, never an inf."""
    with pytest.raises(ValueError, match="must be"):
        salvage_value(1.0, 0.05, life, left)


@pytest.mark.parametrize("rate", [-1.0, float("nan"), float("inf")])
def test_impossible_rates_are_refused(rate: float) -> None:
    """Proves a rate of -100 % or nan doesn't become a factor."""
    with pytest.raises(ValueError, match="rate"):
        discount_factor(rate, 1)
