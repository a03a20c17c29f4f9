"""What a loan leaves the owner, worked out again (docs/loan_rules.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.credit_lines import cost_of
from optimizer.plan.verify.earned import Earned, payback, rate_of_return
from optimizer.plan.verify.loan_cash import Served
from optimizer.plan.verify.loan_cover import same
from optimizer.plan.verify.loan_debt import Owing
from optimizer.plan.verify.report import EXACT, MONEY, Rows

Array = NDArray[np.float64]
OWNER = "loan_owner_follows_cash"
COLUMNS = (
    "invested", "earned", "drawn", "service", "subsidy", "lines_drawn", "lines_service", "left",
)  # fmt: skip


def check_owner(
    plan: Book, baseline: Book, debt: Owing, cash: Served, told: Mapping[str, Any], rows: Rows
) -> None:
    """`loan_owner_follows_cash`: every year's money, its worth, rate of return and payback."""
    found, base = _by_year(plan, baseline, debt, cash), plan.given.scenario.horizon.base_year
    years = [row["year"] for row in told["years"]]
    rows.equal(OWNER, [float(years == list(found))], [1.0], [["owner.years"]], EXACT)
    for at, name in enumerate(COLUMNS):
        shown = [row[name] for row in told["years"]]
        labels = [[f"owner.{year}.{name}" for year in found]]
        rows.equal(OWNER, shown, [money[at] for money in found.values()], labels, MONEY)
    table = np.array(list(found.values()))
    start = table[:, 0] + table[:, 2] + table[:, 5]
    end = table[:, 1] - table[:, 3] + table[:, 4] - table[:, 6]
    rise = 1.0 + (plan.given.scenario.economics.inflation or 0.0)
    rate = (1.0 + plan.given.scenario.economics.discount_rate) * rise - 1.0
    at_start = (1.0 + rate) ** (base + 1.0 - np.array(list(found), dtype=float))
    worth = float(at_start @ (start + end / (1.0 + rate)))
    same(rows, OWNER, "owner.rate", told["rate"], rate)
    scale = float(np.abs(table).sum())
    rows.equal(OWNER, [told["npv"]], [worth], [["owner.npv"]], MONEY, scale)
    rows.equal(OWNER, [told["subsidy"]], [table[:, 4].sum()], [["owner.subsidy"]], MONEY)
    figures = {"irr": rate_of_return(start, end), "payback": payback(start, end)}
    for name, (value, reason) in figures.items():
        same(rows, OWNER, f"owner.{name}", told[name]["value"], value)
        agrees = float(told[name]["reason"] == reason)
        rows.equal(OWNER, [agrees], [1.0], [[f"owner.{name}.reason"]], EXACT)


def _by_year(plan: Book, baseline: Book, debt: Owing, cash: Served) -> dict[int, list[float]]:
    """Calendar year -> the columns."""
    earned = Earned(plan, baseline)
    saved = [
        sum((money for (kind, _, _), money in side.items() if kind == "interest_saved"),
            np.zeros(len(earned.years)))
        for side in (earned.cash, earned.base)
    ]  # fmt: skip
    end = earned.end - saved[0] + saved[1] - cash.tax(cash.taxable)
    flows = {"invested": earned.start * cash.level, "earned": end * cash.level}
    subsidy = debt.loan.interest_subsidy
    paid = np.zeros(len(debt.owed))
    if subsidy is not None:
        begins = int(np.argmax(debt.drawn > 0))
        ends = begins + round(4 * subsidy.time)
        paid[begins:ends] = debt.owed[begins:ends] * min(subsidy.rate, debt.loan.rate) / 4.0
    of_loan = {
        "drawn": debt.by_year(debt.drawn), "service": debt.service, "subsidy": debt.by_year(paid),
    }  # fmt: skip
    tables = [
        dict(zip(years.astype(int).tolist(), values.tolist(), strict=True))
        for years, values in (
            *((earned.years, values) for values in flows.values()),
            *((debt.years, values) for values in of_loan.values()),
        )
    ]
    years, taken, served = _lines(debt, tables)
    found = {}
    for at, year in enumerate(years):
        row = [*(table.get(year, 0.0) for table in tables), float(taken[at]), float(served[at])]
        left = row[0] + row[1] + row[2] - row[3] + row[4] + row[5] - row[6]
        found[year] = [*row, left]
    return found


def _lines(debt: Owing, tables: list[dict[int, float]]) -> tuple[range, Array, Array]:
    """Calendar years of all tables and of the plan's credit lines; draws of these, and service less
    what the state pays of it."""
    lines = [cost_of(line) for line in debt.loan.credit_lines if line.purpose == "plan"]
    spans = [(line.first, line.first + len(line.drawn) - 1) for line in lines]
    first = min([*map(min, tables), *(span[0] for span in spans)])
    years = range(first, max([*map(max, tables), *(span[1] for span in spans)]) + 1)
    nothing = np.zeros(len(years))
    taken = sum((line.along(years, "drawn") for line in lines), nothing)
    served = sum(
        (line.along(years, "service") - line.along(years, "subsidy") for line in lines), nothing
    )
    return years, taken, served
