"""What a draw costs quarter by quarter, worked out again (docs/loan_rules.md)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.schema.credit_lines import CreditLine
from optimizer.schema.loan import Loan

Array = NDArray[np.float64]


def service_of_one(loan: Loan, rate: float) -> Array:
    """Debt service of 1 drawn at the start of a year, by year from then on, at another rate; no
    commitment fee, nothing waits."""
    life, grace = round(4 * loan.tenor), round(4 * loan.grace)
    at_rate = loan.model_copy(update={"rate": rate})
    principal = np.concatenate([np.zeros(grace), parts_repaid(at_rate, life - grace)])
    owed = 1.0 - np.concatenate([[0.0], np.cumsum(principal)[:-1]])
    service = principal + owed * rate / 4.0
    service[0] += loan.upfront_fee
    found: Array = np.add.reduceat(service, np.arange(0, life, 4))
    return found


@dataclass(frozen=True)
class Quarters:
    """Of a debt of 1 drawn by tranches: by quarter from the start of the calendar year ``first``,
    (Q,) each."""

    first: int
    drawn: Array
    owed: Array
    service: Array


def by_quarter(debt: Loan | CreditLine, rate: float) -> Quarters:
    """Each tranche with a schedule of its own, at another rate; fees on the whole."""
    first = min(each.drawn.year for each in debt.tranches)
    life, grace = round(4 * debt.tenor), round(4 * debt.grace)
    parts = parts_repaid(debt.model_copy(update={"rate": rate}), life - grace)
    principal = np.concatenate([np.zeros(grace), parts])
    left = 1.0 - np.cumsum(principal) + principal
    starts = [4 * (t.drawn.year - first) + (t.drawn.month - 1) // 3 for t in debt.tranches]
    drawn, owed, service = (np.zeros(max(starts) + life) for _ in range(3))
    service[0] += debt.upfront_fee
    for start, tranche in zip(starts, debt.tranches, strict=True):
        drawn[start] += tranche.share
        owed[start : start + life] += tranche.share * left
        service[start : start + life] += tranche.share * (principal + left * rate / 4.0)
        service[:start] += tranche.share * debt.commitment_fee / 4.0
    return Quarters(first, drawn, owed, service)


def service_by_tranche(loan: Loan, rate: float) -> tuple[int, Array]:
    """Calendar year of the first tranche, and debt service of a loan of 1 by year from then on."""
    found = by_quarter(loan, rate)
    service: Array = np.add.reduceat(found.service, np.arange(0, len(found.service), 4))
    return found.first, service


def parts_repaid(loan: Loan | CreditLine, count: int) -> Array:
    """Share of a draw repaid in each quarter after the grace; equal instalments: i (1 + i)^(k - 1)
    / ((1 + i)^n - 1)."""
    rate = loan.rate / 4.0
    if loan.repayment == "bullet":
        return np.concatenate([np.zeros(count - 1), [1.0]])
    if loan.repayment == "equal_principal" or rate == 0:
        return np.full(count, 1.0 / count)
    growth = (1.0 + rate) ** np.arange(count, dtype=np.float64)
    shares: Array = growth / growth.sum()
    return shares
