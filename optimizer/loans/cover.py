"""How cash covers a loan: each year, over its life and the project's, and the largest loan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.finance.coverage import (
    State,
    debt_by_cover,
    dscr,
    life_cover,
    lock_up,
    project_cover,
)
from optimizer.finance.debt import QUARTERS, Schedule
from optimizer.loans.credit_lines import owing
from optimizer.loans.lending import Lending
from optimizer.plan.returns import Figure

Array = NDArray[np.float64]
BEYOND = "cash_ends"
"""Debt is due in years that the cash flow doesn't reach."""


@dataclass(frozen=True)
class Cover:
    """Years with debt service, cash and service of each, shape (S,), and the ratios."""

    years: tuple[int, ...]
    cash: Array
    service: Array
    owed: Array
    """At the start of each year, with that year's first draws."""
    ratios: tuple[float | None, ...]
    dscr: Figure
    llcr: Figure
    plcr: Figure
    states: tuple[State, ...] | None
    """What the owner may take out in each year; None without covenants."""
    borrower: tuple[float | None, ...] | None
    """The borrower's own ratio in each year; None without its accounts."""

    def amount_for(self, lent: float, cover: float) -> float:
        """The loan whose yearly service the cash covers so often [money]."""
        return debt_by_cover(self.cash, self.service / lent, cover)


def cover(lending: Lending, years: Array, cash: Array) -> Cover:
    """Of a loan by nominal cash (T,) of ``years`` (T,)."""
    service, found, loan = lending.service, lending.cash, lending.loan
    ratios, rate = dscr(found, service), loan.rate
    owed = owed_by_year(lending.schedule, rate)
    project = Figure(None, BEYOND)
    reached = reaches(lending, years)
    if reached:
        later = cash[years >= lending.first]
        project = least(
            [project_cover(later[i:], float(money), rate) for i, money in enumerate(owed)]
        )
    shortest = least(ratios) if reached else Figure(None, BEYOND)
    life = least_life(found, service, owed, rate) if reached else Figure(None, BEYOND)
    states = None
    if loan.lock_up is not None and loan.default_at is not None:
        states = lock_up(ratios, loan.lock_up, loan.default_at)
    own = _borrowers(lending)
    return Cover(lending.years, found, service, owed, ratios, shortest, life, project, states, own)


def _borrowers(lending: Lending) -> tuple[float | None, ...] | None:
    """(EBITDA + project cash) / (debt service there is + the loan's), by year [1]."""
    accounts = lending.loan.borrower
    if accounts is None:
        return None
    cash = accounts.ebitda.value + lending.cash
    return dscr(cash, owing(lending.loan, lending.years) + lending.service)


def reaches(lending: Lending, years: Array) -> bool:
    """Whether the cash flow reaches the last year with debt service."""
    due = [y for y, paid in zip(lending.years, lending.service.tolist(), strict=True) if paid > 0]
    return due[-1] <= int(years[-1])


def least_life(cash: Array, service: Array, owed: Array, rate: float) -> Figure:
    """Least loan life cover of all years that start with debt; (S,) each, nominal money."""
    return least(
        [life_cover(cash[i:], service[i:], float(money), rate) for i, money in enumerate(owed)]
    )


def least(values: Sequence[float | None]) -> Figure:
    """The smallest of the ratios that there are."""
    return Figure(min(value for value in values if value is not None))


def owed_by_year(plan: Schedule, yearly: float) -> Array:
    """Debt at the start of each year, all later draws at their worth then by a yearly rate."""
    rate = yearly / QUARTERS
    found = []
    for start in range(0, len(plan.owed), QUARTERS):
        ahead = plan.drawn[start + 1 :]
        worth = ahead * (1.0 + rate) ** -np.arange(1.0, len(ahead) + 1)
        found.append(float(plan.owed[start] + worth.sum()))
    return np.array(found)
