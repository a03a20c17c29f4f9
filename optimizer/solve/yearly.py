"""The yearly layer of a stamped matrix by itself, scaled: what both masters are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from optimizer.solve.blocks import Year
from optimizer.solve.matrix import Array, Matrix, Problem
from optimizer.solve.peaks import columns_named, covering_peaks
from optimizer.solve.scaling import cost_scale, row_scale, scales
from optimizer.solve.seasonal import other_yearly_rows

Indices = NDArray[np.int64]
TOTAL_SCALE: Final = 2.0**10
"""Totals are counted in GWh (or kt) inside the masters; one that is itself money, by a series of
prices, in what a GWh costs at most: counted like MWh, its coefficients would be lost beside others
and its size be underrated (cuts.WIDEST)."""


@dataclass(frozen=True)
class Yearly:
    """Yearly columns, rows and costs in true units, and the powers of two that scale them.

    ``columns``: scale of each column, true value = scaled value x scale; ``rows_scale``: of each
    row; ``money``: of the objective. ``peaks``: for each peak_day column the peaks that cover it.
    """

    matrix: Matrix
    rows: Any
    row_lower: Array
    row_upper: Array
    cost: Array
    lower: Array
    upper: Array
    integer: Indices
    offset: float
    columns: Array
    row_scale: Array
    money: float
    peaks: dict[int, list[int]]

    @property
    def count(self) -> int:
        return len(self.cost)

    def scaled_rows(self) -> Any:
        scaled = self.rows.copy()
        scaled.data = scaled.data * self.columns[scaled.indices]
        scaled.data *= np.repeat(self.row_scale, np.diff(scaled.indptr))
        return scaled

    def lifted(self, x: Array) -> Array:
        """The same plan with every day's peak as high as the months that it lies in allow."""
        lifted = x.copy()
        for day, months in self.peaks.items():
            lifted[day] = min(x[month] for month in months)
        return lifted

    def named(self, component: str) -> dict[int, Any]:
        """Columns of a Pyomo component: column -> variable."""
        return columns_named(self.matrix, component)


def yearly_of(matrix: Matrix, years: Sequence[Year]) -> Yearly:
    """The yearly layer of a stamped matrix, without what its blocks hold (seasonal.py)."""
    count, kept = len(matrix.yearly_columns), other_yearly_rows(matrix)
    rows = sp.csr_array(matrix.rows[kept][:, :count])
    lower, upper = matrix.col_lower[:count], matrix.col_upper[:count]
    row_lower, row_upper = matrix.row_lower[kept], matrix.row_upper[kept]
    cost, integer = matrix.cost[:count], matrix.integer[:count]
    plain = Problem(rows, cost, matrix.offset, lower, upper, integer, row_lower, row_upper)
    columns = scales(plain).columns
    for year in years:
        top = upper[year.links]
        sized = np.isfinite(top) & (top > 0) & ~integer[year.links]
        near = np.exp2(np.round(np.log2(np.where(sized, top, 1.0))))
        columns[year.links] = np.where(sized, near, columns[year.links])
        columns[year.totals] = TOTAL_SCALE * np.exp2(np.ceil(np.log2(np.maximum(year.largest, 1))))
    scale = row_scale(plain, rows.data * columns[rows.indices])
    return Yearly(
        matrix, rows, row_lower, row_upper, cost, lower, upper, np.flatnonzero(integer),
        matrix.offset, columns, scale, cost_scale(plain), covering_peaks(matrix),
    )  # fmt: skip
