"""A scenario's loan in numbers: its terms, and what a draw costs year by year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from optimizer.finance.debt import DebtTerms
from optimizer.schema.loan import Loan
from optimizer.schema.scenario import Scenario

Array = NDArray[np.float64]


def terms_of(loan: Loan) -> DebtTerms:
    """What a schedule needs of a scenario's loan."""
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
