"""What must hold for every case, whatever its numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from optimizer.inputs import case as c
from optimizer.inputs.held_rules import NonFossilRule, TraceableRule
from tests.everything import everything
from tests.model.brute_force_cases import gated, grants, growth, lives, logic, offsets, steady
from tests.model.reshaped import renamed, reordered, scaled
from tests.model.solving import outcome_of

few = settings(max_examples=6, deadline=None, derandomize=True, database=None)
BUILDERS = [logic, offsets, grants, lives, growth, gated, steady]
factors = st.floats(0.4, 2.5)
SHARES = (NonFossilRule, TraceableRule)
"""Gates that ask for at least, not for at most."""


def least(case: c.Case) -> float:
    """Cost of the optimum; infinite without a plan."""
    _, outcome = outcome_of(case)
    assert outcome.ending in ("optimal", "infeasible")
    return outcome.objective


def varied(build: Callable[[], c.Case], gas: float, capex: float) -> c.Case:
    """A case with another price of gas and other prices of what can be built."""
    case = build()
    first = case.carriers[0]
    assert first.purchase is not None
    dearer = replace(first.purchase, level=first.purchase.level * gas)
    return replace(
        case,
        carriers=(replace(first, purchase=dearer), *case.carriers[1:]),
        measures=tuple(replace(m, price_trend=m.price_trend * capex) for m in case.measures),
    )


def eased(rule: c.Rule, by: float) -> c.Rule:
    return tuple(None if limit is None else limit + by for limit in rule)


def no_more(eased_cost: float, strict_cost: float) -> bool:
    return eased_cost <= strict_cost * (1 + 1e-8)


@few
@given(factors, factors, st.floats(0, 800), st.sampled_from(["gross_cap", "net_target"]))
def test_a_looser_cap_never_costs_more(gas: float, capex: float, by: float, rule: str) -> None:
    """Proves monotonicity in rules a and b: every plan under a cap is one under a higher cap."""
    case = varied(offsets, gas, capex)
    change: dict[str, Any] = {rule: eased(getattr(case.policy, rule), by)}
    loose = replace(case.policy, **change)
    assert no_more(least(replace(case, policy=loose)), least(case))


def scaled_rule(rule: c.Rule, by: float) -> c.Rule:
    return tuple(None if limit is None else limit * by for limit in rule)


def stricter(policy: c.PolicyRule, rule: str, by: float) -> c.PolicyRule:
    """One rule of the trajectory tightened by a share 0 ... 1 of the way it can go."""
    if rule in ("gross_cap", "net_target", "offset_share"):
        return replace(policy, **{rule: scaled_rule(getattr(policy, rule), 1 - 0.3 * by)})
    if rule == "removal_share":
        share = tuple(None if v is None else v + (1 - v) * by for v in policy.removal_share)
        return replace(policy, removal_share=share)
    if rule == "first_credit_year":
        return replace(policy, first_credit_year=2027 + round(3 * by))
    if rule == "gate_reduction":
        return replace(policy, gate_reduction=(policy.gate_reduction or 0.0) + 0.4 * by)
    held = tuple(
        replace(g, limit=scaled_rule(g.limit, (1 + by) if type(g) in SHARES else (1 - 0.2 * by)))
        for g in policy.held
    )
    return replace(policy, held=held)


@few
@given(
    factors, factors, st.floats(0, 1),
    st.sampled_from(
        ["gross_cap", "net_target", "offset_share", "removal_share", "first_credit_year",
         "gate_reduction"]
    ),
    st.sampled_from([offsets, growth]),
)  # fmt: skip
def test_a_stricter_rule_of_credits_never_costs_less(
    gas: float, capex: float, by: float, rule: str, build: Callable[[], c.Case]
) -> None:
    """Proves monotonicity in rules a to d and f: every plan under the stricter rule is one under
    the looser. A gate that could be opened by a stricter reduction, or a share of a basis that the
    rule itself enlarges, would break it."""
    case = varied(build, gas, capex)
    strict = replace(case, policy=stricter(case.policy, rule, by))
    assert no_more(least(case), least(strict))


@few
@given(factors, factors, st.floats(0, 1), st.sampled_from([gated, steady]))
def test_stricter_gates_never_cost_less(
    gas: float, capex: float, by: float, build: Callable[[], c.Case]
) -> None:
    """Proves monotonicity in rule g: emissions, carbon per tce and shares, all tightened at
    once."""
    case = varied(build, gas, capex)
    assert no_more(least(case), least(replace(case, policy=stricter(case.policy, "held", by))))


@few
@given(factors, factors, st.floats(0, 300e3), st.sampled_from([logic, grants]))
def test_a_larger_budget_never_costs_more(
    gas: float, capex: float, by: float, build: Callable[[], c.Case]
) -> None:
    """Proves monotonicity in the budget, carried over and not, before and after grants."""
    case = varied(build, gas, capex)
    rich = replace(case.budget, capex=eased(case.budget.capex, by))
    assert no_more(least(replace(case, budget=rich)), least(case))


@few
@given(factors, factors, st.sampled_from(BUILDERS), st.integers(0, 10))
def test_a_measure_more_never_costs_more(
    gas: float, capex: float, build: Callable[[], c.Case], which: int
) -> None:
    """Proves that an offer binds nobody: without any one measure the optimum is no lower."""
    case = varied(build, gas, capex)
    gone = case.measures[which % len(case.measures)].id
    fewer = replace(
        case,
        measures=tuple(m for m in case.measures if m.id != gone),
        savings=tuple(s for s in case.savings if s.measure != gone),
        units=tuple(u for u in case.units if u.id != gone),
    )
    assert no_more(least(case), least(fewer))


@few
@example(2.0, grants)
@example(3.0, grants)
@given(st.floats(0.05, 30), st.sampled_from(BUILDERS))
def test_other_money_scales_the_cost(factor: float, build: Callable[[], c.Case]) -> None:
    """Proves that every amount of money is one: prices in fen cost a hundred times those in yuan.

    A constant in the code that is money, or a field that isn't multiplied, would part them. So did
    grants beside prices of whole plants, whose own 1 presolve lost: 4.7 % more at twice the money.
    """
    case = build()
    assert least(scaled(case, factor)) == pytest.approx(factor * least(case), rel=1e-7)


@pytest.mark.parametrize("build", [*BUILDERS, everything])
@pytest.mark.parametrize("reshape", [renamed, reordered])
def test_names_and_order_change_nothing(
    build: Callable[[], c.Case], reshape: Callable[[c.Case], c.Case]
) -> None:
    """Proves that no name has a meaning and no list a direction: the same optimum, to the gap."""
    case = build()
    assert least(reshape(case)) == pytest.approx(least(case), rel=1e-7)
