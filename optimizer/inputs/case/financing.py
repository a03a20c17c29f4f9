"""What it costs to have a measure that somebody else owns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from optimizer.inputs.case.common import ByYear


@dataclass(frozen=True)
class Rates:
    """Money: ``per_capacity`` x capacity + ``per_build`` x units + ``share`` x cost of the size +
    ``priced`` x that cost at the price of the year of the build."""

    per_capacity: float = 0.0
    per_build: float = 0.0
    share: float = 0.0
    priced: float = 0.0

    def __add__(self, other: Rates) -> Rates:
        return Rates(
            self.per_capacity + other.per_capacity,
            self.per_build + other.per_build,
            self.share + other.share,
            self.priced + other.priced,
        )

    def __mul__(self, factor: float) -> Rates:
        return Rates(
            self.per_capacity * factor,
            self.per_build * factor,
            self.share * factor,
            self.priced * factor,
        )


@dataclass(frozen=True)
class FinancedBy:
    """A mode in which a measure is offered.

    ``payments``: at the end of each year of a unit's life, the first one first. ``buy_back``: at
    the end of year ``term`` of its life. ``charges``: by year of the life, worth as much as both at
    the scenario's rate: equal parts over the life; of a third party's plant, whose output is paid
    for during the term, over what is left of the life after it. ``price_trend``: of the measure, by
    year of the build.
    """

    mode: Literal["lease", "shared_savings", "guaranteed_savings", "third_party"]
    of: str
    term: int
    payments: tuple[Rates, ...]
    buy_back: Rates
    charges: tuple[Rates, ...]
    price_trend: ByYear


@dataclass(frozen=True)
class OnSitePower:
    """What a third party's plant is paid in year y and step h: level[y] x series + adder[y]
    [money/MWh]; level[y] + adder[y] without a series. ``of_tariff``: it is the energy price of the
    carrier's tariff less a discount, and rises and falls with that."""

    series: str | None
    level: ByYear
    adder: ByYear
    of_tariff: bool = False
