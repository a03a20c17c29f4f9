"""What a lender asks: how large the loan is, how it is covered, what the plan reduces."""

from __future__ import annotations

from typing import Any

from optimizer.inputs.lender import AMOUNTS, REDUCING, Ask, LenderRule
from optimizer.model.eligible import add_eligible
from optimizer.model.layer import YearlyLayer, named
from optimizer.model.lender_cash import add_cover, add_draws
from optimizer.model.lender_sculpted import add_sculpted
from optimizer.model.purchase import purchased

PLAN_ROWS = ("reduces_as_asked", "credits_cover_no_more")
LENDER_ROWS = (
    *PLAN_ROWS, "loan_within_price", "draws_within_eligible", "debt_service_covered",
    "debt_covered", "sculpted_debt_covered", "sculpted_part_pays_interest",
)  # fmt: skip
"""The rows of what a lender asks: all say that something is at most something else."""


def add_lender(layer: YearlyLayer) -> None:
    """What a search for a plan that qualifies for a loan asks; a scenario has none."""
    rule = layer.case.lender
    if rule is None:
        return
    add_eligible(layer, rule)
    _add_amounts(layer, rule)
    if rule.lent is not None:
        add_draws(layer, rule.lent)
    if rule.lent is not None and rule.lent.sculpted is not None:
        add_sculpted(layer, rule, rule.lent, rule.lent.sculpted)
    elif rule.lent is not None:
        add_cover(layer, rule, rule.lent)
    _add_reducing(layer, rule)
    _add_credits(layer, rule)


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
