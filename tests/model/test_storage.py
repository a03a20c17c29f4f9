"""Storage: what is charged, kept and drawn within a day that ends as it began."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from optimizer.inputs import case as c
from optimizer.inputs.segments import on_segments
from tests import plants as p
from tests.model.solving import close, cost, proves, solved

YEARS = (2026,)


def battery(prices: Sequence[float], size: float, **fields: Any) -> c.Case:
    """1 MW of load at prices by step of the day, and a free battery of ``size`` MWh."""
    base = {
        "power_ratio": 1.0, "efficiency_charge": 1.0, "efficiency_discharge": 1.0, "loss": 0.0,
        "lowest_level": 0.0,
    }  # fmt: skip
    option = p.measure("store", YEARS, kind="storage", upper=size, lower=size)
    power = p.carrier("electricity", YEARS, kind="electricity", price=1.0, series="price")
    return p.case(
        YEARS, {"load": 1.0, "price": prices}, axis=p.axis(steps=len(prices)), carriers=(power,),
        services=(p.service("s", "electricity", "load", YEARS),), measures=(option,),
        units=(c.StorageUnit("store", "electricity", **(base | fields)),),
    )  # fmt: skip


@proves("level_follows", "level_within_capacity", "level_above_lowest")
def test_a_store_shifts_what_it_holds_less_its_losses() -> None:
    """Proves the level's arithmetic: 12 MWh of which a quarter stays, 90 % in and 80 % out.

    9 MWh charged take 10 MWh at 10 and give 7.2 MWh at 50: a day costs 120 + 100 + 600 - 360 =
    460. The whole 12 MWh would give 120 + 133.33 + 600 - 480 = 373.33; energy from nothing, 120.
    """
    fields = {"efficiency_charge": 0.9, "efficiency_discharge": 0.8, "lowest_level": 0.25}
    solution = solved(battery([10.0, 50.0], 12.0, **fields))
    assert solution.step("level", "store").ravel().tolist() == [close(12), close(3)]
    assert solution.step("discharge", "store")[0, 0, 1] == close(0.6)
    assert solution.net_present_cost() == close(365 * 460)


def test_a_long_step_keeps_what_its_short_ones_would() -> None:
    """Proves charge x hours and kept = (1 - loss) ^ hours on steps of 20 h at 10 and 4 h at 50.

    1 MW for 4 h from a store that loses a tenth an hour: it must begin them with 4 / 0.9 ^ 4 =
    6.0966 MWh, charged over 20 h: 200 + 60.966 a day. A loss taken once a step would give 244.44,
    steps of 12 h each 120 + 12 / 0.9 ^ 12 x 10 = 544.89.
    """
    case = battery([10.0, 50.0], 10.0, loss=0.1)
    uneven = replace(case, axis=replace(case.axis, dt=1.0, merged=np.array([[20, 4]])))
    assert cost(uneven) == close(365 * (200 + 40 / 0.9**4))


@proves("discharge_within_power")
def test_discharge_keeps_to_the_power() -> None:
    """Proves discharge <= power ratio x size: 0.1 x 6 MWh = 0.6 MW for 8 h.

    Charged over two steps at 10, drawn at 50: 8 x (10 + 10 + 50) - 4.8 x 40 = 368 a day. Without
    the row 6 MWh are drawn: 320.
    """
    assert cost(battery([10.0, 10.0, 50.0], 6.0, power_ratio=0.1)) == close(365 * 368)


@proves("charge_within_power")
def test_charge_keeps_to_the_power() -> None:
    """Proves charge <= power ratio x size, where one step is cheap and two are dear.

    8 x (10 + 50 + 50) - 4.8 x 40 = 688 a day; without the row 6 MWh are charged: 640.
    """
    assert cost(battery([10.0, 50.0, 50.0], 6.0, power_ratio=0.1)) == close(365 * 688)


def test_a_store_loses_with_time() -> None:
    """Proves level = (1 - loss) x level before: 12 MWh in, 6 MWh after a step, the rest lost.

    At a loss of a half a step, 1 MWh at 10 gives 0.5 MWh at 50. 12 MWh are charged on an empty
    store, 6 are drawn: 120 + 120 + 600 - 300 = 540 a day. Without the loss 120 + 120 = 240.
    """
    solution = solved(battery([10.0, 50.0], 12.0, loss=0.5))
    assert solution.step("discharge", "store")[0, 0, 1] == close(0.5)
    assert solution.net_present_cost() == close(365 * 540)


def test_each_day_returns_to_its_own_level() -> None:
    """Proves that periods are apart: nothing bought on a cheap day is used on a dear one.

    Prices of 10 on 200 days, 50 on 165, flat within each: the store moves nothing.
    """
    base = battery([10.0, 10.0], 24.0)
    price = base.series["price"].repeat(2, axis=0)
    price[1] = 50.0
    days = p.axis((200, 165), steps=2)
    case = replace(base, axis=days, series={"load": price * 0 + 1, "price": price})
    assert cost(case) == close(24 * (200 * 10 + 165 * 50))


def test_wear_is_paid_on_what_is_drawn() -> None:
    """Proves variable O&M on the discharge: 12 MWh at 5 a MWh on top of 240 a day."""
    assert cost(battery([10.0, 50.0], 12.0, variable_om=5.0)) == close(365 * (240 + 60))


def test_merging_hours_that_are_alike_changes_nothing() -> None:
    """Proves that a day of three prices in 24 steps costs the same in the three steps it is cut to:
    8 h at 10, 4 h at 50 and 12 h at 30 with 2 MWh to shift. Charged cheap, drawn dear:
    8 x 10 + 4 x 50 + 12 x 30 = 640 less 2 x 40 = 560 a day. Steps of 8 h each would cost 8 x (10 +
    40 + 30) = 640 less 2 x 30 = 580.
    """
    prices = [10.0] * 8 + [50.0] * 4 + [30.0] * 12
    case = battery(prices, 2.0)
    case = replace(case, roles={"load": "demand", "price": "price"})
    short = on_segments(case, 3)
    assert short.axis.held.tolist() == [[8, 4, 12]]
    assert cost(case) == close(365 * 560)
    assert cost(short) == close(365 * 560)
