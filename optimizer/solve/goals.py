"""Goals in a stamped problem: what they are made of, what is added to the objective for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.repn import LinearForms


@dataclass(frozen=True)
class Linear:
    """constant + sum of coefficient x yearly column, columns by their names."""

    coefficients: Mapping[str, float]
    constant: float

    def of(self, values: Mapping[str, float]) -> float:
        """Its value where columns have the given values; columns not named are 0."""
        return self.constant + sum(
            coefficient * values.get(name, 0.0) for name, coefficient in self.coefficients.items()
        )


def linear(matrix: Matrix, expression: Any) -> Linear:
    """An expression of the yearly layer; raises ValueError for a product of decisions."""
    found, constant = LinearForms([]).of(expression)
    name = matrix.yearly_names
    at = {i: matrix.yearly_columns[i] for i in found if i in matrix.yearly_columns}
    return Linear({name[at[i]]: float(found[i]) for i in at}, float(constant))


def yearly_values(matrix: Matrix, x: Array) -> dict[str, float]:
    """Values of the yearly columns of a plan by their names, zeros left out."""
    pairs = zip(matrix.yearly_names, x[: len(matrix.yearly_names)], strict=True)
    return {name: float(value) for name, value in pairs if value}


def most_of(matrix: Matrix, goal: Linear) -> float:
    """What bounds of columns leave of a goal at most; infinite where a column has none."""
    column = {name: j for j, name in enumerate(matrix.yearly_names)}
    worth = [
        factor * (matrix.col_upper if factor > 0 else matrix.col_lower)[column[name]]
        for name, factor in goal.coefficients.items()
    ]
    return goal.constant + float(sum(worth))


def with_goal(matrix: Matrix, goal: Linear, price: float) -> Matrix:
    """The problem with ``price`` x goal added to what is made least."""
    column = {name: j for j, name in enumerate(matrix.yearly_names)}
    cost = matrix.cost.copy()
    at = np.array([column[name] for name in goal.coefficients], dtype=np.int64)
    cost[at] += price * np.array(list(goal.coefficients.values()))
    return replace(matrix, cost=cost, offset=matrix.offset + price * goal.constant)
