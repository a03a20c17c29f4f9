"""Loans: what is drawn, what is owed, what is paid, quarter by quarter.

Money is nominal, of the quarter it is paid in. A draw comes at the start of its quarter; interest
falls at each quarter's end on what was owed during it, at a quarter of the yearly rate (how loans
with quarterly interest days are written); principal is paid back at quarter ends too. Formulas: the
annuity of a fixed payment, as in any text on corporate finance; numpy-financial is the test.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.finance import capital_recovery_factor

Array = NDArray[np.float64]
Repayment = Literal["equal_principal", "equal_instalment", "bullet", "sculpted"]
QUARTERS = 4
ROUNDING = 1e-9
"""A repayment below 0 by less than this share of the loan is none."""


@dataclass(frozen=True)
class DebtTerms:
    """How each draw is paid back.

    ``rate``: nominal, a year. ``tenor`` and ``grace`` [a] count from the draw, in whole quarters;
    during the grace only interest is paid. ``upfront_fee``: share of the whole loan, paid in the
    first quarter. ``commitment_fee``: share a year of what isn't drawn yet. Raises ValueError.
    """

    rate: float
    tenor: float
    repayment: Repayment = "equal_principal"
    grace: float = 0.0
    upfront_fee: float = 0.0
    commitment_fee: float = 0.0

    def __post_init__(self) -> None:
        for name in ("rate", "upfront_fee", "commitment_fee"):
            value = getattr(self, name)
            if not (math.isfinite(value) and value >= 0):
                raise ValueError(f"{name}: got {value}, must be 0 or above")
        if not 0 <= self.grace < self.tenor:
            raise ValueError(f"grace: got {self.grace} a, must be below the tenor {self.tenor} a")
        quarters(self.tenor)
        quarters(self.grace)


@dataclass(frozen=True)
class Draw:
    """``amount`` [money] drawn at the start of ``quarter``, counted from the loan's first."""

    quarter: int
    amount: float


@dataclass(frozen=True)
class Schedule:
    """Shape (Q,) each, quarters from the first draw's year on [money].

    ``owed``: during the quarter, so after its draw and before its principal.
    """

    drawn: Array
    owed: Array
    interest: Array
    principal: Array
    fees: Array

    @property
    def service(self) -> Array:
        """Interest, principal and fees of each quarter [money]."""
        paid: Array = self.interest + self.principal + self.fees
        return paid


def quarters(years: float) -> int:
    """Whole quarters in a span [a]; raises ValueError for a span that isn't made of them."""
    count = round(years * QUARTERS)
    if abs(count - years * QUARTERS) > 1e-9:
        raise ValueError(f"got {years} a, must be whole quarters of a year")
    return count


def by_year(values: Array) -> Array:
    """Sums of four quarters, shape (years,) from (Q,); the last year may hold fewer."""
    padded = np.pad(values, (0, -len(values) % QUARTERS))
    found: Array = padded.reshape(-1, QUARTERS).sum(axis=1)
    return found


def length(draws: Sequence[Draw], terms: DebtTerms) -> int:
    """Quarters from 0 to the last repayment.

    Raises ValueError without draws, and for a draw that isn't above 0 or before quarter 0.
    """
    if not draws:
        raise ValueError("a loan needs at least one draw")
    for draw in draws:
        if draw.quarter < 0 or not draw.amount > 0:
            raise ValueError(f"a draw of {draw.amount} in quarter {draw.quarter}: must be above 0")
    return max(draw.quarter for draw in draws) + quarters(terms.tenor)


def schedule(draws: Sequence[Draw], terms: DebtTerms, cash: Array | None = None) -> Schedule:
    """What several draws under the same terms cost together; each is repaid over its own tenor.

    Sculpted debt is repaid as a whole from ``cash``, by year. Raises ValueError as `length`.
    """
    shape = length(draws, terms)
    if terms.repayment == "sculpted":
        return _sculpted(draws, terms, cash)
    drawn, principal, owed = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for draw in draws:
        span = slice(draw.quarter, draw.quarter + quarters(terms.tenor))
        parts = draw.amount * repaid(terms)
        drawn[draw.quarter] += draw.amount
        principal[span] += parts
        owed[span] += draw.amount - np.concatenate([[0.0], np.cumsum(parts)[:-1]])
    return Schedule(drawn, owed, terms.rate / QUARTERS * owed, principal, _fees(drawn, terms))


def _sculpted(draws: Sequence[Draw], terms: DebtTerms, cash: Array | None) -> Schedule:
    """Interest and principal of each year are the same share of its cash, to the last repayment.

    The share k follows from what is owed at the end, which is linear in it: owed(0) / (owed(0) -
    owed(1)). Principal falls in the last quarter of a year. Raises ValueError without cash, and
    where a year's part doesn't pay its interest.
    """
    years = -(-length(draws, terms) // QUARTERS)
    if cash is None or len(cash) != years or not (cash > 0).all():
        raise ValueError(f"sculpted debt needs cash above 0 in each of its {years} years")
    drawn = np.zeros(years * QUARTERS)
    for draw in draws:
        drawn[draw.quarter] += draw.amount
    left = [_runs_down(drawn, terms.rate, share * cash)[2] for share in (0.0, 1.0)]
    owed, principal, _ = _runs_down(drawn, terms.rate, left[0] / (left[0] - left[1]) * cash)
    if (principal < -ROUNDING * drawn.sum()).any():
        raise ValueError("sculpted debt: the cash of a year doesn't pay its interest")
    interest = terms.rate / QUARTERS * owed
    return Schedule(drawn, owed, interest, np.maximum(principal, 0.0), _fees(drawn, terms))


def worth_of_draws(drawn: Array, rate: float) -> tuple[Array, Array]:
    """(worth, interest) by year, (years,) each, from draws by quarter (4 years,) [money].

    ``worth``: at the start of a year, of the draws of that year and all later ones, by what they
    would grow to at each year's end without any repayment, at the yearly ``rate``; ``interest``:
    of a year's own draws in that year. The debt of a year's start is what service is worth then,
    less ``worth``.
    """
    parts = drawn.reshape(-1, QUARTERS)
    interest = parts @ (rate * (1.0 - np.arange(QUARTERS) / QUARTERS))
    worth, later = np.zeros(len(parts)), 0.0
    for year in reversed(range(len(parts))):
        later = (later + parts[year].sum() + interest[year]) / (1.0 + rate)
        worth[year] = later
    return worth, interest


def _runs_down(drawn: Array, rate: float, service: Array) -> tuple[Array, Array, float]:
    """(owed, principal) by quarter and what is left, where a year pays ``service`` in all."""
    owed, principal, debt = np.zeros(len(drawn)), np.zeros(len(drawn)), 0.0
    for year, paid in enumerate(service.tolist()):
        span = slice(year * QUARTERS, (year + 1) * QUARTERS)
        owed[span] = debt + np.cumsum(drawn[span])
        principal[span.stop - 1] = paid - rate / QUARTERS * owed[span].sum()
        debt = owed[span.stop - 1] - principal[span.stop - 1]
    return owed, principal, debt


def repaid(terms: DebtTerms) -> Array:
    """Share of a draw that each quarter of its tenor pays back, shape (4 tenor,), sum 1.

    After the grace of g quarters, over n: equal principal 1/n; equal instalments (1 + i)^(k - 1) x
    (c - i) in the k-th with c the capital recovery factor at i = rate/4; bullet 1 in the last.
    """
    shares = np.zeros(quarters(terms.tenor))
    after = shares[quarters(terms.grace) :]
    count = len(after)
    if terms.repayment == "bullet":
        after[-1] = 1.0
    elif terms.repayment == "equal_principal":
        after[:] = 1.0 / count
    else:
        rate = terms.rate / QUARTERS
        first = capital_recovery_factor(rate, count) - rate
        after[:] = first * (1 + rate) ** np.arange(count)
    return shares


def _fees(drawn: Array, terms: DebtTerms) -> Array:
    """The upfront fee in the first quarter, and the commitment fee on what isn't drawn yet."""
    waiting = drawn.sum() - np.cumsum(drawn)
    fees: Array = terms.commitment_fee / QUARTERS * np.maximum(waiting, 0.0)
    fees[0] += terms.upfront_fee * drawn.sum()
    return fees
