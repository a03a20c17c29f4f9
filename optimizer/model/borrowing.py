"""A loan that counts while the plan is chosen: what is drawn, what its rate saves, what it adds to
the budget (docs/model.md, section 5)."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.borrowing_rule import BorrowingRule
from optimizer.inputs.case import MeasureOption
from optimizer.model.eligible import Payable, dearest, less_grants, payable
from optimizer.model.layer import YearlyLayer, named


def add_borrowing(layer: YearlyLayer) -> None:
    """borrowed[m, v]: drawn for the builds of v of measure m [nominal money].

    Each row holds it against prices themselves: a chain of amounts of money beside prices of whole
    plants would be finer than the solver's tolerance.
    """
    rule = layer.case.borrowing
    if rule is None:
        return
    m, found = layer.model, payable(layer, rule)
    m.borrowed = pyo.Var(found.builds, bounds=(0, rule.most))
    _add_within_eligible(layer, rule, found)

    def within_loan(m: Any) -> Any:
        """No more is drawn than is lent: sum borrowed <= most [nominal money]."""
        return sum(m.borrowed.values()) <= rule.most

    if found.builds:
        m.borrowed_within_loan = pyo.Constraint(rule=within_loan)


def _add_within_eligible(layer: YearlyLayer, rule: BorrowingRule, found: Payable) -> None:
    """The loan is a share of what grants and other money leave to be paid."""
    shared = sorted({k for k, _ in found.builds if k in rule.other})

    def within(m: Any, k: str, v: int) -> Any:
        """borrowed <= share x (price - grants) [nominal money]."""
        return m.borrowed[k, v] <= rule.share * less_grants(layer, rule, k, v)

    def only_financed(m: Any, k: str, v: int) -> Any:
        """borrowed <= share x dearest x financed [nominal money]."""
        return m.borrowed[k, v] <= rule.share * dearest(layer, rule, k, v) * m.financed[k]

    def within_rest(m: Any, k: str) -> Any:
        """sum borrowed <= share x (sum (price - grants) - other money) [nominal money]."""
        years = [v for name, v in found.builds if name == k]
        rest = sum(less_grants(layer, rule, k, v) for v in years)
        rest -= rule.other[k] * m.financed[k]
        return sum(m.borrowed[k, v] for v in years) <= rule.share * rest

    choice = [at for at in found.builds if at[0] in found.chosen]
    named(layer.model, "borrowed_within_eligible", found.builds, within)
    named(layer.model, "borrowed_only_financed", choice, only_financed)
    named(layer.model, "borrowed_within_rest", shared, within_rest)


def borrowed_in(layer: YearlyLayer, year: int) -> Any:
    """What is drawn for all builds of a year [nominal money]."""
    borrowed = layer.model.borrowed
    return sum((borrowed[at] for at in borrowed if at[1] == year), 0.0)


def beside_budget(layer: YearlyLayer, year: int) -> Any:
    """What the loan adds to a year's budget: its draws, less debt service where budgets pay it
    [real money]."""
    rule = layer.case.borrowing
    if rule is None or not rule.enlarges:
        return 0.0
    at, money = layer.at(year), 0.0
    for v in layer.years:
        built = layer.at(v)
        added = float(rule.drawn[built, at] / rule.level[at] - rule.repaid[built, at])
        if added:
            money += added * borrowed_in(layer, v)
    return money


def add_interest_saved(layer: YearlyLayer, option: MeasureOption, year: int) -> None:
    """What an ordinary loan would cost more than the draw for the builds of a year, at the end of
    that year: worth x borrowed [money]."""
    rule = layer.case.borrowing
    if rule is None or (option.id, year) not in layer.model.borrowed:
        return
    worth = float(rule.worth[layer.at(year)])
    if worth:
        saved = worth * layer.model.borrowed[option.id, year]
        layer.cost("interest_saved", option.id, year, -saved, "one_off")
