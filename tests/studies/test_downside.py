"""What projects and plan come to when a driver goes wrong and the plan is held, by arithmetic.

The plant of test_sensitivity.py: `good` saves 100 t for 1,000 a year, `fair` 100 t for 4,000, each
tonne at 50. The plan has both.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from optimizer.inputs.baseline import baseline_case
from optimizer.inputs.case import Case
from optimizer.inputs.change import Change
from optimizer.studies.decision_sheet import regrets
from optimizer.studies.downside import Held, Moved, held
from optimizer.studies.drivers import Driver
from optimizer.studies.sensitivity import Asked, sensitivity
from tests.plan.solved import solved
from tests.studies.lumpy_plant import BOILER_COST
from tests.studies.test_sensitivity import PRICE, at, driver, plant_of

PRICES = driver("price", 0.5, 2.0)
CAP = driver("policy.cap", 0.65, 2.0)
"""Of 4,000 t: 2,600 t are below the 2,790 t that the plan emits, 8,000 t above."""


def case_of(changes: Sequence[Change]) -> Case:
    """The plant at the product of all factors on price or cap."""
    renamed = [Change("cap" if c.path == CAP.path else c.path, c.operator, c.operand, c.origin)
               for c in changes]  # fmt: skip
    return plant_of(renamed).case


def kept(*drivers: Driver) -> Held:
    """The plan of `good` and `fair`, held."""
    case = at(PRICE)
    plan = solved(case, {("good", 2026): 1, ("fair", 2026): 1})
    return held(case_of, plan, solved(baseline_case(case), None), drivers)


def test_what_is_lost_where_a_driver_goes_wrong() -> None:
    """Proves the worth of each project with the other kept: `fair` saves 100 t x 50 - 4,000 = 1,000
    as planned, 2,500 - 4,000 = -1,500 at half the price, which is lost for good, and 6,000 at
    twice. With the plan found anew `fair` would leave at half, and nothing would seem lost."""
    found = {each.id: each for each in kept(PRICES).downsides}
    assert found["fair"].as_planned == pytest.approx(1_000, abs=1)
    worst = found["fair"].worst
    assert worst is not None
    assert (worst.path, worst.factor) == ("price", 0.5)
    assert worst.worth == pytest.approx(-1_500, abs=1)
    assert [each.worth for each in found["fair"].moved] == pytest.approx([-1_500, 6_000], abs=1)
    assert [each.worth for each in found["good"].moved] == pytest.approx([1_500, 9_000], abs=1)


def test_regret_is_the_held_plan_above_the_optimum() -> None:
    """Proves both ends: at half the price the held plan costs 5,000 + 25 x 600 = 20,000 beside the
    boiler, the best one, `good` alone, 18,500: 1,500 regretted. At twice 5,000 + 60,000 against
    61,000 with `dear` too: 4,000. Against the cost as planned they would be -15,000 and 30,000."""
    stays = kept(PRICES)
    found = sensitivity(plant_of, [PRICES], Asked(bisections=0))
    by_factor = {each.factor: each for each in regrets(stays.costs, found.swings)}
    assert by_factor[0.5].cost == pytest.approx(BOILER_COST + 20_000, abs=1)
    for factor, regret in ((0.5, 1_500), (2.0, 4_000)):
        assert by_factor[factor].low == pytest.approx(regret, abs=1)
        assert by_factor[factor].high == pytest.approx(regret, abs=1)
    assert [each.factor for each in regrets(stays.costs, found.swings)] == [2.0, 0.5]


def test_a_held_plan_may_break_a_rule() -> None:
    """Proves that a cap which falls to 2,600 t leaves no cost: the held plan emits 2,190 + 800 -
    200 = 2,790 t and can't do less. A project's worth has no entry for it: nothing that is built
    earns less by it."""
    stays = kept(CAP)
    assert [(each.factor, each.cost is None) for each in stays.costs] == [
        (0.65, True),
        (2.0, False),
    ]
    assert all(each.moved == () and each.worst is None for each in stays.downsides)


def test_the_worst_ignores_what_is_not_known() -> None:
    """Proves that None, the rest can't run, is no worth: the least known one is the worst."""
    (one, *_) = kept(PRICES).downsides
    unknown = (Moved("price", 0.5, None), Moved("price", 2.0, 9.0))
    assert type(one)("x", None, unknown).worst == unknown[1]
    assert type(one)("x", None, unknown[:1]).worst is None
