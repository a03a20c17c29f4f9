"""What would be without the plan, and why savings are shares of the plan's, not sums."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from optimizer.reports.loan_file.grid import Cell, Column, Grid, Num, Prose
from optimizer.reports.loan_file.view import LoanView

Array = NDArray[np.float64]
LEDGERS = {"location": "scope2_location", "market": "scope2_market"}


def method(view: LoanView) -> Prose:
    """How the baseline is made."""
    said = [view.told("counterfactual.baseline"), view.told("counterfactual.ledgers")]
    return Prose(view.told("counterfactual.heading"), said)


def by_year(view: LoanView) -> Grid:
    """Emissions by both ledgers and energy bought, baseline, plan and difference."""
    run = view.subject.run
    rows: dict[str, list[Cell]] = {}
    for i, year in enumerate(view.subject.plan.years):
        at = f"against.{year}"
        cells: list[Cell] = []
        for key, of in _columns():
            sides = [float(_figure(ds, of)[i]) for ds in (run.baseline, run.plan)]
            cells += [Num(sides[0]), Num(sides[1])]
            cells.append(Num(sides[0] - sides[1], f"[{at}.{key}_baseline]-[{at}.{key}_plan]"))
        rows[str(year)] = [year, *cells]
    columns = [Column("year", view.view.say("word.year"), "year")]
    for key, _ in _columns():
        for side, word in (("baseline", "side"), ("plan", "plan"), ("less", "less")):
            head = view.told(f"counterfactual.{word}", what=view.told(f"counterfactual.{key}"))
            columns.append(Column(f"{key}_{side}", head, "money"))
    return Grid("against", view.told("counterfactual.table"), columns, rows)


def _columns() -> tuple[tuple[str, str], ...]:
    return (*LEDGERS.items(), ("energy", ""))


def _figure(dataset: xr.Dataset, ledger: str) -> Array:
    """Scope 1 and 2 of a ledger [t], or all energy bought [MWh] without one, by planning year."""
    bought: Array = dataset["purchased"].sum("carrier").values
    return (dataset["scope1"] + dataset[ledger]).values if ledger else bought


def interaction(view: LoanView) -> list[Grid | Prose]:
    """Each measure alone and its share; or that `decarb measures` hasn't run."""
    shares = view.subject.run.shares
    heading = view.told("interaction.heading")
    if shares is None:
        return [Prose(heading, [view.told("interaction.none", run=view.subject.run.path.name)])]
    names = view.subject.given.measures
    rows: dict[str, list[Cell]] = {
        item["id"]: [
            view.name(item["id"]) if item["id"] in names else item["id"],
            *(item.get(key) for key in ("alone", "saving", "tonnes_alone", "tonnes")),
        ]
        for item in shares["items"]
    }
    rows |= _sums(view, shares, list(rows))
    columns = [Column("measure", view.view.say("word.measure"))]
    columns += [
        Column(key, view.told(f"interaction.{key}", currency=view.currency), "money")
        for key in ("alone", "saving", "tonnes_alone", "tonnes")
    ]
    grid = Grid("interaction", view.told("interaction.table"), columns, rows, total="plan")
    return [Prose(heading, [view.told("interaction.said")]), grid]


def _sums(view: LoanView, shares: Mapping[str, Any], items: list[str]) -> dict[str, list[Cell]]:
    """What the shares add up to, what rules, credits and budget do beside them, and the plan."""
    found: dict[str, list[Cell]] = {
        "all": [view.told("total"), None],
        "rest": [view.told("interaction.rest"), None],
        "plan": [view.told("interaction.plan"), None],
    }
    for key in ("saving", "tonnes"):
        summed = sum(item[key] for item in shares["items"])
        rest = shares[key] - summed
        span = f"SUM([interaction.{items[0]}:{items[-1]}.{key}])" if items else "0"
        between: list[Cell] = [None] if key == "saving" else []
        found["all"] += [Num(summed, span), *between]
        found["rest"] += [Num(rest), *between]
        plan = f"[interaction.all.{key}]+[interaction.rest.{key}]"
        found["plan"] += [Num(shares[key], plan), *between]
    return found
