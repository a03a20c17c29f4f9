"""Every cost line of the plan against the recomputed one, and their discounted sum."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.names import VALUATION
from optimizer.plan.verify.book import Book
from optimizer.plan.verify.borrowed import interest_lines
from optimizer.plan.verify.capital import capital_costs, grant_lines
from optimizer.plan.verify.certificates import certificate_sales
from optimizer.plan.verify.financing import financing_lines
from optimizer.plan.verify.money import weights
from optimizer.plan.verify.reading import UnreadableRun
from optimizer.plan.verify.report import MONEY, Rows
from optimizer.plan.verify.running import (
    Lines,
    carbon_and_exits,
    contracts_and_credits,
    energy,
    fixed_om,
    variable_om,
)
from optimizer.plan.verify.valuation import valued_lines

Array = NDArray[np.float64]
RENEWED = ".renewed"


def recomputed_lines(book: Book) -> Lines:
    """All cost lines from inputs and decisions."""
    lines: Lines = {}
    for part in (
        capital_costs(book),
        grant_lines(book),
        interest_lines(book),
        fixed_om(book),
        financing_lines(book),
        variable_om(book),
        energy(book),
        contracts_and_credits(book),
        certificate_sales(book),
        carbon_and_exits(book),
        valued_lines(book),
    ):
        lines.update(part)
    return lines


def stored_lines(book: Book) -> Lines:
    """The plan's cost lines; an asset's renewed unit counts with the asset."""
    columns = [book.stored.labels.get(key, ()) for key in ("cost_class", "cost_item", "timing")]
    costs = book.stored.get("cost")
    if any(len(column) != len(costs) for column in columns):
        raise UnreadableRun(f"{book.stored.name}: the cost lines lack their class, item or timing")
    lines: Lines = {}
    for kind, item, timing, cost in zip(*columns, costs, strict=True):
        key = (kind, item.removesuffix(RENEWED), timing)
        lines[key] = lines[key] + cost if key in lines else cost
    return lines


def check_costs(book: Book, rows: Rows) -> None:
    """Each line by class and item, a row `cost_<class>`; then their present worth."""
    stored, recomputed = stored_lines(book), recomputed_lines(book)
    nothing = np.zeros(len(book.years))
    for key in sorted({*stored, *recomputed}):
        kind, item, timing = key
        left, right = stored.get(key, nothing), recomputed.get(key, nothing)
        label = [[f"{item} ({timing})"], book.years]
        rows.equal(f"cost_{kind}", [left], [right], label, MONEY)
    _check_present(book, rows, stored)


def _check_present(book: Book, rows: Rows, lines: Lines) -> None:
    """`net_present_cost` is all that is paid; `decision_cost` has what is only valued as well."""
    by_timing = weights(book.given.scenario)
    present = {
        key: float(np.sum(by_timing[key[2]] * cost))
        for key, cost in lines.items()
        if key[2] in by_timing
    }
    paid = sum(worth for (kind, _, _), worth in present.items() if kind != VALUATION)
    for name, total in (("net_present_cost", paid), ("decision_cost", sum(present.values()))):
        shown = float(book.stored.attrs.get(name, np.nan))
        rows.equal(name, [shown], [total], [["plan"]], MONEY)
