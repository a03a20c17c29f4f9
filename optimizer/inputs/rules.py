"""Budget, grants and policy as limits by planning year."""

from __future__ import annotations

from optimizer.inputs.assembly import Assembly, name_of
from optimizer.inputs.case import (
    BaseYearData,
    BudgetRule,
    GrantOption,
    PolicyRule,
)
from optimizer.inputs.pack_rules import held_rules
from optimizer.inputs.valuation import ceiling_rule


def budget_rule(assembly: Assembly) -> BudgetRule:
    """Capex a year [money], None in years without a budget."""
    budget = assembly.scenario.budget
    return BudgetRule(
        capex=assembly.money_rule(budget.capex, ("budget", "capex")),
        carry_over=budget.carry_over,
        exempt_renewals=budget.exempt_renewals,
    )


def grant_options(assembly: Assembly) -> tuple[GrantOption, ...]:
    """Grants with their cap [money] and the planning years in which they pay."""
    return tuple(
        GrantOption(
            id=grant.id,
            name=name_of(grant.name),
            measures=grant.measures,
            share=grant.share,
            cap=assembly.money(grant.cap, ("grants", index, "cap")),
            years=tuple(grant.first <= year <= grant.last for year in assembly.years),
        )
        for index, grant in enumerate(assembly.scenario.grants)
    )


def policy_rule(assembly: Assembly, base: BaseYearData) -> PolicyRule:
    """The policy's limits; base emissions are those of its own ledger [t]."""
    policy = assembly.scenario.policy
    offset = policy.offset
    scope2 = base.scope2_location if policy.ledger == "location" else base.scope2_market
    gate = offset.gate if offset else None
    return PolicyRule(
        ledger=policy.ledger,
        export_treatment=policy.export_treatment,
        base_emissions=base.scope1 + scope2,
        gross_cap=assembly.rule(policy.gross_cap),
        net_target=assembly.rule(policy.net_target),
        offset_share=assembly.rule(offset.share if offset else None),
        offset_basis=offset.basis if offset else None,
        first_credit_year=offset.first_year if offset else None,
        gate_reduction=gate.reduction if gate else None,
        removal_share=assembly.rule(offset.removal_share if offset else None),
        held=held_rules(assembly, base),
        gases=policy.gases,
        ceiling=ceiling_rule(assembly),
    )
