"""Numbers as people read them."""

from __future__ import annotations

import pytest

from optimizer.reports import numbers

S = numbers.THIN


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [(1234567.0, 0, f"1{S}234{S}567"), (-0.04, 1, "0.0"), (-1234.5, 1, f"−1{S}234.5"),
     (float("nan"), 0, "–"), (999.96, 1, f"1{S}000.0")],
)  # fmt: skip
def test_thousands_are_grouped(value: float, decimals: int, shown: str) -> None:
    """Proves thin spaces, a true minus, no minus before a rounded zero, a dash for nan."""
    assert numbers.grouped(value, decimals) == shown


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0412, f"4.1{S}%"), (0.524, f"52{S}%"), (-0.012, f"−1.2{S}%")]
)
def test_shares_are_percent(share: float, shown: str) -> None:
    """Proves one decimal under 10 % and none above: 0.524 is 52 %, not 52.4 %."""
    assert numbers.percent(share) == shown


def test_money_has_no_digit_below_its_uncertainty() -> None:
    """Proves that 12.345 M known to 0.4 M prints 12.3, and known to 3 M prints 12."""
    scale = numbers.money_scale(12.345e6, "CNY", "en")
    assert scale.shown(12.345e6, 0.4e6) == f"12.3{S}M{S}CNY"
    assert scale.shown(12.345e6, 3e6) == f"12{S}M{S}CNY"


def test_exact_money_has_three_digits() -> None:
    """Proves that without an uncertainty 12.345 M prints 12.3 and 0.9 M prints 0.900."""
    scale = numbers.money_scale(12.345e6, "CNY", "en")
    assert scale.number(12.345e6) == "12.3"
    assert scale.number(0.9e6) == "0.900"


@pytest.mark.parametrize(
    ("largest", "lang", "label"),
    [(5e9, "en", "bn"), (2e9, "en", "M"), (4e4, "en", "k"), (5e8, "zh", "亿"), (2e8, "zh", "万")],
)
def test_the_scale_fits_the_largest_amount(largest: float, lang: str, label: str) -> None:
    """Proves that 2 bn prints as 2000 M (below three of a scale the next one serves)."""
    assert numbers.money_scale(largest, "EUR", lang).label == f"{label}{S}EUR"


def test_small_money_has_no_prefix() -> None:
    """Proves that 900 EUR is neither 0.9 k nor a division by nothing."""
    assert numbers.money_scale(900.0, "EUR", "en").shown(900.0) == f"900{S}EUR"


@pytest.mark.parametrize(("value", "shown"), [(4.0, "4"), (3.25, "3.25"), (1200.0, f"1{S}200")])
def test_sizes_have_no_idle_zeros(value: float, shown: str) -> None:
    """Proves "4 MW" for 4.00 and that zeros of 1200 stay, for they are not decimals."""
    assert numbers.size(value, "MW") == f"{shown}{S}MW"


def test_money_ends_at_the_digit_of_its_uncertainty() -> None:
    """Proves 5 600 for 5 551 ± 353, in ten thousands of yuan as in millions: 56 for 55.5 ± 3.5."""
    yuan = numbers.money_scale(55.5e6, "元", "zh")
    assert yuan.shown(55.51e6, 3.53e6) == f"5{numbers.THIN}600{numbers.THIN}万元"
    assert numbers.money_scale(55.5e6, "CNY", "en").number(55.51e6, 3.53e6) == "56"


def test_a_span_is_one_figure_or_its_two_ends() -> None:
    """Proves 100 and not 100.0, 100 and not 1, and both ends of a rising price."""
    assert numbers.span([100.0, 100.0], 4) == "100"
    assert numbers.span([71.0, 85.5, 101.3], 4) == "71–101.3"


@pytest.mark.parametrize(
    ("years", "shown"), [((2026, 2027, 2028, 2030), "2026–2028, 2030"), ((2026,), "2026"), ((), "")]
)
def test_years_that_follow_are_a_span(years: tuple[int, ...], shown: str) -> None:
    """Proves that a gap parts spans: 2029 isn't among 2026 to 2028 and 2030."""
    assert numbers.year_spans(years, ", ") == shown
