"""Field types: text with a unit goes in, a number in base units comes out.

Base units are those of ``optimizer.names``. Money keeps its currency and price year as a
``units.Quantity``; ``inputs.economics`` brings it to the scenario's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from optimizer import units
from optimizer.units import Quantity

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,63}")


class Frozen(BaseModel):
    """Base of every schema object: frozen, and an unknown field is an error."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, populate_by_name=True
    )


def _identifier(value: Any) -> str:
    if not isinstance(value, str) or not _IDENTIFIER.fullmatch(value):
        raise ValueError("must be lower-case letters, digits and _, starting with a letter")
    return value


def _measured(unit: str) -> Callable[[Any], float]:
    def check(value: Any) -> float:
        if isinstance(value, str):
            return units.parse(value, unit).value
        raise ValueError(f"needs a number with a unit, such as '1.5 {unit}'")

    return check


def _cost(*allowed: str) -> Callable[[Any], Quantity]:
    """Parse money that is never below 0: capex, budgets, fees."""
    parse = _money(*allowed)

    def check(value: Any) -> Quantity:
        quantity = parse(value)
        if quantity.value < 0:
            raise ValueError("must be 0 or above")
        return quantity

    return check


def _money(*allowed: str) -> Callable[[Any], Quantity]:
    """Parse money to the first unit of ``allowed`` whose dimension fits; it may be below 0."""

    def check(value: Any) -> Quantity:
        if not isinstance(value, str):
            raise ValueError(f"needs money with a unit, such as '780 EUR2020{allowed[0][5:]}'")
        failures = []
        for unit in allowed:
            try:
                return units.parse(value, unit)
            except units.UnitError as error:
                failures.append(error)
        raise failures[0]

    return check


def _share(value: Any) -> float:
    if isinstance(value, str):
        return units.parse(value, "1").value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("needs a share, such as 0.3 or '30 %'")
    return float(value)


def _capacity(value: Any) -> Quantity:
    if not isinstance(value, str):
        raise ValueError("needs a size with a unit, such as '2.5 MW'")
    return units.parse_any(value)


def _temperature(value: Any) -> float:
    if not isinstance(value, str):
        raise ValueError("needs a temperature, such as '60 degC'")
    return units.parse_temperature(value)


def _temperature_difference(value: Any) -> float:
    if not isinstance(value, str):
        raise ValueError("needs a temperature difference, such as '8 K'")
    return units.parse_temperature_difference(value)


Id = Annotated[str, BeforeValidator(_identifier)]
Power = Annotated[float, BeforeValidator(_measured("MW")), Field(ge=0)]
Energy = Annotated[float, BeforeValidator(_measured("MWh")), Field(ge=0)]
EnergyPerYear = Annotated[float, BeforeValidator(_measured("MWh/a")), Field(ge=0)]
Area = Annotated[float, BeforeValidator(_measured("m2")), Field(ge=0)]
Mass = Annotated[float, BeforeValidator(_measured("t")), Field(ge=0)]
EnergyPerMass = Annotated[float, BeforeValidator(_measured("MWh/t")), Field(ge=0)]
EmissionFactor = Annotated[float, BeforeValidator(_measured("t/MWh")), Field(ge=0)]
EmissionsPerProduct = Annotated[float, BeforeValidator(_measured("t/unit")), Field(ge=0)]
EnergyPerProduct = Annotated[float, BeforeValidator(_measured("MWh/unit")), Field(gt=0)]
MassPerProduct = Annotated[float, BeforeValidator(_measured("t/unit")), Field(gt=0)]
MassRatio = Annotated[float, BeforeValidator(_measured("t/t")), Field(ge=0)]
TransportFactor = Annotated[float, BeforeValidator(_measured("t/t/km")), Field(ge=0)]
Length = Annotated[float, BeforeValidator(_measured("km")), Field(gt=0)]
ProductPerYear = Annotated[float, BeforeValidator(_measured("unit/a")), Field(gt=0)]
CoalEquivalence = Annotated[float, BeforeValidator(_measured("kgce/kWh")), Field(gt=0)]
"""The one field that isn't in base units: kgce/kWh, the same number as tce/MWh."""
FullLoad = Annotated[float, BeforeValidator(_measured("MWh/MW")), Field(gt=0)]
Hours = Annotated[float, BeforeValidator(_measured("h")), Field(gt=0)]
Years = Annotated[float, BeforeValidator(_measured("a")), Field(gt=0)]
YearsOrNone = Annotated[float, BeforeValidator(_measured("a")), Field(ge=0)]
LossRate = Annotated[float, BeforeValidator(_measured("1/h")), Field(ge=0, lt=1)]
Temperature = Annotated[float, BeforeValidator(_temperature)]
TemperatureDifference = Annotated[float, BeforeValidator(_temperature_difference), Field(ge=0)]
Share = Annotated[float, BeforeValidator(_share), Field(ge=0, le=1)]
UncappedShare = Annotated[float, BeforeValidator(_share), Field(ge=0)]
"""Of what can more than double."""
Grade = Literal[1, 2, 3]
"""Of a mandatory efficiency standard: 1 is the best, 3 what may just be sold."""
Ratio = Annotated[float, Field(gt=0)]
Factor = Annotated[float, Field(ge=0)]
Capacity = Annotated[Quantity, BeforeValidator(_capacity)]
Money = Annotated[Quantity, BeforeValidator(_cost("money"))]
MoneyPerEnergy = Annotated[Quantity, BeforeValidator(_money("money/MWh"))]
MoneyPerMass = Annotated[Quantity, BeforeValidator(_cost("money/t"))]
MoneyPerPowerYear = Annotated[Quantity, BeforeValidator(_cost("money/MW/a"))]
CapacityPrice = Annotated[
    Quantity,
    BeforeValidator(_cost("money/MW", "money/MWh", "money/m2", "money/unit", "money/tph")),
]
YearlyCapacityPrice = Annotated[
    Quantity,
    BeforeValidator(
        _cost("money/MW/a", "money/MWh/a", "money/m2/a", "money/unit/a", "money/tph/a", "money/a")
    ),
]
OutputPrice = Annotated[Quantity, BeforeValidator(_cost("money/MWh", "money/t"))]


class Text(Frozen):
    """A name or sentence in both languages."""

    en: str = Field(min_length=1, max_length=500)
    zh: str = Field(min_length=1, max_length=500)


T = TypeVar("T")


class Yearly(Frozen, Generic[T]):
    """One value for all years, or a table by year.

    A table holds between given years only if ``interpolate`` says how; a year outside the
    given ones is an error, except that ``step`` holds the last given value onwards.
    """

    constant: T | None = None
    values: dict[int, T] = Field(default_factory=dict)
    interpolate: Literal["linear", "step"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_plain(cls, data: Any) -> Any:
        if isinstance(data, dict):
            if "constant" in data or "values" in data:
                return data
            table = {k: v for k, v in data.items() if k != "interpolate"}
            if not table:
                raise ValueError("needs at least one year, such as {2026: …}")
            wrong = [key for key in table if not isinstance(key, int)]
            if wrong:
                raise ValueError(f"years must be whole numbers, found {wrong[0]!r}")
            return {"values": table, "interpolate": data.get("interpolate")}
        return {"constant": data}

    def first_given(self) -> int | None:
        return min(self.values) if self.values else None
