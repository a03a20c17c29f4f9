"""In which years a rule of a pack applies to a plan: in force, and its conditions met.

Scope 3 is counted in part alone (what is bought for the product, and energy before the site), so
its share of all emissions is at least what is counted: enough to say that it is above a value, or
that it isn't below one, and never the contrary.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.in_force import fits_base_year, in_force
from optimizer.plan.judge.figures import Sums
from optimizer.plan.verify.held import power_meets
from optimizer.plan.verify.value_chain import scope3
from optimizer.schema.policy_conditions import Condition, RuleOfEveryYear
from optimizer.schema.policy_fields import meets
from optimizer.schema.policy_pack import PolicyPack
from optimizer.schema.policy_rules import Rule

Flags = NDArray[np.bool_]


class Applies(NamedTuple):
    """Years (Y,) in which a rule surely applies, and in which it may."""

    surely: Flags
    maybe: Flags


def applies(sums: Sums, pack: PolicyPack, rule: Rule) -> Applies:
    """Of a rule that gives a field of the policy: all years, for its limit says where it holds."""
    years = sums.book.years
    if isinstance(rule, RuleOfEveryYear):
        every = np.ones(len(years), bool)
        return Applies(every, every)
    base_year = sums.book.given.scenario.horizon.base_year
    held = np.array(in_force(pack, rule, years)) & fits_base_year(rule.applies_if, base_year)
    found = Applies(held, held)
    for condition in rule.applies_if:
        surely, maybe = _met(sums, rule, condition)
        found = Applies(found.surely & surely, found.maybe & maybe)
    return found


def _met(sums: Sums, rule: Rule, condition: Condition) -> Applies:
    every = np.ones(len(sums.book.years), bool)
    if condition.quantity == "electricity_use":
        met = power_meets(sums.book, condition)
        return Applies(met, met)
    if condition.quantity == "base_year":
        return Applies(every, every)
    met = np.array([meets(float(share), condition) for share in _scope3_share(sums, rule)])
    if condition.comparison in ("at_least", "above"):
        return Applies(met, every)
    return Applies(~every, met)


def _scope3_share(sums: Sums, rule: Rule) -> NDArray[np.float64]:
    """Counted scope 3 of gross emissions and itself, (Y,) [1]; 0 where nothing is emitted."""
    ledger = rule.ledger or sums.book.given.policy.ledger
    chain = scope3(sums.book).sum(axis=0)
    whole = chain + sums.gross("market" if ledger == "market" else "location")
    share: NDArray[np.float64] = np.divide(chain, whole, out=0.0 * whole, where=whole > 0)
    return share
