"""Plants with a store that is cyclic over the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from optimizer.inputs import case as c
from optimizer.inputs.time_axis import TimeAxis
from tests import plants as p
from tests.everything import everything

YEARS: Final = (2026,)
CHEAP, DEAR = 200, 165
"""Days of the year at 10 and at 50 a MWh, in this order."""


def two_seasons(
    size: float, axis: TimeAxis | None = None, years: Sequence[int] = YEARS, **fields: Any
) -> c.Case:
    """1 MW of load all year, and a free store of ``size`` MWh that is cyclic over the year."""
    time = p.axis((CHEAP, DEAR), steps=2) if axis is None else axis
    dear = time.period_of_day[CHEAP:]
    price = np.full((len(time.weight), time.steps), 1.0)
    price[dear] = 5.0
    base: dict[str, Any] = {
        "power_ratio": 1.0, "efficiency_charge": 1.0, "efficiency_discharge": 1.0, "loss": 0.0,
        "lowest_level": 0.0, "cycle": "year",
    }  # fmt: skip
    option = p.measure("store", years, kind="storage", upper=size, lower=size)
    power = p.carrier("electricity", years, kind="electricity", price=10.0, series="price")
    case = p.case(
        years, {"load": 1.0, "price": price}, axis=time, carriers=(power,),
        services=(p.service("s", "electricity", "load", years),), measures=(option,),
        units=(c.StorageUnit("store", "electricity", **(base | fields)),),
    )  # fmt: skip
    return replace(case, roles={"load": "demand", "price": "price"})


def over_the_year(case: c.Case, *stores: str, order: np.random.Generator | None = None) -> c.Case:
    """The case with some stores cyclic over the year; ``order``: its calendar days shuffled."""
    units = tuple(
        replace(u, cycle="year") if isinstance(u, c.StorageUnit) and u.id in stores else u
        for u in case.units
    )
    if order is None:
        return replace(case, units=units)
    days = order.permutation(case.axis.period_of_day)
    first = [int(np.flatnonzero(days == k)[0]) for k in range(len(case.axis.weight))]
    axis = replace(case.axis, period_of_day=days, day_of_period=np.array(first))
    return replace(case, units=units, axis=axis)


def everything_over_the_year() -> c.Case:
    """Every component, its battery within the day, its tank and its hydrogen over the year; the
    calendar days shuffled."""
    return over_the_year(everything(), "tank", "h2_tank", order=np.random.default_rng(3))
