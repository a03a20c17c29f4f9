"""What is paid and received year by year, from the inputs and decisions (model.md section 8)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.names import VALUATION
from optimizer.plan.verify.book import Book
from optimizer.plan.verify.borrowed import interest_saved
from optimizer.plan.verify.capital import first_overnight, granted, overnight, renewals
from optimizer.plan.verify.costs import RENEWED, stored_lines
from optimizer.plan.verify.financing import in_term, owed, terms
from optimizer.plan.verify.money import capital_recovery, whole_life, worth_of_years
from optimizer.plan.verify.reading import UnreadableRun
from optimizer.plan.verify.report import MONEY, Rows

Array = NDArray[np.float64]
Key = tuple[str, str, str]
"""Class, item, timing."""
Cash = dict[Key, Array]
INSTEAD = (
    "capital", "grants", "overnight", "salvage", "financing", "after_term", "interest_saved",
)  # fmt: skip
"""Cost classes in whose place equipment is paid overnight or as its owner asks, and grants and
interest that is saved as they come."""


def last_counted(book: Book) -> int:
    """The last year that is counted: the tail's, where there is one."""
    horizon = book.given.scenario.horizon
    return (horizon.evaluate_to or horizon.last) if horizon.end == "extended" else horizon.last


def cash_years(book: Book) -> tuple[int, ...]:
    """Planning years and tail."""
    return tuple(range(book.years[0], last_counted(book) + 1))


def purchases(book: Book) -> dict[tuple[str, str], tuple[Array, int]]:
    """(class, item) -> money paid for equipment by cash year, below 0 for a grant, and its life.

    In the tail all that was paid a life ago is paid again, and so is a renewed asset always.
    """
    found: dict[tuple[str, str], tuple[Array, int]] = {}
    for name, measure in book.built.items():
        life, own = whole_life(measure.lifetime), first_overnight(book, name)
        everything = _again(book, overnight(book, name), life, len(book.years))
        found["overnight", name] = _long(book, own), life
        found["renewal", name] = everything - _long(book, own), life
        found["grants", name] = _long(book, -granted(book, name)), life
    for asset in book.given.scenario.assets:
        if asset.renewal is not None:
            life = whole_life(asset.renewal.lifetime)
            found["renewal", asset.id] = _again(book, renewals(book, asset.id), life, life), life
    return found


def _long(book: Book, paid: Array) -> Array:
    return np.concatenate([paid, np.zeros(len(cash_years(book)) - len(paid))])


def _again(book: Book, paid: Array, life: int, since: int) -> Array:
    """Payments with those of a life ago repeated from year number `since` on."""
    found = _long(book, paid)
    for year in range(max(life, since), len(found)):
        found[year] += found[year - life]
    return found


def recomputed_cash(book: Book) -> tuple[Cash, dict[Key, float]]:
    """Money by (class, item, timing), in above 0; and what the lives that remain are worth.

    Equipment follows from the inputs and decisions, all else from the cost lines, which have rows
    of their own."""
    cash: Cash = {}
    left: dict[Key, float] = {}
    years, rate = cash_years(book), book.given.scenario.economics.discount_rate
    for (kind, item), (paid, life) in purchases(book).items():
        key = (kind, item, "year_start")
        cash[key] = -paid
        worth = [worth_of_years(rate, year + life - 1 - years[-1]) for year in years]
        left[key] = capital_recovery(rate, life) * float(np.dot(paid, worth))
    for name in book.built:
        found = terms(book, name)
        if found is not None:
            at_end, at_start, due = owed(book, name, found, len(years))
            cash["financing", name, "year_end"] = -at_end
            cash["buy_back", name, "year_start"] = -at_start
            left["financing", name, "year_end"] = due
    for name, saved in interest_saved(book).items():
        cash["interest_saved", name, "year_end"] = saved
    for (kind, item, timing), cost in stored_lines(book).items():
        if kind in INSTEAD or kind == VALUATION:
            continue
        tail = np.full(len(years) - len(cost), cost[-1] if timing == "recurring" else 0.0)
        if kind == "on_site_power":
            tail = tail * in_term(book, item, len(tail))
        key = (kind, item, "year_end")
        cash[key] = cash.get(key, np.zeros(len(years))) - np.concatenate([cost, tail])
    return cash, left


def stored_cash(book: Book) -> tuple[Cash, dict[Key, float]]:
    """The plan's own; an asset's renewed unit counts with the asset."""
    columns = [book.stored.labels.get(f"cash_{key}", ()) for key in ("class", "item", "timing")]
    amounts, worth = book.stored.get("cash"), book.stored.get("remaining_value")
    years = cash_years(book)
    same_years = tuple(map(str, years)) == book.stored.ids.get("cash_year")
    if any(len(c) != len(amounts) for c in columns) or not same_years:
        raise UnreadableRun(f"{book.stored.name}: the cash flow isn't laid out as documented")
    cash: Cash = {}
    left: dict[Key, float] = {}
    for kind, item, timing, money, value in zip(*columns, amounts, worth, strict=True):
        key = (kind, item.removesuffix(RENEWED), timing)
        cash[key] = cash.get(key, np.zeros(len(years))) + money
        left[key] = left.get(key, 0.0) + float(value)
    return cash, left


def check_cash(book: Book, rows: Rows) -> None:
    """`cash_follows_plan`, line by line; `cash_discounts_to_cost`: discounted, with the lives that
    remain handed back, it is the net present cost."""
    (cash, left), (known, worth) = stored_cash(book), recomputed_cash(book)
    years = cash_years(book)
    nothing = np.zeros(len(years))
    for key in sorted({*cash, *known}):
        label = f"{key[0]}:{key[1]} ({key[2]})"
        pair = cash.get(key, nothing), known.get(key, nothing)
        rows.equal("cash_follows_plan", [pair[0]], [pair[1]], [[label], years], MONEY)
        values = [left.get(key, 0.0)], [worth.get(key, 0.0)]
        scale = float(np.abs(pair[1]).max())
        rows.equal("remaining_value", *values, [[label]], MONEY, scale)
    economics, horizon = book.given.scenario.economics, book.given.scenario.horizon
    at_end = np.array([(1.0 + economics.discount_rate) ** (horizon.base_year - y) for y in years])
    at = {"year_end": at_end, "year_start": at_end * (1.0 + economics.discount_rate)}
    total = sum(float(np.dot(at[key[2]], money)) for key, money in cash.items() if key[2] in at)
    total += float(at_end[-1]) * sum(left.values())
    cost = float(book.stored.attrs.get("net_present_cost", np.nan))
    rows.equal("cash_discounts_to_cost", [-total], [cost], [["plan"]], MONEY)
