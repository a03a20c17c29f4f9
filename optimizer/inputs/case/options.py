"""What is built, what stands today and what it serves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from optimizer.inputs.case.common import ByYear, Name
from optimizer.inputs.case.financing import FinancedBy
from optimizer.inputs.case.units import Flow

OWN: Final = "own"


@dataclass(frozen=True)
class Segment:
    """Overnight cost = intercept + slope x size, for lower <= size <= upper."""

    lower: float
    upper: float
    slope: float
    intercept: float


@dataclass(frozen=True)
class MeasureOption:
    """A measure that is built. Savings and process changes are whole: size 1, unit 'unit'.

    ``earliest``: index of the first planning year it can operate in, lead time included.
    ``life_years``: whole years that it stands, which ``capital_recovery`` uses.
    ``fixed_om_share``: of its overnight cost, a year. ``financed``: by whom; None: the site owns
    it.
    """

    id: str
    name: Name
    kind: Literal["converter", "generator", "storage", "saving", "process"]
    family: str
    tags: tuple[str, ...]
    unit: str
    lower: float
    upper: float
    unit_size: float | None
    segments: tuple[Segment, ...]
    price_trend: ByYear
    life_years: int
    capital_recovery: float
    earliest: int
    renewal: Literal["forced", "optional", "none"]
    max_builds: int
    fixed_om: float
    fixed_om_lump: float
    fixed_om_share: float
    area: Mapping[str, float]
    connection: float
    replaces: tuple[str, ...]
    requires: tuple[str, ...]
    excludes: tuple[str, ...]
    one_of: str | None
    why: str | None = None
    financed: FinancedBy | None = None

    @property
    def mode(self) -> str:
        """In which mode it is offered: own where the site pays for it."""
        return self.financed.mode if self.financed else OWN

    @property
    def measure(self) -> str:
        """The measure that it is, whoever owns it."""
        return self.financed.of if self.financed else self.id

    def stands_for(self, measure: str) -> bool:
        """Whether it is what an id names: itself, or the measure that it is a mode of."""
        return measure in (self.id, self.measure)


def modes_of(options: Iterable[MeasureOption], measure: str) -> tuple[str, ...]:
    """A measure and the modes of financing it, those that are on offer."""
    return tuple(option.id for option in options if option.stands_for(measure))


@dataclass(frozen=True)
class SavingEffect:
    """``use`` (a service or a process source) keeps (1 - share); ``adds``: MWh per MWh or t."""

    measure: str
    use: str
    share: float
    adds: tuple[Flow, ...]
    variable_om: float = 0.0


@dataclass(frozen=True)
class AssetOption:
    """What stands today. ``last_old``: index of the last planning year it may stand unrenewed,
    -1 if its life ended before the first; ``renewed_unit`` is None where it can't be renewed.
    ``fixed_om`` and ``renewal_fixed_om`` are of the whole asset, money a year."""

    id: str
    name: Name
    unit: str
    capacity: float
    old_unit: str
    renewed_unit: str | None
    last_old: int
    fixed_om: float
    renewal_capex: float
    renewal_capital_recovery: float
    renewal_lifetime: float
    renewal_fixed_om: float
    book_value: float
    end_of_life: int
    resale: float
    dismantling: float
    free: bool = True
    """False in the baseline: renewed exactly when its life ends, never retired before."""


@dataclass(frozen=True)
class ServiceOption:
    """Demand in year y: activity[y] x series; ``excess``: highest metered value less the mean."""

    id: str
    name: Name
    carrier: str
    demand: str
    excess: str | None
    activity: ByYear


@dataclass(frozen=True)
class ProcessSource:
    """t CO2e a year, output included; spread evenly over the year."""

    id: str
    name: Name
    amount: ByYear
