"""Credit lines beside the loan: their terms, and what they bring and cost by year."""

from __future__ import annotations

from typing import Final

import numpy as np

from optimizer.loans.credit_lines import line_years
from optimizer.loans.lending import Lending
from optimizer.loans.owner import owner
from optimizer.reports.loan_file.grid import Cell, Column, Grid, Num
from optimizer.reports.loan_file.view import LoanView

YEARLY: Final = ("drawn", "service", "owing")


def credit_lines(view: LoanView, lending: Lending) -> list[Grid]:
    """Terms, then a row a year; nothing where there are no lines."""
    return [_terms(view, lending), _by_year(view, lending)] if lending.loan.credit_lines else []


def _terms(view: LoanView, lending: Lending) -> Grid:
    rows: dict[str, list[Cell]] = {
        line.id: [
            view.text(line.name), view.told(f"lines.{line.purpose}"), line.amount.value,
            Num(line.rate), line.tenor, line.grace,
            view.view.say(f"loan.repayment.{line.repayment}"),
            ", ".join(each.drawn.isoformat() for each in line.tranches),
        ]
        for line in lending.loan.credit_lines
    }  # fmt: skip
    columns = (
        Column("name", view.told("lines.line")),
        Column("purpose", view.told("lines.purpose")),
        Column("amount", view.money("debt.amount"), "money"),
        Column("rate", view.told("debt.rate"), "share"),
        Column("tenor", view.told("lines.tenor"), "number"),
        Column("grace", view.told("lines.grace"), "number"),
        Column("repayment", view.told("debt.repayment")),
        Column("days", view.told("debt.drawn_on")),
    )
    return Grid("line_terms", view.told("lines.terms"), columns, rows)


def _by_year(view: LoanView, lending: Lending) -> Grid:
    """Draws and debt service, less what the state pays, of lines that the plan takes; debt service
    of all of them, which the borrower's cover counts. Terms are built into the numbers."""
    years = owner(view.subject, lending).years
    known = np.zeros((len(YEARLY), len(years)))
    for line in lending.loan.credit_lines:
        found = line_years(line)
        for year, drawn, service, paid in zip(
            found.years, found.drawn, found.service, found.subsidy, strict=True
        ):
            if year in years:
                taken = float(line.purpose == "plan")
                known[:, years.index(year)] += taken * drawn, taken * (service - paid), service
    rows: dict[str, list[Cell]] = {
        str(year): [year, *(Num(float(value)) for value in known[:, at])]
        for at, year in enumerate(years)
    }
    columns = [Column("year", view.view.say("word.year"), "year")]
    columns += [Column(key, view.money(f"lines.{key}"), "money") for key in YEARLY]
    return Grid("lines", view.told("lines.years"), columns, rows)
