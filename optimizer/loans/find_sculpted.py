"""A sculpted loan as a search sees it: its draws' worth, and what its years lack of cash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from optimizer.finance.debt import QUARTERS, DebtTerms, Draw, by_year, schedule, worth_of_draws
from optimizer.inputs.lender import Sculpted
from optimizer.inputs.loan_terms import given_draws, terms_of
from optimizer.schema.loan import Loan

Array = NDArray[np.float64]


def sculpted(draws: Sequence[Draw], terms: DebtTerms) -> Sculpted:
    """What a loan has whose service follows the cash; its draws and fees are those of any loan."""
    plain = schedule(draws, replace(terms, repayment="bullet"))
    short = -len(plain.drawn) % QUARTERS
    worth, interest = worth_of_draws(np.pad(plain.drawn, (0, short)), terms.rate)
    return Sculpted(worth, interest, by_year(plain.fees))


def lacking(loan: Loan, years: Array, cash: Array) -> dict[int, float]:
    """By how much the cash of each year is too small for its part to pay its interest, the row
    `sculpted_part_pays_interest` of docs/model.md; nothing where it does. ``cash`` (T,) of
    ``years`` (T,), nominal."""
    first, draws = given_draws(loan)
    terms, start = sculpted(draws, terms_of(loan)), first - int(years[0])
    own = cash[start : start + len(terms.worth)]
    discount = (1.0 + loan.rate) ** -np.arange(1.0, len(own) + 1)
    due = [
        loan.rate * float(np.dot(discount[: len(own) - s], own[s:]))
        + (terms.interest[s] - loan.rate * terms.worth[s]) / terms.worth[0] * np.dot(discount, own)
        for s in range(len(own))
    ]
    found = zip(range(first, first + len(own)), due, own.tolist(), strict=True)
    return {year: float(need - has) for year, need, has in found if need > has}
