"""What the site makes, year by year."""

from __future__ import annotations

from optimizer.inputs.assembly import Assembly
from optimizer.inputs.case import ByYear
from optimizer.inputs.yearly import locked


def produced(assembly: Assembly) -> ByYear:
    """Units of product a year: the amount at output 1 x the year's output, shape (Y,); 0 where
    the scenario names no product, which the cross-checks refuse where one is needed."""
    production = assembly.scenario.production
    amount = production.amount if production is not None else 0.0
    return locked(amount * assembly.by_year(assembly.scenario.output, ("output",)))
