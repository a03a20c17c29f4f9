"""The factory that only keeps what it has (docs/model.md, section 7)."""

from __future__ import annotations

from dataclasses import replace

from optimizer.inputs.case import BudgetRule, Case, ContractOption, PolicyRule, Rule


def baseline_case(case: Case) -> Case:
    """The same case without new measures, grants, credits, budget, rules of the policy and what is
    only valued.

    Contracts in force are kept at their lower size, to their last year. Assets stand to the end of
    their life and are then renewed where they can be. Prices, carbon price, output and series stay.
    """
    own = {asset.old_unit for asset in case.assets}
    own |= {asset.renewed_unit for asset in case.assets if asset.renewed_unit is not None}
    none: Rule = (None,) * len(case.years)
    return replace(
        without_carbon_rules(case),
        units=tuple(unit for unit in case.units if unit.id in own),
        measures=(),
        savings=(),
        assets=tuple(replace(asset, free=False) for asset in case.assets),
        contracts=tuple(_kept(g, len(case.years)) for g in case.contracts if g.in_force),
        material_contracts=(),
        grants=(),
        budget=BudgetRule(capex=none, carry_over=False, exempt_renewals=False),
        lender=None,
        borrowing=None,
    )


def without_carbon_rules(case: Case) -> Case:
    """The same case without rules of the policy, credits, which only these ask for, and without
    what is only valued."""
    policy = _without_rules(case.policy, (None,) * len(case.years))
    return replace(case, credits=(), policy=policy, internal_carbon_price=None)


def _kept(contract: ContractOption, years: int) -> ContractOption:
    """What is in force, and nothing signed beside or after it."""
    return replace(contract, upper=contract.lower, earliest=years)


def _without_rules(policy: PolicyRule, none: Rule) -> PolicyRule:
    """Only the ledger, its gases, how it counts exports, and the base year remain."""
    return PolicyRule(
        ledger=policy.ledger,
        export_treatment=policy.export_treatment,
        base_emissions=policy.base_emissions,
        gross_cap=none,
        net_target=none,
        offset_share=none,
        offset_basis=None,
        first_credit_year=None,
        gate_reduction=None,
        removal_share=none,
        gases=policy.gases,
    )
