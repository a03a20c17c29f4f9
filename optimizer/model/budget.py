"""Budget: what may be spent each year, overnight, after grants."""

from __future__ import annotations

from typing import Any

from optimizer.inputs.case import MeasureOption
from optimizer.model.assets import renewal_payment
from optimizer.model.borrowing import beside_budget
from optimizer.model.financing import bought_back
from optimizer.model.grants import grants_received
from optimizer.model.layer import YearlyLayer, build_years, named
from optimizer.model.trajectory import ruled_years


def capex_after_grants(layer: YearlyLayer, year: int) -> Any:
    """What the year's builds and renewals cost overnight and what is bought back, grants deducted
    [money]; where renewals are exempt, neither an asset's nor a measure's by force."""
    m, case = layer.model, layer.case
    other = bought_back(layer, year)
    other -= sum((grants_received(layer, o.id, year) for o in case.measures), 0.0)
    if case.budget.exempt_renewals:
        return sum((_first_payment(layer, o, year) for o in case.measures), 0.0) + other
    spent = sum((m.overnight[o.id, year] for o in case.measures), 0.0)
    spent += sum((renewal_payment(layer, a, year) for a in case.assets if a.renewed_unit), 0.0)
    return spent + other


def _first_payment(layer: YearlyLayer, option: MeasureOption, year: int) -> Any:
    """Overnight cost of the builds of the year alone [money]."""
    if year not in build_years(option, layer.years):
        return 0.0
    return float(option.price_trend[layer.at(year)]) * layer.model.size_cost[option.id, year]


def add_budget(layer: YearlyLayer) -> None:
    """The yearly capex budget; unspent money may be carried over."""
    budget = layer.case.budget

    def within(m: Any, y: int) -> Any:
        """Capex after grants stays within the budget and what a loan adds to it, with carry-over
        summed from the first year [money]."""
        span = [v for v in layer.years if v <= y] if budget.carry_over else [y]
        allowed = sum(float(budget.capex[layer.at(v)] or 0.0) for v in span)
        spent = (capex_after_grants(layer, v) - beside_budget(layer, v) for v in span)
        return sum(spent) <= allowed

    named(layer.model, "capex_within_budget", ruled_years(layer, budget.capex), within)
