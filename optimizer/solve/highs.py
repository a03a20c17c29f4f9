"""HiGHS behind one small wrapper: arrays in, an honest outcome out.

Every option is checked (HiGHS goes on silently with a refused one), threads and seed are fixed, and
a change of threads resets the global scheduler, without which the next run fails.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import highspy
import numpy as np
from numpy.typing import NDArray

from optimizer.errors import SolverFailure
from optimizer.solve.matrix import Array, Problem
from optimizer.solve.scaling import Scales, cost_scale, scales

Ending = Literal["optimal", "infeasible", "unbounded", "time_limit", "interrupted", "failed"]
SEED: Final = 1
NOISE: Final = 1e-9
"""Of a bound at which a search ends: so much more, lest rounding leave it short."""
_ENDINGS: Final[dict[Any, Ending]] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnbounded: "unbounded",
    highspy.HighsModelStatus.kTimeLimit: "time_limit",
    highspy.HighsModelStatus.kInterrupt: "interrupted",
}
_threads_in_use: list[int] = []


@dataclass(frozen=True)
class Progress:
    """Incumbent, bound (None while there is none) and seconds so far."""

    incumbent: float | None
    bound: float | None
    seconds: float


@dataclass(frozen=True)
class Outcome:
    """How a run ended. ``x`` is None without a solution; ``bound`` holds for every solution."""

    ending: Ending
    x: Array | None
    objective: float
    bound: float
    seconds: float
    method: str = "direct"

    @property
    def gap(self) -> float:
        """(objective - bound) / |objective|, infinite without a solution."""
        if self.x is None or not np.isfinite(self.bound):
            return np.inf
        difference = max(0.0, self.objective - self.bound)
        return difference / abs(self.objective) if difference else 0.0


@dataclass
class Solver:
    """One problem held by HiGHS. Rows, money columns and the objective of a search are scaled by
    powers of two on the way in: a column whose every coefficient is near HiGHS's tolerance would
    be lost. The objective of a linear problem isn't: that took up to 3.7 times as long.

    ``scaled``: rows and columns are already; scaling them again can take a share for money.
    """

    matrix: Problem
    threads: int = 2
    relaxed: bool = False
    scaled: bool = False
    _highs: Any = None
    _row_scale: Array = field(default_factory=lambda: np.ones(0))
    _column_scale: Array = field(default_factory=lambda: np.ones(0))
    cost_scale: float = 1.0
    _enough: bool = False

    def __post_init__(self) -> None:
        if _threads_in_use and _threads_in_use[0] != self.threads:
            highspy.Highs.resetGlobalScheduler(True)
        _threads_in_use[:] = [self.threads]
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.silent()
        self.set(threads=self.threads, random_seed=SEED)
        self._pass()

    def set(self, **options: Any) -> None:
        """Set options; SolverFailure if HiGHS refuses one."""
        for name, value in options.items():
            if self._highs.setOptionValue(name, value) != highspy.HighsStatus.kOk:
                raise SolverFailure(f"HiGHS refuses the option {name} = {value!r}")

    def _pass(self) -> None:
        m = self.matrix
        plain = Scales(np.ones(m.rows.shape[0]), np.ones(len(m.cost)), m.rows.data)
        found = plain if self.scaled else scales(m)
        self._row_scale, self._column_scale = found.rows, found.columns
        columns = found.columns
        self.cost_scale = 1.0 if self.relaxed else cost_scale(m)
        whole = (
            np.zeros(len(m.cost), dtype=np.int32) if self.relaxed else m.integer.astype(np.int32)
        )
        status = self._highs.passModel(
            len(m.cost), m.rows.shape[0], m.rows.nnz, int(highspy.MatrixFormat.kRowwise), 1,
            m.offset * self.cost_scale, m.cost * columns * self.cost_scale,
            m.col_lower / columns, m.col_upper / columns,
            m.row_lower * self._row_scale, m.row_upper * self._row_scale,
            m.rows.indptr.astype(np.int32, copy=False), m.rows.indices.astype(np.int32, copy=False),
            found.values, whole,
        )  # fmt: skip
        if status == highspy.HighsStatus.kError:
            raise SolverFailure("HiGHS refuses the problem")

    def bound_columns(self, columns: NDArray[np.int64], lower: Array, upper: Array) -> None:
        """Change bounds of columns, e.g. to fix decisions."""
        scale = self._column_scale[columns]
        self._highs.changeColsBounds(
            len(columns), columns.astype(np.int32), lower / scale, upper / scale
        )

    def row_duals(self) -> Array:
        """Duals of the rows after a linear run that ended optimal, money per unit of each row."""
        duals = np.asarray(self._highs.getSolution().row_dual)
        return duals * self._row_scale / self.cost_scale

    def start_from(self, x: Array) -> None:
        """Offer a starting point."""
        solution = highspy.HighsSolution()
        solution.col_value = list(x / self._column_scale)
        self._highs.setSolution(solution)

    def end_at(self, bound: float) -> None:
        """End a search, as if its gap were closed, once no plan can cost less than ``bound``."""
        least = (bound + NOISE * abs(bound)) * self.cost_scale

        def look(event: Any) -> None:
            if event.data_out.mip_dual_bound >= least:
                self._enough = True
                event.interrupt()

        if np.isfinite(bound):
            self._highs.cbMipInterrupt.subscribe(look)

    def run(self, on_progress: Callable[[Progress], None] | None = None) -> Outcome:
        """Solve; Ctrl-C stops with the best solution so far."""
        began = time.perf_counter()
        if on_progress is not None:
            self._report_to(on_progress, began)
        if threading.current_thread() is threading.main_thread():
            self._highs.HandleKeyboardInterrupt = True
            self._highs.solve()
        else:
            self._highs.run()
        return self._outcome(time.perf_counter() - began)

    def _report_to(self, on_progress: Callable[[Progress], None], began: float) -> None:
        last = [0.0]

        def tell(event: Any) -> None:
            now = time.perf_counter() - began
            if now - last[0] >= 1:
                last[0] = now
                data = event.data_out
                on_progress(
                    Progress(
                        self._known(data.mip_primal_bound), self._known(data.mip_dual_bound), now
                    )
                )

        self._highs.cbMipInterrupt.subscribe(tell)

    def _known(self, value: float) -> float | None:
        return value / self.cost_scale if abs(value) < highspy.kHighsInf else None

    def _outcome(self, seconds: float) -> Outcome:
        info, solution = self._highs.getInfo(), self._highs.getSolution()
        ending = _ENDINGS.get(self._highs.getModelStatus(), "failed")
        if ending == "interrupted" and self._enough:
            ending = "optimal"
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        whole = bool(self.matrix.integer.any()) and not self.relaxed
        objective = info.objective_function_value / self.cost_scale
        bound = (
            info.mip_dual_bound / self.cost_scale
            if whole
            else (objective if ending == "optimal" else -np.inf)
        )
        x = np.asarray(solution.col_value) * self._column_scale if found else None
        return Outcome(ending, x, objective if found else np.inf, bound, seconds)
