"""What the loan leaves the owner, year by year: investment, earnings, draws, service, subsidy."""

from __future__ import annotations

from typing import Final

import numpy as np

from optimizer.finance.debt import QUARTERS
from optimizer.loans.lending import Lending
from optimizer.loans.owner import Owner, owner
from optimizer.plan.returns import Figure
from optimizer.reports.loan_file.grid import Cell, Column, Grid, Num
from optimizer.reports.loan_file.view import LoanView

MONEY: Final = ("invested", "earned", "drawn", "service", "subsidy")
LINES: Final = ("lines_drawn", "lines_service")
RESULT: Final = ("left", "worth")


def owners(view: LoanView, lending: Lending) -> list[Grid]:
    """A row a year, nominal, and what they come to."""
    found = owner(view.subject, lending)
    rows = {str(year): _row(lending, found, at) for at, year in enumerate(found.years)}
    columns = [Column("year", view.view.say("word.year"), "year")]
    keys = (*MONEY, *(LINES if lending.loan.credit_lines else ()), *RESULT)
    columns += [Column(key, view.money(f"owner.{key}"), "money") for key in keys]
    return [_figures(view, found), Grid("owner", view.told("owner.years"), columns, rows)]


def _row(lending: Lending, found: Owner, at: int) -> list[Cell]:
    """One year; draws, service and subsidy from the schedule of the debt."""
    year, here = found.years[at], f"owner.{found.years[at]}"
    start, end = (float(moment[at]) for moment in found.moments)
    power = found.base_year - year
    worth = (1.0 + found.rate) ** power * (end + (1.0 + found.rate) * start)
    grown = "(1+[owned.rate.value])"
    lines, taken, served = [], "", ""
    if lending.loan.credit_lines:
        lines = [
            Num(float(found.lines_drawn[at]), f"[lines.{year}.drawn]"),
            Num(float(found.lines_service[at]), f"[lines.{year}.service]"),
        ]
        taken, served = f"+[{here}.lines_drawn]", f"-[{here}.lines_service]"
    began = f"[{here}.invested]+[{here}.drawn]{taken}"
    return [
        year,
        Num(float(found.invested[at])),
        Num(float(found.earned[at])),
        Num(float(found.drawn[at]), _of_quarters(lending, year, "drawn")),
        Num(float(found.service[at]), _of_quarters(lending, year, "service")),
        Num(float(found.subsidy[at]), _subsidy(lending, year)),
        *lines,
        Num(
            float(found.left[at]),
            f"{began}+[{here}.earned]-[{here}.service]+[{here}.subsidy]{served}",
        ),
        Num(
            worth,
            f"([{here}.left]+[owned.rate.value]*({began}))/{grown}^{-power}" if power < 0
            else f"[{here}.left]+[owned.rate.value]*({began})",
        ),
    ]  # fmt: skip


def _quarters(lending: Lending, year: int) -> range:
    """Quarters of the schedule that lie in a calendar year."""
    first = (year - lending.first) * QUARTERS
    last = min(first + QUARTERS, len(lending.schedule.owed))
    return range(max(0, first), max(0, last))


def _of_quarters(lending: Lending, year: int, column: str) -> str:
    """Sum of a column of the schedule over a year; 0 in years without debt."""
    span = _quarters(lending, year)
    return f"SUM([schedule.q{span[0]}:q{span[-1]}.{column}])" if span else "0"


def _subsidy(lending: Lending, year: int) -> str:
    """What the state pays of the interest of the quarters that its time holds."""
    subsidy = lending.loan.interest_subsidy
    if subsidy is None:
        return "0"
    begins = int(np.flatnonzero(lending.schedule.drawn > 0)[0])
    ends = begins + round(subsidy.time * QUARTERS)
    span = [quarter for quarter in _quarters(lending, year) if begins <= quarter < ends]
    if not span:
        return "0"
    own, rate = "[terms.subsidy.value]", "[terms.rate.value]"
    paid = f"IF({own}<{rate},{own},{rate})"
    return f"{paid}/{QUARTERS}*SUM([schedule.q{span[0]}:q{span[-1]}.owed])"


def _figures(view: LoanView, found: Owner) -> Grid:
    """Nominal rate, worth, rate of return and payback of the owner's own money."""
    rows: dict[str, list[Cell]] = {
        "rate": [view.told("owner.rate"), Num(found.rate, kind="share"), view.told("owner.a_year")],
        "npv": [view.told("owner.npv"), Num(found.npv, "SUM([owner.*.worth])", "money"),
                view.currency],
        "irr": _figure(view, "irr", found.irr, view.told("owner.a_year")),
        "payback": _figure(view, "payback", found.payback, view.told("debt.years")),
    }  # fmt: skip
    columns = (
        Column("name", view.told("item")),
        Column("value", view.told("value"), "number"),
        Column("unit", view.told("unit")),
    )
    return Grid("owned", view.told("owner.table"), columns, rows)


def _figure(view: LoanView, key: str, figure: Figure, unit: str) -> list[Cell]:
    """A figure with its unit, or the reason why there is none."""
    name = view.told(f"owner.{key}")
    if figure.value is None:
        return [name, None, view.view.say(f"worth.reason.{figure.reason}")]
    return [name, Num(figure.value, kind="share" if key == "irr" else None), unit]
