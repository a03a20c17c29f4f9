"""Rules a to g on at once, the ceiling in both modes: the optimum is the cheapest of all plans.

The plant burns 10,950 MWh of gas at 10 and emits 2190 t a year. Two savings: `near`, 5 %, costs
6,351 a year against 5,475 of gas, 8.0 a tonne; `far`, 10 %, 20,000 against 10,950, 41.3 a tonne.
Credits cost 5 a tonne, removals 20.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from optimizer.inputs import case as c
from tests import held
from tests import plants as p
from tests.model.brute_force import cheapest
from tests.model.solving import solved

YEARS = (2026, 2027, 2028)
BASE = 2190.0
NONE = (None,) * 3
Build = Callable[[], c.Case]


def plant(ceiling: c.CeilingRule, *gates: Any, **rules: Any) -> c.Case:
    """Every rule on; ``rules`` gives the fields of the policy that differ from a loose one."""
    loose: dict[str, Any] = {
        "base_emissions": BASE, "gross_cap": (BASE,) * 3, "net_target": (BASE,) * 3,
        "offset_share": (0.1, 0.1, 0.1), "offset_basis": "base_year", "first_credit_year": 2027,
        "gate_reduction": 0.05, "removal_share": (None, 0.1, 0.2),
    }  # fmt: skip
    steady = held.never_rises((1.0, 1.0, 1.0), BASE)
    credits = (
        c.CreditOption("cheap", p.name("cheap"), "avoidance", p.by_year(5.0, YEARS), NONE, 0),
        c.CreditOption("kept", p.name("kept"), "removal", p.by_year(20.0, YEARS), NONE, 0),
    )
    return replace(
        p.boiler_plant(YEARS),
        measures=(
            p.measure("near", YEARS, fixed_om_lump=6_351.0),
            p.measure("far", YEARS, fixed_om_lump=20e3),
        ),
        savings=(
            c.SavingEffect("near", "process", 0.05, ()),
            c.SavingEffect("far", "process", 0.10, ()),
        ),
        credits=credits,
        policy=p.no_policy(YEARS, held=(steady, *gates), ceiling=ceiling, **(loose | rules)),
    )


def on_credits() -> c.Case:
    """The net target of 2028 asks for both savings or one and credits; 1,800 is under both, whose
    1,872.45 t leave 72.45 to credits within the share."""
    rule = c.CeilingRule((15.0,) * 3, "displaced_credit")
    return plant(rule, net_target=(BASE, 2070.0, 1800.0), offset_share=(0.1, 0.1, 0.05))


def on_gross() -> c.Case:
    """A ceiling of 0.2 on every tonne of years with credits, of which 2027 uses some, and a cap of
    1,880 t in 2028 that takes both savings; the target alone would be met by near and credits."""
    rule = c.CeilingRule((None, 0.2, 0.2), "residual")
    case = plant(rule, net_target=(BASE, 2000.0, 1990.0), gross_cap=(BASE, BASE, 1880.0))
    return replace(case, internal_carbon_price=p.by_year([1.0, 1.0, 1.5], YEARS))


def below_the_savings() -> c.Case:
    """A ceiling of 6, less than near costs: only the gate of credits and the gates of packs, 4 % in
    2026 and 9 % in 2028, make it build; a share of what is emitted."""
    rule, cut = c.CeilingRule((6.0,) * 3, "displaced_credit"), (0.96, None, 0.91)
    return plant(
        rule, held.reduction(cut, BASE, 1, 2), net_target=(BASE, 2000.0, 1900.0),
        offset_basis="gross",
    )  # fmt: skip


CASES = [on_credits, on_gross, below_the_savings]


@pytest.mark.parametrize("build", CASES)
def test_with_all_rules_on_the_optimum_is_the_cheapest_of_all_plans(build: Build) -> None:
    """Proves a to g together, to 1e-6: rows that hold alone and clash together, such as a mark of
    the ceiling that opens the gate of credits, would part the two."""
    case = build()
    assert solved(case).decision_cost() == pytest.approx(cheapest(case), rel=1e-6)


LOOSE: dict[str, dict[str, Any]] = {
    "a": {"gross_cap": NONE},
    "b": {"net_target": NONE},
    "c": {"offset_share": (1.0,) * 3},
    "d": {"gate_reduction": None, "first_credit_year": None},
    "e": {"ceiling": None},
    "f": {"removal_share": NONE},
    "g": {"held": ()},
}


@pytest.mark.parametrize("rule", LOOSE)
def test_no_rule_is_idle_in_all_three(rule: str) -> None:
    """Proves that each is compared where it matters: dropped, the optimum of some case weighs at
    least 100 less, and that of none more."""
    saved = []
    for build in CASES:
        case = build()
        free = replace(case, policy=replace(case.policy, **LOOSE[rule]))
        saved.append(solved(case).decision_cost() - solved(free).decision_cost())
    assert min(saved) > -0.01
    assert max(saved) > 100, saved
