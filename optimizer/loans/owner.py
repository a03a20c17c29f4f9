"""What the loan leaves the owner: the plan's whole cash with draws, debt service and subsidy.

Nominal money. Unlike the cash for debt service it holds the investment, grants, carbon and tax; tax
before any relief by the loan's interest. What falls in a year is taken at its start for equipment
and draws, at its end for all else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from optimizer.finance.debt import QUARTERS, Schedule, by_year, quarters
from optimizer.inputs.loan_terms import price_level
from optimizer.loans.lending import Lending
from optimizer.loans.subject import Subject
from optimizer.plan.cash_flow import by_timing
from optimizer.plan.returns import Figure, internal_rate_of_return, payback, told
from optimizer.plan.tax import tax_paid
from optimizer.schema.loan import Loan

Array = NDArray[np.float64]
RATE_ALONE: Final = "interest_saved"
"""Class of cash that stands for a loan in the search; here the loan itself does."""


@dataclass(frozen=True)
class Owner:
    """By calendar year, (T,) each [nominal money]; above 0: to the owner. ``rate``: nominal, a
    year, at which ``npv`` is worth money of the base year."""

    years: tuple[int, ...]
    invested: Array
    earned: Array
    drawn: Array
    service: Array
    subsidy: Array
    rate: float
    base_year: int

    @property
    def left(self) -> Array:
        """All of a year together."""
        found: Array = self.invested + self.earned + self.drawn - self.service + self.subsidy
        return found

    @property
    def moments(self) -> tuple[Array, Array]:
        """Money at the start and at the end of each year."""
        return self.invested + self.drawn, self.earned - self.service + self.subsidy

    @property
    def npv(self) -> float:
        """Worth in the base year."""
        start, end = self.moments
        at_end = (1.0 + self.rate) ** (self.base_year - np.array(self.years, dtype=float))
        return float((at_end * (end + (1.0 + self.rate) * start)).sum())

    @property
    def irr(self) -> Figure:
        """Of the owner's own money, nominal [1/a]."""
        return internal_rate_of_return(*self.moments)

    @property
    def payback(self) -> Figure:
        """Of the owner's own money [a]."""
        return payback(*self.moments)

    def as_dict(self) -> dict[str, Any]:
        """As `decarb loan --json` has it."""
        keys = ("invested", "earned", "drawn", "service", "subsidy", "left")
        columns = {key: getattr(self, key).tolist() for key in keys}
        years = [
            {"year": year, **{key: columns[key][at] for key in keys}}
            for at, year in enumerate(self.years)
        ]
        return {
            "rate": self.rate,
            "npv": self.npv,
            "irr": told(self.irr),
            "payback": told(self.payback),
            "subsidy": float(self.subsidy.sum()),
            "years": years,
        }


def owner(subject: Subject, lending: Lending) -> Owner:
    """Of a loan; its years, and those of the plan's cash."""
    flow = subject.flow.sel(line=subject.flow["cash_class"] != RATE_ALONE)
    calendar = flow["year"].values.astype(int).tolist()
    level = price_level(subject.given.scenario, np.array(calendar, dtype=float))
    start, end = by_timing(flow)
    if subject.saved.tax is not None and subject.saved.taxable is not None:
        end = end - tax_paid(subject.saved.taxable, subject.saved.tax)
    last = max(calendar[-1], lending.years[-1])
    years = tuple(range(min(calendar[0], lending.first), last + 1))
    plan, economics = lending.schedule, subject.given.scenario.economics
    rate = (1.0 + economics.discount_rate) * (1.0 + (economics.inflation or 0.0)) - 1.0

    def along(first: int, values: Array) -> Array:
        found = np.zeros(len(years))
        found[first - years[0] : first - years[0] + len(values)] = values
        return found

    return Owner(
        years, along(calendar[0], level * start), along(calendar[0], level * end),
        along(lending.first, by_year(plan.drawn)), along(lending.first, lending.service),
        along(lending.first, by_year(subsidised(lending.loan, plan))),
        rate, subject.given.scenario.horizon.base_year,
    )  # fmt: skip


def subsidised(loan: Loan, plan: Schedule) -> Array:
    """Interest that the state pays, (Q,): its rate, but never above the loan's, on what is owed in
    the quarters of its time from the first draw on."""
    found = np.zeros(len(plan.owed))
    if loan.interest_subsidy is not None:
        first = int(np.flatnonzero(plan.drawn > 0)[0])
        span = slice(first, first + quarters(loan.interest_subsidy.time))
        found[span] = min(loan.interest_subsidy.rate, loan.rate) / QUARTERS * plan.owed[span]
    return found
