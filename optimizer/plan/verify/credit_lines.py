"""Credit lines beside the loan, worked out again (docs/loan_rules.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.debt_service import by_quarter
from optimizer.plan.verify.report import EXACT, MONEY, SHARE, Rows
from optimizer.schema.credit_lines import CreditLine
from optimizer.schema.loan import Loan

Array = NDArray[np.float64]
LINES = "loan_lines_follow_terms"
COLUMNS = ("drawn", "service", "subsidy")


@dataclass(frozen=True)
class LineCost:
    """By calendar year from ``first`` on, (S,) each [nominal money]."""

    first: int
    drawn: Array
    service: Array
    subsidy: Array

    def along(self, years: Sequence[int], name: str) -> Array:
        """A column by calendar year, 0 where the line has none."""
        values = getattr(self, name).tolist()
        known = dict(zip(range(self.first, self.first + len(values)), values, strict=True))
        return np.array([known.get(year, 0.0) for year in years])


def cost_of(line: CreditLine) -> LineCost:
    """Draws, debt service, and what the state pays of the interest."""
    found, subsidy = by_quarter(line, line.rate), line.interest_subsidy
    paid = np.zeros(len(found.owed))
    if subsidy is not None:
        begins = int(np.argmax(found.drawn > 0))
        ends = begins + round(4 * subsidy.time)
        paid[begins:ends] = found.owed[begins:ends] * min(subsidy.rate, line.rate) / 4.0
    amount = line.amount.value
    columns = [
        amount * np.add.reduceat(each, np.arange(0, len(each), 4))
        for each in (found.drawn, found.service, paid)
    ]
    return LineCost(found.first, *columns)


def owed_beside(loan: Loan, years: Sequence[int]) -> Array:
    """Service of the borrower's other debts by calendar year."""
    found = np.zeros(len(years))
    if loan.borrower is not None:
        found += loan.borrower.debt_service.value
    for line in loan.credit_lines:
        found += cost_of(line).along(years, "service")
    return found


def check_lines(loan: Loan, told: Sequence[Mapping[str, Any]], rows: Rows) -> None:
    """`loan_lines_follow_terms`: terms of each line, what is drawn, paid and subsidised by year."""
    ids = [line.id for line in loan.credit_lines]
    rows.equal(LINES, [float([each["id"] for each in told] == ids)], [1.0], [["lines"]], EXACT)
    for line, shown in zip(loan.credit_lines, told, strict=True):
        found, years = cost_of(line), [row["year"] for row in shown["years"]]
        rows.equal(LINES, [shown["amount"]], [line.amount.value], [[f"{line.id}.amount"]], MONEY)
        for name in ("rate", "tenor"):
            known = [getattr(line, name)]
            rows.equal(LINES, [shown[name]], known, [[f"{line.id}.{name}"]], SHARE)
        span = list(range(found.first, found.first + len(found.service)))
        agrees = years == span and shown["purpose"] == line.purpose
        rows.equal(LINES, [float(agrees)], [1.0], [[f"{line.id}.purpose"]], EXACT)
        for name in COLUMNS:
            labels = [[f"{line.id}.{year}.{name}" for year in span]]
            values = [row[name] for row in shown["years"]]
            rows.equal(LINES, values, getattr(found, name), labels, MONEY)
