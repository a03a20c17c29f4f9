"""What a loan may pay for: the price of builds, less what grants and other money pay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.borrowing_rule import BorrowingRule
from optimizer.inputs.lender import LenderRule
from optimizer.model.grants import grants_received
from optimizer.model.layer import YearlyLayer, build_years, named

Paying = BorrowingRule | LenderRule


@dataclass(frozen=True)
class Payable:
    """(measure, year) of ``builds`` that a loan may pay, and of ``late`` ones that it may not;
    ``chosen``: measures of which it is a choice whether it pays, for some builds don't do, or other
    money pays a part."""

    builds: list[tuple[str, int]]
    late: list[tuple[str, int]]
    chosen: list[str]


def payable(layer: YearlyLayer, rule: Paying) -> Payable:
    """Which builds a loan may pay."""
    options = {o.id: o for o in layer.case.measures if o.id in rule.pays_for}
    every = [(k, v) for k, o in options.items() for v in build_years(o, layer.years)]
    builds = [(k, v) for k, v in every if v in rule.pays_for[k]]
    late = [at for at in every if at not in builds]
    chosen = [k for k in options if k in rule.other or any(k == at[0] for at in late)]
    return Payable(builds, late, chosen)


def add_financed(layer: YearlyLayer) -> None:
    """financed[m]: whether the loan pays for a measure, where that is a choice. Of the loan that
    counts while the plan is chosen, else of the one that a lender asks about; where both are there
    they pay for the same."""
    rule = layer.case.borrowing or layer.case.lender
    if rule is None:
        return
    m, found = layer.model, payable(layer, rule)
    most = {o.id: o.max_builds for o in layer.case.measures}
    m.financed = pyo.Var(found.chosen, domain=pyo.Binary)

    def in_time(m: Any, k: str, v: int) -> Any:
        """What is financed isn't built when the loan may not pay: build <= most x (1 - financed)
        [1]."""
        return m.build[k, v] <= most[k] * (1 - m.financed[k])

    named(m, "financed_only_in_time", found.late, in_time)


def level_in(layer: YearlyLayer, rule: Paying, year: int) -> float:
    """Nominal money per real money in a planning year [1]."""
    return float(rule.level[layer.at(year)])


def price(layer: YearlyLayer, rule: Paying, measure: str, year: int) -> Any:
    """What the builds of a year cost overnight [nominal money]."""
    option = next(o for o in layer.case.measures if o.id == measure)
    trend = float(option.price_trend[layer.at(year)]) * level_in(layer, rule, year)
    return trend * layer.model.size_cost[measure, year]


def less_grants(layer: YearlyLayer, rule: Paying, measure: str, year: int) -> Any:
    """The same, less what grants pay of it [nominal money]."""
    granted = level_in(layer, rule, year) * grants_received(layer, measure, year)
    return price(layer, rule, measure, year) - granted


def dearest(layer: YearlyLayer, rule: Paying, measure: str, year: int) -> float:
    """More than the builds of a year can cost [nominal money]."""
    option = next(o for o in layer.case.measures if o.id == measure)
    top = max(s.intercept + s.slope * s.upper for s in option.segments)
    trend = float(option.price_trend[layer.at(year)]) * level_in(layer, rule, year)
    return trend * top * option.max_builds


def add_eligible(layer: YearlyLayer, rule: LenderRule) -> None:
    """counted[m, v]: price of builds that the loan pays for; eligible[m, v]: what is left of it
    after grants and other money."""
    m, found = layer.model, payable(layer, rule)
    m.counted = pyo.Var(found.builds, bounds=(0, None))
    m.eligible = pyo.Var(found.builds, bounds=(0, None))

    def within_price(m: Any, k: str, v: int) -> Any:
        """The loan counts no more than a measure costs: counted <= price [nominal money]."""
        return m.counted[k, v] <= price(layer, rule, k, v)

    def only_financed(m: Any, k: str, v: int) -> Any:
        """... and only what it is for: counted <= dearest x financed [nominal money]."""
        return m.counted[k, v] <= dearest(layer, rule, k, v) * m.financed[k]

    def within_counted(m: Any, k: str, v: int) -> Any:
        """eligible <= counted [nominal money]."""
        return m.eligible[k, v] <= m.counted[k, v]

    def within_rest(m: Any, k: str) -> Any:
        """The loan pays nothing that others pay: sum eligible <= sum (price - grants) - other money
        [nominal money]."""
        years = [v for name, v in found.builds if name == k]
        other = rule.other[k] * m.financed[k] if k in rule.other else 0.0
        rest = sum(less_grants(layer, rule, k, v) for v in years) - other
        return sum(m.eligible[k, v] for v in years) <= rest

    named(m, "counted_within_price", found.builds, within_price)
    choice = [at for at in found.builds if at[0] in found.chosen]
    named(m, "counted_only_financed", choice, only_financed)
    named(m, "eligible_within_counted", found.builds, within_counted)
    named(m, "eligible_within_rest", sorted({k for k, _ in found.builds}), within_rest)
