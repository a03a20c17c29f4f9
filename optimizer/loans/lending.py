"""The loan itself: how much, drawn when, for which measures, and paid back how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.finance.coverage import debt_by_cover, sized
from optimizer.finance.debt import QUARTERS, DebtTerms, Draw, Schedule, by_year, schedule
from optimizer.loans.financed import CENT, Financed
from optimizer.schema.loan import Loan

Array = NDArray[np.float64]
MONTHS = 3
"""Months of a quarter."""


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

    ``first``: the calendar year of the schedule's first quarter.
    """

    loan: Loan
    amount: float
    limit: Literal["given", "cover", "share"]
    tranches: tuple[Drawn, ...]

    @property
    def first(self) -> int:
        """Calendar year in which the first tranche is drawn."""
        return min(each.day.year for each in self.tranches)

    @property
    def schedule(self) -> Schedule:
        """Quarter by quarter from the start of `first`."""
        return schedule(_draws(self.tranches, self.amount), terms_of(self.loan))

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
        return max(map(_moment, days)) + self.loan.tenor if days else None


def terms_of(loan: Loan) -> DebtTerms:
    """What a schedule needs of a scenario's loan."""
    return DebtTerms(
        loan.rate, loan.tenor, loan.repayment, loan.grace, loan.upfront_fee, loan.commitment_fee
    )


def lending(loan: Loan, measures: Sequence[Financed], years: Array, cash: Array) -> Lending | None:
    """The loan for these measures; None if there is nothing to lend for or nothing can be lent.

    ``years`` (T,) and ``cash`` (T,): nominal cash available for debt service, which sizes a loan
    without an amount.
    """
    eligible = {(m.id, year): money for m in measures for year, money in m.eligible.items()}
    total = sum(eligible.values())
    if total <= CENT:
        return None
    tranches = _tranches(loan, eligible)
    if loan.amount is not None:
        return Lending(loan, loan.amount.value, "given", tranches)
    assert loan.cover is not None
    assert loan.share is not None
    one = Lending(loan, 1.0, "given", tranches)
    by_cover = debt_by_cover(aligned(one, years, cash), one.service, loan.cover)
    found = sized(by_cover, total, loan.share)
    return Lending(loan, found.amount, found.limit, tranches) if found.amount > CENT else None


def aligned(lending: Lending, years: Array, cash: Array) -> Array:
    """Cash of the calendar years with debt service, 0 in years that the cash flow doesn't reach."""
    at = dict(zip(years.astype(int).tolist(), cash.tolist(), strict=True))
    return np.array([at.get(lending.first + i, 0.0) for i in range(len(lending.service))])


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
    first = min(each.day.year for each in tranches)
    return [
        Draw(round((_moment(each.day) - first) * QUARTERS), each.share * amount)
        for each in tranches
    ]


def _moment(day: date) -> float:
    """Start of the quarter in which a day lies, in years: 2027-05-20 is 2027.25."""
    return day.year + (day.month - 1) // MONTHS / QUARTERS
