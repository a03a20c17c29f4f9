"""Claims under contracts, where the model leaves them open: as many as lower the market ledger."""

from __future__ import annotations

from typing import Any

from optimizer.inputs.case import Case, ContractOption
from optimizer.inputs.held_rules import NeverRisesRule
from optimizer.solve.solution import Solution

NO_CREDITS = 1e-6
"""Tonnes. Where a year's credits are bound to its market-based emissions, its claims stay."""


def settle_claims(solution: Solution) -> None:
    """Raise each year's claims to what contracts and purchases allow, the cleanest first, in all
    that is evaluated from the solution. None is raised where a gate forbids a rise by market: it
    allows more where the year before emitted more, and that year stays as it was chosen."""
    case = solution.matrix.case
    rules = (rule for rule in case.policy.held if isinstance(rule, NeverRisesRule))
    if any(rule.ledger == "market" for rule in rules):
        return
    credits = solution.yearly("credits")
    by_market = case.policy.ledger == "market"
    for at, year in enumerate(case.years):
        offset = sum(credits.get((q.id, year), 0.0) for q in case.credits)
        if not by_market or offset <= NO_CREDITS:
            for carrier in case.carriers:
                cleaner = [
                    g
                    for g in case.contracts
                    if g.carrier == carrier.id and g.factor < carrier.residual[at]
                ]
                _raise(solution.matrix.layer.model, case, carrier.id, cleaner, year)


def _raise(m: Any, case: Case, carrier: str, cleaner: list[ContractOption], year: int) -> None:
    """Claims of the contracts that are cleaner than what nobody claims [MWh]."""
    every = [g for g in case.contracts if g.carrier == carrier]
    delivered = (m.total["delivered", g.id, year].value for g in every if g.form == "energy")
    bought = sum(delivered, 0.0)
    if ("import", carrier, year) in m.total:
        bought += m.total["import", carrier, year].value
    if ("first_made", carrier, year) in m.total:
        resold = m.total["export", carrier, year].value - m.total["first_made", carrier, year].value
        bought -= max(0.0, resold)
    room = bought - sum(m.claimed[g.id, year].value for g in every)
    for contract in sorted(cleaner, key=lambda g: g.factor):
        claimed = m.claimed[contract.id, year]
        more = max(0.0, min(_most(m, contract, year) - claimed.value, room))
        claimed.set_value(claimed.value + more, skip_validation=True)
        room -= more


def _most(m: Any, contract: ContractOption, year: int) -> float:
    """What a contract lets be claimed [MWh]: issued, matched or delivered."""
    if contract.form == "energy":
        return float(m.total["delivered", contract.id, year].value)
    if contract.hourly:
        return float(m.total["matched", contract.id, year].value)
    return float(m.contracted[contract.id, year].value)
