"""Small cases by number, with every component, to hold one method of solving to another.

A number gives the same case for ever. Most start from the plant of tests/everything.py and draw its
numbers, its time axis, its rules and what is on offer; every fourth is one that brute force can
judge too, with other prices.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np

from optimizer.inputs import case as c
from optimizer.inputs.time_axis import TimeAxis
from tests import plants as p
from tests.everything import YEARS, everything
from tests.model.brute_force_cases import grants, growth, lives, logic, offsets

JUDGED: Final[tuple[Callable[[], c.Case], ...]] = (logic, offsets, grants, lives, growth)
"""Plants of whole sizes, five years and one day of two steps."""
DISPENSABLE: Final = (
    "led", "drives", "lean", "cover", "battery", "tank", "h2_tank", "recovery", "recovery_two",
    "flue", "ccs", "chp",
)  # fmt: skip
"""Measures that no other refers to."""
Numbers = np.random.Generator


def random_case(number: int) -> c.Case:
    """Case of a number, the same in every run."""
    return judged_case(number // 4) if number % 4 == 3 else full_case(number)


def judged_case(number: int) -> c.Case:
    """One of the plants that can be enumerated, its fuel and its measures at other prices."""
    case = JUDGED[number % len(JUDGED)]()
    rng = np.random.default_rng(1000 + number)
    dearer = tuple(
        replace(carrier, purchase=_at_level(carrier.purchase, rng)) for carrier in case.carriers
    )
    measures = tuple(_at_price(m, rng.uniform(0.6, 1.4)) for m in case.measures)
    return replace(case, carriers=dearer, measures=measures)


def full_case(number: int) -> c.Case:
    """The plant with every component: other numbers, days, clock, rules and offers."""
    rng = np.random.default_rng(number)
    case = _on_days(everything(), rng)
    gone = {m for m in DISPENSABLE if rng.random() < 0.2}
    case = without_measures(case, gone)
    measures = tuple(_at_price(m, rng.uniform(0.5, 1.5)) for m in case.measures)
    carriers = tuple(replace(k, purchase=_at_level(k.purchase, rng)) for k in case.carriers)
    case = replace(case, measures=measures, carriers=carriers)
    return _under_rules(case, rng)


def without_measures(case: c.Case, gone: set[str]) -> c.Case:
    """The case without some measures that no other refers to."""
    return replace(
        case,
        measures=tuple(m for m in case.measures if m.id not in gone),
        savings=tuple(s for s in case.savings if s.measure not in gone),
        units=tuple(u for u in case.units if u.id not in gone),
    )


def _at_level(purchase: c.Purchase | None, rng: Numbers) -> c.Purchase | None:
    if purchase is None:
        return None
    return replace(purchase, level=purchase.level * rng.uniform(0.6, 1.6))


def _at_price(measure: c.MeasureOption, factor: float) -> c.MeasureOption:
    return replace(measure, price_trend=measure.price_trend * factor)


def _on_days(case: c.Case, rng: Numbers) -> c.Case:
    """One or two days of two to five steps, sometimes of unequal length; all series drawn anew."""
    steps = int(rng.choice([2, 3, 4]))
    weights = (365,) if rng.random() < 0.3 else (200 + int(rng.integers(100)),)
    axis = p.axis(weights if weights == (365,) else (*weights, 365 - weights[0]), steps=steps)
    if rng.random() < 0.3:
        axis = uneven(axis, rng)
    shape = (len(axis.weight), steps)
    series = {}
    for key, old in case.series.items():
        spread = rng.uniform(0.6, 1.4, shape)
        mean = 1.0 if key == "grid.factor" else old.mean()
        series[key] = np.full(shape, 1 / 8760) if key == "green.shape" else mean * spread
    series["sun"] = rng.random(shape)
    if rng.random() < 0.2:
        series["price"][0, 0] = -20.0
    return replace(case, axis=axis, series=series)


def uneven(axis: TimeAxis, rng: Numbers) -> TimeAxis:
    """Steps of whole hours, at least one each, that fill the day."""
    count = len(axis.weight)
    cuts = [
        np.sort(rng.choice(np.arange(1, 24), axis.steps - 1, replace=False)) for _ in range(count)
    ]
    merged = np.array([np.diff([0, *cut, 24]) for cut in cuts])
    return replace(axis, dt=1.0, merged=merged)


def _under_rules(case: c.Case, rng: Numbers) -> c.Case:
    """Caps looser or none, either ledger, any basis of credits, any end of the horizon."""
    policy, factor = case.policy, rng.uniform(0.95, 1.3)
    changed: dict[str, Any] = {
        "ledger": str(rng.choice(["market", "location"])),
        "export_treatment": str(rng.choice(["none", "grid_factor"])),
        "offset_basis": str(rng.choice(["base_year", "gross", "reduction"])),
        "gross_cap": _scaled(policy.gross_cap, factor),
        "net_target": _scaled(policy.net_target, factor),
    }
    if rng.random() < 0.2:
        changed["gross_cap"] = (None,) * len(YEARS)
    if rng.random() < 0.3:
        changed["gate_reduction"] = None
    end = str(rng.choice(["extended", "within_horizon", "salvage"]))
    tail = 2035 if end == "extended" else None
    budget = replace(
        case.budget,
        capex=_scaled(case.budget.capex, rng.uniform(0.8, 2.0)),
        carry_over=bool(rng.random() < 0.5),
    )
    return replace(
        case,
        policy=replace(policy, **changed),
        money=p.money(YEARS, rng.uniform(0.0, 0.1), tail, end),
        budget=budget if rng.random() < 0.8 else c.BudgetRule((None,) * 3, False, False),
        grants=case.grants if rng.random() < 0.7 else (),
        carbon=case.carbon if rng.random() < 0.7 else None,
        credits=case.credits if rng.random() < 0.8 else (),
    )


def _scaled(rule: c.Rule, factor: float) -> c.Rule:
    return tuple(None if limit is None else limit * factor for limit in rule)
