"""Credit lines of the borrower beside the loan that is judged, by calendar year, nominal money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.finance.debt import QUARTERS, Draw, Schedule, by_year, quarters, schedule
from optimizer.inputs.loan_terms import given_draws, placed, terms_of
from optimizer.schema.credit_lines import CreditLine, InterestSubsidy
from optimizer.schema.loan import Loan

Array = NDArray[np.float64]


@dataclass(frozen=True)
class LineYears:
    """A line by calendar year from ``first`` to its last repayment, (S,) each; ``subsidy``:
    interest that the state pays of ``service``."""

    line: CreditLine
    first: int
    drawn: Array
    service: Array
    subsidy: Array

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years, (S,)."""
        return tuple(range(self.first, self.first + len(self.service)))


def line_years(line: CreditLine) -> LineYears:
    """A line's draws and debt service, its tranches each with a schedule of its own."""
    first, shares = given_draws(line)
    draws = [Draw(each.quarter, each.amount * line.amount.value) for each in shares]
    plan = schedule(draws, terms_of(line))
    paid = by_year(subsidised(line.interest_subsidy, line.rate, plan))
    return LineYears(line, first, by_year(plan.drawn), by_year(plan.service), paid)


def subsidised(subsidy: InterestSubsidy | None, rate: float, plan: Schedule) -> Array:
    """Interest that the state pays, (Q,): its rate, but never above the loan's, on what is owed in
    the quarters of its time from the first draw on."""
    found = np.zeros(len(plan.owed))
    if subsidy is not None:
        first = int(np.flatnonzero(plan.drawn > 0)[0])
        span = slice(first, first + quarters(subsidy.time))
        found[span] = min(subsidy.rate, rate) / QUARTERS * plan.owed[span]
    return found


def owing(loan: Loan, years: Sequence[int]) -> Array:
    """Debt service of all that the borrower owes beside the loan, by calendar year; a subsidy
    lowers none of it."""
    found = np.zeros(len(years))
    if loan.borrower is not None:
        found += loan.borrower.debt_service.value
    for line in loan.credit_lines:
        each = line_years(line)
        found += placed(each.service, each.first, years)
    return found


def of_plan(loan: Loan) -> tuple[LineYears, ...]:
    """Lines that the plan takes."""
    return tuple(line_years(line) for line in loan.credit_lines if line.purpose == "plan")
