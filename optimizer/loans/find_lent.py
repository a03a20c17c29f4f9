"""The loan as a search sees it: what a unit of each draw costs and leaves owed, year by year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from optimizer.finance.debt import QUARTERS, Draw, Schedule, by_year, schedule
from optimizer.inputs.case import Case
from optimizer.inputs.lender import Lent
from optimizer.inputs.loan_terms import given_draws, placed, terms_of
from optimizer.loans.find_sculpted import sculpted
from optimizer.plan.cash import cash_years
from optimizer.schema.loan import Loan

Array = NDArray[np.float64]


def lent(loan: Loan, case: Case, years: Sequence[int]) -> Lent | None:
    """The draws that a loan may have, by year of build or as its tranches say; None where it is
    sized by what is found.

    Fees on what isn't drawn yet are left out where the years of the draws are open, and so is what
    later draws will owe: rows are then a little looser than the rules, never stricter.
    """
    if loan.amount is None:
        return None
    calendar = cash_years(case)
    if loan.tranches:
        first, draws = given_draws(loan)
        if loan.repayment == "sculpted":
            nothing = np.zeros((1, len(calendar)))
            terms = sculpted(draws, terms_of(loan))
            return Lent(loan.amount.value, loan.rate, (first,), False, nothing, nothing, terms)
        starts, plans = [first], [schedule(draws, terms_of(loan))]
    else:
        starts = list(years)
        plans = [schedule([Draw(0, 1.0)], terms_of(loan)) for _ in starts]
    rows = [_placed(plan, start, calendar) for plan, start in zip(plans, starts, strict=True)]
    shape = (len(rows), len(calendar))
    service, owed = (np.array([row[at] for row in rows]).reshape(shape) for at in (0, 1))
    return Lent(loan.amount.value, loan.rate, tuple(starts), not loan.tranches, service, owed)


def _placed(plan: Schedule, start: int, calendar: Sequence[int]) -> tuple[Array, Array]:
    """Service, and what is owed at the start, by cash year, (T,) each."""
    service, owed = by_year(plan.service), plan.owed[::QUARTERS]
    return placed(service, start, calendar), placed(owed, start, calendar)
