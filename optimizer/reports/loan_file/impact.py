"""What the plan avoids and saves, the loan's part of it, and both per million lent."""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from optimizer.finance.debt import QUARTERS
from optimizer.loans.lending import Lending
from optimizer.loans.of_plan import reduced_by_year
from optimizer.loans.proceeds import MILLION, on_constant_grid
from optimizer.reports.loan_file.grid import Cell, Column, Grid, Num
from optimizer.reports.loan_file.view import LoanView
from optimizer.schema.measure import Generator

Array = NDArray[np.float64]
TONNES = ("constant", "projected")


def yearly(view: LoanView) -> dict[str, Array]:
    """Against the baseline by planning year: `constant` and `projected` t, `energy` and `made`
    MWh; location-based."""
    subject = view.subject
    bought = [ds["purchased"].sum("carrier").values for ds in _sides(view)]
    book = subject.plan
    makers = [name for name, each in book.built.items() if isinstance(each, Generator)]
    made = sum((book.total(book.flows[name]) for name in makers), np.zeros(len(book.years)))
    return {
        "constant": on_constant_grid(subject),
        "projected": reduced_by_year(subject, "scope1")
        + reduced_by_year(subject, "scope2_location"),
        "energy": bought[0] - bought[1],
        "made": made,
    }


def _sides(view: LoanView) -> tuple[xr.Dataset, xr.Dataset]:
    return view.subject.run.baseline, view.subject.run.plan


def by_year(view: LoanView) -> Grid:
    """A row a planning year, and their mean; with what is outstanding and its part of the tonnes
    where there is a loan."""
    found, lending = yearly(view), view.subject.lending
    rows: dict[str, list[Cell]] = {}
    for i, year in enumerate(view.subject.plan.years):
        cells = [Num(float(values[i])) for values in found.values()]
        part = _attributed(view, lending, year, float(found["constant"][i]))
        rows[str(year)] = [year, *cells, *part]
    mean = [
        Num(float(values.mean()), f"AVERAGE([impact.*.{key}])") for key, values in found.items()
    ]
    rest: list[Cell] = [None, None, None] if lending is not None else []
    rows["mean"] = [view.told("mean"), *mean, *rest]
    columns = [Column("year", view.view.say("word.year"), "year")]
    columns += [Column(key, view.told(f"impact.{key}"), "number") for key in found]
    if lending is not None:
        columns += [
            Column("outstanding", view.money("impact.outstanding"), "money"),
            Column("attribution", view.told("impact.attribution"), "share"),
            Column("attributed", view.told("impact.attributed"), "number"),
        ]
    return Grid("impact", view.told("impact.by_year"), columns, rows, total="mean")


def _attributed(view: LoanView, lending: Lending | None, year: int, tonnes: float) -> list[Cell]:
    """Outstanding at the year's end, over the price, and that share of the tonnes (PCAF)."""
    if lending is None:
        return []
    plan, last = lending.schedule, (year - lending.first + 1) * QUARTERS - 1
    at = f"impact.{year}"
    if not 0 <= last < len(plan.owed):
        left, formula = 0.0, "0"
    else:
        left = float(plan.owed[last] - plan.principal[last])
        formula = f"[schedule.q{last}.owed]-[schedule.q{last}.principal]"
    share = left / view.subject.price
    return [
        Num(left, formula),
        Num(share, f"[{at}.outstanding]/[proceeds.all.price]"),
        Num(share * tonnes, f"[{at}.attribution]*[{at}.constant]"),
    ]


def per_million(view: LoanView, lending: Lending) -> Grid:
    """The loan's part when all is drawn, a year, and per million lent: constant grid first."""
    found = yearly(view)
    share, amount = lending.amount / view.subject.price, lending.amount
    rows: dict[str, list[Cell]] = {
        "attribution": [
            view.told("impact.at_signing"),
            Num(share, "[terms.amount.value]/[proceeds.all.price]", "share"), "",
        ]
    }  # fmt: skip
    attribution, lent = "[lent.attribution.value]", "[terms.amount.value]"
    for key in (*TONNES, "energy", "made"):
        mean, unit = (
            float(found[key].mean()),
            view.told("t_a") if key in TONNES else view.told("mwh_a"),
        )
        part = f"[impact.mean.{key}]*{attribution}"
        rows[key] = [view.told(f"impact.part_{key}"), Num(mean * share, part), unit]
        each = mean * share / (amount / MILLION)
        rows[f"{key}_each"] = [
            view.told(f"impact.each_{key}"),
            Num(each, f"[lent.{key}.value]/({lent}/{MILLION:.0f})"),
            view.told("per_million", unit=unit, currency=view.currency),
        ]
    columns = (
        Column("name", view.told("impact.metric")),
        Column("value", view.told("value"), "number"),
        Column("unit", view.told("unit")),
    )
    return Grid("lent", view.told("impact.per_million"), columns, rows)
