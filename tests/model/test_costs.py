"""Costs and the horizon: classes, timing, the tail, salvage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from optimizer.inputs import case as c
from tests import plants as p
from tests.model.brute_force_cases import RATE, YEARS, grants, lives, logic
from tests.model.solving import close, cost, outcome_of, solved
from tests.model.test_assets import works
from tests.model.test_capacity import heat_pump, plant

BOTH = (2026, 2027)
GAS_YEAR = 109_500.0


def present(rate: float, first: int, last: int) -> float:
    """Worth of 1 at the end of each of the years, counted from the base year."""
    return sum((1 + rate) ** -t for t in range(first, last + 1))


def test_the_last_year_stands_for_its_tail() -> None:
    """Proves W_2027 = D_2027 + ... + D_2030 at 10 %: five years of 109,500 are 415,091.15.

    Without the tail two years: 190,041.32. Payments at the start of each year would give 10 % more.
    """
    case = p.boiler_plant(BOTH, money=p.money(BOTH, 0.1, 2030))
    assert present(0.1, 1, 5) == pytest.approx(3.79078677)
    assert cost(case) == close(GAS_YEAR * present(0.1, 1, 5))
    within = p.boiler_plant(BOTH, money=p.money(BOTH, 0.1, end="within_horizon"))
    assert cost(within) == close(GAS_YEAR * present(0.1, 1, 2))


def test_a_rule_of_the_last_year_is_paid_for_in_the_tail() -> None:
    """Proves that a cap of 2027 costs 83,300 in each of its four years, discounted."""
    heat = p.carrier("heat", BOTH, kind="heat", price=30.0)
    base = p.boiler_plant(BOTH, money=p.money(BOTH, 0.1, 2030))
    case = replace(
        base, carriers=(base.carriers[0], heat),
        policy=p.no_policy(BOTH, gross_cap=(None, 1000.0)),
    )  # fmt: skip
    expected = GAS_YEAR * present(0.1, 1, 5) + 83_300 * present(0.1, 2, 5)
    assert cost(case) == close(expected)


def test_capital_is_spread_over_the_life() -> None:
    """Proves CRF(8 %, 10) = 0.149029 on 200,000 each year, tail included: 29,805.90.

    1 MW from 2026, until 2035: ten payments are worth 200,000 at the start of 2026.
    """
    option = heat_pump(upper=1.0, lower=1.0, rate=0.08, life=10)
    solution = solved(plant(option, money=p.money(BOTH, 0.08, 2035)))
    capital = {k.item: v for k, v in solution.costs().items() if k.cost_class == "capital"}
    assert capital["hp"].tolist() == [close(200e3 * 0.08 / (1 - 1.08**-10))] * 2
    expected = 8760 * 5 * present(0.08, 1, 10) + 200e3
    assert solution.net_present_cost() == close(expected)


def test_salvage_pays_at_the_start_and_hands_back_the_end() -> None:
    """Proves overnight 200,000 x D_2026 x 1.08 = 200,000, and 8 of 10 years handed back in 2027.

    29,805.90 x (1 - 1.08^-8) / 0.08 = 171,283.75, times D_2027. The last is no yearly cost.
    """
    option = heat_pump(upper=1.0, lower=1.0, rate=0.08, life=10)
    solution = solved(plant(option, money=p.money(BOTH, 0.08, end="salvage")))
    lines = {k.cost_class: (k.timing, v) for k, v in solution.costs().items() if k.item == "hp"}
    assert lines["overnight"][0] == "year_start"
    assert lines["overnight"][1].tolist() == [close(200e3), close(0)]
    back = 200e3 * 0.08 / (1 - 1.08**-10) * present(0.08, 1, 8)
    assert lines["salvage"][0] == "one_off"
    assert lines["salvage"][1].tolist() == [close(0), close(-back)]
    expected = 8760 * 5 * present(0.08, 1, 2) + 200e3 - back / 1.08**2
    assert solution.net_present_cost() == close(expected)


@pytest.mark.parametrize("build", [lives, grants, logic])
def test_without_a_tail_salvage_equals_yearly_capital(build: Callable[[], c.Case]) -> None:
    """Proves that the two forms of capital agree to 1e-9, solved apart.

    Builds of every renewal, falling prices, grants, budgets and a renewed asset are in these. A
    remaining life off by a year, or a start of year taken for its end (7 %), would part them.
    """
    yearly = replace(build(), money=p.money(YEARS, RATE, end="within_horizon"))
    salvage = replace(build(), money=p.money(YEARS, RATE, end="salvage"))
    assert cost(salvage) == pytest.approx(cost(yearly), rel=1e-9)


def test_what_is_paid_once_is_not_paid_in_the_tail() -> None:
    """Proves that dismantling in the last year has weight D, not W: 10,000 / 1.1^2.

    The boiler ends with 2026, heat at 20 from then on. With W it would be 10,000 x 2.88.
    """
    case = works(renewed_unit=None, backup=20.0, last_old=0, dismantling=10e3)
    case = replace(case, money=p.money(BOTH, 0.1, 2030))
    expected = GAS_YEAR / 1.1 + 8760 * 20 * present(0.1, 2, 5) + 10e3 / 1.1**2
    assert cost(case) == close(expected)


def test_fixed_om_is_of_size_lump_and_share() -> None:
    """Proves 3,000 a MW x 0.8 + 500 + 2 % of 160,000 = 6,100 a year for 0.8 MW at 200,000 a MW."""
    option = heat_pump(upper=0.8, lower=0.8, fixed_om=3e3, fixed_om_lump=500.0, fixed_om_share=0.02)
    lines = {
        k.item: v for k, v in solved(plant(option)).costs().items() if k.cost_class == "fixed_om"
    }
    assert lines["hp"].tolist() == [close(6_100)] * 2


def test_the_objective_is_what_is_registered() -> None:
    """Proves that the solver's objective is the weighted sum of all cost lines."""
    matrix, outcome = outcome_of(logic())
    assert outcome.x is not None
    assert matrix.cost @ outcome.x + matrix.offset == pytest.approx(outcome.objective, rel=1e-12)
    assert cost(logic()) == pytest.approx(outcome.objective, rel=1e-9)


def test_a_year_is_the_sum_of_its_days() -> None:
    """Proves weight x dt: 200 days at 1 MW and 165 at 2 MW, prices 10 and 20: 12 h of each step.

    200 x 24 x 15 + 165 x 24 x 2 x 15 = 190,800.
    """
    power = p.carrier("electricity", (2026,), kind="electricity", price=1.0, series="price")
    case = p.case(
        (2026,), {"load": np.array([[1.0], [2.0]]), "price": [[10.0, 20.0]] * 2},
        axis=p.axis((200, 165), steps=2), carriers=(power,),
        services=(p.service("s", "electricity", "load", (2026,)),),
    )  # fmt: skip
    assert cost(case) == close(200 * 24 * 15 + 165 * 24 * 2 * 15)
