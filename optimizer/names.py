"""The one base unit of each dimension, and the unit text that exported figures carry.

Inside the optimizer a number is a bare float in the unit named here. `money` stands for the scenario's currency
at the scenario's price year; `unit_for_export` puts the currency's name in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

POWER: Final = "MW"
ENERGY: Final = "MWh"
ENERGY_PER_YEAR: Final = "MWh/a"
MASS: Final = "t"
MASS_FLOW: Final = "t/h"
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


def unit_for_export(unit: str, currency: str, price_year: int | None = None) -> str:
    """`unit` with `money` replaced by the currency and its price year: "money/MW" becomes "CNY2025/MW"."""
    shown = f"{currency}{price_year}" if price_year is not None else currency
    return "/".join(shown if part == MONEY else part for part in unit.split("/"))
