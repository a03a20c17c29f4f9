"""What a plan draws of a loan that counted while it was chosen, and what that saves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import xarray as xr

from optimizer.inputs.case import ByYear, Case
from optimizer.plan.shapes import Table, table
from optimizer.solve.solution import Solution

NEGLIGIBLE = 0.01
"""Money below which nothing is drawn."""


def borrowed_variables(case: Case, solution: Solution) -> dict[str, Table]:
    """borrowed (measure, year), nominal money drawn for the builds of the year; none without such a
    loan."""
    if case.borrowing is None:
        return {}
    drawn = solution.yearly("borrowed")
    values = [[drawn.get((m.id, y), 0.0) for y in case.years] for m in case.measures]
    shape = (len(case.measures), len(case.years))
    return {
        "borrowed": table(("measure", "year"), np.reshape(values, shape), case.currency),
    }


def interest_saved(case: Case, solution: Solution) -> Iterator[tuple[str, ByYear]]:
    """Measure -> what an ordinary loan would cost more by cash year, (T,) [real money]."""
    rule, drawn = case.borrowing, solution.yearly("borrowed")
    if rule is None:
        return
    for measure in rule.pays_for:
        amounts = np.array([drawn.get((measure, y), 0.0) for y in case.years])
        yield measure, amounts @ rule.saved


def added_to_budget(case: Case, plan: xr.Dataset) -> ByYear:
    """What the loan adds to the budget of each planning year, (Y,) [real money]."""
    rule = case.borrowing
    if rule is None or not rule.enlarges:
        return np.zeros(len(case.years))
    drawn = plan["borrowed"].transpose("measure", "year").values.sum(axis=0)
    found: ByYear = drawn @ (rule.drawn / rule.level[: len(case.years)] - rule.repaid)
    return found


def borrowed_facts(case: Case, plan: xr.Dataset) -> dict[str, Any] | None:
    """`borrowed` of summary.json; None without a loan that counted.

    amount: drawn in all, draws: by year and measure [nominal money]; interest_saved: worth in the
    base year; added_to_budget: by planning year [real money].
    """
    rule = case.borrowing
    if rule is None:
        return None
    drawn = plan["borrowed"].transpose("measure", "year").values
    worth = drawn.sum(axis=0) * rule.worth * case.money.discount
    draws = [
        {"measure": option.id, "year": year, "amount": float(drawn[k, i])}
        for i, year in enumerate(case.years)
        for k, option in enumerate(case.measures)
        if drawn[k, i] > NEGLIGIBLE
    ]
    return {
        "most": rule.most,
        "amount": float(drawn.sum()),
        "draws": draws,
        "interest_saved": float(worth.sum()),
        "added_to_budget": added_to_budget(case, plan).tolist() if rule.enlarges else None,
    }
