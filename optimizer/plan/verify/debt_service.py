"""What a draw costs quarter by quarter, worked out again (docs/loan_rules.md)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

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


def service_by_tranche(loan: Loan, rate: float) -> tuple[int, Array]:
    """Calendar year of the first tranche, and debt service by year from then on of a loan of 1 at
    another rate, each tranche with a schedule of its own and fees on the whole."""
    first = min(each.drawn.year for each in loan.tranches)
    life, grace = round(4 * loan.tenor), round(4 * loan.grace)
    parts = parts_repaid(loan.model_copy(update={"rate": rate}), life - grace)
    principal = np.concatenate([np.zeros(grace), parts])
    of_one = principal + (1.0 - np.cumsum(principal) + principal) * rate / 4.0
    starts = [4 * (t.drawn.year - first) + (t.drawn.month - 1) // 3 for t in loan.tranches]
    service = np.zeros(max(starts) + life)
    service[0] += loan.upfront_fee
    for start, tranche in zip(starts, loan.tranches, strict=True):
        service[start : start + life] += tranche.share * of_one
        service[:start] += tranche.share * loan.commitment_fee / 4.0
    found: Array = np.add.reduceat(service, np.arange(0, len(service), 4))
    return first, found


def parts_repaid(loan: Loan, count: int) -> Array:
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
