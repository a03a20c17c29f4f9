"""What a plan hangs on, on a plant whose every optimum is known by arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from optimizer.errors import NoPlan
from optimizer.inputs.case import CarbonRule, Case
from optimizer.inputs.change import Change
from optimizer.studies.drivers import Driver
from optimizer.studies.morris import trajectories
from optimizer.studies.plant import Plant
from optimizer.studies.roles import Threshold
from optimizer.studies.sensitivity import Asked, Sensitivity, sensitivity
from tests import plants as p
from tests.studies.lumpy_plant import BOILER_COST, lumpy

MEASURES = {"good": (100.0, 1_000.0), "fair": (100.0, 4_000.0), "dear": (100.0, 6_000.0),
            "vain": (1.0, 9_000.0)}  # fmt: skip
PRICE = 50.0
"""Of a process tonne: `good` saves 5,000 for 1,000 a year, `fair` 5,000 for 4,000, `dear` 5,000 for
6,000. So `fair` pays from a price of 40 = -20 %, `dear` from 60 = +20 %, `good` from 10."""


def at(price: float, *, cap: float | None = None) -> Case:
    """The lumpy plant with a carbon price on its process tonnes, and a gross cap."""
    base = lumpy(MEASURES)
    policy = p.no_policy(base.years, gross_cap=(cap,))
    return replace(base, carbon=carbon_at(price), policy=policy)


def carbon_at(price: float) -> CarbonRule:
    """A price on process emissions, no free allowances."""
    one = (2026,)
    return CarbonRule(p.by_year(price, one), p.by_year(0.0, one), frozenset({"process"}))


def plant_of(changes: Sequence[Change]) -> Plant:
    """The plant at the product of all factors on the price; "cap" times 4,000 t caps it."""
    factors = {change.path: float(change.operand) for change in changes}
    cap = 4_000.0 * factors["cap"] if "cap" in factors else None
    return Plant(at(PRICE * factors.get("price", 1.0), cap=cap))


def driver(path: str, low: float, high: float) -> Driver:
    """A driver named by its path."""
    return Driver(path, low, high, {"en": path, "zh": path})


def studied(*drivers: Driver, **asked: int) -> Sensitivity:
    """The study of that plant."""
    return sensitivity(plant_of, drivers, Asked(**asked))


def test_the_tornado_is_the_difference_of_two_optima() -> None:
    """Proves both ends by arithmetic. As it is, `good` and `fair` are built: 1,000 + 4,000 + 50 x
    600 = 35,000. At half the price, 25, `good` alone: 1,000 + 25 x 700 = 18,500, 16,500 less. At
    twice, 100, three: 11,000 + 100 x 500 = 61,000, 26,000 more. With the plan held fixed the ends
    would be -15,000 and +30,000: no optima."""
    found = studied(driver("price", 0.5, 2.0), bisections=0)
    assert found.base.cost == pytest.approx(BOILER_COST + 35_000)
    (swing,) = found.swings
    assert swing.low == pytest.approx((-16_500, -16_500), abs=1.0)
    assert swing.high == pytest.approx((26_000, 26_000), abs=1.0)
    assert found.tested == 3


def test_measures_get_their_roles() -> None:
    """Proves the four: `good` pays in all, `fair` leaves below 40, `dear` enters above 60, and
    `vain` saves 50 for 9,000."""
    found = studied(driver("price", 0.5, 2.0), bisections=0)
    kinds = {role.id: (role.kind, role.plans, role.tested) for role in found.roles}
    assert kinds == {
        "good": ("always", 3, 3),
        "fair": ("threshold", 2, 3),
        "dear": ("hedge", 1, 3),
        "vain": ("never", 0, 3),
    }


def test_bisection_brackets_the_thresholds() -> None:
    """Proves the value: `fair` leaves at a factor of 0.8, between 0.75 and 0.875 after two halvings
    of 0.5 to 1; `dear` enters at 1.2, between 1 and 1.25 after two of 1 to 2."""
    found = studied(driver("price", 0.5, 2.0), bisections=2)
    along = {role.id: role.thresholds for role in found.roles}
    assert along["fair"] == (Threshold("price", 0.875, 0.75),)
    assert along["dear"] == (Threshold("price", 1.25, 1.0),)
    assert along["good"] == ()


def test_an_end_without_a_plan_is_a_result() -> None:
    """Proves that a cap of 4,000 t is kept at +10 % and not at half: the plant emits 2,639 t at
    least, and 2,000 t ends nothing."""
    found = studied(driver("cap", 0.5, 1.1), bisections=0)
    (swing,) = found.swings
    assert swing.low is None
    assert swing.points[0].status == "no_plan"
    assert swing.high == pytest.approx((0.0, 0.0), abs=1.0)
    assert (found.tested, len(found.points)) == (2, 3)


def test_effects_of_drivers_together() -> None:
    """Proves that elementary effects use the same plans: a cap that never binds does nothing, the
    price moves the cost by the slope between grid points. At 0.5, 1, 1.5 and 2 times 50 that is
    18,500, 35,000, 11,000 + 75 x 500 = 48,500 and 61,000: steps of two thirds, 30,000 and 26,000,
    come to effects of 45,000 and 39,000."""
    found = studied(driver("price", 0.5, 2.0), driver("cap", 0.99, 2.0), bisections=0,
                    trajectories=4)  # fmt: skip
    first, second = found.morris
    assert (first.path, second.path) == ("price", "cap")
    assert second.mu_star == pytest.approx(0.0, abs=1.0)
    assert 39_000 - 1 <= first.mu_star <= 45_000 + 1
    assert first.sigma <= 3_500


def test_effects_on_the_plant_by_hand() -> None:
    """Proves mu_star and sigma on optima found again: each of six trajectories of the price alone
    runs between 0 and 2/3 of its range, 30,000 / (2/3) = 45,000, or between 1/3 and 1, 26,000 /
    (2/3) = 39,000. Of a of the first and 6 - a of the second kind the mean is 39,000 + 1,000 a,
    the deviation 6,000 sqrt(a (6 - a) / 30). With the plan held, 600 t x 75 = 45,000 always, and
    sigma 0."""
    lowest = trajectories(1, 6, seed=1).min(axis=(1, 2))
    first = int((lowest < 0.1).sum())
    assert 0 < first < 6
    (effect,) = studied(driver("price", 0.5, 2.0), bisections=0, trajectories=6).morris
    assert effect.known == 6
    assert effect.mu_star == pytest.approx(39_000 + 1_000 * first, abs=1.0)
    assert effect.sigma == pytest.approx(6_000 * (first * (6 - first) / 30) ** 0.5, abs=1.0)


def test_a_scenario_without_a_plan_has_no_sensitivity() -> None:
    """Proves that the plan as it is comes first: without it there is nothing to compare with."""
    with pytest.raises(NoPlan):
        sensitivity(lambda changes: Plant(at(PRICE, cap=1.0)), [driver("price", 0.5, 2.0)])
