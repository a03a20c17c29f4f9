"""No plan, prices below zero, and searches cut short: what is said is always true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from optimizer.inputs import case as c
from optimizer.solve.stamp import stamp
from tests import plants as p
from tests.solve.agreeing import decomposed, holds_to
from tests.solve.random_cases import full_case

OPTIMUM = 8473725.19
"""Cost of the plant with every component, to 1e-6, as test_decomposed.py finds it both ways."""


def under(case: c.Case, **rules: Any) -> c.Case:
    return replace(case, policy=replace(case.policy, **rules))


def starved(case: c.Case) -> c.Case:
    """Three times the heat and power that can be supplied."""
    series = {k: v * (3 if k in ("hot", "power") else 1) for k, v in case.series.items()}
    return replace(case, series=series)


def broke(case: c.Case) -> c.Case:
    """No budget, while something has to be built."""
    return replace(case, budget=c.BudgetRule((0.0, 0.0, 0.0), False, False))


NO_PLAN: list[Callable[[c.Case], c.Case]] = [
    lambda case: under(case, gross_cap=(None, None, 0.0)),
    lambda case: under(case, net_target=(None, None, 0.0)),
    lambda case: replace(case, connection=1.5),
    starved,
    broke,
]


@pytest.mark.parametrize("number", [0, 4])
@pytest.mark.parametrize("change", NO_PLAN)
def test_no_plan_is_said_where_there_is_none_and_only_there(
    number: int, change: Callable[[c.Case], c.Case]
) -> None:
    """Proves that both methods call the same cases infeasible.

    A cap on emissions is a promise that no single day breaks: only prices of the totals, with all
    other cost left out, show that it can't be kept. Slack that is merely dear never proves it.
    """
    holds_to(change(full_case(number)))


@pytest.mark.parametrize(("cap", "ending"), [(2190.0, "optimal"), (2189.9, "infeasible")])
def test_a_cap_is_kept_to_the_tonne(cap: float, ending: str) -> None:
    """Proves that slack of the masters hides nothing.

    8760 MWh of heat at 80 % of gas at 0.2 t are 2190 t; one tonne in 20 000 less is no plan.
    """
    years = (2026, 2027)
    plant = p.boiler_plant(years, policy=p.no_policy(years, gross_cap=(None, cap)))
    assert decomposed(stamp(plant)).ending == ending
