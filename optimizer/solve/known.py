"""A solved problem, as a live search remembers it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.solve.matrix import Array, Matrix


@dataclass(frozen=True)
class Known:
    """A solved problem: its best plan, what its totals cost by year, and the plans at which a
    similar problem begins, each with what its prices add to these costs. ``names``: of the yearly
    columns that the plans have."""

    names: tuple[str, ...]
    plan: Array
    costs: list[Array]
    places: list[tuple[Array, list[Array]]]

    def distance(self, costs: list[Array]) -> float:
        """How differently the totals of another problem are priced; 0: alike."""
        pairs = zip(self.costs, costs, strict=True)
        return float(sum(np.abs(a - b).sum() for a, b in pairs if a.shape == b.shape))

    def placed(self, x: Array, matrix: Matrix) -> Array:
        """Yearly values of this problem in the columns of another, by name; unknown ones are 0."""
        values = dict(zip(self.names, x, strict=True))
        return np.array([values.get(name, 0.0) for name in matrix.yearly_names])
