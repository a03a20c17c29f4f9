"""The objective: the decision cost, the present cost of all that is registered, paid or valued."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.case import Case
from optimizer.model.layer import Timing, YearlyLayer


def timing_weight(case: Case, timing: Timing, year: int) -> float:
    """Present worth of one unit of money of a line's timing in a year [1]; docs/model.md
    section 1."""
    at = year - case.years[0]
    if timing == "recurring":
        return float(case.money.weight[at])
    at_year_end = float(case.money.discount[at])
    return at_year_end if timing == "one_off" else at_year_end * (1 + case.money.rate)


def present_cost(layer: YearlyLayer) -> Any:
    """Sum of weight x cost over all lines and years, paid or only valued [money of the base
    year]."""
    return sum(
        timing_weight(layer.case, line.timing, year) * cost
        for line, by_year in layer.costs.items()
        for year, cost in by_year.items()
    )


def add_objective(layer: YearlyLayer) -> None:
    """Minimise the present cost of all that is registered."""
    layer.model.objective = pyo.Objective(expr=present_cost(layer), sense=pyo.minimize)
