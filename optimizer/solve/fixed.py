"""A plant whose portfolio is fixed, kept hot while prices, caps and credits change.

What is built settles most rows by themselves (reduction.py), and a linear problem is left. Where
costs alone move, its last optimum still keeps every row: a few steps of the primal simplex lead to
the next. Where limits move, the dual simplex begins there.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from optimizer.errors import SolverFailure
from optimizer.solve.highs import Outcome, Solver
from optimizer.solve.hot import HotProblem
from optimizer.solve.matrix import Array, Matrix, Problem
from optimizer.solve.reduction import Indices, Settled, beyond, settle
from optimizer.solve.scaling import scales

Arrays = tuple[NDArray[Any], ...]
WHOLE: Final = 1e-6
"""How near to a whole number a decision is one."""


@dataclass(frozen=True)
class Left:
    """The problem that held decisions leave open, and of which columns; ``x``: all others;
    ``given``: what the whole problem had beside its costs."""

    problem: Problem
    columns: Indices
    x: Array
    given: Arrays

    @property
    def whole(self) -> Indices:
        """Whole decisions that are left open, such as gates before credits."""
        return np.flatnonzero(self.problem.integer)

    @property
    def limits(self) -> Arrays:
        p = self.problem
        return p.col_lower, p.col_upper, p.row_lower, p.row_upper

    def at_costs(self, cost: Array, offset: float) -> Left:
        """The same at other costs of all columns."""
        problem = replace(
            self.problem, cost=cost[self.columns], offset=offset + float((cost * self.x).sum())
        )
        return replace(self, problem=problem)

    @property
    def pattern(self) -> Arrays:
        """Which rows have a coefficient in which columns."""
        return self.columns, self.problem.rows.indptr, self.problem.rows.indices


class FixedPortfolio:
    """Answers about one portfolio, each from where the last one ended."""

    def __init__(self) -> None:
        self._given: Arrays = ()
        self._steps: Settled | None = None
        self._hot: _Hot | None = None

    def solve(self, held: Matrix, gap: float, *, time_limit: float | None = None) -> Outcome:
        """The optimum of a problem in which the portfolio is held.

        Whole decisions that are left open are searched, to ``gap`` or for ``time_limit`` [s], only
        where neither the linear optimum nor those of the last answer settle them. Raises
        SolverFailure where HiGHS finds neither an optimum nor that there is none.
        """
        began = time.perf_counter()
        left = self._left(held)
        if left is None:
            return Outcome("infeasible", None, np.inf, -np.inf, time.perf_counter() - began)
        if self._hot is None or not self._hot.has_rows_of(left):
            self._hot = _Hot(left, self._hot)
        found = self._hot.solve(left, gap, time_limit)
        x = None
        if found.x is not None:
            x = left.x.copy()
            x[left.columns] = found.x
        seconds = time.perf_counter() - began
        return Outcome(found.ending, x, found.objective, found.bound, seconds)

    def _left(self, held: Matrix) -> Left | None:
        """What the held decisions leave open, that of the last question at other costs where
        nothing else has changed; None where they break a rule."""
        if self._hot is not None and _same(_given(held), self._hot.left.given):
            return self._hot.left.at_costs(held.cost, held.offset)
        return self._reduced(held)

    def _reduced(self, held: Matrix) -> Left | None:
        """Yearly rows first, which say what stands; then the steps at that."""
        count, first = len(held.yearly_columns), min(held.step_rows.values())
        lower, upper = held.col_lower.copy(), held.col_upper.copy()
        yearly = settle(
            sp.csr_array(held.rows[:first][:, :count]),
            lower[:count], upper[:count], held.row_lower[:first], held.row_upper[:first],
        )  # fmt: skip
        known = np.flatnonzero(yearly.fixed)
        lower[known] = upper[known] = yearly.lower[known]
        limits = lower, upper, held.row_lower[first:], held.row_upper[first:]
        steps = self._settled(sp.csr_array(held.rows[first:]), *limits)
        return None if yearly.broken or steps.broken else _left_open(held, steps, first)

    def _settled(self, rows: Any, *limits: Array) -> Settled:
        """The steps settled; as before where neither they nor the held decisions have changed."""
        given = (rows.indptr, rows.indices, rows.data, *limits)
        if self._steps is None or not _same(given, self._given):
            self._given, self._steps = given, settle(rows, *limits)
        return self._steps


class _Hot:
    """What is left of a portfolio in HiGHS's memory, and the last answer's whole decisions."""

    def __init__(self, left: Left, last: _Hot | None = None) -> None:
        """``last``: another, whose optimum is the beginning if it has the same pattern."""
        found = scales(left.problem)
        self.left, self._rows, self._columns = left, found.rows, found.columns
        self._whole: Array | None = None
        rows = left.problem.rows
        lower, upper, least, most = self._scaled(left)
        self._problem = HotProblem(
            sp.csr_array((found.values, rows.indices, rows.indptr), shape=rows.shape),
            cost=left.problem.cost * self._columns,
            col_lower=lower, col_upper=upper, row_lower=least, row_upper=most,
        )  # fmt: skip
        self._new = True
        if last is not None and _same(left.pattern, last.left.pattern):
            self._whole = last._whole
            self._problem.begin_where(last._problem)

    def has_rows_of(self, left: Left) -> bool:
        """Whether a problem differs in limits and costs only."""
        same = np.array_equal(left.problem.rows.data, self.left.problem.rows.data)
        return same and _same(left.pattern, self.left.pattern)

    def _scaled(self, left: Left) -> tuple[Array, Array, Array, Array]:
        lower, upper, least, most = left.limits
        return (
            lower / self._columns, upper / self._columns, least * self._rows, most * self._rows
        )  # fmt: skip

    def solve(self, left: Left, gap: float, time_limit: float | None) -> Outcome:
        """The optimum of a problem of the same rows, its whole decisions settled."""
        costs_alone = not self._new and _same(left.limits, self.left.limits)
        self._problem.change_costs(left.problem.cost * self._columns)
        if not costs_alone:
            lower, upper, least, most = self._scaled(left)
            self._problem.change_rows(least, most)
            self._problem.change_columns(lower, upper)
        self.left, self._new = left, False
        if self._whole is not None and len(left.whole):
            kept = self._with_whole(self._whole, primal=costs_alone)
            if kept.x is not None and kept.gap <= gap:
                return kept
        relaxed = self._optimum(primal=costs_alone)
        if relaxed.x is None or _is_whole(relaxed.x[left.whole]):
            return self._kept(relaxed)
        begun = self._with_whole(np.ceil(relaxed.x[left.whole] - WHOLE), primal=False)
        begun = replace(begun, bound=relaxed.bound)
        if begun.x is not None and begun.gap <= gap:
            return self._kept(begun)
        searched = Solver(left.problem)
        searched.set(mip_rel_gap=gap, time_limit=time_limit or np.inf)
        return self._kept(searched.run())

    def _optimum(self, *, primal: bool) -> Outcome:
        ending = self._problem.run(primal=primal)
        if ending == "optimal":
            value, x, _ = self._problem.answer()
            value += self.left.problem.offset
            return Outcome("optimal", x * self._columns, value, value, 0.0)
        if ending == "infeasible":
            return Outcome("infeasible", None, np.inf, -np.inf, 0.0)
        raise SolverFailure(f"the dispatch of a fixed portfolio ended: {ending}")

    def _with_whole(self, values: Array, *, primal: bool) -> Outcome:
        """The optimum with whole decisions held. ``bound`` is one of any: by linear duality
        another value of one changes the cost by no less than its reduced cost says."""
        at, (lower, upper) = self.left.whole, self._problem.bounds
        held_lower, held_upper = lower.copy(), upper.copy()
        held_lower[at] = held_upper[at] = values / self._columns[at]
        self._problem.change_columns(held_lower, held_upper)
        found = self._optimum(primal=primal)
        if found.x is not None:
            price = self._problem.reduced_costs()[at]
            less, more = held_lower[at] - lower[at], upper[at] - held_upper[at]
            reach = np.where(price == 0, 0.0, np.where(price > 0, less, more))
            found = replace(found, bound=found.objective - float(np.abs(price) @ reach))
        self._problem.change_columns(lower, upper)
        return found

    def _kept(self, found: Outcome) -> Outcome:
        if found.x is not None:
            self._whole = np.round(found.x[self.left.whole])
        return found


def _left_open(held: Matrix, steps: Settled, first: int) -> Left | None:
    """The open columns in the yearly rows and in those of the steps that still say something; None
    where the rows of fixed columns alone are broken."""
    columns = np.flatnonzero(~steps.fixed)
    x = np.where(steps.fixed, steps.lower, 0.0)
    rows = np.concatenate([np.arange(first), first + steps.rows])
    inside = sp.csr_array(held.rows[rows])
    own = sp.csr_array(inside[:, columns])
    empty = np.diff(own.indptr) == 0
    least, most = held.row_lower[rows], held.row_upper[rows]
    if beyond(inside[empty], x, least[empty], most[empty]):
        return None
    taken = inside @ x
    problem = Problem(
        rows=sp.csr_array(own[~empty]),
        cost=held.cost[columns],
        offset=held.offset + float(held.cost @ x),
        col_lower=steps.lower[columns],
        col_upper=steps.upper[columns],
        integer=held.integer[columns],
        row_lower=(least - taken)[~empty],
        row_upper=(most - taken)[~empty],
    )
    return Left(problem, columns, x, _given(held))


def _given(held: Matrix) -> Arrays:
    rows = held.rows
    bounds = held.col_lower, held.col_upper, held.row_lower, held.row_upper
    return rows.indptr, rows.indices, rows.data, *bounds


def _same(some: Arrays, others: Arrays) -> bool:
    return len(some) == len(others) and all(map(np.array_equal, some, others))


def _is_whole(values: Array) -> bool:
    return bool(np.abs(values - np.round(values)).max(initial=0.0) <= WHOLE)
