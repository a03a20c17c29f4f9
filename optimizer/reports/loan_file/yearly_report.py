"""The yearly report to the lender: what the plan expects of each figure, and room for what came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.finance.debt import QUARTERS
from optimizer.loans.lending import Lending
from optimizer.reports.loan_file.grid import Cell, Column, Grid, Num
from optimizer.reports.loan_file.metering import meters
from optimizer.reports.loan_file.view import LoanView

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Expected:
    """One figure of the report by planning year (Y,), with its unit."""

    key: str
    name: str
    unit: str
    values: Array


def expected(view: LoanView) -> list[Expected]:
    """All figures of the report: plant, loan, then the meters of each measure."""
    found = [*_plant(view)]
    if view.subject.lending is not None:
        found += _loan(view, view.subject.lending)
    for meter in meters(view):
        place = view.told(f"meter.{meter.place}", of=meter.of)
        name = view.told("yearly.meter", measure=view.name(meter.measure), meter=place)
        found.append(Expected(f"{meter.measure}_{meter.key}", name, meter.unit, meter.expected))
    return found


def _plant(view: LoanView) -> Iterator[Expected]:
    """Output, energy bought by carrier, emissions in both ledgers, credits."""
    plan = view.subject.run.plan
    yield Expected("output", view.told("yearly.output"), "1", view.subject.plan.output)
    for carrier in map(str, plan["carrier"].values):
        bought = plan["purchased"].sel(carrier=carrier).values
        if bought.any():
            name = view.told("yearly.bought", carrier=view.carrier(carrier))
            yield Expected(f"bought_{carrier}", name, "MWh", bought)
    for ledger in ("scope1", "scope2_location", "scope2_market"):
        yield Expected(ledger, view.told(f"yearly.{ledger}"), "t", plan[ledger].values)
    credits = plan["credits"].sum("credit").values
    yield Expected("credits", view.told("yearly.credits"), "t", credits)


def _loan(view: LoanView, lending: Lending) -> Iterator[Expected]:
    """Drawn so far, outstanding at the year's end, cash and DSCR of the year."""
    years, plan = view.subject.plan.years, lending.schedule
    ends = [(year - lending.first + 1) * QUARTERS for year in years]
    drawn = np.array([float(plan.drawn[: max(end, 0)].sum()) for end in ends])
    repaid = np.array([float(plan.principal[: max(end, 0)].sum()) for end in ends])
    yield Expected("drawn", view.told("yearly.drawn"), view.currency, drawn)
    yield Expected("outstanding", view.told("yearly.outstanding"), view.currency, drawn - repaid)
    by_year = dict(
        zip(view.subject.cash[0].astype(int).tolist(), view.subject.cash[1], strict=True)
    )
    cash = np.array([float(by_year.get(year, np.nan)) for year in years])
    yield Expected("cash", view.told("yearly.cash"), view.currency, cash)
    cover = view.subject.cover
    assert cover is not None
    known = dict(zip(cover.years, cover.ratios, strict=True))
    ratios = np.array([np.nan if known.get(y) is None else float(known[y] or 0.0) for y in years])
    yield Expected("dscr", view.told("yearly.dscr"), "1", ratios)


def planned(view: LoanView) -> Grid:
    """A row a figure, a column a planning year: for the page."""
    rows: dict[str, list[Cell]] = {
        each.key: [each.name, each.unit, *(float(value) for value in each.values), None]
        for each in expected(view)
    }
    years = view.subject.plan.years
    columns = [Column("name", view.told("yearly.figure")), Column("unit", view.told("unit"))]
    columns += [Column(f"y{year}", str(year), "number") for year in years]
    columns.append(Column("reported", view.told("yearly.reported"), "fill"))
    return Grid("planned", view.told("yearly.planned"), columns, rows, only="page")


def forms(view: LoanView) -> list[Grid]:
    """A form a planning year: planned, reported (to be filled in), and how far that is off."""
    figures = expected(view)
    return [_form(view, figures, i, year) for i, year in enumerate(view.subject.plan.years)]


def _form(view: LoanView, figures: list[Expected], i: int, year: int) -> Grid:
    rows: dict[str, list[Cell]] = {}
    for each in figures:
        at, value = f"form{year}.{each.key}", float(each.values[i])
        off = f'IF(OR([{at}.reported]="",[{at}.planned]=0),"",[{at}.reported]/[{at}.planned]-1)'
        rows[each.key] = [each.name, each.unit, value, None, Num(None, off), None]
    columns = (
        Column("name", view.told("yearly.figure")),
        Column("unit", view.told("unit")),
        Column("planned", view.told("yearly.plan", year=year), "number"),
        Column("reported", view.told("yearly.reported"), "fill"),
        Column("off", view.told("yearly.off"), "share"),
        Column("why", view.told("yearly.why"), "fill"),
    )
    return Grid(f"form{year}", view.told("yearly.form", year=year), columns, rows, only="book")
