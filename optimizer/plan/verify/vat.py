"""`worth.vat` of summary.json, from the recomputed cash (docs/model.md section 8)."""

from __future__ import annotations

from typing import Any

import numpy as np

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.cash import Cash
from optimizer.plan.verify.earned import Array, Earned
from optimizer.plan.verify.report import EXACT, MONEY, Rows

ROW = "vat_follows_cash"


def check_vat(plan: Book, earned: Earned, stated: Any, rows: Rows) -> None:
    """`vat_follows_cash`: the tax advanced on equipment each year, what waiting for it costs, and
    the present value after that."""
    economics = plan.given.scenario.economics
    asked = economics.vat is not None and economics.vat_credit is not None
    rows.equal(ROW, [float(asked)], [float(stated is not None)], [["worth.vat"]], EXACT)
    if not asked or stated is None:
        return
    rate, wait = economics.vat or 0.0, economics.vat_credit or 0.0
    same = (stated["rate"], stated["credited_after"]) == (rate, wait)
    rows.equal(ROW, [float(same)], [1.0], [["worth.vat.rule"]], EXACT)
    advanced = rate * (_spent(earned, earned.cash) - _spent(earned, earned.base))
    shown = {int(row["year"]): float(row["advanced"]) for row in stated["years"]}
    found = [shown.get(int(year), np.inf) for year in earned.years]
    rows.equal(ROW, found, advanced, [[f"worth.vat.advanced.{y}" for y in earned.years]], MONEY)
    today = earned.at_end * (1.0 + earned.rate)
    back = today / ((1.0 + earned.rate) * (1.0 + (economics.inflation or 0.0))) ** wait
    cost = float(np.dot(today - back, advanced))
    scale = float(np.abs(advanced).max(initial=0.0))
    rows.equal(ROW, [float(stated["cost"])], [cost], [["worth.vat.cost"]], MONEY, scale)
    by_year = earned.present(earned.start, earned.end)
    known = float(by_year.sum()) - cost
    scale = float(np.abs(by_year).max(initial=0.0))
    rows.equal(ROW, [float(stated["npv"])], [known], [["worth.vat.npv"]], MONEY, scale)


def _spent(earned: Earned, cash: Cash) -> Array:
    """What equipment costs by year: builds, renewals, buy-backs."""
    kinds = ("overnight", "renewal", "buy_back")
    paid = [-money for (kind, _, _), money in cash.items() if kind in kinds]
    return np.sum(paid, axis=0) if paid else np.zeros(len(earned.years))
