"""The outer master: the yearly layer with the cuts found so far. Its optimum is a lower bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import scipy.sparse as sp

from optimizer.errors import SolverFailure
from optimizer.solve.blocks import Year
from optimizer.solve.cuts import WIDEST, Cut, cut_rows
from optimizer.solve.highs import Outcome, Solver
from optimizer.solve.hot import HotProblem
from optimizer.solve.matrix import Array, Problem
from optimizer.solve.yearly import Yearly

TRIES: Final = ((1e-6, 1e-7, True), (1e-9, 1e-9, False))
"""Tolerances of whole decisions and of rows in a search, and whether totals have a box: HiGHS's own
and, where that ends with neither an optimum nor a limit, strict ones and no box. Strict at first,
it has gone round in circles on a hundred cuts, and called searches that have an optimum unbounded
or infeasible; without the box it has called nodes unbounded for minutes, and closed none."""
ROOM: Final = 10.0
"""The box of a search: so many times the largest total of the relaxation, and ten TWh or Mt at
least."""
FARTHEST: Final = 1e5
"""The box of a relaxation that HiGHS finds no end of: a hundred TWh or Mt, or what those cost,
which no factory has. It has followed rounding of the duals, 1e-10 a unit, out of a master of a
thousand cuts; within the box that is worth 1e-5 of a bound of thousands. Not there from the start,
for totals that cost nothing would stand in its corners."""
LEANING: Final = 1e-3
"""Share of a bound that the box may hold up before cuts count as leaving none."""

PLAIN: Final[dict[str, Any]] = {
    "mip_allow_restart": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_root_reduced_cost": False,
}
"""Options of every search. Heuristics that solve smaller searches took four fifths of the time to
find plans that the start is as good as (docs/performance.md)."""


@dataclass(frozen=True)
class Bounded:
    """An optimum of the outer master: lower bound, plan (yearly columns), and by year the price of
    each total as the yearly rows see it. ``loose``: it is the box of the totals that holds the
    bound up, not the cuts."""

    bound: float
    x: Array
    prices: list[Array]
    loose: bool = False


class Outer:
    """The linear relaxation, kept hot; ``search`` solves the whole decisions."""

    def __init__(self, yearly: Yearly, years: Sequence[Year]) -> None:
        self.yearly, self.years = yearly, years
        self.cuts: list[Cut] = []
        self._totals = np.concatenate([year.totals for year in years])
        self._rows = yearly.scaled_rows()
        self._stack = sp.csr_array((0, yearly.count))
        self._least, self._scales = np.zeros(0), np.zeros(0)
        self._tried: dict[bytes, tuple[float, Array]] = {}
        y = yearly
        self._lp = HotProblem(
            self._rows,
            cost=y.cost * y.columns * y.money,
            col_lower=y.lower / y.columns,
            col_upper=y.upper / y.columns,
            row_lower=y.row_lower * y.row_scale,
            row_upper=y.row_upper * y.row_scale,
        )

    def add(self, cuts: Sequence[Cut]) -> None:
        if cuts:
            rows, least, scales = cut_rows(cuts, self.yearly, self.years)
            self._lp.add_rows(rows, least)
            self._stack = sp.csr_array(sp.vstack([self._stack, rows], format="csr"))
            self._least = np.concatenate([self._least, least])
            self._scales = np.concatenate([self._scales, scales])
            self.cuts += cuts

    def slacks(self, x: Array) -> Array:
        """How far a plan is above each cut, in the cut's scaled row."""
        return np.asarray(self._stack @ (x / self.yearly.columns)) - self._least

    def close(self, x: Array, money: float) -> set[int]:
        """Cuts that a plan is on, within an amount of money (or the same share of a row's size
        for those that have no prices)."""
        slack = self.slacks(x)
        priced = np.array([cut.priced for cut in self.cuts])
        share = money / abs(self.yearly.cost @ x + self.yearly.offset)
        limit = np.where(priced, money * self._scales, share)
        return set(np.flatnonzero(slack < limit).tolist())

    def hold(self, whole: Array | None) -> None:
        """Hold the whole columns at values, or free them again with None."""
        y = self.yearly
        lower, upper = y.lower.copy(), y.upper.copy()
        if whole is not None:
            lower[y.integer] = upper[y.integer] = whole
        self._lp.change_columns(lower / y.columns, upper / y.columns)

    def relaxed(self) -> Bounded | None:
        """The optimum of the linear relaxation; None where no plan keeps rows and cuts.

        Raises SolverFailure where HiGHS finds neither: that is no proof that there is no plan.
        """
        ending = self._lp.run()
        if ending in ("optimal", "infeasible"):
            return self._answer(ending)
        return self._within_box()

    def _within_box(self) -> Bounded | None:
        """The optimum with every total in the farthest box."""
        free = self._lp.bounds
        self._lp.change_columns(*self._boxed(*free, FARTHEST))
        try:
            found = self._answer(self._lp.run())
            if found is None:
                return None
            at_box = np.abs(found.x / self.yearly.columns)[self._totals] >= FARTHEST
            leaning = np.abs(self._lp.reduced_costs()[self._totals][at_box]).sum() * FARTHEST
            value = (found.bound - self.yearly.offset) * self.yearly.money
            return replace(found, loose=bool(leaning > LEANING * abs(value)))
        finally:
            self._lp.change_columns(*free)

    def _answer(self, ending: str) -> Bounded | None:
        if ending == "infeasible":
            return None
        if ending != "optimal":
            raise SolverFailure(f"the master of the decomposition ended: {ending}")
        value, x, duals = self._lp.answer()
        y = self.yearly
        kept = duals[: len(y.row_lower)] * y.row_scale / y.money
        reduced = y.cost - np.asarray(kept @ y.rows)
        prices = [reduced[year.totals] for year in self.years]
        return Bounded(value / y.money + y.offset, x * y.columns, prices)

    def search(
        self,
        cuts: Sequence[int],
        *,
        gap: float,
        start: Array | None,
        seconds: float,
        enough: float = np.inf,
    ) -> Outcome:
        """The whole problem on some of the cuts: any bound of it is one of the full problem.

        Begins with ``start``, or with whole decisions of an earlier search where these are now
        cheaper on all cuts. Ends where its bound reaches ``enough``.
        """
        y, start, found = self.yearly, self._cheapest(start), None
        for whole, rows, boxed in TRIES:
            solver = Solver(self.whole(cuts, self.box() if boxed else np.inf), 1, scaled=True)
            solver.set(mip_rel_gap=gap, time_limit=seconds, **PLAIN)
            solver.end_at(enough * y.money)
            solver.set(mip_feasibility_tolerance=whole, primal_feasibility_tolerance=rows)
            if start is not None:
                solver.start_from(start / y.columns)
            found = solver.run()
            if found.ending in ("optimal", "time_limit", "interrupted"):
                break
        assert found is not None
        x = None if found.x is None else found.x * y.columns
        objective = found.objective / y.money
        if x is not None:
            self._try(objective, x)
        return Outcome(found.ending, x, objective, found.bound / y.money, found.seconds)

    def _try(self, value: float, x: Array) -> None:
        """Remember a plan's whole decisions, and a bound on what they cost."""
        whole = np.round(x[self.yearly.integer])
        self._tried.setdefault(whole.tobytes(), (value, whole))

    def _cheapest(self, start: Array | None) -> Array | None:
        """The cheapest plan on all cuts with whole decisions of ``start`` or of earlier searches.

        More cuts never make one cheaper, so those that cost more before are not looked at. None
        without any.
        """
        if start is not None:
            self._try(-np.inf, start)
        best, least = start, np.inf
        for key, (value, whole) in sorted(self._tried.items(), key=lambda item: item[1][0]):
            if value >= least:
                break
            held = self._held(whole)
            value = np.inf if held is None else held.bound
            self._tried[key] = (value, whole)
            if held is not None and value < least:
                best, least = held.x, value
        return best

    def _held(self, whole: Array) -> Bounded | None:
        """The optimum with the whole columns held; None without one."""
        self.hold(whole)
        try:
            return self.relaxed()
        except SolverFailure:
            return None
        finally:
            self.hold(None)

    def box(self) -> float:
        """A scaled value that no total of a plan worth its cost comes near."""
        relaxed = self.relaxed()
        if relaxed is None:
            return np.inf
        totals = np.abs(relaxed.x / self.yearly.columns)[self._totals]
        return max(WIDEST, ROOM * float(totals.max(initial=0.0)))

    def _boxed(self, lower: Array, upper: Array, box: float) -> tuple[Array, Array]:
        """Scaled bounds of the yearly columns, those of totals within a box."""
        lower, upper = lower.copy(), upper.copy()
        lower[self._totals] = np.maximum(lower[self._totals], -box)
        upper[self._totals] = np.minimum(upper[self._totals], box)
        return lower, upper

    def whole(self, cuts: Sequence[int], box: float) -> Problem:
        """The yearly layer with whole decisions and some of the cuts, scaled.

        What stands is a sum of builds, so it is whole too; said so, it is branched on: "by 2028 or
        not at all" halves a search better than "in 2028 or not".
        """
        y, least = self.yearly, self._least[cuts]
        lower, upper = self._boxed(y.lower / y.columns, y.upper / y.columns, box)
        whole = np.zeros(y.count, dtype=bool)
        whole[y.integer] = True
        whole[list(y.named("on"))] = True
        return Problem(
            rows=sp.csr_array(sp.vstack([self._rows, self._stack[cuts]], format="csr")),
            cost=y.cost * y.columns * y.money,
            offset=y.offset * y.money,
            col_lower=lower,
            col_upper=upper,
            integer=whole,
            row_lower=np.concatenate([y.row_lower * y.row_scale, least]),
            row_upper=np.concatenate([y.row_upper * y.row_scale, np.full(len(least), np.inf)]),
        )
