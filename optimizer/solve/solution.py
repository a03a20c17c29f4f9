"""Numbers of a solved case by the names of the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyomo.environ as pyo

from optimizer.model.layer import CostLine
from optimizer.model.objective import timing_weight
from optimizer.names import VALUATION
from optimizer.solve.matrix import Array, Matrix


@dataclass(frozen=True)
class Solution:
    """A solution vector of a matrix; makes the yearly Pyomo variables hold its values."""

    matrix: Matrix
    x: Array

    def __post_init__(self) -> None:
        for variable in self.matrix.layer.model.component_data_objects(pyo.Var):
            column = self.matrix.column(variable)
            value = self.x[column] if column is not None else (variable.lb or 0.0)
            variable.set_value(float(value), skip_validation=True)

    def yearly(self, component: str) -> dict[Any, float]:
        """Values of a yearly variable or expression by its index; empty if the case has none."""
        found = getattr(self.matrix.layer.model, component, None)
        return (
            {}
            if found is None
            else {index: float(pyo.value(item)) for index, item in found.items()}
        )

    def step(self, *name: str) -> Array:
        """Values of a step variable, shape (Y, P, H); zeros if the case has none."""
        if name in self.matrix.step_columns:
            return self.matrix.step_values(self.x, name)
        return np.zeros(self.matrix.shape)

    def has(self, *name: str) -> bool:
        return name in self.matrix.step_columns

    def costs(self) -> dict[CostLine, Array]:
        """Every registered cost line, shape (Y,), money of each year, undiscounted."""
        return {line: self._by_year(line) for line in self.matrix.layer.costs}

    def _by_year(self, line: CostLine) -> Array:
        by_year = self.matrix.layer.costs[line]
        return np.array([float(pyo.value(by_year.get(y, 0.0))) for y in self.matrix.case.years])

    def emissions(self) -> dict[tuple[str, str], Array]:
        """Every registered source of every ledger, shape (Y,), t."""
        case = self.matrix.case
        return {
            key: np.array([float(pyo.value(by_year.get(y, 0.0))) for y in case.years])
            for key, by_year in self.matrix.layer.emissions.items()
        }

    def decision_cost(self) -> float:
        """Present cost of all lines, paid or only valued: what the search made least [money]."""
        return self._present(lambda _: True)

    def net_present_cost(self) -> float:
        """Present cost of what is paid [money]."""
        return self._present(lambda kind: kind != VALUATION)

    def present_cost(self, cost_class: str) -> float:
        """Present cost of the lines of one class [money]."""
        return self._present(lambda kind: kind == cost_class)

    def _present(self, counted: Callable[[str], bool]) -> float:
        case = self.matrix.case
        total = sum(
            timing_weight(case, line.timing, y) * cost
            for line in self.matrix.layer.costs
            if counted(line.cost_class)
            for y, cost in zip(case.years, self._by_year(line), strict=True)
        )
        return float(total)
