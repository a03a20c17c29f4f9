"""What a loan may pay for: the price of builds, less what grants and other money pay."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.borrowing_rule import BorrowingRule
from optimizer.inputs.lender import LenderRule
from optimizer.model.budget import grants_received
from optimizer.model.layer import YearlyLayer, build_years, named

Paying = BorrowingRule | LenderRule


def add_eligible(layer: YearlyLayer) -> None:
    """Of the loan that counts while the plan is chosen, else of the one that a lender asks about;
    where both are there they pay for the same."""
    rule = layer.case.borrowing or layer.case.lender
    if rule is not None:
        _add_counted(layer, rule)
        _add_eligible(layer, rule)


def level_in(layer: YearlyLayer, rule: Paying, year: int) -> float:
    """Nominal money per real money in a planning year [1]."""
    return float(rule.level[layer.at(year)])


def _price(layer: YearlyLayer, rule: Paying, measure: str, year: int) -> Any:
    """What the builds of a year cost overnight [nominal money]."""
    option = next(o for o in layer.case.measures if o.id == measure)
    trend = float(option.price_trend[layer.at(year)]) * level_in(layer, rule, year)
    return trend * layer.model.size_cost[measure, year]


def _dearest(layer: YearlyLayer, rule: Paying, measure: str, year: int) -> float:
    """More than the builds of a year can cost [nominal money]."""
    option = next(o for o in layer.case.measures if o.id == measure)
    top = max(s.intercept + s.slope * s.upper for s in option.segments)
    trend = float(option.price_trend[layer.at(year)]) * level_in(layer, rule, year)
    return trend * top * option.max_builds


def _add_counted(layer: YearlyLayer, rule: Paying) -> None:
    """counted[m, v]: price of builds that the loan pays for; financed[m], where that is a choice:
    some years of build don't do, or other money pays a part."""
    m, case = layer.model, layer.case
    options = {o.id: o for o in case.measures if o.id in rule.pays_for}
    every = [(k, v) for k, o in options.items() for v in build_years(o, layer.years)]
    index = [(k, v) for k, v in every if v in rule.pays_for[k]]
    late = [at for at in every if at not in index]
    chosen = [k for k in options if k in rule.other or any(k == at[0] for at in late)]
    m.financed = pyo.Var(chosen, domain=pyo.Binary)
    m.counted = pyo.Var(index, bounds=(0, None))

    def within_price(m: Any, k: str, v: int) -> Any:
        """The loan counts no more than a measure costs: counted <= price [nominal money]."""
        return m.counted[k, v] <= _price(layer, rule, k, v)

    def only_financed(m: Any, k: str, v: int) -> Any:
        """... and only what it is for: counted <= dearest x financed [nominal money]."""
        return m.counted[k, v] <= _dearest(layer, rule, k, v) * m.financed[k]

    def in_time(m: Any, k: str, v: int) -> Any:
        """What is financed isn't built when the loan may not pay: build <= most x (1 - financed)
        [1]."""
        return m.build[k, v] <= options[k].max_builds * (1 - m.financed[k])

    named(m, "counted_within_price", index, within_price)
    named(m, "counted_only_financed", [at for at in index if at[0] in chosen], only_financed)
    named(m, "financed_only_in_time", late, in_time)


def _add_eligible(layer: YearlyLayer, rule: Paying) -> None:
    """eligible[m, v]: what is left of it after grants and other money."""
    m = layer.model
    m.eligible = pyo.Var(list(m.counted), bounds=(0, None))
    shared = sorted({k for k, _ in m.counted if k in rule.other})

    def within_counted(m: Any, k: str, v: int) -> Any:
        """eligible <= counted [nominal money]."""
        return m.eligible[k, v] <= m.counted[k, v]

    def after_grants(m: Any, k: str, v: int) -> Any:
        """It pays nothing that grants of the year pay: eligible <= price - grants [nominal
        money]."""
        granted = level_in(layer, rule, v) * grants_received(layer, k, v)
        return m.eligible[k, v] <= _price(layer, rule, k, v) - granted

    def within_rest(m: Any, k: str) -> Any:
        """... nor what another loan or fund pays: sum eligible <= sum (price - grants) - other
        money [nominal money]."""
        years = [v for name, v in m.counted if name == k]
        granted = sum(level_in(layer, rule, v) * grants_received(layer, k, v) for v in years)
        price = sum(_price(layer, rule, k, v) for v in years)
        other = rule.other[k] * m.financed[k]
        return sum(m.eligible[k, v] for v in years) <= price - granted - other

    named(m, "eligible_within_counted", list(m.counted), within_counted)
    helped = {at[1:] for at in m.grant}
    named(m, "eligible_after_grants", [at for at in m.counted if at in helped], after_grants)
    named(m, "eligible_within_rest", shared, within_rest)
