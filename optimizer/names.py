"""The one base unit of each dimension, its text on exported figures, and all units read.

Inside the optimizer a number is a bare float in the unit named here. `money` stands for the
scenario's currency at the scenario's price year; `unit_for_export` puts the currency's name in its
place.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

POWER: Final = "MW"
ENERGY: Final = "MWh"
ENERGY_PER_YEAR: Final = "MWh/a"
MASS: Final = "t"
MASS_FLOW: Final = "tph"
MASS_PER_YEAR: Final = "t/a"
AREA: Final = "m2"
VOLUME: Final = "m3"
LENGTH: Final = "km"
MONEY: Final = "money"
MONEY_PER_YEAR: Final = "money/a"
TEMPERATURE: Final = "degC"
TEMPERATURE_DIFFERENCE: Final = "K"
HOURS: Final = "h"
YEARS: Final = "a"
EMISSION_FACTOR: Final = "t/MWh"
COUNT: Final = "unit"
SHARE: Final = "1"
SHARE_PER_YEAR: Final = "1/a"
VALUATION: Final = "valuation"
"""Class of the costs that count in a decision but are never paid."""
CARBON_CLASSES: Final = ("carbon", "cbam", "certificates")
"""Classes of cost of which a lender counts no saving."""
EQUIPMENT_CLASSES: Final = (
    "capital", "grants", "overnight", "salvage", "resale", "dismantling", "interest_saved",
)  # fmt: skip
"""Classes of cost and cash for what is bought and sold, which a loan and the owner pay, and what
that loan saves: no cash that could serve it."""

BASE_UNITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "power": POWER,
        "energy": ENERGY,
        "energy per year": ENERGY_PER_YEAR,
        "mass": MASS,
        "mass flow": MASS_FLOW,
        "emissions per year": MASS_PER_YEAR,
        "area": AREA,
        "volume": VOLUME,
        "length": LENGTH,
        "money": MONEY,
        "money per year": MONEY_PER_YEAR,
        "temperature": TEMPERATURE,
        "temperature difference": TEMPERATURE_DIFFERENCE,
        "hours": HOURS,
        "years": YEARS,
        "emission factor": EMISSION_FACTOR,
        "count": COUNT,
        "share": SHARE,
        "share per year": SHARE_PER_YEAR,
    }
)

# The closed table of units: dimension -> token -> size in terms of the dimension's first token. VA
# counts as W: the power factor of a connection is taken as 1. Peak ratings (Wp) are powers. 1 kgce
# = 7000 kcal(IT), at 4.1868 kJ each 29.3076 MJ. tph is t/h
# as one token, so that money per t/h can be written without brackets.
UNIT_SIZES: Final[dict[str, dict[str, str]]] = {
    "a power": {
        "W": "1", "kW": "1e3", "MW": "1e6", "GW": "1e9", "kWp": "1e3", "MWp": "1e6",
        "kVA": "1e3", "MVA": "1e6",
    },
    "an energy": {
        "J": "1", "kJ": "1e3", "MJ": "1e6", "GJ": "1e9", "TJ": "1e12", "Wh": "3600", "kWh": "3.6e6",
        "MWh": "3.6e9", "GWh": "3.6e12", "kgce": "29.3076e6", "tce": "29.3076e9",
    },
    "a mass": {"g": "1", "kg": "1e3", "t": "1e6", "kt": "1e9", "Mt": "1e12"},
    "a length": {"m": "1", "km": "1e3"},
    "an area": {"m2": "1", "ha": "1e4", "km2": "1e6"},
    "a volume": {"m3": "1", "l": "1e-3"},
    "a time": {
        "s": "1", "min": "60", "h": "3600", "d": "86400", "month": "2628000",
        "a": "31536000",
    },
    "a temperature difference": {"K": "1"},
    "a count": {"unit": "1", "vehicle": "1", "point": "1"},
    "money": {"money": "1", "kmoney": "1e3", "Mmoney": "1e6"},
    "a mass flow": {"tph": "1"},
    "a share": {"1": "1", "%": "0.01"},
}  # fmt: skip

CURRENCIES: Final = frozenset(
    {
        "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "IDR", "INR", "JPY",
        "KRW", "MXN", "MYR", "NOK", "NZD", "PLN", "RON", "SEK", "SGD", "THB", "TRY", "TWD", "USD",
        "VND", "ZAR",
    }
)  # fmt: skip

MISSPELT_UNITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "y": "a", "yr": "a", "year": "a", "years": "a", "yrs": "a", "annum": "a", "hr": "h",
        "hour": "h", "hours": "h", "day": "d", "days": "d", "months": "month", "mo": "month",
        "m²": "m2", "m^2": "m2", "sqm": "m2", "m³": "m3", "Nm3": "m3", "L": "l", "litre": "l",
        "ton": "t", "tonne": "t", "tonnes": "t", "tCO2": "t", "tCO2e": "t", "kgCO2": "kg",
        "kgCO2e": "kg", "gCO2": "g", "RMB": "CNY", "¥": "CNY", "€": "EUR", "$": "USD", "£": "GBP",
        "ct": "EUR", "percent": "%", "pct": "%", "units": "unit", "vehicles": "vehicle",
        "points": "point", "VA": "kVA", "TWh": "GWh", "PJ": "TJ",
    }
)  # fmt: skip


def unit_for_export(unit: str, currency: str, price_year: int | None = None) -> str:
    """`unit` with its `money` named: "money/MW" in CNY of 2025 becomes "CNY2025/MW"."""
    shown = f"{currency}{price_year}" if price_year is not None else currency
    return "/".join(shown if part == MONEY else part for part in unit.split("/"))
