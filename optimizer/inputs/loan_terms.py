"""A scenario's loan in numbers: its terms, and what a draw costs year by year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from optimizer.finance.debt import QUARTERS, DebtTerms, Draw
from optimizer.schema.credit_lines import CreditLine
from optimizer.schema.loan import Loan
from optimizer.schema.scenario import Scenario

Array = NDArray[np.float64]
MONTHS = 3
"""Months of a quarter."""


def terms_of(loan: Loan | CreditLine) -> DebtTerms:
    """What a schedule needs of a scenario's loan or credit line."""
    return DebtTerms(
        loan.rate, loan.tenor, loan.repayment, loan.grace, loan.upfront_fee, loan.commitment_fee
    )


def price_level(scenario: Scenario, years: Array) -> Array:
    """Nominal money of each year per real money of the price year [1]."""
    inflation = scenario.economics.inflation or 0.0
    found: Array = (1.0 + inflation) ** (years - scenario.price_year)
    return found


def placed(values: Array, start: int, calendar: Sequence[int]) -> Array:
    """Values of the years from ``start`` on, by calendar year; 0 in all others."""
    known = dict(enumerate(values.tolist(), start))
    return np.array([known.get(year, 0.0) for year in calendar])


def moment(day: date) -> float:
    """Start of the quarter in which a day lies, in years: 2027-05-20 is 2027.25."""
    return day.year + (day.month - 1) // MONTHS / QUARTERS


def quarter_of(day: date, first: int) -> int:
    """Quarter in which a day lies, from 0 at the start of the year `first`."""
    return round((moment(day) - first) * QUARTERS)


def given_draws(loan: Loan | CreditLine) -> tuple[int, list[Draw]]:
    """Year of the first tranche, and the shares that are drawn, by quarter from its start on."""
    first = min(each.drawn.year for each in loan.tranches)
    return first, [Draw(quarter_of(each.drawn, first), each.share) for each in loan.tranches]
