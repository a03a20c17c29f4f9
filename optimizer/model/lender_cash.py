"""Debt service covered by what the plan saves: nominal, year by year, as docs/loan_rules.md has it.

Tax isn't in these rows: it only lowers cash, so no plan that qualifies is lost, and what is found
is judged with it.
"""

from __future__ import annotations

from typing import Any, Final

import pyomo.environ as pyo

from optimizer.inputs.lender import LIFE_COVER, YEARLY_COVER, Ask, LenderRule, Lent
from optimizer.model.after_term import bought_later, freed_in
from optimizer.model.borrowing import borrowed_in
from optimizer.model.financing import paid_in
from optimizer.model.layer import YearlyLayer, hold, named
from optimizer.names import CARBON_CLASSES, EQUIPMENT_CLASSES, VALUATION

FAR: Final = 1.0
"""Times the dearest year of the baseline: cash where there is no debt isn't worth further below 0
than that. At 150 times HiGHS called plans impossible which exist."""


def add_cover(layer: YearlyLayer, rule: LenderRule, lent: Lent) -> None:
    """The covers that are asked of debt service by draw."""
    if rule.of(*YEARLY_COVER, *LIFE_COVER):
        add_carbon(layer, rule)
        _add_indebted(layer, lent)
        _add_yearly(layer, rule, lent)
        _add_life(layer, rule, lent)


def add_draws(layer: YearlyLayer, lent: Lent) -> None:
    """drawn[v]: of a loan that pays each year's builds by a draw of their own; what is borrowed for
    them, where that counts while the plan is chosen."""
    m, counts = layer.model, layer.case.borrowing is not None
    years = lent.draws if lent.by_build else ()
    if counts:
        m.drawn = pyo.Expression(years, rule=lambda m, y: borrowed_in(layer, y))
    else:
        m.drawn = pyo.Var(years, bounds=(0, lent.amount))

    def within(m: Any, y: int) -> Any:
        """A year's draw pays for that year's builds: drawn <= sum eligible [nominal money]."""
        return m.drawn[y] <= sum((m.eligible[at] for at in m.eligible if at[1] == y), 0.0)

    named(m, "draws_within_eligible", () if counts else years, within)
    _add_whole(layer, lent)


def _add_whole(layer: YearlyLayer, lent: Lent) -> None:
    """What is drawn by build, or what counts and is drawn by tranches, is the loan."""
    m, counts = layer.model, layer.case.borrowing is not None

    def whole(m: Any) -> Any:
        """All of the loan is drawn: sum drawn, or borrowed, = amount [nominal money]."""
        drawn = m.drawn if lent.by_build else m.borrowed
        return sum(drawn.values(), 0.0) == lent.amount

    if (lent.by_build and lent.draws) or (counts and not lent.by_build and len(m.borrowed)):
        m.draws_are_loan = pyo.Constraint(rule=whole)


def _due(lent: Lent) -> list[int]:
    """Cash years, counted from the first, in which some draw is served."""
    return [t for t in range(lent.service.shape[1]) if lent.service[:, t].any()]


def _add_indebted(layer: YearlyLayer, lent: Lent) -> None:
    """indebted[t]: whether there is debt in a cash year; before a first draw and after the last
    repayment nothing is asked of the cash."""
    m, open_years = layer.model, _due(lent) if lent.by_build else []
    m.indebted = pyo.Var(open_years, domain=pyo.Binary)
    pairs = [(v, t) for t in open_years for d, v in enumerate(lent.draws) if lent.service[d, t]]

    def when_drawn(m: Any, v: int, t: int) -> Any:
        """What is drawn is debt until it is repaid: drawn <= amount x indebted [nominal money]."""
        return m.drawn[v] <= lent.amount * m.indebted[t]

    named(m, "indebted_when_drawn", pairs, when_drawn)


def _unasked(layer: YearlyLayer, rule: LenderRule, t: int) -> Any:
    """Room that a row of cover has in a year without debt [nominal money]."""
    if t not in layer.model.indebted:
        return 0.0
    assert rule.beside is not None
    most = FAR * float((rule.level * rule.beside.running).max())
    return most * (1 - layer.model.indebted[t])


def _drawn(layer: YearlyLayer, lent: Lent, draw: int) -> Any:
    return layer.model.drawn[lent.draws[draw]] if lent.by_build else lent.amount


def add_carbon(layer: YearlyLayer, rule: LenderRule) -> None:
    """carbon_above[y]: what the plan pays more for carbon; what it pays less is no cash."""
    m, beside = layer.model, rule.beside
    assert beside is not None
    m.carbon_above = pyo.Var(layer.years, bounds=(0, None))

    def above(m: Any, y: int) -> Any:
        """carbon_above >= carbon cost - the baseline's [real money]."""
        paid = _registered(layer, y, carbon=True)
        if isinstance(paid, float):
            hold(m.carbon_above[y], 0.0)
            return True
        return m.carbon_above[y] >= paid - float(beside.carbon[layer.at(y)])

    named(m, "carbon_above_baseline", layer.years, above)


def _registered(layer: YearlyLayer, year: int, *, carbon: bool) -> Any:
    """Costs of a year that come again every year, of carbon or all others but what owners are paid,
    of which the charge is an equal part [real money]."""
    return sum(
        (
            by_year[year]
            for line, by_year in layer.costs.items()
            if line.timing == "recurring"
            and year in by_year
            and line.cost_class not in (*EQUIPMENT_CLASSES, VALUATION, "financing")
            and (line.cost_class in CARBON_CLASSES) == carbon
        ),
        0.0,
    )


def _renewed(layer: YearlyLayer, year: int) -> Any:
    """What measures cost again in a cash year: forced renewals, and in the tail whatever was paid a
    life ago [real money]."""
    return sum((_paid(layer, o.id, year, again=True) for o in layer.case.measures), 0.0)


def _paid(layer: YearlyLayer, measure: str, year: int, *, again: bool) -> Any:
    """What a measure's builds and renewals cost in a cash year; ``again``: its renewals alone."""
    m, years = layer.model, layer.years
    option = next(o for o in layer.case.measures if o.id == measure)
    if year > years[-1]:
        before = year - option.life_years
        return _paid(layer, measure, before, again=False) if before >= years[0] else 0.0
    paid = m.overnight[measure, year]
    if again and (measure, year) in m.size_cost:
        paid -= float(option.price_trend[layer.at(year)]) * m.size_cost[measure, year]
    return paid


def cash_of(layer: YearlyLayer, rule: LenderRule, year: int) -> Any:
    """Cash available for debt service: what the plan saves on costs of the year, less renewals and
    what it pays more for carbon [nominal money]."""
    assert rule.beside is not None
    y, t = min(year, layer.years[-1]), year - layer.years[0]
    running = _registered(layer, y, carbon=False)
    running += sum((paid_in(layer, o, year) for o in layer.case.measures), 0.0)
    if year > y:
        running -= sum((freed_in(layer, o, year) for o in bought_later(layer.case)), 0.0)
    saved = float(rule.beside.running[t]) - running - _renewed(layer, year)
    return float(rule.level[t]) * (saved - layer.model.carbon_above[y])


def _add_yearly(layer: YearlyLayer, rule: LenderRule, lent: Lent) -> None:
    asks, first = {ask.id: ask for ask in rule.of(*YEARLY_COVER)}, layer.years[0]
    due = _due(lent)

    def covered(m: Any, r: str, y: int) -> Any:
        """Cash pays the year's debt service so many times: cover x service + spare <= cash; of the
        borrower: cover x (service + other debts') <= cash + EBITDA [nominal money]."""
        ask, t = asks[r], y - first
        service = _summed(layer, lent, lent.service[:, t])
        cash = cash_of(layer, rule, y)
        if ask.quantity == "borrower_dscr":
            service, cash = service + rule.owed_beside(t), cash + rule.earned
        free = _unasked(layer, rule, t)
        return ask.limit * service + ask.spare.get(y, 0.0) <= cash + free

    named(layer.model, "debt_service_covered", [(r, first + t) for r in asks for t in due], covered)


def _summed(layer: YearlyLayer, lent: Lent, of_one: Any) -> Any:
    """Of all draws together; ``of_one`` (D,): of 1 of each [nominal money]."""
    return sum((float(one) * _drawn(layer, lent, d) for d, one in enumerate(of_one) if one), 0.0)


def _add_life(layer: YearlyLayer, rule: LenderRule, lent: Lent) -> None:
    asks, first = {ask.id: ask for ask in rule.of(*LIFE_COVER)}, layer.years[0]
    starts, due = [t for t in range(len(rule.level)) if lent.owed[:, t].any()], _due(lent)

    def covered(m: Any, r: str, y: int) -> Any:
        """Later cash is worth the debt so many times: cover x owed + spare <= sum of cash
        discounted at the loan's rate, to the last repayment or to the end [nominal money]."""
        ask, start = asks[r], y - first
        owed = _summed(layer, lent, lent.owed[:, start])
        return ask.limit * owed + ask.spare.get(y, 0.0) <= _worth(ask, start)

    def _worth(ask: Ask, start: int) -> Any:
        end = len(rule.level) if ask.quantity == "plcr" else due[-1] + 1
        worth = sum(
            (1 + lent.rate) ** -(t - start + 1) * cash_of(layer, rule, first + t)
            for t in range(start, end)
        )
        return worth + _unasked(layer, rule, start)

    named(layer.model, "debt_covered", [(r, first + t) for r in asks for t in starts], covered)
