"""The limits between which a study looks for plans: on tonnes, on cost."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.model.layer import YearlyLayer
from optimizer.model.objective import present_cost


def weighted_tonnes(layer: YearlyLayer, weight: Any) -> Any:
    """Gross emissions of all years, each at the study's weight: sum weight x gross [t]."""
    return sum(float(weight[layer.at(y)]) * layer.model.gross[y] for y in layer.years)


def add_trade_off(layer: YearlyLayer) -> None:
    """The study's limits; a scenario has none."""
    m, trade = layer.model, layer.case.trade_off
    if trade is None:
        return
    if trade.most_tonnes is not None:
        # All that the factory emits over the years, weighted: sum weight x gross <= most [t].
        tonnes = weighted_tonnes(layer, trade.weight)
        m.weighted_gross_within_limit = pyo.Constraint(expr=tonnes <= trade.most_tonnes)
    if trade.most_cost is not None:
        # No plan that the search itself finds dearer: decision cost <= most [money].
        m.cost_within_limit = pyo.Constraint(expr=present_cost(layer) <= trade.most_cost)
