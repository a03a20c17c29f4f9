"""What a lender asks: what the loan may pay for, how large it is, what the plan reduces."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.lender import AMOUNTS, REDUCING, Ask, LenderRule
from optimizer.model.budget import grants_received
from optimizer.model.layer import YearlyLayer, build_years, named
from optimizer.model.lender_cash import add_cover
from optimizer.model.purchase import purchased

PLAN_ROWS = ("reduces_as_asked", "credits_cover_no_more")
LENDER_ROWS = (
    *PLAN_ROWS, "loan_within_price", "draws_within_eligible", "debt_service_covered",
    "debt_covered",
)  # fmt: skip
"""The rows of what a lender asks: all say that something is at most something else."""


def add_lender(layer: YearlyLayer) -> None:
    """What a search for a plan that qualifies for a loan asks; a scenario has none."""
    rule = layer.case.lender
    if rule is None:
        return
    _add_counted(layer, rule)
    _add_eligible(layer, rule)
    _add_amounts(layer, rule)
    if rule.lent is not None:
        add_cover(layer, rule, rule.lent)
    _add_reducing(layer, rule)
    _add_credits(layer, rule)


def level_in(layer: YearlyLayer, rule: LenderRule, year: int) -> float:
    """Nominal money per real money in a planning year [1]."""
    return float(rule.level[layer.at(year)])


def _price(layer: YearlyLayer, rule: LenderRule, measure: str, year: int) -> Any:
    """What the builds of a year cost overnight [nominal money]."""
    option = next(o for o in layer.case.measures if o.id == measure)
    trend = float(option.price_trend[layer.at(year)]) * level_in(layer, rule, year)
    return trend * layer.model.size_cost[measure, year]


def _dearest(layer: YearlyLayer, rule: LenderRule, measure: str, year: int) -> float:
    """More than the builds of a year can cost [nominal money]."""
    option = next(o for o in layer.case.measures if o.id == measure)
    top = max(s.intercept + s.slope * s.upper for s in option.segments)
    trend = float(option.price_trend[layer.at(year)]) * level_in(layer, rule, year)
    return trend * top * option.max_builds


def _add_counted(layer: YearlyLayer, rule: LenderRule) -> None:
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


def _add_eligible(layer: YearlyLayer, rule: LenderRule) -> None:
    """eligible[m, v]: what is left of it after grants and other money."""
    m = layer.model
    m.eligible = pyo.Var(list(m.counted), bounds=(0, None))
    measures = sorted({k for k, _ in m.counted})

    def within_counted(m: Any, k: str, v: int) -> Any:
        """eligible <= counted [nominal money]."""
        return m.eligible[k, v] <= m.counted[k, v]

    def within_rest(m: Any, k: str) -> Any:
        """The loan pays nothing that others pay: sum eligible <= sum (price - grants) - other money
        [nominal money]."""
        years = [v for name, v in m.counted if name == k]
        granted = sum(level_in(layer, rule, v) * grants_received(layer, k, v) for v in years)
        other = rule.other[k] * m.financed[k] if k in rule.other else 0.0
        price = sum(_price(layer, rule, k, v) for v in years)
        return sum(m.eligible[k, v] for v in years) <= price - granted - other

    named(m, "eligible_within_counted", list(m.counted), within_counted)
    named(m, "eligible_within_rest", measures, within_rest)


def _add_amounts(layer: YearlyLayer, rule: LenderRule) -> None:
    """Shares of debt and equity; a loan without an amount needs something to pay for alone."""
    last = layer.years[-1]
    asks = {ask.id: ask for ask in rule.of(*AMOUNTS)}
    amount = 1.0 if rule.lent is None else rule.lent.amount

    def within(m: Any, r: str, y: int) -> Any:
        """The loan is at most a share of what it pays for: amount <= share x price, or x eligible
        cost; with own money: <= (1 - share) x eligible cost [nominal money]."""
        ask, eligible = asks[r], sum(m.eligible.values(), 0.0)
        share = {"debt_share": ask.limit, "equity_share": 1 - ask.limit}.get(
            ask.quantity, ask.limit
        )
        base = sum(m.counted.values(), 0.0) if ask.quantity == "debt_share" else eligible
        return amount + ask.spare.get(y, 0.0) <= share * base

    named(layer.model, "loan_within_price", [(r, last) for r in asks], within)


def _add_reducing(layer: YearlyLayer, rule: LenderRule) -> None:
    asks, last = {ask.id: ask for ask in rule.of(*REDUCING)}, layer.years[-1]

    def reduces(m: Any, r: str, y: int) -> Any:
        """The plan emits, or buys, less than the baseline by as much as is asked: plan <= baseline
        - limit; or less than a share of it in the last year [t, MWh]."""
        ask = asks[r]
        return _left(layer, ask) <= _allowed(layer, rule, ask) - ask.spare.get(y, 0.0)

    named(layer.model, "reduces_as_asked", [(r, last) for r in asks], reduces)


def _left(layer: YearlyLayer, ask: Ask) -> Any:
    """What the plan emits or buys: mean of the planning years, or gross of the last [t, MWh]."""
    if ask.quantity.startswith("reduction_from"):
        return layer.model.gross[layer.years[-1]]
    found = 0.0
    for y in layer.years:
        if ask.quantity == "energy_saving":
            bought = [c.id for c in layer.case.carriers if c.purchase is not None]
            found += sum((purchased(layer, c, y) for c in bought), 0.0)
        else:
            found += layer.emitted("scope1", y) + layer.emitted("scope2_location", y)
    return found / len(layer.years)


def _allowed(layer: YearlyLayer, rule: LenderRule, ask: Ask) -> float:
    """What may be left [t, MWh]."""
    assert rule.beside is not None
    if ask.quantity == "energy_saving":
        return rule.beside.bought - ask.limit
    if ask.quantity == "emissions_reduction":
        return rule.beside.emitted - ask.limit
    from_base = ask.quantity == "reduction_from_base"
    before = layer.case.policy.base_emissions if from_base else rule.beside.gross
    return (1 - ask.limit) * before


def _add_credits(layer: YearlyLayer, rule: LenderRule) -> None:
    asks, targets = {ask.id: ask for ask in rule.of("covered_by_credits")}, layer.case.policy
    index = [(r, y) for r in asks for y in layer.years]

    def covered(m: Any, r: str, y: int) -> Any:
        """Credits meet no target in place of reductions: gross - removal <= net target + limit; in
        a year without one sum credits <= limit [t]."""
        limit, target = asks[r].limit - asks[r].spare.get(y, 0.0), targets.net_target[layer.at(y)]
        if target is None:
            return sum((m.credits[q.id, y] for q in layer.case.credits), 0.0) <= limit
        return m.gross[y] - m.removal[y] <= target + limit

    named(layer.model, "credits_cover_no_more", index, covered)
