"""What a piece of equipment does, whether it stands today (asset) or may be built (measure)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from optimizer.schema.fields import (
    Frozen,
    Hours,
    Id,
    LossRate,
    MoneyPerEnergy,
    OutputPrice,
    Ratio,
    Share,
    Yearly,
)
from optimizer.schema.series import CopModel


class Conversion(Frozen):
    """Flow of one carrier per unit of the reference flow; exactly one way to say it.

    ``ratio``: a number. ``efficiency``: 1/efficiency (an input's usual form). ``cop``: 1/COP by
    hour. ``cop_source``: 1 - 1/COP by hour, what a heat pump draws from its heat source.
    """

    ratio: Ratio | None = None
    efficiency: Ratio | None = None
    cop: CopModel | None = None
    cop_source: CopModel | None = None

    @model_validator(mode="before")
    @classmethod
    def _number_is_ratio(cls, data: Any) -> Any:
        if isinstance(data, int | float) and not isinstance(data, bool):
            return {"ratio": data}
        return data

    @model_validator(mode="after")
    def _exactly_one(self) -> Conversion:
        given = [n for n in ("ratio", "efficiency", "cop", "cop_source") if getattr(self, n)]
        if len(given) != 1:
            raise ValueError("give exactly one of: a number, efficiency, cop, cop_source")
        return self


class Recovery(Frozen):
    """Heat taken from what a service or a unit gives off: at most ``share`` of it, step by step."""

    source: Id
    share: Share


class ConverterTechnology(Frozen):
    """Inputs to outputs. Capacity is the largest flow of the carrier ``reference``."""

    reference: Id
    inputs: dict[Id, Conversion] = Field(default_factory=dict)
    outputs: dict[Id, Conversion] = Field(default_factory=dict)
    recovers: Recovery | None = None
    availability: str | None = None
    minimum_load: Share = 0.0
    """Reported only: hours below it; the dispatch is linear."""
    variable_om: OutputPrice | None = None
    """Per MWh of the reference flow."""

    @model_validator(mode="after")
    def _reference_is_a_flow(self) -> ConverterTechnology:
        both = {**self.inputs, **self.outputs}
        if self.reference not in both:
            raise ValueError(f"reference {self.reference!r} must be one of its inputs or outputs")
        if both[self.reference].ratio != 1:
            raise ValueError(f"the reference carrier {self.reference!r} must have the ratio 1")
        if self.reference in self.inputs and self.reference in self.outputs:
            raise ValueError(f"{self.reference!r} is both input and output")
        return self


class GeneratorTechnology(Frozen):
    """Output at most capacity x availability."""

    output: Id
    availability: str
    variable_om: OutputPrice | None = None
    sold_certificates: Yearly[MoneyPerEnergy] | None = None
    """Price of the certificates of all that it generates; None: the site keeps them."""


class StorageTechnology(Frozen):
    """Level between (1 - depth) and 1 times the capacity, the same at both ends of its cycle."""

    carrier: Id
    duration: Hours
    """Capacity divided by the largest charging or discharging power."""
    efficiency_charge: Share = 1.0
    efficiency_discharge: Share = 1.0
    self_discharge: LossRate = 0.0
    depth: Share = 1.0
    cycle: Literal["day", "year"] = "day"
    """What ends at the level it began with: every day, or only the year (seasonal stores)."""
    variable_om: OutputPrice | None = None
    """Per MWh discharged."""


TechnologyKind = Literal["converter", "generator", "storage"]
