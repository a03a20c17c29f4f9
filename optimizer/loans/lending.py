"""The loan itself: how much, drawn when, for which measures, and paid back how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.finance.coverage import debt_by_cover, sized
from optimizer.finance.debt import (
    QUARTERS,
    Draw,
    Schedule,
    by_year,
    length,
    schedule,
)
from optimizer.inputs.loan_terms import moment, quarter_of, terms_of
from optimizer.loans.financed import CENT, Financed
from optimizer.schema.loan import Loan

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Drawn:
    """A tranche: its day, its share of the loan, and what of it each measure gets [share of it]."""

    day: date
    share: float
    for_builds: Mapping[tuple[str, int], float]
    """(measure, year of build) -> share of the tranche; adds up to 1."""


@dataclass(frozen=True)
class Lending:
    """A loan with its amount [nominal money]; ``limit`` says what sized it, if it was sized.

    ``cash``: nominal, available for debt service, of the calendar years from `first` to the last
    repayment; 0 in years that the cash flow doesn't reach.
    """

    loan: Loan
    amount: float
    limit: Literal["given", "cover", "share"]
    tranches: tuple[Drawn, ...]
    cash: Array

    @property
    def first(self) -> int:
        """Calendar year in which the first tranche is drawn, the first of the schedule."""
        return _first(self.tranches)

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years from the first draw to the last repayment, shape (S,)."""
        return tuple(self.first + i for i in range(len(self.cash)))

    @cached_property
    def schedule(self) -> Schedule:
        """Quarter by quarter from the start of `first`."""
        return schedule(_draws(self.tranches, self.amount), terms_of(self.loan), self.cash)

    @property
    def service(self) -> Array:
        """Debt service by calendar year from `first` on [money]."""
        return by_year(self.schedule.service)

    def given(self, measure: str) -> float:
        """Nominal money of the loan for a measure."""
        shares = (
            tranche.share * share
            for tranche in self.tranches
            for (name, _), share in tranche.for_builds.items()
            if name == measure
        )
        return self.amount * sum(shares)

    def last_repayment(self, measure: str, built: int) -> float | None:
        """When the last tranche that pays for a build is repaid, in years such as 2034.25."""
        days = [t.day for t in self.tranches if t.for_builds.get((measure, built), 0.0) > 0]
        return max(map(moment, days)) + self.loan.tenor if days else None


def lending(
    loan: Loan,
    measures: Sequence[Financed],
    years: Array,
    cash: Array,
    drawn: Mapping[tuple[str, int], float] | None = None,
) -> Lending | None:
    """The loan for these measures; None if there is nothing to lend for or nothing can be lent.

    ``years`` (T,) and ``cash`` (T,): nominal cash available for debt service, which sizes a loan
    without an amount. ``drawn``: by measure and year of build, where the plan decided it.
    """
    eligible = {(m.id, year): money for m in measures for year, money in m.eligible.items()}
    uses = eligible if drawn is None else drawn
    total = sum(uses.values())
    if total <= CENT:
        return None
    tranches = _tranches(loan, uses)
    own = _aligned(loan, tranches, years, cash)
    try:
        one = Lending(loan, 1.0, "given", tranches, own).service
    except ValueError:  # sculpted, and the cash doesn't pay the interest
        return None
    if loan.amount is not None:
        amount = loan.amount.value if drawn is None else total
        return Lending(loan, amount, "given", tranches, own)
    assert loan.cover is not None
    assert loan.share is not None
    found = sized(debt_by_cover(own, one, loan.cover), total, loan.share)
    return Lending(loan, found.amount, found.limit, tranches, own) if found.amount > CENT else None


def _aligned(loan: Loan, tranches: Sequence[Drawn], years: Array, cash: Array) -> Array:
    """Cash of the calendar years from the first draw to the last repayment."""
    count = -(-length(_draws(tranches, 1.0), terms_of(loan)) // QUARTERS)
    at = dict(zip(years.astype(int).tolist(), cash.tolist(), strict=True))
    return np.array([at.get(_first(tranches) + i, 0.0) for i in range(count)])


def _first(tranches: Sequence[Drawn]) -> int:
    return min(each.day.year for each in tranches)


def _tranches(loan: Loan, eligible: Mapping[tuple[str, int], float]) -> tuple[Drawn, ...]:
    """As the loan gives them, each for all builds alike; else one a year, for that year's."""
    total = sum(eligible.values())
    if loan.tranches:
        parts = {build: money / total for build, money in eligible.items()}
        return tuple(Drawn(each.drawn, each.share, parts) for each in loan.tranches)
    found = []
    for year in sorted({year for (_, year), money in eligible.items() if money > CENT}):
        own = {build: money for build, money in eligible.items() if build[1] == year}
        paid = sum(own.values())
        parts = {build: money / paid for build, money in own.items()}
        found.append(Drawn(date(year, 1, 1), paid / total, parts))
    return tuple(found)


def _draws(tranches: Sequence[Drawn], amount: float) -> list[Draw]:
    first = _first(tranches)
    return [Draw(quarter_of(each.day, first), each.share * amount) for each in tranches]
