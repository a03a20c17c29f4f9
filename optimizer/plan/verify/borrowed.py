"""What is drawn of a loan that counted while the plan was chosen (model.md sections 5, 6, 8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.capital import first_overnight, granted
from optimizer.plan.verify.debt_service import service_by_tranche, service_of_one
from optimizer.plan.verify.money import in_scenario_money
from optimizer.plan.verify.report import EXACT, MONEY, Rows
from optimizer.schema.financing import financed
from optimizer.schema.loan import Loan

Array = NDArray[np.float64]
ROW = "summary_follows_plan"


def deciding(book: Book) -> Loan | None:
    """The scenario's loan where it counted; never for the baseline, which borrows nothing."""
    loan = book.given.scenario.loan
    if loan is None or loan.decides == "nothing" or book.baseline:
        return None
    return loan


def drawn(book: Book) -> dict[str, Array]:
    """Nominal money for the builds of each measure, by year; empty without such a loan."""
    if deciding(book) is None:
        return {}
    return dict(zip(book.built, book.stored.get("borrowed", list(book.built)), strict=True))


def _calendar(book: Book) -> Array:
    """Planning years and the tail's, (T,)."""
    horizon = book.given.scenario.horizon
    end = horizon.last
    if horizon.end == "extended":
        end = horizon.evaluate_to or horizon.last
    return np.arange(horizon.first, end + 1, dtype=np.float64)


def _level(book: Book) -> Array:
    """Nominal money per real, by year of the calendar."""
    scenario = book.given.scenario
    rise = 1.0 + (scenario.economics.inflation or 0.0)
    found: Array = rise ** (_calendar(book) - scenario.price_year)
    return found


def _served(book: Book, loan: Loan, rate: float) -> Array:
    """Real debt service by year of the calendar of 1 for the builds of each planning year, drawn
    in it or by tranches, (Y, T)."""
    level = _level(book)
    if loan.tranches:
        first, due = service_by_tranche(loan, rate)
        at = dict(zip(range(first, first + len(due)), due.tolist(), strict=True))
        row = np.array([at.get(int(year), 0.0) for year in _calendar(book)]) / level
        return np.tile(row, (len(book.years), 1))
    of_one = service_of_one(loan, rate)
    found = np.zeros((len(book.years), len(level)))
    for year in range(len(book.years)):
        kept = of_one[: len(level) - year]
        found[year, year : year + len(kept)] = kept
    return found / level


def _saved(book: Book) -> Array:
    """Of 1 drawn in each planning year, what an ordinary loan would cost more, (Y, T)."""
    loan = deciding(book)
    if loan is None or not loan.rate_counts or loan.ordinary_rate is None:
        return np.zeros((len(book.years), len(_calendar(book))))
    return _served(book, loan, loan.ordinary_rate) - _served(book, loan, loan.rate)


def interest_saved(book: Book) -> dict[str, Array]:
    """Measure -> real money by year of the calendar."""
    saved = _saved(book)
    return {name: money @ saved for name, money in drawn(book).items()}


def interest_lines(book: Book) -> dict[tuple[str, str, str], Array]:
    """Lines of class interest_saved: all that a year's draw saves, worth at the end of the year."""
    rate, saved = book.given.scenario.economics.discount_rate, _saved(book)
    ahead = np.arange(saved.shape[1], dtype=np.float64) - np.arange(len(saved))[:, None]
    worth = (saved / (1.0 + rate) ** ahead).sum(axis=1)
    return {
        ("interest_saved", name, "one_off"): -worth * money for name, money in drawn(book).items()
    }


def beside_budget(book: Book) -> Array:
    """What the loan adds to the budget of each planning year: draws, less debt service where that
    is paid from budgets [real money]."""
    loan, years = deciding(book), len(book.years)
    if loan is None or not loan.enlarges_budget:
        return np.zeros(years)
    together = sum(drawn(book).values(), np.zeros(years))
    if loan.tranches:
        in_year = [[t.share for t in loan.tranches if t.drawn.year == y] for y in book.years]
        drawn_in = together.sum() * np.array([sum(shares) for shares in in_year])
    else:
        drawn_in = together
    added: Array = drawn_in / _level(book)[:years]
    if loan.repaid_from == "budget":
        added = added - together @ _served(book, loan, loan.rate)[:, :years]
    return added


def check_borrowed(book: Book, rows: Rows) -> None:
    """`borrowed_within_eligible`, by year and in all where other money pays a part;
    `borrowed_within_loan`."""
    loan = deciding(book)
    if loan is None or loan.amount is None:
        return
    share = 1.0 if loan.share is None else loan.share
    level = _level(book)[: len(book.years)]
    for name, money in drawn(book).items():
        own = financed(book.built[name]) is None
        pays = own and (not loan.finances or name in loan.finances)
        price = (first_overnight(book, name) - granted(book, name)) * level * float(pays)
        rows.at_most("borrowed_not_negative", -money, 0.0, [[name], book.years], MONEY)
        label = [[name], book.years]
        rows.at_most("borrowed_within_eligible", [money], [share * price], label, MONEY)
        other = in_scenario_money(book.given.scenario, loan.other_money.get(name))
        most = share * max(0.0, float(price.sum()) - other)
        rows.at_most("borrowed_within_eligible", [money.sum()], [most], [[name]], MONEY)
    total = float(sum(money.sum() for money in drawn(book).values()))
    rows.at_most("borrowed_within_loan", [total], [loan.amount.value], [["plan"]], MONEY)


def check_borrowed_facts(book: Book, summary: Mapping[str, Any], rows: Rows) -> None:
    """`summary_follows_plan`: what the summary says of the loan that counted."""
    told, loan = summary.get("borrowed"), deciding(book)
    if told is None or loan is None or loan.amount is None:
        if "borrowed" in summary:
            there = float(told is not None)
            rows.equal(ROW, [there], [float(loan is not None)], [["borrowed"]], EXACT)
        return
    money = drawn(book)
    rate, base = book.given.scenario.economics.discount_rate, book.given.scenario.horizon.base_year
    lines = sum(interest_lines(book).values(), np.zeros(len(book.years)))
    known = {
        "most": loan.amount.value,
        "amount": float(sum(each.sum() for each in money.values())),
        "interest_saved": -float(np.sum(lines / (1.0 + rate) ** (np.array(book.years) - base))),
    }
    for name, value in known.items():
        rows.equal(ROW, [float(told[name])], [value], [[f"borrowed.{name}"]], MONEY)
    listed = {(str(e["measure"]), int(e["year"])): float(e["amount"]) for e in told["draws"]}
    for name, amounts in money.items():
        shown = [listed.pop((name, year), 0.0) for year in book.years]
        rows.equal(ROW, [shown], [amounts], [[f"borrowed.draws.{name}"], book.years], MONEY)
    rows.equal(ROW, [float(len(listed))], [0.0], [["borrowed.draws"]], EXACT)
    if told["added_to_budget"] is not None:
        label = [[f"borrowed.added_to_budget.{year}" for year in book.years]]
        rows.equal(ROW, told["added_to_budget"], beside_budget(book), label, MONEY)
