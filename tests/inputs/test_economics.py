"""Currencies, price years, weights of years, tables by year."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer import units
from optimizer.finance import discount_factor
from optimizer.inputs.economics import Exchange, last_counted_year
from optimizer.inputs.yearly import MissingYear, by_year, converted, rule_by_year, value_at
from optimizer.schema.fields import Yearly
from optimizer.schema.scenario import Economics, Horizon

ECONOMICS = Economics.model_validate(
    {
        "discount_rate": 0.08,
        "exchange": {"EUR": 7.8},
        "deflator": {"EUR": {2020: 100.0, 2025: 125.0}, "CNY": {2020: 100, 2025: 104}},
    }
)
CNY2025 = Exchange("CNY", 2025, ECONOMICS)


def brought(text: str, to: str = "money/MW") -> float:
    return CNY2025.bring(units.parse(text, to))


def test_own_deflator_first_then_the_exchange_rate() -> None:
    """Proves 780 EUR2020/kW = 780,000 EUR2020/MW × 125/100 × 7.8 = 7,605,000 CNY2025/MW. With the
    yuan's deflator instead (104/100) it would be 6,327,360, without any 6,084,000."""
    assert brought("780 EUR2020/kW") == pytest.approx(7_605_000)


def test_own_currency_needs_no_rate() -> None:
    """Proves 100 CNY2020/MW × 104/100 = 104, and an amount without a year is of the price year."""
    assert brought("100 CNY2020/MW") == pytest.approx(104)
    assert brought("100 CNY/MW") == 100
    assert brought("100 EUR/MW") == pytest.approx(780)


@pytest.mark.parametrize(
    ("text", "lacking"),
    [("1 USD/MW", "no rate for USD"), ("1 EUR2019/MW", r"deflator\.EUR has no index for 2019")],
)
def test_what_is_missing_is_named(text: str, lacking: str) -> None:
    """Proves a missing rate or index stops, rather than counting as 1."""
    with pytest.raises(ValueError, match=lacking):
        brought(text)


def test_rates_must_be_above_zero() -> None:
    """Proves a rate of 0 or an index of nan, which would make things free, is refused."""
    economics = Economics.model_validate(
        {"discount_rate": 0, "exchange": {"EUR": 0.0}, "deflator": {"CNY": {2020: 0, 2025: 1}}}
    )
    exchange = Exchange("CNY", 2025, economics)
    for text in ("1 EUR", "1 CNY2020"):
        with pytest.raises(ValueError, match="must be above 0"):
            exchange.bring(units.parse(text, "money"))


def horizon(**fields: object) -> Horizon:
    return Horizon.model_validate({"base_year": 2025, "first": 2026, "last": 2030} | fields)


def test_only_an_extended_horizon_has_a_tail() -> None:
    """Proves E is evaluate_to where extended, the last planning year elsewhere."""
    assert last_counted_year(horizon(evaluate_to=2040)) == 2040
    assert last_counted_year(horizon()) == 2030
    assert last_counted_year(horizon(evaluate_to=2040, end="salvage")) == 2030


def test_the_sum_of_a_tail_by_hand() -> None:
    """Proves the arithmetic used by the weights: at 10 % years 2 and 3 weigh 1/1.21 + 1/1.331 =
    0.826446 + 0.751315 = 1.577761."""
    assert sum(discount_factor(0.1, t) for t in (2, 3)) == pytest.approx(1.5777611)


YEARS = (2026, 2027, 2028, 2029)


def test_linear_lies_on_the_straight_line() -> None:
    """Proves 0.6 in 2026 and 0.3 in 2029 give 0.5 and 0.4 between."""
    table = Yearly[float].model_validate({2026: 0.6, 2029: 0.3, "interpolate": "linear"})
    np.testing.assert_allclose(by_year(table, YEARS), [0.6, 0.5, 0.4, 0.3], rtol=1e-15)
    assert value_at(table, 2030) is None
    assert value_at(table, 2025) is None


def test_step_holds_the_last_given_value_onwards() -> None:
    """Proves 5 from 2026 and 7 from 2028: 5, 5, 7, 7; nothing is known before 2026."""
    table = Yearly[float].model_validate({2026: 5.0, 2028: 7.0, "interpolate": "step"})
    assert by_year(table, YEARS).tolist() == [5, 5, 7, 7]
    assert value_at(table, 2025) is None


def test_a_table_that_does_not_say_how_holds_only_in_its_years() -> None:
    """Proves missing years are named, all of them, and not filled."""
    table = Yearly[float].model_validate({2026: 1.0, 2028: 2.0})
    with pytest.raises(MissingYear) as missing:
        by_year(table, YEARS)
    assert missing.value.years == (2027, 2029)


def test_rules_may_leave_years_free() -> None:
    """Proves a cap for 2028 alone binds in 2028 alone; no table is no rule."""
    table = Yearly[float].model_validate({2028: 900.0})
    assert rule_by_year(table, YEARS) == (None, None, 900.0, None)
    assert rule_by_year(None, YEARS) == (None,) * 4


def test_conversion_comes_before_interpolation() -> None:
    """Proves a price of 10 (2026) and 20 (2029) at 7.8 is 78, 104, 130, 156; constants too."""
    table = Yearly[float].model_validate({2026: 10.0, 2029: 20.0, "interpolate": "linear"})
    yuan = converted(table, lambda euro: 7.8 * euro)
    np.testing.assert_allclose(by_year(yuan, YEARS), [78, 104, 130, 156], rtol=1e-15)
    assert by_year(converted(Yearly[float](constant=2.0), lambda x: 3 * x), (1,)).tolist() == [6]


def test_arrays_are_read_only() -> None:
    """Proves nothing downstream can edit a table of the case."""
    with pytest.raises(ValueError, match="read-only"):
        by_year(Yearly[float](constant=1.0), YEARS)[0] = 2
