"""Quantities: what is read, to which value, and what is refused."""

from __future__ import annotations

import pickle

import pytest

from optimizer import names
from optimizer.units import (
    Quantity,
    UnitError,
    parse,
    parse_any,
    parse_temperature,
    parse_temperature_difference,
)

CONVERSIONS = [
    ("2.5 MW", "MW", 2.5),
    ("800 kW", "MW", 0.8),  # 800 / 1000
    ("250000 W", "MW", 0.25),
    ("1.2 GW", "MW", 1200.0),
    ("4500 kWp", "MW", 4.5),
    ("3 MWp", "MW", 3.0),
    ("1600 kVA", "MW", 1.6),  # power factor 1
    ("20 MVA", "MW", 20.0),
    ("5e3 kW", "MW", 5.0),
    ("+.5 MW", "MW", 0.5),
    ("0.1 kW", "MW", 0.0001),
    ("1 Wh", "MWh", 1e-6),
    ("400 kWh", "MWh", 0.4),
    ("5 GWh", "MWh", 5000.0),
    ("3600 J", "MWh", 1e-6),  # 1 Wh
    ("3600 kJ", "MWh", 0.001),
    ("3.6 MJ", "MWh", 0.001),
    ("36 GJ", "MWh", 10.0),  # 36 / 3.6
    ("1 TJ", "MWh", 1000 / 3.6),
    ("1 tce", "MWh", 8.141),  # 29.3076 GJ / 3.6
    ("1000 kgce", "MWh", 8.141),
    ("5 GWh/a", "MWh/a", 5000.0),
    ("1 MWh/month", "MWh/a", 12.0),
    ("10 MWh/d", "MWh/a", 3650.0),
    ("1500 kg", "t", 1.5),
    ("2 kt", "t", 2000.0),
    ("0.5 Mt", "t", 500000.0),
    ("1e6 g", "t", 1.0),
    ("8760 t/a", "t/h", 1.0),
    ("250 kg/h", "t/h", 0.25),
    ("1 t/h", "t/a", 8760.0),
    ("2 ha", "m2", 20000.0),
    ("0.5 km2", "m2", 500000.0),
    ("6 m2/kW", "m2/MW", 6000.0),
    ("90 min", "h", 1.5),
    ("7200 s", "h", 2.0),
    ("1 a", "h", 8760.0),
    ("1 month", "h", 730.0),  # 8760 / 12
    ("18 month", "a", 1.5),
    ("365 d", "a", 1.0),
    ("12 vehicle", "unit", 12.0),
    ("3 point", "unit", 3.0),
    ("0.5306 kg/kWh", "t/MWh", 0.5306),  # both sides x 1000
    ("572 g/kWh", "t/MWh", 0.572),
    ("0.0561 t/GJ", "t/MWh", 0.20196),  # 0.0561 x 3.6
    ("5 %", "1", 0.05),
    ("0.3", "1", 0.3),
    ("0.9 kWh/kWh", "1", 0.9),
    ("0.5 %/a", "1/a", 0.005),
    ("0.1 %/h", "1/h", 0.001),
    ("2 1/d", "1/h", 2 / 24),
    ("1100 kWh/kWp/a", "MWh/MW/a", 1100.0),
    ("5000 l", "m3", 5.0),
    ("1.5 kWh/km", "MWh/km", 0.0015),
    ("3 kW/K", "MW/K", 0.003),
]

MONEY = [
    ("3200 CNY/kW", "money/MW", 3.2e6, "CNY", None),
    ("780 EUR2020/kW", "money/MW", 780e3, "EUR", 2020),
    ("0.65 CNY/kWh", "money/MWh", 650.0, "CNY", None),
    ("240 CNY/kW/a", "money/MW/a", 240e3, "CNY", None),
    ("40 CNY/kW/month", "money/MW/a", 480e3, "CNY", None),  # 40 x 1000 x 12
    ("12 MCNY", "money", 12e6, "CNY", None),
    ("5 kEUR2020", "money", 5000.0, "EUR", 2020),
    ("90 kUSD2023/MW/a", "money/MW/a", 90e3, "USD", 2023),
    ("100 EUR/t", "money/t", 100.0, "EUR", None),
    ("0.1 DKK/kg", "money/t", 100.0, "DKK", None),
    ("2 kCNY/vehicle", "money/unit", 2000.0, "CNY", None),
    ("1 MKRW/a", "money/a", 1e6, "KRW", None),
    ("3 INR/m3", "money/m3", 3.0, "INR", None),
    ("50 JPY/m2", "money/m2", 50.0, "JPY", None),
]

TRAPS = [
    "9**9**9**9",
    "2 kW**(9**9**9)",
    "2 kW^2",
    "2 kW*h",
    "1,000 kW",
    "1 000 kW",
    "1_000 kW",
    "12 ct/kWh",
    "nan kW",
    "inf kW",
    "-inf MW",
    "1e999 kW",
    "1e-999 kW",
    "60 °C",
    "5 Nm3",
    "5kW",
    "5  kW",
    "5\tkW",
    "5\u00a0kW",
    "\u0665 kW",
    "\u22125 kW",
    "5 kw",
    "5",
    "",
    " ",
    "kW",
    "0x10 kW",
    "2+3 kW",
    "(2) kW",
    "5 kW/",
    "5 /kW",
    "5 kW//h",
    "5 money",
    "5 [power]",
    "5 kW\n",
    "1" * 63 + " kW",
    "5 " + "kW/" * 1000,
]


@pytest.mark.parametrize(("text", "to", "value"), CONVERSIONS)
def test_quantity_is_exact_in_its_base_unit(text: str, to: str, value: float) -> None:
    """Proves each factor with arithmetic in the table; no tolerance, since fractions are exact."""
    assert parse(text, to) == Quantity(value, to, None, None, text)


@pytest.mark.parametrize(("text", "to", "value", "currency", "year"), MONEY)
def test_money_keeps_currency_and_price_year(
    text: str, to: str, value: float, currency: str, year: int | None
) -> None:
    """Proves that money is scaled but never exchanged; k and M are part of the currency's size."""
    assert parse(text, to) == Quantity(value, to, currency, year, text)


@pytest.mark.parametrize("text", TRAPS)
def test_trap_is_refused(text: str) -> None:
    """Proves that what hangs or misleads a general parser is refused, by every entry."""
    for read in (
        lambda: parse(text, "MW"),
        lambda: parse_any(text),
        lambda: parse_temperature_difference(text),
    ):
        with pytest.raises(UnitError):
            read()


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("5 GWh/a", "MW"),  # an energy per year is no power (it would be 0.57 MW)
        ("1 MW", "MWh/a"),
        ("240 CNY/kW/a", "money/MWh"),  # else read as 27.4 CNY/MWh
        ("0.5 CNY/kWh", "money/MW/a"),
        ("5 kWh", "MW"),
        ("5 km", "m2"),
        ("3 MW", "1"),
        ("0.3", "1/a"),
        ("7.8 CNY/EUR", "1"),
        ("5 CNY1800", "money"),
        ("5 XYZ", "money"),
        ("5 t", "money/t"),
    ],
)
def test_another_dimension_is_refused(text: str, to: str) -> None:
    """Proves that look-alikes of equal SI dimension aren't converted into each other."""
    with pytest.raises(UnitError):
        parse(text, to)


def test_refusal_says_found_allowed_and_what_to_do() -> None:
    """Proves the three parts a planner needs, and that they survive a process border."""
    with pytest.raises(UnitError) as caught:
        parse("5 kWh/year", "MWh/a")
    error = pickle.loads(pickle.dumps(caught.value))
    assert str(error) == (
        'got "5 kWh/year", must be an energy per time, such as "2.5 MWh/a". '
        'Unit "year" is unknown; did you mean "a"?'
    )
    assert (error.found, error.hint) == ("5 kWh/year", 'Unit "year" is unknown; did you mean "a"?')


def test_unknown_base_unit_is_a_mistake_of_the_program() -> None:
    """Proves that a typo in code isn't reported to the planner as an input error."""
    with pytest.raises(ValueError, match="not a base unit") as caught:
        parse("5 MW", "mega")
    assert not isinstance(caught.value, UnitError)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("300 kW", 0.3, "MW"),
        ("2 GJ", 2 / 3.6, "MWh"),
        ("5 GWh/a", 5000.0, "MWh/a"),
        ("1 ha", 1e4, "m2"),
        ("5 tph", 5.0, "tph"),
        ("0.5 tph", 0.5, "tph"),
        ("7 kg", 0.007, "t"),
        ("5 vehicle", 5.0, "unit"),
        ("90 min", 1.5, "h"),
    ],
)
def test_any_quantity_goes_to_the_base_unit_of_its_kind(text: str, value: float, unit: str) -> None:
    """Proves that the kind follows the text: GWh/a stays a yearly energy, kW becomes MW."""
    assert parse_any(text) == Quantity(value, unit, None, None, text)


def test_any_refuses_a_ratio_without_a_base_unit() -> None:
    """Proves that a price per energy is no capacity."""
    with pytest.raises(UnitError, match="money per energy"):
        parse_any("5 CNY/kWh")


@pytest.mark.parametrize("unit", sorted(names.BASE_UNITS.values()))
def test_every_base_unit_is_read_back_as_itself(unit: str) -> None:
    """Proves that the export table and the parser know the same units: 2.5 of each stays 2.5."""
    text = f"2.5 {names.unit_for_export(unit, 'CNY', 2025)}"
    read = parse_temperature(text) if unit == "degC" else parse(text, unit).value
    assert read == 2.5


def test_export_unit_names_the_currency() -> None:
    """Proves that only the money token is replaced, with and without a price year."""
    assert names.unit_for_export("money/MW/a", "CNY") == "CNY/MW/a"
    assert names.unit_for_export("t/MWh", "CNY", 2025) == "t/MWh"
