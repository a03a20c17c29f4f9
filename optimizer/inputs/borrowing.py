"""The loan of a scenario, where it counts while a plan is chosen -> the rule of the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from optimizer.finance.debt import Draw, by_year, schedule
from optimizer.inputs.assembly import Assembly
from optimizer.inputs.borrowing_rule import BorrowingRule
from optimizer.inputs.case import MeasureOption
from optimizer.inputs.economics import last_counted_year
from optimizer.inputs.loan_terms import given_draws, placed, price_level, terms_of
from optimizer.schema.loan import Loan

Array = NDArray[np.float64]


def borrowing_rule(measures: Sequence[MeasureOption], assembly: Assembly) -> BorrowingRule | None:
    """None where the loan decides nothing. What others own is no use of it."""
    scenario, years = assembly.scenario, assembly.years
    loan = scenario.loan
    if loan is None or loan.decides == "nothing" or loan.amount is None:
        return None
    calendar = range(years[0], last_counted_year(scenario.horizon) + 1)
    level = price_level(scenario, np.array(calendar, dtype=float))
    saved = repaid = np.zeros((len(years), len(calendar)))
    if loan.repaid_from == "budget":
        repaid = _by_draw(loan, loan.rate, years, calendar) / level
    if loan.rate_counts and loan.ordinary_rate is not None:
        saved = _by_draw(loan, loan.ordinary_rate, years, calendar) / level
        saved = saved - _by_draw(loan, loan.rate, years, calendar) / level
    owned = [o.id for o in measures if o.financed is None]
    other = {name: assembly.money(m, ("loan", "other_money", name))
             for name, m in loan.other_money.items()}  # fmt: skip
    return BorrowingRule(
        most=loan.amount.value,
        share=1.0 if loan.share is None else loan.share,
        pays_for={id: years for id in owned if not loan.finances or id in loan.finances},
        other={name: money for name, money in other.items() if money > 0},
        level=level,
        saved=saved,
        worth=_at_year_end(saved, assembly),
        repaid=repaid[:, : len(years)],
        enlarges=loan.enlarges_budget,
        drawn=_drawn(loan, years),
    )


def _by_draw(loan: Loan, rate: float, years: Sequence[int], calendar: Sequence[int]) -> Array:
    """Debt service of 1 for the builds of each planning year, drawn at its start or by tranches,
    (Y, T) [nominal money]."""
    first, draws = given_draws(loan) if loan.tranches else (None, [Draw(0, 1.0)])
    service = by_year(schedule(draws, replace(terms_of(loan), rate=rate)).service)
    return np.array([placed(service, first or year, calendar) for year in years])


def _drawn(loan: Loan, years: Sequence[int]) -> Array:
    """When 1 for the builds of each planning year is drawn, (Y, Y) [1]."""
    if not loan.tranches:
        return np.eye(len(years))
    parts = [sum(t.share for t in loan.tranches if t.drawn.year == year) for year in years]
    return np.tile(np.array(parts), (len(years), 1))


def _at_year_end(saved: Array, assembly: Assembly) -> Array:
    """Sum of D_t / D_y x saved[y, t]: its worth at the end of the year of the draw, (Y,)."""
    rate, count = assembly.scenario.economics.discount_rate, saved.shape[1]
    after = np.arange(count, dtype=float)[None, :] - np.arange(len(saved))[:, None]
    found: Array = (saved * (1.0 + rate) ** -after).sum(axis=1)
    return found
