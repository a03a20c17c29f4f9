"""`worth.after_tax` of summary.json, worked out again from the two cash flows (model.md 8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.assets import last_old_year
from optimizer.plan.verify.book import Book
from optimizer.plan.verify.cash import cash_years, recomputed_cash
from optimizer.plan.verify.earned import Earned, payback, rate_of_return
from optimizer.plan.verify.money import whole_life
from optimizer.plan.verify.report import EXACT, MONEY, SHARE, Rows
from optimizer.schema.tax import Tax

Array = NDArray[np.float64]
ROW = "tax_follows_cash"


def check_tax(plan: Book, baseline: Book, stated: Any, rows: Rows) -> None:
    """`tax_follows_cash`: depreciation, taxable income and tax of each year; the worth after it."""
    rule = plan.given.scenario.tax
    both = float((rule is None) == (stated is None))
    rows.equal(ROW, [both], [1.0], [["worth.after_tax"]], EXACT)
    if rule is None or stated is None:
        return
    inflation = plan.given.scenario.economics.inflation
    same = (stated["rate"], stated["losses"], stated["inflation"]) == (
        rule.rate,
        rule.losses,
        inflation,
    )
    rows.equal(ROW, [float(same)], [1.0], [["worth.after_tax.rule"]], EXACT)
    earned, rise = Earned(plan, baseline), 1.0 + (inflation or 0.0)
    written_off = written_off_by(plan, rule, rise) - written_off_by(baseline, rule, rise)
    taxable = earned.end - written_off
    tax = taxes(taxable, rule, rise)
    scale = float(np.abs(earned.end).max(initial=0.0))
    for name, known in (("depreciation", written_off), ("taxable", taxable), ("tax", tax)):
        shown = {int(row["year"]): float(row[name]) for row in stated["years"]}
        found = [shown.get(int(year), np.inf) for year in earned.years]
        labels = [[f"worth.after_tax.{name}.{year}" for year in earned.years]]
        rows.equal(ROW, found, known, labels, MONEY)
    _check_worth(earned, earned.end - tax, stated, scale, rows)


def _check_worth(
    earned: Earned, end: Array, stated: Mapping[str, Any], scale: float, rows: Rows
) -> None:
    by_year = earned.present(earned.start, end)
    planned = earned.years <= earned.last
    parts = {"cash": by_year, "to_last": by_year[planned], "after": by_year[~planned]}
    for name, part in parts.items():
        shown, label = [float(stated["npv"][name])], [[f"worth.after_tax.npv.{name}"]]
        rows.equal(ROW, shown, [float(part.sum())], label, MONEY, scale)
    present = earned.start * earned.at_end * (1.0 + earned.rate), end * earned.at_end
    known = {
        "irr": rate_of_return(earned.start, end),
        "payback": payback(earned.start, end),
        "payback_discounted": payback(*present),
    }
    for name, (value, reason) in known.items():
        figure, path = stated[name], f"worth.after_tax.{name}"
        same = figure["reason"] == reason and (figure["value"] is None) == (value is None)
        rows.equal(ROW, [float(same)], [1.0], [[f"{path}.reason"]], EXACT)
        if same and value is not None:
            rows.equal(ROW, [float(figure["value"])], [value], [[path]], SHARE)


def written_off_by(book: Book, rule: Tax, rise: float) -> Array:
    """Depreciation of one side by year: real, of parts that were fixed when paid."""
    years = cash_years(book)
    kinds = {name: measure.kind for name, measure in book.built.items()}
    kinds |= {asset.id: asset.kind for asset in book.given.scenario.assets}
    total = np.zeros(len(years))
    for (_, item, timing), money in recomputed_cash(book)[0].items():
        if timing != "year_start":
            continue
        of = book.given.mode_of.get(item, item)
        keys = [key for key in (item, of, kinds[item], "any") if key in rule.depreciation]
        count = whole_life(rule.depreciation[keys[0]])
        for paid in map(int, np.flatnonzero(money)):
            ages = np.arange(min(count, len(years) - paid), dtype=np.int64)
            total[paid + ages] -= money[paid] / count * rise ** -ages.astype(float)
    for asset in book.given.scenario.assets:
        value = book.money(asset.book_value)
        span = max(1, last_old_year(asset) - years[0] + 1)
        stands = np.flatnonzero(book.state(asset.id, "old") > 0.5)
        gone = len(book.years) if len(stands) == len(book.years) else len(stands)
        for age in range(min(span, len(years))):
            ends = age == span - 1 or (age == gone and gone < len(book.years))
            part = value * (span - age) / span if ends else value / span
            total[age] += part * rise**-age
            if ends:
                break
    return total


def taxes(taxable: Array, rule: Tax, rise: float) -> Array:
    """Tax by year, by what becomes of losses."""
    found, pool = np.zeros(len(taxable)), 0.0
    for year, income in enumerate(taxable):
        if rule.losses == "relieved":
            found[year] = rule.rate * income
            continue
        pool = pool / rise if rule.losses == "carried" else 0.0
        used = min(pool, max(income, 0.0))
        found[year] = rule.rate * max(income - used, 0.0)
        pool += max(-income, 0.0) - used
    return found
