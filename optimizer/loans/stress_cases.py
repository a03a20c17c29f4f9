"""What may go worse than planned, by how much, and what that makes of cash and debt service.

Which cases and why: docs/loan_rules.md. What moves money alone is worked out here; where the plant
would run otherwise, it is dispatched anew (studies/stressed.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from optimizer.finance.debt import QUARTERS, by_year
from optimizer.loans.cash import Saved
from optimizer.loans.cover import owed_by_year
from optimizer.loans.lending import Lending
from optimizer.names import CARBON_CLASSES

Array = NDArray[np.float64]
SIZES: Final = {
    "savings_down": 0.2, "output_down": 0.2, "capex_up": 0.1, "rate_up": 0.01, "prices_up": 0.3,
    "prices_down": 0.3, "carbon_down": 1.0, "curtailed": 0.1, "delayed": 1.0,
}  # fmt: skip
"""Case -> its size: a share of what was planned, but of `rate_up` a year, of `delayed` years."""
LARGEST: Final = {
    "savings_down": 1.0, "output_down": 0.9, "capex_up": 5.0, "rate_up": 0.5, "prices_up": 3.0,
    "prices_down": 0.95, "carbon_down": 1.0, "curtailed": 1.0, "delayed": 10.0,
}  # fmt: skip
"""How far a case is followed to find where it breaks the covenant."""
DISPATCHED: Final = ("output_down", "prices_up", "prices_down", "carbon_down", "curtailed")
"""Cases in which the plant runs otherwise."""


@dataclass(frozen=True)
class Burden:
    """Cash and debt service by year of the loan, (S,) each, and what is owed at each year's start
    [nominal money]; ``rate``: of the debt, a year. ``keeps_rules``: as of the dispatch."""

    cash: Array
    service: Array
    owed: Array
    rate: float
    keeps_rules: bool = True


def burden(lending: Lending, saved: Saved, case: str = "", size: float = 0.0) -> Burden:
    """A loan with its repayments as agreed, under what one case does to it.

    Investment that is dearer by a share is lent for at the same share of its price; a rate that
    rises is paid on what is owed.
    """
    plan, scale = lending.schedule, 1.0 + size if case == "capex_up" else 1.0
    rise = size if case == "rate_up" else 0.0
    rate = lending.loan.rate + rise
    service = scale * (lending.service + rise / QUARTERS * by_year(plan.owed))
    by_calendar = dict(zip(saved.years.astype(int).tolist(), saved.nominal.tolist(), strict=True))
    cash = np.array([by_calendar.get(year, 0.0) for year in lending.years])
    return Burden(cash, service, scale * owed_by_year(plan, rate), rate)


def worse(saved: Saved, case: str, size: float) -> Saved:
    """What the plan saves in a case that moves money alone.

    Only what is saved falls, never what the plan costs more; depreciation stays as planned.
    """
    if case == "savings_down":
        return _moved(saved, -size * np.maximum(saved.running, 0.0))
    if case == "capex_up":
        return replace(saved, renewals=(1.0 + size) * saved.renewals)
    return _delayed(saved, size) if case == "delayed" else saved


def dispatched(saved: Saved, case: str, change: Mapping[str, Array]) -> Saved:
    """What the plan saves once its running is changed, by class of cash, (T,) [real money].

    Without a carbon price none is saved or paid, whatever representative days miss of the year.
    """
    nothing = np.zeros(len(saved.years))
    carbon = sum((change.get(kind, nothing) for kind in CARBON_CLASSES), nothing)
    running = sum((money for kind, money in change.items() if kind not in CARBON_CLASSES), nothing)
    moved = _moved(saved, running, carbon)
    return replace(moved, carbon=nothing) if case == "carbon_down" else moved


def _moved(saved: Saved, running: Array, carbon: Array | float = 0.0) -> Saved:
    taxable = None if saved.taxable is None else saved.taxable + running + carbon
    return replace(
        saved, running=saved.running + running, carbon=saved.carbon + carbon, taxable=taxable
    )


def _delayed(saved: Saved, by: float) -> Saved:
    """All that is saved so many years later, in the money of the year in which it then falls; of
    part of a year the years mix."""
    return replace(
        saved,
        running=_later(saved.running, by),
        renewals=_later(saved.renewals, by),
        carbon=_later(saved.carbon, by),
        taxable=None if saved.taxable is None else _later(saved.taxable, by),
    )


def _later(values: Array, by: float) -> Array:
    whole = int(by)
    return (1.0 - by + whole) * _shifted(values, whole) + (by - whole) * _shifted(values, whole + 1)


def _shifted(values: Array, years: int) -> Array:
    found: Array = np.concatenate([np.zeros(years), values])[: len(values)]
    return found
