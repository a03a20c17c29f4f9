"""A third party's roof that the site buys back in the tail."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from optimizer.inputs import case as c
from optimizer.inputs.financing import charged
from tests import plants as p

HOURS, GRID, PAID = 8760, 10.0, 8.0
TERM, LIFE = 2, 4
GRID_YEAR, PAID_YEAR = HOURS * GRID, HOURS * PAID
UPKEEP = c.Rates(per_build=1e3)


def bought_back(
    years: Sequence[int] = (2026,),
    end: int = 2030,
    *,
    rate: float = 0.0,
    series: bool = False,
    trend: Sequence[float] = (1.0, 1.0),
    size: float = 2.0,
) -> c.Case:
    """1 MW of power all year from the grid at 10 a MWh, or from a roof of 2 MW whose owner gets 8
    for what is taken; it is bought after two years for a tenth of 300,000 times a trend, then kept
    up at 1,000 a year, and stands for four years in all."""
    years, back = tuple(years), c.Rates(priced=0.1)
    payments = (c.Rates(),) * TERM + (UPKEEP,) * (LIFE - TERM)
    terms = c.FinancedBy(
        "third_party", "pv", TERM, payments, back, charged(payments, back, TERM, TERM, rate),
        np.array(trend[: len(years)]),
    )  # fmt: skip
    roof = p.measure(
        "roof", years, kind="generator", slope=300e3 / size, lower=size, upper=size, life=LIFE,
        rate=rate, price_trend=np.zeros(len(years)), financed=terms, renewal="none",
    )  # fmt: skip
    nothing = p.by_year(0.0, years)
    paid = c.OnSitePower("price" if series else None, p.by_year(PAID, years), nothing)
    return p.case(
        years, {"power": 1.0, "price": 1.0},
        carriers=(p.carrier("electricity", years, kind="electricity", price=GRID, scope=2),),
        units=(c.GeneratorUnit("roof", "electricity", 1.0, 0.0, nothing, paid),),
        services=(p.service("machines", "electricity", "power", years),),
        measures=(roof,), connection=4.0, money=p.money(years, rate, end),
    )  # fmt: skip
