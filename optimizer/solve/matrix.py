"""The whole problem as arrays, and where each thing lies in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from optimizer.inputs.case import Case
from optimizer.model.layer import YearlyLayer
from optimizer.model.seam import Name

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Problem:
    """row_lower <= rows x <= row_upper, col_lower <= x <= col_upper, minimise cost x + offset."""

    rows: sp.csr_array
    cost: Array
    offset: float
    col_lower: Array
    col_upper: Array
    integer: NDArray[np.bool_]
    row_lower: Array
    row_upper: Array


@dataclass(frozen=True)
class Matrix(Problem):
    """The problem of a case, and where each thing lies in it.

    Columns: the yearly variables in ``yearly_columns`` (by id), then one block of Y x P x H columns
    for each step variable in ``step_columns``. Rows: the yearly rows, one block of Y x P x H rows
    for each step constraint in ``step_rows``, then the totals in ``total_rows``, then one block of
    Y x P rows for each seasonal store in ``end_rows``.
    """

    case: Case
    layer: YearlyLayer
    yearly_columns: dict[int, int]
    yearly_variables: tuple[Any, ...]
    yearly_rows: tuple[Any, ...]
    step_columns: dict[Name, int]
    step_rows: dict[str, int]
    total_rows: dict[tuple[str, ...], int]
    end_rows: dict[str, int]

    @cached_property
    def yearly_names(self) -> tuple[str, ...]:
        """Name of every yearly column."""
        return tuple(variable.name for variable in self.yearly_variables)

    @property
    def shape(self) -> tuple[int, int, int]:
        """(Y, P, H)."""
        axis = self.case.axis
        return len(self.case.years), len(axis.weight), axis.steps

    def rows_named(self, *constraints: str) -> dict[tuple[str, Any], int]:
        """Yearly rows of the named constraints: (constraint, index) -> row."""
        found = {}
        for row, data in enumerate(self.yearly_rows):
            constraint = data.parent_component().local_name
            if constraint in constraints:
                found[constraint, data.index()] = row
        return found

    def column(self, variable: Any) -> int | None:
        """Column of a yearly variable; None if nothing refers to it."""
        return self.yearly_columns.get(id(variable))

    def step_values(self, x: Array, name: Name) -> Array:
        """Values of a step variable, shape (Y, P, H)."""
        start, shape = self.step_columns[name], self.shape
        return x[start : start + int(np.prod(shape))].reshape(shape)
