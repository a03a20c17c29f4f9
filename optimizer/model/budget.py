"""Budget and grants: what may be spent each year, overnight, after grants."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.case import GrantOption, MeasureOption
from optimizer.model.assets import renewal_payment
from optimizer.model.borrowing import beside_budget
from optimizer.model.financing import bought_back
from optimizer.model.layer import YearlyLayer, build_years, named
from optimizer.model.trajectory import ruled_years


def add_grants(layer: YearlyLayer) -> None:
    """grant[k, m, y]: money that grant k pays towards the builds of measure m in year y."""
    m, grants = layer.model, {g.id: g for g in layer.case.grants}
    options = {o.id: o for o in layer.case.measures}
    index = [
        (g, k, y)
        for g, grant in grants.items()
        for k in grant.measures
        if k in options
        for y in build_years(options[k], layer.years)
        if grant.years[layer.at(y)]
    ]
    m.grant = pyo.Var(index, bounds=(0, None))
    trend = {
        (k, y): float(o.price_trend[layer.at(y)]) for k, o in options.items() for y in layer.years
    }

    def within_share(m: Any, g: str, k: str, y: int) -> Any:
        """A grant pays at most its share of the capex: grant <= share x overnight [money]."""
        return m.grant[g, k, y] <= grants[g].share * trend[k, y] * m.size_cost[k, y]

    def within_capex(m: Any, k: str, y: int) -> Any:
        """No project is paid for twice: sum of its grants <= overnight [money]."""
        return sum(m.grant[i] for i in index if i[1:] == (k, y)) <= trend[k, y] * m.size_cost[k, y]

    def within_cap(m: Any, g: str) -> Any:
        """A grant ends at its cap: sum of what it pays <= cap [money]."""
        return sum(m.grant[i] for i in index if i[0] == g) <= grants[g].cap

    named(m, "grant_within_share", index, within_share)
    named(m, "grant_within_capex", sorted({(k, y) for _, k, y in index}), within_capex)
    named(m, "grant_within_cap", sorted({g for g, _, _ in index}), within_cap)


def grants_received(layer: YearlyLayer, measure: str, year: int) -> Any:
    """All grants towards the builds of a measure in a year [money]."""
    received = (layer.model.grant[i] for i in layer.model.grant if i[1:] == (measure, year))
    return sum(received, 0.0)


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


__all__ = ["GrantOption", "add_budget", "add_grants", "capex_after_grants", "grants_received"]
