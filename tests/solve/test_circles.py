"""Stores don't burn power where its price is below 0."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.inputs import case as c
from optimizer.solve.circles import dispatched, paid_days
from optimizer.solve.edit import with_fixed
from optimizer.solve.matrix import Matrix
from optimizer.solve.parts import solve_parts
from optimizer.solve.stamp import stamp
from tests import plants

YEARS = (2026,)
PRICE = (-10.0, 50.0)
LOSSY = 0.7


def _works(price: tuple[float, float] = PRICE) -> Matrix:
    """1 MW of load; a store of 24 MWh and 6 MW, 70 % each way; half a day at each price."""
    power = plants.carrier("electricity", YEARS, kind="electricity", price=1.0, series="price")
    store = c.StorageUnit("store", "electricity", 0.25, LOSSY, LOSSY, 0.0, 0.0)
    return stamp(
        plants.case(
            YEARS,
            {"load": 1.0, "price": np.array([price])},
            axis=plants.axis((365,), steps=2),
            carriers=(power,),
            services=(plants.service("works", "electricity", "load", YEARS),),
            units=(store,),
            assets=(plants.asset("store", YEARS, 24.0, unit="MWh"),),
        )
    )


def _both(matrix: Matrix, x: np.ndarray) -> np.ndarray:
    """The smaller of charging and discharging, MW by step."""
    flows = [matrix.step_values(x, (kind, "store")) for kind in ("charge", "discharge")]
    return np.minimum(*flows).ravel()


def _fixed(matrix: Matrix) -> Matrix:
    """The asset kept as it is: old."""
    whole = np.flatnonzero(matrix.integer)
    old = [float("asset_old" in matrix.yearly_variables[j].name) for j in whole]
    return with_fixed(matrix, whole, np.array(old))


def test_store_keeps_one_direction_where_power_is_paid_to_be_used() -> None:
    """Proves that the dispatch is honest at -10 a MWh.

    Left alone, the program charges and discharges at once in the paid half of the day, for every
    MWh lost on the way earns 10, and empties the store in a circle later. Held to one direction,
    the store only charges then: it takes what 12 h of later discharge at 1 MW can use,
    12 / 0.7 / 0.7 = 24.5 MWh, at 24.5 / 12 = 2.04 MW. Paid half: 1 + 2.04 MW x 12 h
    x -10; dear half: nothing bought.
    A year costs 365 x (-10) x (12 + 24.49) = -133,186.
    """
    matrix = _works()
    burning = solve_parts(_fixed(matrix))
    assert burning.x is not None
    assert _both(matrix, burning.x)[0] > 0.1
    honest = dispatched(_fixed(matrix), matrix)
    assert honest.x is not None
    assert _both(matrix, honest.x).max() == pytest.approx(0.0, abs=1e-6)
    assert honest.objective == pytest.approx(-365 * 10 * (12 + 12 / LOSSY**2), rel=1e-6)
    assert honest.objective > burning.objective


def test_paid_days_are_those_with_a_price_below_zero() -> None:
    """Proves that a day is held whole, since a store's day is one, and other days aren't."""
    assert paid_days(_works().case).ravel().tolist() == [True, True]
    assert not paid_days(_works((0.0, 50.0)).case).any()
