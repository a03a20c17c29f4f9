"""What is valued and never paid, from the inputs and the plan's tonnes (docs/model.md 6)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.names import VALUATION
from optimizer.plan.verify.book import Book
from optimizer.plan.verify.carbon import ledgers
from optimizer.plan.verify.report import EXACT, YEAR, Rows
from optimizer.plan.verify.running import Lines

Array = NDArray[np.float64]


def valued_lines(book: Book) -> Lines:
    """Internal carbon price on gross emissions; the ceiling on credits, or on gross emissions of
    years with credits. The baseline has neither."""
    lines: Lines = {}
    if book.baseline:
        return lines
    table = book.given.scenario.internal_carbon_price
    if table is not None:
        value = book.prices(table, np.nan) * ledgers(book).gross
        lines[VALUATION, "internal_carbon_price", "recurring"] = value
    ceiling = book.given.policy.ceiling
    if ceiling is None or not ceiling.binds or not book.credits:
        return lines
    price = book.prices(ceiling.price)
    if ceiling.mode == "residual":
        if price.any():
            lines[VALUATION, "residual", "recurring"] = price * counted_gross(book)
        return lines
    credits = book.stored.get("credits", list(book.credits))
    for tonnes, (name, credit) in zip(credits, book.credits.items(), strict=True):
        above = np.maximum(0.0, price - book.prices(credit.price, np.nan))
        lines[VALUATION, name, "recurring"] = np.where(tonnes == 0, 0.0, above * tonnes)
    return lines


def counted_gross(book: Book) -> Array:
    """Gross emissions of the years that are marked as using credits, t; no less than 0."""
    gross: Array = np.maximum(0.0, ledgers(book).gross)
    return np.where(book.stored.get("credits_used") > 0, gross, 0.0)


def check_ceiling(book: Book, rows: Rows) -> None:
    """`credits_mark_year`, `gross_counts_with_credits`: where the ceiling is put on gross
    emissions, each year with credits counts all of its own, and no other year any."""
    ceiling = book.given.policy.ceiling
    if book.baseline or ceiling is None or not ceiling.binds or not book.credits:
        return
    if ceiling.mode != "residual":
        return
    limited = book.prices(ceiling.price) > 0
    if not limited.any():
        return
    used, years = book.stored.get("credits_used"), [book.years]
    credits = book.stored.get("credits", list(book.credits)).sum(axis=0)
    rows.equal("credits_used_is_whole", used, np.round(used), years, EXACT)
    rows.at_most("credits_mark_year", credits * limited * (used < 1), 0.0, years, YEAR)
    counted = np.where(limited, counted_gross(book), 0.0)
    stored = book.stored.get("gross_at_ceiling")
    rows.equal("gross_counts_with_credits", stored, counted, years, YEAR)
