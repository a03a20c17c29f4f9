"""What is bought and sold: carriers, contracts, credits, grants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from optimizer.inputs.case.common import ByYear, Name, Rule
from optimizer.inputs.exclusions import Exclusion


@dataclass(frozen=True)
class DemandCharge:
    price: ByYear
    per: Literal["month", "year"]


@dataclass(frozen=True)
class Purchase:
    """Price in year y and step h: level[y] x series + adder[y], money/MWh."""

    series: str | None
    level: ByYear
    adder: ByYear
    limit: float | None
    demand_charge: DemandCharge | None


@dataclass(frozen=True)
class Sale:
    """Export revenue in year y and step h: level[y] x series + adder[y], money/MWh."""

    series: str | None
    level: ByYear
    adder: ByYear
    limit: float | None
    beyond_own_generation: bool


@dataclass(frozen=True)
class CarrierOption:
    """``factor``: t/MWh bought, by year; ``factor_series``: its hourly shape, mean 1."""

    id: str
    name: Name
    kind: str
    scope: Literal[1, 2] | None
    factor: ByYear
    factor_series: str | None
    residual: ByYear
    biogenic: float
    vent: bool
    serves: tuple[str, ...]
    purchase: Purchase | None
    sale: Sale | None
    upstream: ByYear | None = None
    """t/MWh bought, before it reaches the site; None where none is given."""


@dataclass(frozen=True)
class ContractOption:
    """``shape``: key of a series in MW per MWh/a; its weighted sum over the year is 1. ``price``:
    of energy, or the premium of attributes. ``hourly``: attributes are matched hour by hour.
    ``in_force``: ``lower`` runs today, up to ``last_in_force``, whatever is signed beside it."""

    id: str
    name: Name
    carrier: str
    form: Literal["energy", "attributes"]
    lower: float
    upper: float
    price: ByYear
    pay: Literal["delivered", "contracted"]
    shape: str
    factor: float
    traceable: bool
    tenor: int
    earliest: int
    in_force: bool
    hourly: bool = False
    additional: bool = False
    last_in_force: int | None = None
    """Index of the last planning year of what is in force today; None: all. -1: before the first.
    """


@dataclass(frozen=True)
class CreditOption:
    id: str
    name: Name
    type: Literal["avoidance", "removal"]
    price: ByYear
    available: Rule
    earliest: int
    exclusions: tuple[Exclusion, ...] = ()

    def is_excluded(self, index: int) -> bool:
        """Whether some rule shuts it out in the planning year at ``index``."""
        return any(each.years[index] for each in self.exclusions)


@dataclass(frozen=True)
class GrantOption:
    id: str
    name: Name
    measures: tuple[str, ...]
    share: float
    cap: float
    years: tuple[bool, ...]
