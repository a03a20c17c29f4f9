"""What counts in the decision and is never paid: internal carbon price and abatement ceiling.

Rule e of design.md section 4, item 7. Lines of the class `valuation` are in the objective, the
`decision_cost`, and in nothing that is paid.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyomo.environ as pyo

from optimizer.inputs.case import ByYear, CeilingRule
from optimizer.model.bounds import deepest_negative, largest_gross
from optimizer.model.credits import all_credits
from optimizer.model.layer import YearlyLayer, named
from optimizer.names import VALUATION


def add_valuation(layer: YearlyLayer) -> None:
    """Register what is only valued, line by line and year by year [money of the year]."""
    price, ceiling = layer.case.internal_carbon_price, layer.case.policy.ceiling
    if price is not None:
        for year in layer.years:
            value = float(price[layer.at(year)]) * layer.model.gross[year]
            layer.cost(VALUATION, "internal_carbon_price", year, value)
    if ceiling is None or not ceiling.binds or not layer.case.credits:
        return
    if ceiling.mode == "displaced_credit":
        _value_credits(layer, ceiling)
    else:
        _value_gross(layer, ceiling)


def _value_credits(layer: YearlyLayer, ceiling: CeilingRule) -> None:
    """A credit counts as much as the ceiling where its price is lower: max(0, ceiling - price) x
    credits, on top of the price that is paid [money]."""
    for year in layer.years:
        at = layer.at(year)
        for q in layer.case.credits:
            above = max(0.0, (ceiling.price[at] or 0.0) - float(q.price[at]))
            layer.cost(VALUATION, q.id, year, above * layer.model.credits[q.id, year])


def _value_gross(layer: YearlyLayer, ceiling: CeilingRule) -> None:
    """Every gross tonne of a year with credits counts as much as the ceiling, whoever emits it."""
    m = layer.model
    years = [y for y in layer.years if ceiling.price[layer.at(y)]]
    without, most = _gross_without_credits(layer), most_credits(layer)
    m.credits_used = pyo.Var(years, domain=pyo.Binary)
    m.gross_at_ceiling = pyo.Var(years, bounds=(0, None))

    def marked(m: Any, y: int) -> Any:
        """A year without the mark has no credits: sum credits <= most credits x used [t]."""
        return all_credits(layer, y) <= most[layer.at(y)] * m.credits_used[y]

    def valued(m: Any, y: int) -> Any:
        """With the mark all gross emissions count, without it none: counted >= gross - most gross
        x (1 - used) [t]. Counted costs and is 0 or more, so it is just max(0, gross) or 0."""
        return m.gross_at_ceiling[y] >= m.gross[y] - without[layer.at(y)] * (1 - m.credits_used[y])

    named(m, "credits_mark_year", years, marked)
    named(m, "gross_counts_with_credits", years, valued)
    for y in years:
        price = ceiling.price[layer.at(y)]
        layer.cost(VALUATION, "residual", y, price * m.gross_at_ceiling[y])


def _gross_without_credits(layer: YearlyLayer) -> ByYear:
    """The most gross emissions that a year without credits can have [t], shape (Y,).

    Where nothing is removed, that is the net target: no larger number holds the relaxation better.
    """
    most = largest_gross(layer.case)
    if deepest_negative(layer.case).any():
        return most
    target = [np.inf if t is None else t for t in layer.case.policy.net_target]
    held: ByYear = np.minimum(most, target)
    return held


def most_credits(layer: YearlyLayer) -> ByYear:
    """The most credits that a year can use [t], shape (Y,): own emissions, what is for sale, and
    the share of the base year."""
    case, policy = layer.case, layer.case.policy
    sold = np.sum([[np.inf if t is None else t for t in q.available] for q in case.credits], axis=0)
    most: ByYear = np.minimum(largest_gross(case), sold)
    if policy.offset_basis == "base_year":
        share = [np.inf if s is None else s * policy.base_emissions for s in policy.offset_share]
        most = np.minimum(most, share)
    return most
