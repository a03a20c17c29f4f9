"""What a plan is worth: worked out on paper from the tiny run, and held by the verifier."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from optimizer.inputs import case as c
from optimizer.plan.extract import extract
from optimizer.plan.levelised import levelised_costs
from optimizer.plan.verify.harmless import CHANGE
from optimizer.plan.verify.run import Parts, recompute
from optimizer.plan.worth import worth
from tests import plants as p
from tests.model.solving import solved
from tests.model.test_capacity import heat_pump, plant
from tests.plan import tiny_run as tiny
from tests.plan.tiny_values import recovery

BOTH = (2026, 2027)


@pytest.fixture(scope="module")
def tiny_worth() -> dict[str, Any]:
    plan = tiny.dataset(tiny.plan_values(), tiny.plan_costs())
    return worth(plan, tiny.dataset(tiny.baseline_values(), tiny.baseline_costs()))


def test_cash_and_what_remains_are_the_saving(tiny_worth: dict[str, Any]) -> None:
    """Proves that the present value of cash with the lives that remain is the difference of the
    two net present costs, which knows nothing of overnight payments."""
    saving = tiny.present_cost(tiny.baseline_costs()) - tiny.present_cost(tiny.plan_costs())
    npv = tiny_worth["npv"]
    assert npv["cash"] + npv["remaining_value"] == pytest.approx(saving, rel=1e-9)
    assert npv["to_last"] + npv["after"] == pytest.approx(npv["cash"], rel=1e-12)


def test_the_rate_of_return_makes_the_cash_worth_nothing(tiny_worth: dict[str, Any]) -> None:
    """Proves the rate on the tiny run's moments: out 3,961,333 in 2026, PV of 2,700,000 at the
    start of 2027, and what power, gas and carbon cost less at the end of each year."""
    rate = tiny_worth["irr"]["value"]
    first = 4380 * 733.5 + 480e3 * 1.05 - 65_700 - 5_000 - 20 * 0.045 * 4380
    power = 1.1 * 4380 * (1500 - 646.5) + 480e3 * 1.05
    later = power - 65_700 - 30e3 - 5_000 - 20 * 0.045 * 4380 - 10_000 - 5_000
    flows = [-(3.285e6 + 8e5 + 1.6e6 / 3 - 657e3), first - 2.7e6, later, later]
    assert sum(f / (1 + rate) ** t for t, f in enumerate(flows)) == pytest.approx(0, abs=1e-3)


def test_a_tonne_costs_what_reducing_it_costs(tiny_worth: dict[str, Any]) -> None:
    """Proves the denominator and that credits are left out: 3,928.86 t in 2026, 5,580.06 t in 2027
    and in 2028; 50 t of credits for 5,000 a year cost but reduce nothing."""
    found = tiny_worth["abatement"]
    tonnes = [12264 - 8335.14, 12264 - 6683.94, 12264 - 6683.94]
    assert found["tonnes"] == pytest.approx(sum(tonnes))
    discounted = sum(t * 1.1**-k for k, t in enumerate(tonnes, start=1))
    saving = tiny.present_cost(tiny.baseline_costs()) - tiny.present_cost(tiny.plan_costs())
    credits = 5_000 * (1.1**-2 + 1.1**-3)
    assert found["cost"] == pytest.approx(-saving - credits, rel=1e-9)
    assert found["per_discounted_tonne"] == pytest.approx((-saving - credits) / discounted)


def test_nothing_reduced_has_no_cost_a_tonne() -> None:
    """Proves None, not a division by 0, for a plan that is its own baseline."""
    same = tiny.dataset(tiny.baseline_values(), tiny.baseline_costs())
    found = worth(same, same)
    assert found["abatement"]["per_tonne"] is None
    assert found["irr"] == {"value": None, "reason": "no_sign_change"}


def test_levelised_cost_of_heat() -> None:
    """Proves LCOH on paper at a rate of 0: 200,000 for 20 years of 8,760 MWh, of which two are
    counted: 10,000 a year, and 0.25 MWh of power at 20: 10,000 / 8,760 + 5 = 6.1416 a MWh. Without
    the remaining life it would be 16.4."""
    case = plant(heat_pump(upper=1.0, lower=1.0))
    (row,) = levelised_costs(case, extract(solved(case)))
    assert row["value"] == pytest.approx(10_000 / 8_760 + 5)
    assert row["energy"] == pytest.approx(2 * 8_760)


def test_levelised_cost_counts_years_as_money() -> None:
    """Proves that energy is discounted as money is: at 8 % over ten of ten years the capital part
    is the annual 29,805.90 over 8,760 MWh; undiscounted energy would make it a third less."""
    option = heat_pump(upper=1.0, lower=1.0, rate=0.08, life=10)
    case = plant(option, money=p.money(BOTH, 0.08, 2035))
    (row,) = levelised_costs(case, extract(solved(case)))
    assert row["value"] == pytest.approx(29_805.8977 / 8_760 + 5)


def test_no_levelised_cost_of_what_has_two_products_or_a_made_input() -> None:
    """Proves the two reasons: cold as a second product; heat from the boiler as the input."""
    case = plant(heat_pump(upper=1.0, lower=1.0))
    pump = case.units[-1]
    assert isinstance(pump, c.ConverterUnit)
    both = replace(pump, outputs=(*pump.outputs, c.Flow("cold", 0.5)))
    cold = p.carrier("cold", BOTH, kind="cold", vent=True)
    twice = replace(case, units=(case.units[0], both), carriers=(*case.carriers, cold))
    assert levelised_costs(twice, extract(solved(twice)))[0]["reason"] == "joint_products"


def figures(node: Any, path: str = "") -> list[str]:
    """Dotted paths of all numbers that aren't 0."""
    if isinstance(node, dict):
        return [f for k, v in node.items() for f in figures(v, f"{path}.{k}")]
    return [path.removeprefix(".")] if isinstance(node, float) and node else []


def changed(parts: Parts, worth: dict[str, Any]) -> set[str]:
    summary = dict(parts.summary) | {"worth": worth}
    return {row.name for row in recompute(replace(parts, summary=summary)).failed}


def test_a_ten_thousandth_of_each_figure_is_seen(parts: Parts, tiny_worth: dict[str, Any]) -> None:
    """Proves that the verifier works out each figure of worth by itself: all hold as they are, and
    none times 1.0001. The PV's levelised cost is 2,700,000 x 3 / 20 or so over its 1,752 MWh."""
    sound = tiny_worth | {"levelised": [pv_row()]}
    assert changed(parts, sound) == set()
    paths = [f for f in figures(sound) if not f.startswith("levelised")]
    assert len(paths) == 12
    for path in [*paths, "levelised.value", "levelised.energy", "levelised.cost"]:
        above, _, last = path.rpartition(".")
        worse = copy.deepcopy(sound)
        node = worse["levelised"][0] if above == "levelised" else worse[above]
        node[last] *= 1 + CHANGE
        assert changed(parts, worse) == {"worth_follows_cash"}, path


def pv_row() -> dict[str, Any]:
    """PV of the tiny run at 10 %: annual 0.9 x 3e6 x CRF(20) and 30,000, 0.4 MW x 4,380 h."""
    both = 1.1**-2 + 1.1**-3
    cost, energy = (recovery(20) * 2.7e6 + 30e3) * both, 1752 * both
    row = {"measure": "pv", "carrier": "electricity", "energy": energy, "cost": cost}
    return row | {"value": cost / energy, "reason": None}


@pytest.mark.parametrize(
    "change",
    [
        {"irr": {"value": None, "reason": "several_rates"}},
        {"payback": {"value": 0.0, "reason": None}},
        {"levelised": []},
    ],
)
def test_a_figure_left_out_or_made_up_is_seen(
    parts: Parts, tiny_worth: dict[str, Any], change: dict[str, Any]
) -> None:
    """Proves that a rate withheld, a payback of 0 and a missing levelised cost fail."""
    sound = tiny_worth | {"levelised": [pv_row()]}
    assert changed(parts, sound | change) == {"worth_follows_cash"}


def test_a_rate_of_zero_is_no_trouble() -> None:
    """Proves present values at a rate of 0: the sum of the cash itself."""
    plan = tiny.dataset(tiny.plan_values(), tiny.plan_costs())
    baseline = tiny.dataset(tiny.baseline_values(), tiny.baseline_costs())
    for data in (plan, baseline):
        data["cash"].attrs["discount_rate"] = 0.0
    found = worth(plan, baseline)
    total = np.sum(plan["cash"].values) - np.sum(baseline["cash"].values)
    assert found["npv"]["cash"] == pytest.approx(total)
