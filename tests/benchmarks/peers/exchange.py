"""The plant that every contender plans, as a file: all that they share, and numpy alone.

Each contender reads the file with its own interpreter, so nothing here may import more than numpy.
Units: MW, MWh, t, money of one price year. Y planning years, D representative days of 24 h.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Varying = float | str
"""A number, or the key of a series."""
STARTED = "BENCHMARK_STARTED"
"""Environment variable: the clock [s since the epoch] when a contender's process was asked for."""
HOURS = 24
DAYS_A_YEAR = 365.0


@dataclass(frozen=True)
class Purchase:
    """Bought at level[y] x series (flat where there is none); ``factor``: t/MWh by year."""

    carrier: str
    level: tuple[float, ...]
    series: str | None
    factor: tuple[float, ...]
    scope: int


@dataclass(frozen=True)
class Service:
    """Needs series x activity[y] of a carrier."""

    id: str
    carrier: str
    demand: str


@dataclass(frozen=True)
class Converter:
    """``ratio`` MWh of ``source`` give 1 MWh of ``product`` and ``beside_ratio`` MWh of ``beside``.

    ``size``: MW that stand and stay; None where the size is a decision (an option of this id).
    """

    id: str
    source: str
    product: str
    ratio: Varying
    running_cost: float = 0.0
    beside: str | None = None
    beside_ratio: float = 0.0
    size: float | None = None


@dataclass(frozen=True)
class Generator:
    id: str
    carrier: str
    availability: str


@dataclass(frozen=True)
class Store:
    """A day ends at the level it began with. ``power_ratio``: MW per MWh, in and out."""

    id: str
    carrier: str
    power_ratio: float
    efficiency: float
    loss: float
    running_cost: float


@dataclass(frozen=True)
class Saving:
    """Built whole or, in the linear problem, in part: takes ``share`` off a service."""

    id: str
    service: str
    share: float


@dataclass(frozen=True)
class Option:
    """What can be built: price a unit overnight, largest size, capital recovery factor [1/a]."""

    id: str
    price: float
    largest: float
    recovery: float
    fixed_om: float


_TABLES = {
    "purchases": Purchase,
    "services": Service,
    "converters": Converter,
    "generators": Generator,
    "stores": Store,
    "savings": Saving,
    "options": Option,
}


@dataclass(frozen=True, eq=False)
class Plant:
    """One case. By year, shape (Y,): discount, activity, trend (of prices of equipment),
    carbon_price (of scope 1), peak_price (a MW of the year's highest import), budget, cap (t).
    ``weight`` (D,): days a year. ``series``: (D, 24)."""

    years: tuple[int, ...]
    carriers: tuple[str, ...]
    power: str
    connection: float
    purchases: tuple[Purchase, ...]
    services: tuple[Service, ...]
    converters: tuple[Converter, ...]
    generators: tuple[Generator, ...]
    stores: tuple[Store, ...]
    savings: tuple[Saving, ...]
    options: tuple[Option, ...]
    weight: Array
    discount: Array
    activity: Array
    trend: Array
    carbon_price: Array
    peak_price: Array
    budget: Array
    cap: Array
    series: dict[str, Array]

    @property
    def shape(self) -> tuple[int, int, int]:
        """(Y, D, 24)."""
        return len(self.years), len(self.weight), HOURS

    def value(self, varying: Varying) -> Array:
        """A number or a series, shape (D, 24)."""
        known = self.series[varying] if isinstance(varying, str) else np.float64(varying)
        return np.broadcast_to(known, self.shape[1:])

    def price(self, purchase: Purchase) -> Array:
        """Price of a MWh, carbon price of scope 1 included, shape (Y, D, 24)."""
        shape = self.value(1.0 if purchase.series is None else purchase.series)
        carbon = self.carbon_price * np.array(purchase.factor) * (purchase.scope == 1)
        price: Array = np.array(purchase.level)[:, None, None] * shape + carbon[:, None, None]
        return price

    def demand(self, service: Service) -> Array:
        """MW before savings, shape (Y, D, 24)."""
        demand: Array = self.activity[:, None, None] * self.series[service.demand]
        return demand

    def option(self, id: str) -> Option:
        return next(o for o in self.options if o.id == id)

    def overnight(self, option: Option) -> Array:
        """Price of a unit of size built in each year, shape (Y,)."""
        return option.price * self.trend

    def annual(self, option: Option) -> Array:
        """What a unit built in each year costs in every year that it stands, shape (Y,)."""
        return option.recovery * self.overnight(option) + option.fixed_om

    def one_day(self) -> Plant:
        """The first day for the whole year and caps that do not bind: what all warm up on."""
        return replace(
            self,
            weight=np.array([DAYS_A_YEAR]),
            cap=np.full(len(self.years), 1e9),
            series={key: values[:1] for key, values in self.series.items()},
        )


_BY_YEAR = [f.name for f in fields(Plant) if f.type == "Array"]


def write_plant(plant: Plant, path: Path) -> None:
    """One npz file: the tables as JSON, the arrays as they are."""
    tables = {name: [asdict(row) for row in getattr(plant, name)] for name in _TABLES}
    plain = {n: getattr(plant, n) for n in ("years", "carriers", "power", "connection")}
    arrays: dict[str, Any] = {name: getattr(plant, name) for name in _BY_YEAR}
    arrays |= {f"series/{key}": values for key, values in plant.series.items()}
    np.savez(path, **arrays, tables=np.array(json.dumps(plain | tables)))


def read_plant(path: Path) -> Plant:
    """The plant of a file that ``write_plant`` wrote."""
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    known: dict[str, Any] = json.loads(str(arrays.pop("tables")))
    for name, row in _TABLES.items():
        known[name] = tuple(row(**_tuples(values)) for values in known[name])
    series = {k.removeprefix("series/"): arrays[k] for k in arrays if k.startswith("series/")}
    return Plant(
        years=tuple(known.pop("years")),
        carriers=tuple(known.pop("carriers")),
        **known,
        **{name: arrays[name] for name in _BY_YEAR},
        series=series,
    )


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
