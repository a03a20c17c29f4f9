"""What a loan that counts while the plan is chosen means for the largest useful sizes."""

from __future__ import annotations

import numpy as np

from optimizer.finance import present_worth_factor
from optimizer.inputs.case import Case, MeasureOption


def with_loan(case: Case, option: MeasureOption, i: int, budget: float) -> float:
    """Highest price less grants that year i's budget and a loan beside it pay [money].

    The loan is a share of the price. A loan for another measure is no larger than what that takes
    from the budget itself, so it leaves nothing over. Tranches come whatever is built in
    their year.
    """
    rule = case.borrowing
    if rule is not None and rule.enlarges and not rule.by_build:
        parts = rule.most * rule.drawn[0] / rule.level[: len(case.years)]
        return budget + float(parts.sum() if case.budget.carry_over else parts[i])
    if rule is None or not rule.enlarges or case.years[i] not in rule.pays_for.get(option.id, ()):
        return budget
    own = 1.0 - rule.share
    return min(budget + rule.most / float(rule.level[i]), budget / own if own > 0 else np.inf)


def loan_outweighs_price(case: Case, option: MeasureOption) -> bool:
    """Whether the interest saved on some build is worth more than what its capital costs in the
    years that are counted: then a size that never runs would be worth buying."""
    rule, money = case.borrowing, case.money
    if rule is None or option.id not in rule.pays_for:
        return False
    for i, year in enumerate(case.years):
        counted = min(money.evaluate_to - year + 1, option.life_years)
        factor = present_worth_factor(money.rate, counted)
        capital = option.capital_recovery * (1 + money.rate) * factor
        if rule.share * float(rule.level[i] * rule.worth[i]) > capital:
            return True
    return False
