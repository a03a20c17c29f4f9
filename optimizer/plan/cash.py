"""What a plan pays and receives year by year, the tail included (docs/model.md, section 8).

Money in is above 0, money out below. Real money of the scenario's price year. Equipment is paid
overnight at the start of its first year; all else falls at year end. Discounted, with the worth
of the lives that remain after the last year handed back, it is the net present cost again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from optimizer.finance import salvage_value
from optimizer.inputs.case import ByYear, Case
from optimizer.names import VALUATION
from optimizer.plan.borrowed import interest_saved
from optimizer.plan.financing import owed, share_in_term
from optimizer.plan.shapes import Table, table
from optimizer.solve.solution import Solution

YEAR_START: Final = "year_start"
YEAR_END: Final = "year_end"
CAPITAL: Final = (
    "capital", "grants", "overnight", "salvage", "financing", "after_term", "interest_saved",
)  # fmt: skip
"""Classes of the objective that stand for what falls in several years; cash has it as it falls."""
ROUNDING: Final = 1e-9
"""What is left of an overnight payment less a build's own, as a share of it, is no renewal."""


@dataclass(frozen=True)
class CashLine:
    """One class of cash of one item, by year first … evaluate_to; ``remaining``: worth at the end
    of the last of these years of the lives that its payments still cover."""

    cash_class: str
    item: str
    timing: Literal["year_start", "year_end"]
    amount: ByYear
    remaining: float = 0.0


def cash_years(case: Case) -> tuple[int, ...]:
    """Planning years, then the tail's."""
    return tuple(range(case.years[0], case.money.evaluate_to + 1))


def cash_lines(case: Case, solution: Solution) -> list[CashLine]:
    """All that is paid and received; lines without any money are left out."""
    lines = [*_measures(case, solution), *_renewed_assets(case, solution)]
    for each in owed(case, solution):
        lines.append(CashLine("financing", each.item, YEAR_END, 0.0 - each.payments, each.left))
        lines.append(CashLine("buy_back", each.item, YEAR_START, 0.0 - each.buy_backs))
    for measure, saved in interest_saved(case, solution):
        lines.append(CashLine("interest_saved", measure, YEAR_END, saved))
    lines += _running(case, solution)
    return [line for line in lines if line.amount.any() or line.remaining]


def _measures(case: Case, solution: Solution) -> Iterator[CashLine]:
    """Builds, renewals in and after the horizon, and grants, of each measure."""
    overnight, sizes = solution.yearly("overnight"), solution.yearly("size_cost")
    granted = solution.yearly("grant")
    for option in case.measures:
        paid = np.array([overnight[option.id, y] for y in case.years])
        trend = zip(case.years, option.price_trend, strict=True)
        first = np.array([rise * sizes.get((option.id, y), 0.0) for y, rise in trend])
        again = np.where(paid - first > ROUNDING * paid, paid - first, 0.0)
        tail = _renewed(case, first + again, option.life_years, len(case.years))
        tail[: len(case.years)] = again
        grants = _granted(case, granted, option.id)
        for kind, out in (("overnight", first), ("renewal", tail), ("grants", -grants)):
            yield _purchase(case, kind, option.id, out, option.life_years)


def _granted(case: Case, granted: dict[Any, float], measure: str) -> ByYear:
    """What all grants pay towards a measure's builds of each year."""
    found = np.zeros(len(case.years))
    for (_, to, year), money in granted.items():
        if to == measure:
            found[year - case.years[0]] += money
    return found


def _renewed_assets(case: Case, solution: Solution) -> Iterator[CashLine]:
    """What renewing an asset costs, again whenever the renewed one has lived."""
    state = solution.yearly("asset_renewed")
    for asset in case.assets:
        if asset.renewed_unit is None:
            continue
        renewed = np.round([state[asset.id, y] for y in case.years])
        life = max(1, int(asset.renewal_lifetime))
        starts = asset.renewal_capex * np.diff(renewed, prepend=0.0)
        yield _purchase(case, "renewal", asset.id, _renewed(case, starts, life, life), life)


def _renewed(case: Case, paid: ByYear, life: int, since: int) -> ByYear:
    """Payments by cash year: what was paid a life ago is paid again, from year number ``since``
    on; in the tail whatever stands is renewed like with like, at the price last paid."""
    found = _padded(case, paid)
    for year in range(max(since, life), len(found)):
        found[year] += found[year - life]
    return found


def _padded(case: Case, amount: ByYear) -> ByYear:
    found = np.zeros(len(cash_years(case)))
    found[: len(amount)] = amount
    return found


def _purchase(case: Case, kind: str, item: str, out: ByYear, life: int) -> CashLine:
    """A line of payments for equipment, at the start of the year; ``out``: money paid."""
    paid, last = _padded(case, out), case.money.evaluate_to
    left = [max(0, year + life - 1 - last) for year in cash_years(case)]
    worth = [salvage_value(p, case.money.rate, life, n) for p, n in zip(paid, left, strict=True)]
    return CashLine(kind, item, YEAR_START, 0.0 - paid, float(sum(worth)))


def _running(case: Case, solution: Solution) -> Iterator[CashLine]:
    """All other costs that are paid, at year end; what recurs does so in each year of the tail, but
    for the output of a plant that the site has bought."""
    for line, cost in solution.costs().items():
        if line.cost_class in CAPITAL or line.cost_class == VALUATION:
            continue
        amount = _padded(case, cost)
        if line.timing == "recurring":
            amount[len(cost) :] = cost[-1]
        if line.cost_class == "on_site_power":
            amount[len(cost) :] *= share_in_term(case, solution, line.item)
        yield CashLine(line.cost_class, line.item, YEAR_END, 0.0 - amount)


def cash_variables(case: Case, lines: list[CashLine]) -> dict[str, Table]:
    """cash (cash_line, cash_year) and remaining_value (cash_line), in the scenario's money."""
    amounts = np.array([line.amount for line in lines]).reshape(len(lines), len(cash_years(case)))
    worth = np.array([line.remaining for line in lines], dtype=float)
    terms: dict[str, Any] = {"discount_rate": case.money.rate, "base_year": case.money.base_year}
    return {
        "cash": (("cash_line", "cash_year"), amounts, {"units": case.currency, **terms}),
        "remaining_value": table(("cash_line",), worth, case.currency),
    }


def cash_coords(case: Case, lines: list[CashLine]) -> dict[str, Any]:
    """Years of cash; of each line its class, item and timing, the id reads class:item."""
    texts = {
        "cash_class": [line.cash_class for line in lines],
        "cash_item": [line.item for line in lines],
        "cash_timing": [line.timing for line in lines],
    }
    ids = [f"{line.cash_class}:{line.item}" for line in lines]
    found: dict[str, Any] = {"cash_line": np.array(ids, dtype=object)}
    found["cash_year"] = np.array(cash_years(case))
    return found | {k: ("cash_line", np.array(v, dtype=object)) for k, v in texts.items()}
