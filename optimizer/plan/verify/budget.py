"""What is spent on equipment, against the budget (docs/model.md section 6)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.borrowed import beside_budget
from optimizer.plan.verify.capital import first_overnight, granted, overnight, renewals
from optimizer.plan.verify.financing import bought_back
from optimizer.plan.verify.report import MONEY, Rows

Array = NDArray[np.float64]


def spending(book: Book) -> Array:
    """What counts against the budget, by year: overnight - grants + renewals of assets + what is
    bought back.

    With `exempt_renewals` neither the renewal of assets nor forced renewals of measures count.
    """
    exempt = book.given.scenario.budget.exempt_renewals
    spent = bought_back(book)
    for name in book.built:
        paid = first_overnight if exempt else overnight
        spent += paid(book, name) - granted(book, name)
    if not exempt:
        for asset in book.given.scenario.assets:
            spent += renewals(book, asset.id)
    return spent


def check_budget(book: Book, rows: Rows) -> None:
    """`capex_within_budget`: spending less what a loan pays within the budget; with carry-over
    summed from the start."""
    budget = book.given.scenario.budget
    if budget.capex is None or book.baseline:
        return
    spent = spending(book) - beside_budget(book)
    limit = book.prices(budget.capex, np.inf)
    if budget.carry_over:
        spent, limit = np.cumsum(spent), np.cumsum(limit)
    rows.at_most("capex_within_budget", spent, limit, [book.years], MONEY)
