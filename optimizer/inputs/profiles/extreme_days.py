"""Which real days must stand for themselves because they size equipment or set a bill."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.profiles.calendar import DAYS, MONTHS, month_of_day

Days = Mapping[str, NDArray[np.float64]]
"""Series by key, each of shape (365, steps a day)."""


@dataclass(frozen=True)
class Roles:
    """What each series is. Every series has one role; a key is a name in the series' dict.

    electricity: demands whose sum is metered; heat: heat demand -> the COP that could serve it
    (None: no heat pump can); carriers: other carrier -> its demands; pv: capacity factors of sun or
    wind; cop: coefficients of performance; price: money, never scaled; plain: followed but never
    scaled or summed, such as temperature or a grid factor; peak: the highest metered power inside
    each step of the electricity demands, which says in their place which days a bill falls on. It
    is neither scaled nor clustered, being a shadow of the demand. billing: how often the highest
    electricity is charged; by year as well where it isn't charged but has to fit the connection.
    """

    electricity: tuple[str, ...] = ()
    heat: Mapping[str, str | None] = field(default_factory=dict)
    carriers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pv: tuple[str, ...] = ()
    cop: tuple[str, ...] = ()
    price: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    peak: tuple[str, ...] = ()
    billing: Literal["month", "year"] = "month"

    @property
    def scaled(self) -> tuple[str, ...]:
        """Keys whose yearly total is kept."""
        others = tuple(key for keys in self.carriers.values() for key in keys)
        return (*self.electricity, *self.heat, *others, *self.pv, *self.cop)

    def check(self, days: Days) -> None:
        """ValueError unless every series has one role, every role a series, and values fit it."""
        keys = [*self.scaled, *self.price, *self.plain, *self.peak]
        for key in days:
            if keys.count(key) != 1:
                raise ValueError(f"series {key!r} has {keys.count(key)} roles, must have 1")
        partners = [cop for cop in self.heat.values() if cop is not None]
        for key in {*keys, *partners} - set(days):
            raise ValueError(f"role names {key!r}, but the series are {list(days)}")
        for key, values in days.items():
            if not np.isfinite(values).all():
                raise ValueError(f"series {key!r} has gaps or infinite values")
            if key in self.scaled and (values < 0).any():
                raise ValueError(f"series {key!r} is below 0; only prices may be")
        for key in self.pv:
            if (days[key] > 1).any():
                raise ValueError(f"capacity factor {key!r} is above 1")
        for key in (*self.cop, *partners):
            if (days[key] <= 0).any():
                raise ValueError(f"COP {key!r} is not above 0")


def extreme_days(days: Days, roles: Roles) -> dict[int, list[str]]:
    """Real days (0 to 364, rising) to keep whole, each with the reasons why.

    Per billing period (month or year): the highest step of all electricity (metered peaks where
    given), and of electricity + heat / COP, the load if heat pumps took over. Per heat demand and
    other carrier: the highest step of the year. Per capacity factor: the least daily sum. Per COP:
    the least daily mean. Among equal highest steps the day with the largest sum, then the
    earliest; among equal sums the earliest. A quantity that is alike on all days gives none.
    """
    found: dict[int, list[str]] = {}
    for name, load in _billed_loads(days, roles).items():
        if _varies(load):
            for label, held in _billing_periods(roles).items():
                day = int(held[_highest(load[held])])
                found.setdefault(day, []).append(f"highest {name}, {label}")
    demands = {key: days[key] for key in roles.heat}
    demands |= {name: _total(days, keys) for name, keys in roles.carriers.items()}
    for name, demand in demands.items():
        if _varies(demand):
            found.setdefault(_highest(demand), []).append(f"highest demand, {name}")
    for key in (*roles.pv, *roles.cop):
        if _varies(days[key]):
            day = int(days[key].sum(axis=1).argmin())
            found.setdefault(day, []).append(f"lowest {key}")
    return dict(sorted(found.items()))


def _billing_periods(roles: Roles) -> dict[str, NDArray[np.int64]]:
    """The days of each billing period, by what the period is called."""
    if roles.billing == "year":
        return {"year": np.arange(DAYS)}
    month = month_of_day()
    return {f"month {m + 1}": np.flatnonzero(month == m) for m in range(MONTHS)}


def _billed_loads(days: Days, roles: Roles) -> dict[str, NDArray[np.float64]]:
    """Loads that a bill or the connection may fall on, shape (365, steps) each."""
    pumped = [days[heat] / days[cop] for heat, cop in roles.heat.items() if cop is not None]
    metered = roles.peak or roles.electricity
    loads = {"electricity": _total(days, metered)} if metered else {}
    if pumped:
        loads["electricity + heat/COP"] = sum(pumped, _total(days, metered))
    return loads


def _total(days: Days, keys: tuple[str, ...]) -> NDArray[np.float64]:
    shape = next(iter(days.values())).shape
    return sum((days[key] for key in keys), np.zeros(shape))


def _varies(values: NDArray[np.float64]) -> bool:
    assert values.shape[0] == DAYS
    return bool((values != values[0]).any())


def _highest(values: NDArray[np.float64]) -> int:
    """Row with the highest single step; among equals the largest sum, then the first row."""
    top = values.max(axis=1)
    equal = np.flatnonzero(top == top.max())
    return int(equal[values[equal].sum(axis=1).argmax()])
