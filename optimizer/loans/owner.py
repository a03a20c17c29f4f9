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

from optimizer.finance.debt import by_year
from optimizer.inputs.loan_terms import price_level
from optimizer.loans.credit_lines import of_plan, subsidised
from optimizer.loans.lending import Lending
from optimizer.loans.subject import Subject
from optimizer.plan.cash_flow import by_timing
from optimizer.plan.returns import Figure, internal_rate_of_return, payback, told
from optimizer.plan.tax import tax_paid

Array = NDArray[np.float64]
RATE_ALONE: Final = "interest_saved"
"""Class of cash that stands for a loan in the search; here the loan itself does."""


@dataclass(frozen=True)
class Owner:
    """By calendar year, (T,) each [nominal money]; above 0: to the owner. ``lines_drawn`` and
    ``lines_service``: of credit lines that the plan takes, what the state pays of their interest
    taken off. ``rate``: nominal, a year, at which ``npv`` is worth money of the base year."""

    years: tuple[int, ...]
    invested: Array
    earned: Array
    drawn: Array
    service: Array
    subsidy: Array
    lines_drawn: Array
    lines_service: Array
    rate: float
    base_year: int

    @property
    def left(self) -> Array:
        """All of a year together."""
        start, end = self.moments
        found: Array = start + end
        return found

    @property
    def moments(self) -> tuple[Array, Array]:
        """Money at the start and at the end of each year."""
        start = self.invested + self.drawn + self.lines_drawn
        return start, self.earned - self.service + self.subsidy - self.lines_service

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
        keys = (
            "invested", "earned", "drawn", "service", "subsidy", "lines_drawn", "lines_service",
            "left",
        )  # fmt: skip
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
    loan, lines = lending.loan, of_plan(lending.loan)
    last = max(calendar[-1], lending.years[-1], *(each.years[-1] for each in lines))
    first = min(calendar[0], lending.first, *(each.first for each in lines))
    years = tuple(range(first, last + 1))
    nothing = np.zeros(len(years))
    plan, economics = lending.schedule, subject.given.scenario.economics
    rate = (1.0 + economics.discount_rate) * (1.0 + (economics.inflation or 0.0)) - 1.0

    def along(first: int, values: Array) -> Array:
        found = np.zeros(len(years))
        found[first - years[0] : first - years[0] + len(values)] = values
        return found

    return Owner(
        years, along(calendar[0], level * start), along(calendar[0], level * end),
        along(lending.first, by_year(plan.drawn)), along(lending.first, lending.service),
        along(lending.first, by_year(subsidised(loan.interest_subsidy, loan.rate, plan))),
        sum((along(each.first, each.drawn) for each in lines), nothing),
        sum((along(each.first, each.service - each.subsidy) for each in lines), nothing),
        rate, subject.given.scenario.horizon.base_year,
    )  # fmt: skip
