"""Grants: what others pay towards a build, for nothing."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.model.layer import YearlyLayer, build_years, named


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
