"""The case without one of its rules: what the plan would be free to do."""

from __future__ import annotations

from dataclasses import replace

from optimizer.inputs.case import Case

FIELDS = ("gross_cap", "net_target", "offset_share")
BUDGET = "budget"


def without_rule(case: Case, rule: str) -> Case:
    """The same case without a rule as `binding` names it: a field of the policy, the budget or a
    gate by its id pack/rule. Raises ValueError for any other."""
    none = (None,) * len(case.years)
    if rule == BUDGET:
        return replace(case, budget=replace(case.budget, capex=none))
    policy = case.policy
    if rule == "gross_cap":
        return replace(case, policy=replace(policy, gross_cap=none))
    if rule == "net_target":
        return replace(case, policy=replace(policy, net_target=none))
    if rule == "offset_share":
        return replace(case, policy=replace(policy, offset_share=none))
    held = tuple(each for each in policy.held if each.id != rule)
    if len(held) == len(policy.held):
        raise ValueError(f"{rule} is no rule that can be left out")
    return replace(case, policy=replace(policy, held=held))


def can_be_left_out(case: Case, rule: str) -> bool:
    """Whether without_rule knows the rule: areas and other facts of the site aren't rules."""
    return rule in (*FIELDS, BUDGET) or any(each.id == rule for each in case.policy.held)
