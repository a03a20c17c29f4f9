"""How cash covers a loan, as planned and under stress, worked out again (docs/loan_rules.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.credit_lines import owed_beside
from optimizer.plan.verify.loan_cash import Served
from optimizer.plan.verify.loan_debt import Owing, along
from optimizer.plan.verify.report import EXACT, MONEY, SHARE, Rows

Array = NDArray[np.float64]
COVER, STRESS = "loan_cover_follows_cash", "loan_stress_follows_cash"
BY_MONEY: Final = ("savings_down", "capex_up", "rate_up", "delayed")
"""Cases that are arithmetic; the cash of others is the solver's word."""
SIZES: Final = {
    "as_planned": None, "savings_down": 0.2, "output_down": 0.2, "capex_up": 0.1, "rate_up": 0.01,
    "prices_up": 0.3, "prices_down": 0.3, "carbon_down": 1.0, "curtailed": 0.1, "delayed": 1.0,
}  # fmt: skip
"""The cases of docs/loan_rules.md, in its order."""
MOST: Final = {"savings_down": 1.0, "capex_up": 5.0, "rate_up": 0.5, "delayed": 10.0}
"""How far these are followed to where they break the covenant."""
HALVINGS = 60


@dataclass(frozen=True)
class Covered:
    """Cash, service and what is owed by year of the loan, (S,) each; ``rate`` of the debt."""

    cash: Array
    service: Array
    owed: Array
    rate: float

    @property
    def ratios(self) -> list[float | None]:
        """DSCR by year, None without service."""
        pairs = zip(self.cash.tolist(), self.service.tolist(), strict=True)
        return [cash / due if due > 0 else None for cash, due in pairs]

    @property
    def dscr(self) -> float:
        """The least of them."""
        due = self.service > 0
        return float((self.cash[due] / self.service[due]).min())

    @property
    def llcr(self) -> float:
        """Least worth of the cash up to the last service over what is owed, of all years."""
        last = int(np.flatnonzero(self.service > 0)[-1]) + 1
        return _least_cover(self.cash[:last], self.owed, self.rate)


def _least_cover(cash: Array, owed: Array, rate: float) -> float:
    found = []
    for start, debt in enumerate(owed.tolist()):
        if debt > 0 and start < len(cash):
            ahead = cash[start:]
            moments = np.arange(1.0, len(ahead) + 1)
            found.append(float((ahead / (1.0 + rate) ** moments).sum()) / debt)
    return float(min(found))


def project_cover(debt: Owing, cash: Served) -> float:
    """Least worth of all cash from a year on over what is owed at its start."""
    later = cash.nominal[cash.years >= debt.first]
    return _least_cover(later, debt.due_at(debt.loan.rate), debt.loan.rate)


def covered(debt: Owing, cash: Served, case: str = "", size: float = 0.0) -> Covered:
    """As planned, or in a case that moves money alone."""
    scale = 1.0 + size if case == "capex_up" else 1.0
    rate = debt.loan.rate + (size if case == "rate_up" else 0.0)
    more = debt.by_year(debt.owed) * (rate - debt.loan.rate) / 4.0
    changed = {
        "savings_down": cash.less_saved, "capex_up": cash.dearer, "delayed": cash.later
    }.get(case)  # fmt: skip
    found = along(debt, cash if changed is None else changed(size))
    return Covered(found, scale * (debt.service + more), scale * debt.due_at(rate), rate)


def reached(debt: Owing, cash: Served) -> bool:
    """Whether the cash flow goes on to the last service."""
    return bool(debt.years[debt.service > 0].max() <= cash.years.max())


def check_cover(debt: Owing, cash: Served, told: Mapping[str, Any], rows: Rows) -> None:
    """`loan_cover_follows_cash`: cash, service and ratios by year and the least of them."""
    found = covered(debt, cash)
    _check_years(COVER, "cover", told["years"], debt, found, rows)
    known: dict[str, float | None] = {"dscr": None, "llcr": None, "plcr": None}
    same(rows, COVER, "cover.inflation", told["inflation"], cash.inflation)
    if reached(debt, cash):
        known = {"dscr": found.dscr, "llcr": found.llcr, "plcr": project_cover(debt, cash)}
    for name, value in known.items():
        same(rows, COVER, f"cover.{name}", told[name], value)
    loan, beside = debt.loan, owed_beside(debt.loan, debt.years.astype(int).tolist())
    for row, ratio, has, due, others in zip(
        told["years"], found.ratios, found.cash, found.service, beside, strict=True
    ):
        state = borrower = None
        if loan.lock_up is not None and loan.default_at is not None:
            state = "pays_out" if ratio is None or ratio >= loan.lock_up else "locked_up"
            state = "default" if ratio is not None and ratio < loan.default_at else state
        if loan.borrower is not None:
            all_due = others + due
            borrower = (loan.borrower.ebitda.value + has) / all_due if all_due > 0 else None
        label = f"cover.years.{row['year']}"
        rows.equal(COVER, [float(row["state"] == state)], [1.0], [[f"{label}.state"]], EXACT)
        same(rows, COVER, f"{label}.borrower", row["borrower"], borrower)


def _check_years(
    row: str, label: str, told: list[Mapping[str, Any]], debt: Owing, found: Covered, rows: Rows
) -> None:
    years = [int(year) for year in debt.years]
    rows.equal(row, [float([each["year"] for each in told] == years)], [1.0], [[label]], EXACT)
    for name, known in (("cash", found.cash), ("service", found.service)):
        shown = [each[name] for each in told]
        rows.equal(row, shown, known, [[f"{label}.{year}.{name}" for year in years]], MONEY)
    for each, ratio in zip(told, found.ratios, strict=True):
        same(rows, row, f"{label}.{each['year']}.dscr", each["dscr"], ratio)


def same(rows: Rows, row: str, label: str, shown: float | None, known: float | None) -> None:
    """A ratio that may be unknown, to a millionth."""
    if shown is None or known is None:
        rows.equal(row, [float(shown is known)], [1.0], [[label]], EXACT)
    else:
        rows.equal(row, [shown], [known], [[label]], SHARE)


def check_stress(debt: Owing, cash: Served, told: Mapping[str, Any], rows: Rows) -> None:
    """`loan_stress_follows_cash`: every case from its cash, the arithmetic ones from the plan's,
    the least ratio of each, the years below the covenant, and where it breaks."""
    given = debt.loan.default_at
    covenant = 1.0 if given is None else given
    same(rows, STRESS, "stress.covenant", told["covenant"], covenant)
    least = {}
    names = [case["case"] for case in told["cases"]]
    rows.equal(STRESS, [float(names == list(SIZES))], [1.0], [["stress.cases"]], EXACT)
    for case in told["cases"]:
        name, label = case["case"], f"stress.{case['case']}"
        same(rows, STRESS, f"{label}.size", case["size"], SIZES[name])
        found = _case(debt, cash, case)
        if found is None or not reached(debt, cash):
            empty = case["dscr"]["value"] is None and case["llcr"]["value"] is None
            rows.equal(STRESS, [float(empty)], [1.0], [[label]], EXACT)
            due = debt.service if found is None else found.service
            shown = [each["service"] for each in case["years"]]
            labels = [[f"{label}.{year:g}.service" for year in debt.years]]
            rows.equal(STRESS, shown, due, labels, MONEY)
            continue
        _check_years(STRESS, label, case["years"], debt, found, rows)
        least[name] = found.dscr
        same(rows, STRESS, f"{label}.dscr", case["dscr"]["value"], found.dscr)
        same(rows, STRESS, f"{label}.llcr", case["llcr"]["value"], found.llcr)
        pairs = zip(debt.years, found.ratios, strict=True)
        below = [int(year) for year, ratio in pairs if ratio is not None and ratio < covenant]
        rows.equal(STRESS, [float(case["below"] == below)], [1.0], [[f"{label}.below"]], EXACT)
        if name in BY_MONEY:
            breaks = _breaks(debt, cash, name, covenant)
            same(rows, STRESS, f"{label}.breaks", case["breaks"]["value"], breaks)
    worst = min(least, key=lambda name: least[name], default=told["cases"][0]["case"])
    rows.equal(STRESS, [float(told["worst"] == worst)], [1.0], [["stress.worst"]], EXACT)


def _case(debt: Owing, cash: Served, case: Mapping[str, Any]) -> Covered | None:
    """As it must be; None where the plant can't be run so."""
    if case["dispatched"]:
        shown = [each["cash"] for each in case["years"]]
        if None in shown:
            return None
        planned = covered(debt, cash)
        return Covered(np.array(shown, float), planned.service, planned.owed, planned.rate)
    return covered(debt, cash, case["case"], case["size"] or 0.0)


def _breaks(debt: Owing, cash: Served, case: str, covenant: float) -> float | None:
    """Smallest size found by halving at which the least ratio is the covenant; None: as planned it
    is below, or the largest size isn't."""
    low, high = 0.0, MOST[case]
    if covered(debt, cash).dscr < covenant or covered(debt, cash, case, high).dscr >= covenant:
        return None
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        if covered(debt, cash, case, middle).dscr >= covenant:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0
