"""Columns and rows that settle themselves: what is left has the same optimum."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from optimizer.solve.edit import with_fixed
from optimizer.solve.reduction import Settled, settle
from optimizer.solve.stamp import stamp
from tests.solve.test_cuts import named, pump_plant

INF = np.inf


def settled(
    rows: list[list[float]],
    least: list[float],
    most: list[float],
    upper: float = INF,
) -> Settled:
    """Columns from 0 to ``upper``."""
    matrix = sp.csr_array(np.array(rows, dtype=float))
    width = matrix.shape[1]
    return settle(matrix, np.zeros(width), np.full(width, upper), np.array(least), np.array(most))


def test_a_row_of_one_column_is_a_bound() -> None:
    """Proves 2 x0 <= 6 and -x1 >= -4 as x0 <= 3, x1 <= 4, and that neither row is left; a limit
    not turned round with the sign would give x1 >= 4."""
    found = settled([[2, 0], [0, -1]], [-INF, -4.0], [6.0, INF])
    assert found.upper.tolist() == [3.0, 4.0]
    assert found.lower.tolist() == [0.0, 0.0]
    assert found.rows.tolist() == []


def test_what_is_not_built_does_not_run() -> None:
    """Proves a chain: x0 = 0 is held, x1 <= x0 leaves x1 nothing, so that x2 = 5 - x1 is 5, and of
    x2 + x3 + x4 = 7 only x3 + x4 = 2 is open. Two columns and one row are left."""
    rows = [[1, 0, 0, 0, 0], [-1, 1, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 1, 1, 1]]
    found = settled(rows, [0.0, -INF, 5.0, 7.0], [0.0, 0.0, 5.0, 7.0])
    assert found.fixed.tolist() == [True, True, True, False, False]
    assert found.lower[:3].tolist() == [0.0, 0.0, 5.0]
    assert found.rows.tolist() == [3]
    assert not found.broken


def test_a_row_that_cannot_be_broken_goes_and_one_that_can_stays() -> None:
    """Proves that three columns up to 2 keep a sum of 6 by themselves, and may break one of 5."""
    found = settled([[1, 1, 1], [1, 1, 1]], [-INF, -INF], [6.0, 5.0], upper=2.0)
    assert found.rows.tolist() == [1]


@pytest.mark.parametrize(("least", "most"), [([3.0, 0.0], [INF, 2.0]), ([0.0, 3.0], [2.0, 3.0])])
def test_rows_that_contradict_each_other_are_told(least: list[float], most: list[float]) -> None:
    """Proves that x0 >= 3 beside x0 <= 2 is no problem at all, whichever row comes first."""
    assert settled([[1], [1]], least, most).broken


def test_a_sum_that_fixed_columns_miss_is_told() -> None:
    """Proves x0 = 1, x1 = 1, x0 + x1 = 3: no row of one column, yet broken; rounding in the last
    digit of 3 x (1/3) = 1 is not."""
    rows, limits = [[1, 0], [0, 1], [1, 1]], [1.0, 1.0, 3.0]
    assert settled(rows, limits, limits).broken
    third = 1 / 3
    fine = settled([[1, 0], [3, 0]], [third, 1 - 1e-15], [third, 1 - 1e-15])
    assert not fine.broken
    assert fine.fixed.tolist() == [True, False]


def test_a_portfolio_settles_a_plant_of_one_way_to_run() -> None:
    """Proves that with the heat pump held at nothing the boiler alone makes the heat: no column and
    no row of any hour is left to a solver."""
    matrix = stamp(pump_plant())
    at = named(matrix)
    kinds = ("build", "added", "asset_old", "asset_renewed", "asset_retired")
    held = [j for name, j in at.items() if name.split("[")[0] in kinds]
    values = np.array([0.0 if "hp" in v.name else 1.0 for v in matrix.yearly_variables])
    retired = [at[n] for n in at if n.startswith("asset_retired")]
    values[retired] = 0.0
    fixed = with_fixed(matrix, np.array(held), values[held])
    found = settle(fixed.rows, fixed.col_lower, fixed.col_upper, fixed.row_lower, fixed.row_upper)
    assert found.fixed[len(matrix.yearly_columns) :].all()
    assert not (found.rows >= min(matrix.step_rows.values())).any()
