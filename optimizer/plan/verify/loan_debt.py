"""What a loan pays for, its size and its schedule, worked out again (docs/loan_rules.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.borrowed import drawn
from optimizer.plan.verify.cash import cash_years, stored_cash
from optimizer.plan.verify.debt_service import parts_repaid
from optimizer.plan.verify.loan_cash import Served, level
from optimizer.plan.verify.money import in_scenario_money
from optimizer.schema.loan import Loan

Array = NDArray[np.float64]
Build = tuple[str, int]
CENT = 0.01
ASKED = ("amount", "tenor", "rate")
"""Fields of a loan that may be asked instead of the scenario's own."""


@dataclass(frozen=True)
class Use:
    """Nominal money for each measure: price and grants by year of build, and other money."""

    price: Mapping[str, Mapping[int, float]]
    grants: Mapping[str, Mapping[int, float]]
    other: Mapping[str, float]

    def eligible(self) -> dict[Build, float]:
        """Price less a proportional part of other money and less grants, at least 0."""
        found = {}
        for name, prices in self.price.items():
            total = sum(prices.values())
            part = 1.0 - self.other[name] / total if total > CENT else 0.0
            for year, paid in prices.items():
                granted = self.grants[name].get(year, 0.0)
                found[name, year] = max(0.0, paid * part - granted)
        return found


@dataclass(frozen=True)
class Owing:
    """Quarter by quarter from the start of ``first``, (Q,) each [nominal money]; what each tranche
    (day, share) pays of each build. ``amount`` 0: nothing is lent."""

    loan: Loan
    amount: float
    first: int
    tranches: tuple[tuple[date, float, Mapping[Build, float]], ...]
    drawn: Array
    owed: Array
    interest: Array
    principal: Array
    fees: Array

    @property
    def years(self) -> Array:
        """Calendar years up to the last repayment."""
        return self.first + np.arange(len(self.drawn[::4]), dtype=np.float64)

    @property
    def service(self) -> Array:
        """By calendar year."""
        return self.by_year(self.interest + self.principal + self.fees)

    def by_year(self, values: Array) -> Array:
        """Sums of the four quarters of each year."""
        found: Array = np.add.reduceat(values, np.arange(0, len(values), 4))
        return found

    def due_at(self, rate: float) -> Array:
        """Debt at the start of each year, all later draws at their worth then by a yearly rate."""
        moments = np.arange(len(self.drawn))
        worth = self.drawn / (1.0 + rate / 4.0) ** moments
        ahead = worth.sum() - np.cumsum(worth)
        found: Array = self.owed[::4] + (ahead * (1.0 + rate / 4.0) ** moments)[::4]
        return found


def terms(plan: Book, options: Mapping[str, Any]) -> Loan | None:
    """The scenario's loan with what was asked in its place; ValueError for what can't be asked."""
    if not set(options) <= set(ASKED):
        raise ValueError(f"options: {sorted(set(options) - set(ASKED))} can't be asked")
    own = plan.given.scenario.loan
    if not options:
        return own
    if own is None:
        return Loan.model_validate(dict(options))
    filled = {"amount": f"1 {plan.given.scenario.currency}", "tenor": "1 a", "rate": 0.0}
    asked = Loan.model_validate(filled | dict(options))
    return own.model_copy(update={name: getattr(asked, name) for name in options})


def use_of(plan: Book, finances: tuple[str, ...]) -> Use:
    """What the plan buys of the measures named, or of all that cost money."""
    scenario, (cash, _) = plan.given.scenario, stored_cash(plan)
    years = np.array(cash_years(plan), dtype=float)
    scale, loan = level(scenario, years), scenario.loan

    def money(kind: str, name: str, sign: float) -> dict[int, float]:
        paid = cash.get((kind, name, "year_start"), np.zeros(len(years))) * scale * sign
        return {int(y): float(m) for y, m in zip(years, paid, strict=True) if abs(m) > CENT}

    prices = {name: money("overnight", name, -1.0) for name in plan.given.measures}
    names = [n for n in prices if n in finances or (not finances and prices[n])]
    others = loan.other_money if loan is not None else {}
    return Use(
        {name: prices[name] for name in names},
        {name: money("grants", name, 1.0) for name in names},
        {name: in_scenario_money(scenario, others.get(name)) for name in names},
    )


def draws(plan: Book, loan: Loan) -> dict[Build, float] | None:
    """What the plan draws for each build; None where it didn't decide a loan of this amount."""
    own = plan.given.scenario.loan
    if own is None or own.decides == "nothing" or loan.amount is None or loan.amount != own.amount:
        return None
    return {
        (name, year): float(money)
        for name, amounts in drawn(plan).items()
        for year, money in zip(plan.years, amounts, strict=True)
        if money > CENT
    }


def owing(
    loan: Loan, use: Use, cash: Served, decided: Mapping[Build, float] | None = None
) -> Owing | None:
    """The loan and its schedule; None where nothing is to be lent for, or can be lent. ``decided``:
    what the plan draws for each build, where it does."""
    uses = use.eligible() if decided is None else decided
    total = sum(uses.values())
    if total <= CENT:
        return None
    tranches = _tranches(loan, uses, total)
    one = _schedule(loan, tranches, 1.0, cash)
    if one is None:
        return None
    if loan.amount is not None:
        amount = loan.amount.value if decided is None else total
        return _schedule(loan, tranches, amount, cash)
    assert loan.cover is not None
    assert loan.share is not None
    has, due = along(one, cash), one.service
    most = float(np.min(has[due > 0] / due[due > 0])) / loan.cover
    amount = max(0.0, min(most, loan.share * total))
    return _schedule(loan, tranches, amount, cash) if amount > CENT else None


def along(debt: Owing, cash: Served) -> Array:
    """Nominal cash of the loan's years; 0 where the cash flow doesn't reach."""
    known = dict(zip(cash.years.astype(int).tolist(), cash.nominal.tolist(), strict=True))
    return np.array([known.get(int(year), 0.0) for year in debt.years])


def _tranches(
    loan: Loan, eligible: Mapping[Build, float], total: float
) -> tuple[tuple[date, float, Mapping[Build, float]], ...]:
    """(day, share of the loan, its parts by build)."""
    if loan.tranches:
        parts = {build: money / total for build, money in eligible.items()}
        return tuple((t.drawn, t.share, parts) for t in loan.tranches)
    found = []
    for year in sorted({year for (_, year), money in eligible.items() if money > CENT}):
        own = {build: money for build, money in eligible.items() if build[1] == year}
        paid = sum(own.values())
        found.append((date(year, 1, 1), paid / total, {b: m / paid for b, m in own.items()}))
    return tuple(found)


def _schedule(loan: Loan, tranches: tuple[Any, ...], amount: float, cash: Served) -> Owing | None:
    first = min(day.year for day, _, _ in tranches)
    starts = [4 * (day.year - first) + (day.month - 1) // 3 for day, _, _ in tranches]
    life, grace = round(4 * loan.tenor), round(4 * loan.grace)
    sculpted = loan.repayment == "sculpted"
    count = max(starts) + life
    count += -count % 4 if sculpted else 0
    drawn, principal = np.zeros(count), np.zeros(count)
    for start, (_, share, _) in zip(starts, tranches, strict=True):
        drawn[start] += amount * share
        if not sculpted:
            parts = parts_repaid(loan, life - grace)
            principal[start + grace : start + life] += amount * share * parts
    nothing = Owing(loan, amount, first, tranches, drawn, drawn, drawn, drawn, drawn)
    if sculpted:
        found = _sculpted(loan.rate, drawn, along(nothing, cash))
        if found is None:
            return None
        principal = found
    owed = np.cumsum(drawn) - np.concatenate([[0.0], np.cumsum(principal)[:-1]])
    waiting = np.maximum(drawn.sum() - np.cumsum(drawn), 0.0)
    fees = waiting * loan.commitment_fee / 4.0
    fees[0] += loan.upfront_fee * amount
    return Owing(
        loan, amount, first, tranches, drawn, owed, owed * loan.rate / 4.0, principal, fees
    )  # fmt: skip


def _sculpted(rate: float, drawn: Array, cash: Array) -> Array | None:
    """Principal by quarter where each year pays the same share of its cash: the share at which
    what is drawn, grown at simple interest within a year, equals what is paid, grown alike."""
    years = len(drawn) // 4
    if not (cash > 0).all():
        return None
    left = 4 - np.arange(len(drawn)) % 4
    at_ends = (drawn * (1.0 + rate / 4.0 * left)).reshape(years, 4).sum(axis=1)
    growth = (1.0 + rate) ** np.arange(years - 1, -1, -1)
    share = float(at_ends @ growth) / float(cash @ growth)
    principal, debt = np.zeros(len(drawn)), 0.0
    for year in range(years):
        before = debt
        debt = before * (1.0 + rate) + at_ends[year] - share * cash[year]
        principal[4 * year + 3] = before + drawn[4 * year : 4 * year + 4].sum() - debt
    if (principal < -1e-9 * drawn.sum()).any():
        return None
    return np.maximum(principal, 0.0)
