"""What all rules of a policy share: whose emissions they look at, and where they apply."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ValidationInfo, field_validator

from optimizer import units
from optimizer.schema.fields import Frozen
from optimizer.schema.pack_parts import PackRule

CompanyLedger = Literal["location", "market"]
Ledger = Literal["location", "market", "physical"]
QUANTITIES = {"electricity_use": "MWh/a", "scope_3_share": "1"}
"""What a condition may look at, in the unit of its value; base_year is a plain year."""


class Condition(Frozen):
    """The rule applies where the quantity compares so with the value."""

    quantity: Literal["electricity_use", "scope_3_share", "base_year"]
    comparison: Literal["at_least", "above", "at_most", "below"]
    value: float
    """MWh/a, a share, or a year."""

    @field_validator("value", mode="before")
    @classmethod
    def _in_base_unit(cls, value: Any, info: ValidationInfo) -> float:
        unit = QUANTITIES.get(info.data.get("quantity", ""))
        if unit is not None:
            return units.parse(value if isinstance(value, str) else f"{value}", unit).value
        if type(value) is not int or not 2000 <= value <= 2100:
            raise ValueError("must be a year from 2000 to 2100")
        return float(value)


class AnyRule(PackRule):
    """What every rule of a policy has."""

    ledger: Ledger | None = None
    gases: Literal["CO2", "CO2e"] | None = None
    applies_if: tuple[Condition, ...] = ()
    """All must hold."""


class RuleOfEveryYear(AnyRule):
    """A rule that gives a field of the policy: it holds wherever its limit gives a value, so what
    narrows it further can't be kept to and is refused."""

    @field_validator("applies_if", "valid")
    @classmethod
    def _without(cls, value: Any) -> Any:
        if value:
            raise ValueError(
                "must be left out: a rule of this type holds in the years of its limit, always"
            )
        return value
