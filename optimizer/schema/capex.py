"""What a measure costs: sizes on offer, overnight cost and fixed O&M by market."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from optimizer.schema.estimate import Accuracy, Contingency
from optimizer.schema.fields import (
    Capacity,
    CapacityPrice,
    Frozen,
    Money,
    Share,
    YearlyCapacityPrice,
)


class CapacityRange(Frozen):
    """Sizes on offer; all three in the same unit. With ``step`` only whole units are built."""

    min: Capacity | None = None
    max: Capacity
    step: Capacity | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> CapacityRange:
        sizes = [q for q in (self.min, self.max, self.step) if q is not None]
        if len({q.unit for q in sizes}) > 1:
            raise ValueError("min, max and step must have the same unit")
        if any(q.value < 0 for q in sizes) or self.max.value <= 0:
            raise ValueError("sizes must be above 0")
        if self.min is not None and self.min.value > self.max.value:
            raise ValueError("min is above max")
        if self.step is not None and self.step.value <= 0:
            raise ValueError("step must be above 0")
        return self


class CapexPoint(Frozen):
    """Overnight cost at one size: per unit of capacity, or in total."""

    at: Capacity
    price: CapacityPrice | None = None
    total: Money | None = None

    @model_validator(mode="after")
    def _one_price(self) -> CapexPoint:
        if (self.price is None) == (self.total is None):
            raise ValueError("give either 'price' (per unit of capacity) or 'total'")
        return self


class Capex(Frozen):
    """Overnight cost: fixed + price x size, or straight lines between ``points`` of total cost.

    Below the first point the price per unit is the first point's; above the last, the last's.
    For a saving or a process change ``basis`` says what ``price`` multiplies.
    """

    fixed: Money | None = None
    price: CapacityPrice | None = None
    points: tuple[CapexPoint, ...] = ()
    basis: Literal["capacity", "annual_saving", "peak"] = "capacity"
    accuracy: Accuracy | None = None
    contingency: Contingency | None = None
    """None: not stated; the prices are taken as they are."""

    @model_validator(mode="after")
    def _points_or_price(self) -> Capex:
        if self.points and (self.price or self.fixed):
            raise ValueError("give either 'points' or 'price' and 'fixed'")
        if not self.points and self.price is None and self.fixed is None:
            raise ValueError("needs 'price', 'fixed' or 'points'")
        sizes = [point.at.value for point in self.points]
        if sizes != sorted(set(sizes)):
            raise ValueError("points must rise in size")
        return self

    @property
    def raises(self) -> float:
        """What the stated prices are multiplied by: 1 + the contingency that comes on top."""
        return 1.0 if self.contingency is None else self.contingency.raises


class FixedOm(Frozen):
    """Yearly cost of standing: per unit of capacity, as a share of capex, or a lump sum."""

    price: YearlyCapacityPrice | None = None
    share: Share | None = None

    @model_validator(mode="after")
    def _one(self) -> FixedOm:
        if (self.price is None) == (self.share is None):
            raise ValueError("give either 'price' or 'share' (of capex a year)")
        return self


class ByMarket(Frozen):
    """Prices by market; the scenario's ``market`` picks, ``any`` serves both."""


class CapexByMarket(ByMarket):
    cn: Capex | None = None
    eu: Capex | None = None
    any: Capex | None = None


class FixedOmByMarket(ByMarket):
    cn: FixedOm | None = None
    eu: FixedOm | None = None
    any: FixedOm | None = None
