"""Modes of financing for cases built by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from optimizer.inputs import case as c
from optimizer.inputs.financing import charged
from tests import plants as p
from tests.model.brute_force_cases import RATE, YEARS, converter, whole, with_units, works

ONES = np.ones(len(YEARS))
CHEAPER = np.linspace(1.0, 0.9, len(YEARS))


def financed(
    option: c.MeasureOption,
    id: str,
    term: int,
    payment: c.Rates,
    buy_back: c.Rates | None = None,
    rate: float = 0.0,
    after: c.Rates | None = None,
    trend: c.ByYear | None = None,
    **changes: Any,
) -> c.MeasureOption:
    """The option as leased under another id: `payment` in each year of the term, `after` later."""
    life = term if buy_back is None else option.life_years
    paid = tuple(payment if age < term else after or c.Rates() for age in range(life))
    back = buy_back or c.Rates()
    charges = charged(paid, back, term, 0, rate)
    terms = c.FinancedBy(
        "lease", option.id, term, paid, back, charges, trend if trend is not None else ONES
    )
    return replace(
        option, id=id, financed=terms, life_years=life, one_of=owned(option).one_of,
        price_trend=np.zeros_like(option.price_trend), **changes,
    )  # fmt: skip


def owned(option: c.MeasureOption) -> c.MeasureOption:
    return replace(option, one_of=option.one_of or f"modes of {option.id}")


def works_for_hire() -> c.Case:
    """The works of the brute force: a heat pump owned, or leased for two years and then bought, or
    let for four; a cover that asks for it, owned or under shared savings; a budget too small for
    most, which buy-backs count against and the boiler's renewal doesn't."""
    pump = whole("hp", 420e3, 0.9)
    cover = whole("cover", 90e3, kind="saving", requires=("hp",), fixed_om_lump=1e3)
    leased = financed(
        pump,
        "hp_leased",
        2,
        c.Rates(70e3, 2e3),
        c.Rates(priced=0.5),
        RATE,
        c.Rates(per_build=500.0),
        trend=CHEAPER,
    )
    let = financed(
        pump,
        "hp_let",
        4,
        c.Rates(priced=0.14),
        rate=RATE,
        trend=CHEAPER,
        excludes=("boiler_room",),
    )
    shared = financed(cover, "cover_shared", 3, c.Rates(0.0, 17e3), c.Rates(), RATE)
    units = (converter("hp", "electricity", "cop"), converter("hp_leased", "electricity", "cop"),
             converter("hp_let", "electricity", "cop"))  # fmt: skip
    effects = [c.SavingEffect(name, "process", 0.12, ()) for name in ("cover", "cover_shared")]
    budget = c.BudgetRule((95e3, 0.0, 215e3, 0.0, 300e3), False, True)
    return with_units(
        works(), *units, measures=(owned(pump), leased, let, owned(cover), shared),
        savings=tuple(effects), budget=budget,
    )  # fmt: skip


__all__ = ["RATE", "YEARS", "financed", "owned", "p", "works_for_hire"]
