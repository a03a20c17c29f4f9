"""What couples the days of a year through its seasonal stores, taken out of the yearly layer.

It has no price and concerns the dispatch alone, so it stays inside the year's linear problem: the
masters see no level, and need no more cuts than without such stores. The year's days are then one
block.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.model.seasons import SEASON_ROWS, SEASON_VARIABLES
from optimizer.solve.matrix import Matrix
from optimizer.solve.peaks import columns_named

Indices = NDArray[np.int64]


def season_columns(matrix: Matrix) -> list[Indices]:
    """By year, the yearly columns of what seasonal stores hold; empty without such stores."""
    found: list[list[int]] = [[] for _ in matrix.case.years]
    for name in SEASON_VARIABLES:
        for column, variable in columns_named(matrix, name).items():
            found[matrix.case.years.index(variable.index()[1])].append(column)
    return [np.array(sorted(columns), dtype=np.int64) for columns in found]


def season_rows(matrix: Matrix) -> list[Indices]:
    """By year, the rows that chain its days: those of the yearly layer, then the days' ends."""
    years, periods, _ = matrix.shape
    found: list[list[int]] = [[] for _ in matrix.case.years]
    for (_, index), row in matrix.rows_named(*SEASON_ROWS).items():
        found[matrix.case.years.index(index[1])].append(row)
    for first in matrix.end_rows.values():
        for y in range(years):
            found[y] += range(first + y * periods, first + (y + 1) * periods)
    return [np.array(rows, dtype=np.int64) for rows in found]


def other_yearly_rows(matrix: Matrix) -> Indices:
    """The yearly rows that the masters keep."""
    mine = list(matrix.rows_named(*SEASON_ROWS).values())
    return np.setdiff1d(np.arange(len(matrix.yearly_rows)), mine)
