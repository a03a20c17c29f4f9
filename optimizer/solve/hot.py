"""A linear problem that stays in HiGHS's memory while its costs, limits and bounds change."""

from __future__ import annotations

from typing import Any, Final

import highspy
import numpy as np

from optimizer.errors import SolverFailure
from optimizer.solve.highs import SEED
from optimizer.solve.matrix import Array

AS_USUAL: Final = ("choose", 2)
"""HiGHS's own presolve and scaling of a linear problem."""
DUAL, PRIMAL = 1, 4
"""HiGHS's numbers of the simplex methods."""


class HotProblem:
    """rows, costs and limits held by one HiGHS; every solve starts from the last basis."""

    def __init__(
        self,
        rows: Any,
        *,
        cost: Array,
        col_lower: Array,
        col_upper: Array,
        row_lower: Array,
        row_upper: Array,
    ) -> None:
        self._highs = highs = highspy.Highs()  # type: ignore[no-untyped-call]
        highs.silent()
        for name, value in (("threads", 1), ("random_seed", SEED)):
            if highs.setOptionValue(name, value) != highspy.HighsStatus.kOk:
                raise SolverFailure(f"HiGHS refuses the option {name}")
        status = highs.passModel(
            len(cost), rows.shape[0], rows.nnz, int(highspy.MatrixFormat.kRowwise), 1, 0.0,
            cost, col_lower, col_upper, row_lower, row_upper,
            rows.indptr.astype(np.int32), rows.indices.astype(np.int32), rows.data,
            np.zeros(len(cost), dtype=np.int32),
        )  # fmt: skip
        if status == highspy.HighsStatus.kError:
            raise SolverFailure("HiGHS refuses a linear problem")
        self._columns = np.arange(len(cost), dtype=np.int32)
        self._rows = np.arange(rows.shape[0], dtype=np.int32)
        self._cost = cost
        self._limits = (row_lower, row_upper)
        self.bounds = (col_lower, col_upper)

    def begin_where(self, other: HotProblem) -> None:
        """Begin at another problem's last optimum, which has as many rows and columns."""
        self._highs.setBasis(other._highs.getBasis())

    def change_costs(self, cost: Array) -> None:
        changed = np.flatnonzero(cost != self._cost)
        if len(changed):
            self._highs.changeColsCost(len(changed), self._columns[changed], cost[changed])
            self._cost = cost

    def change_rows(self, lower: Array, upper: Array) -> None:
        changed = np.flatnonzero((lower != self._limits[0]) | (upper != self._limits[1]))
        if len(changed):
            self._highs.changeRowsBounds(  # type: ignore[attr-defined]
                len(changed), self._rows[changed], lower[changed], upper[changed]
            )
            self._limits = (lower, upper)

    def change_columns(self, lower: Array, upper: Array) -> None:
        changed = np.flatnonzero((lower != self.bounds[0]) | (upper != self.bounds[1]))
        if len(changed):
            self._highs.changeColsBounds(
                len(changed), self._columns[changed], lower[changed], upper[changed]
            )
            self.bounds = (lower, upper)

    def add_rows(self, rows: Any, lower: Array) -> None:
        """rows x >= lower, behind those that are there."""
        count = rows.shape[0]
        upper = np.full(count, np.inf)
        self._highs.addRows(
            count, lower, upper, rows.nnz,
            rows.indptr[:-1].astype(np.int32), rows.indices.astype(np.int32), rows.data,
        )  # fmt: skip
        self._rows = np.arange(len(self._rows) + count, dtype=np.int32)
        self._limits = (
            np.concatenate([self._limits[0], lower]),
            np.concatenate([self._limits[1], upper]),
        )

    def add_columns(self, columns: Any, cost: Array) -> None:
        """Further columns >= 0; ``columns``: (rows, new columns), compressed by column."""
        count = columns.shape[1]
        lower, upper = np.zeros(count), np.full(count, np.inf)
        self._highs.addCols(
            count, cost, lower, upper, columns.nnz,
            columns.indptr[:-1].astype(np.int32), columns.indices.astype(np.int32), columns.data,
        )  # fmt: skip
        self._columns = np.arange(len(self._columns) + count, dtype=np.int32)
        self._cost = np.concatenate([self._cost, cost])
        self.bounds = (
            np.concatenate([self.bounds[0], lower]),
            np.concatenate([self.bounds[1], upper]),
        )

    def run(self, *, primal: bool = False) -> str:
        """Solve; the ending: optimal, infeasible, unbounded, or another word of HiGHS.

        ``primal``: by the primal simplex, where costs alone have changed and the last optimum
        still keeps every row.

        Anything but optimal is asked again without the last basis, then without presolve, then
        without HiGHS's own scaling too: each of them has kept an optimum from being found.
        """
        self._highs.setOptionValue("simplex_strategy", PRIMAL if primal else DUAL)
        for presolve, scaling in (AS_USUAL, AS_USUAL, ("off", 2), ("off", 0)):
            self._highs.setOptionValue("presolve", presolve)
            self._highs.setOptionValue("simplex_scale_strategy", scaling)
            self._highs.run()
            status = self._highs.getModelStatus()
            if status == highspy.HighsModelStatus.kOptimal:
                return "optimal"
            self._highs.clearSolver()
        return str(self._highs.modelStatusToString(status)).lower()

    def answer(self) -> tuple[float, Array, Array]:
        """(objective, columns, row duals) of a solve that ended optimal."""
        solution = self._highs.getSolution()
        return (
            self._highs.getInfo().objective_function_value,
            np.asarray(solution.col_value),
            np.asarray(solution.row_dual),
        )

    def reduced_costs(self) -> Array:
        """What a unit more of each column adds to the last optimum."""
        return np.asarray(self._highs.getSolution().col_dual)

    def solve(self) -> tuple[float, Array, Array]:
        """Run and answer; SolverFailure if it doesn't end optimal."""
        ending = self.run()
        if ending != "optimal":
            raise SolverFailure(f"a linear problem of the decomposition ended: {ending}")
        return self.answer()
