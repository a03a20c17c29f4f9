"""A loan that counts while the plan is chosen: what is drawn, what its rate saves, what it adds to
the budget (docs/model.md, section 5)."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.case import MeasureOption
from optimizer.inputs.lender import Lent
from optimizer.model.layer import YearlyLayer, named


def add_borrowing(layer: YearlyLayer) -> None:
    """borrowed[m, v]: drawn at the start of v for the builds of measure m [nominal money]."""
    rule = layer.case.borrowing
    if rule is None:
        return
    m = layer.model
    m.borrowed = pyo.Var(list(m.counted), bounds=(0, rule.most))

    def within_eligible(m: Any, k: str, v: int) -> Any:
        """The loan is a share of what it may pay for: borrowed <= share x eligible [nominal
        money]."""
        return m.borrowed[k, v] <= rule.share * m.eligible[k, v]

    def within_loan(m: Any) -> Any:
        """No more is drawn than is lent: sum borrowed <= most [nominal money]."""
        return sum(m.borrowed.values()) <= rule.most

    named(m, "borrowed_within_eligible", list(m.counted), within_eligible)
    if len(m.borrowed):
        m.borrowed_within_loan = pyo.Constraint(rule=within_loan)


def add_borrowed_is_drawn(layer: YearlyLayer, lent: Lent) -> None:
    """The loan that counts is the one that a lender asks about."""
    years = lent.draws if lent.by_build and layer.case.borrowing is not None else ()

    def drawn(m: Any, y: int) -> Any:
        """Each year's draw is what its builds get: sum borrowed = drawn [nominal money]."""
        return _borrowed(layer, y) == m.drawn[y]

    named(layer.model, "borrowed_is_drawn", years, drawn)


def _borrowed(layer: YearlyLayer, year: int) -> Any:
    """What is drawn for all builds of a year [nominal money]."""
    borrowed = layer.model.borrowed
    return sum((borrowed[at] for at in borrowed if at[1] == year), 0.0)


def beside_budget(layer: YearlyLayer, year: int) -> Any:
    """What the loan adds to a year's budget: its draw, less debt service of this and earlier draws
    where budgets pay it [real money]."""
    rule = layer.case.borrowing
    if rule is None or not rule.enlarges:
        return 0.0
    at = layer.at(year)
    money = _borrowed(layer, year) / float(rule.level[at])
    for v in layer.years[: at + 1]:
        due = float(rule.repaid[layer.at(v), at])
        if due:
            money -= due * _borrowed(layer, v)
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
