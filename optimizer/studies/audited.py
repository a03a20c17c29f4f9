"""A stored plan on the typical days of its search: solved again as it is, forced, or freed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import xarray as xr

from optimizer.inputs.case import Case
from optimizer.plan.search import LARGE
from optimizer.solve.direct import solve_direct
from optimizer.solve.highs import Outcome
from optimizer.solve.live import LiveSearch
from optimizer.solve.matrix import Matrix
from optimizer.solve.offers import yearly_variables
from optimizer.solve.solution import Solution
from optimizer.solve.stamp import stamp
from optimizer.studies.audit_questions import Question

WHOLE_DECISIONS: Final = (
    "build", "units_added", "segment_on", "asset_old", "asset_renewed", "asset_retired", "in_force",
)  # fmt: skip
"""Whole decisions on what is built, renewed and signed; marks and gates follow from them."""
EXACT: Final = 1e-5
"""Gap of a problem whose whole decisions are held; below it HiGHS's own tolerances speak."""
SMALL: Final = 1e-7
"""Gap of a problem that is small enough to be solved in one piece."""
NOTHING: Final = 1e-6
SIZES: Final = ("added", "contracted")
"""What is added of a measure, and what a contract brings a year."""
ROOM: Final = 1e-6
"""Share by which a stored size may be missed: solvers keep rows no closer."""
Decisions = dict[tuple[str, Any], float]


@dataclass(frozen=True)
class Answered:
    """What one question found. Present costs in money of the base year: ``cost`` of the decision,
    of which ``paid``; ``credits_cost`` is what credits cost of that. ``bound``: no such plan has a
    lower decision cost. Tonnes by year (Y,): ``valued`` are those that the ceiling is put on."""

    ending: str
    cost: float
    bound: float
    paid: float = np.inf
    credits_cost: float = np.inf
    gross: tuple[float, ...] = ()
    credits: tuple[float, ...] = ()
    valued: tuple[float, ...] = ()
    builds: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=dict)

    @property
    def found(self) -> bool:
        """Whether there is a plan."""
        return bool(np.isfinite(self.cost))


def stored_decisions(case: Case, plan: xr.Dataset) -> Decisions:
    """Whole decisions of a stored plan by (variable, its index); pieces of a price curve follow."""
    found: Decisions = {}
    for dim, names in (
        ("measure", ("build",)),
        ("asset", ("asset_old", "asset_renewed", "asset_retired")),
    ):
        for name in names:
            values = plan[name].transpose(dim, "year").values
            for owner, row in zip(plan[dim].values, values, strict=True):
                for year, value in zip(case.years, row, strict=True):
                    found[name, (str(owner), year)] = round(float(value))
    added = {
        str(m): row for m, row in zip(plan["measure"].values, plan["added"].values, strict=True)
    }
    for option in case.measures:
        if option.unit_size is not None:
            for year, size in zip(case.years, added[option.id], strict=True):
                found["units_added", (option.id, year)] = round(float(size) / option.unit_size)
    for contract, row in zip(plan["contract"].values, plan["contracted"].values, strict=True):
        for year, volume in zip(case.years, row, strict=True):
            found["in_force", (str(contract), year)] = float(volume > NOTHING)
    return found


def stored_sizes(case: Case, plan: xr.Dataset) -> Decisions:
    """Sizes of a stored plan by (variable, its index): of a plan that wasn't chosen under the
    ceiling they are decisions, too."""
    found: Decisions = {}
    for dim, name in (("measure", "added"), ("contract", "contracted")):
        values = plan[name].transpose(dim, "year").values
        for owner, row in zip(plan[dim].values, values, strict=True):
            for year, value in zip(case.years, row, strict=True):
                found[name, (str(owner), year)] = float(value)
    return found


class Audited:
    """One plant in memory, asked again and again. ``gap``: of each search, a share."""

    def __init__(self, case: Case, gap: float, threads: int = 2) -> None:
        self.case, self.gap = case, gap
        self.matrix = stamp(case)
        self._live = LiveSearch(threads)

    def kept(self, decisions: Decisions, sizes: Decisions, ends: float) -> Answered:
        """The plan with these whole decisions and sizes; dispatch and credits anew, and what has no
        size here."""
        held = self._held(self.matrix, decisions, ())
        return self._asked(_sized(held, sizes), EXACT, ends)

    def free(self, ends: float) -> Answered:
        """The cheapest plan there is."""
        return self._asked(self.matrix, self.gap, ends)

    def forced(self, asked: Question, ends: float, others: Decisions | None = None) -> Answered:
        """The cheapest plan in which a measure does more; with ``others``, all whole decisions but
        those that hang on it are held."""
        matrix = self._forced(self.matrix, asked)
        if others is None:
            return self._asked(matrix, self.gap, ends)
        return self._asked(self._held(matrix, others, asked.together), EXACT, ends)

    def possible(self, case: Case, asked: Question, ends: float) -> bool:
        """Whether a case that differs in yearly figures alone has a plan in which a measure does
        more."""
        return self._asked(self._forced(stamp(case), asked), self.gap, ends).found

    def changed(self, case: Case, ends: float) -> Answered:
        """The cheapest plan of a case that differs in yearly figures alone."""
        return self._asked(stamp(case), self.gap, ends)

    def _forced(self, matrix: Matrix, asked: Question) -> Matrix:
        lower = matrix.col_lower.copy()
        for _, index, column in yearly_variables(matrix, (asked.name,)):
            if index == (asked.measure, asked.year):
                lower[column] = asked.least
        return replace(matrix, col_lower=lower)

    def _held(
        self, matrix: Matrix, decisions: Mapping[tuple[str, Any], float], but: tuple[str, ...]
    ) -> Matrix:
        """The problem with whole decisions held, save those of some owners."""
        lower, upper = matrix.col_lower.copy(), matrix.col_upper.copy()
        for name, index, column in yearly_variables(matrix, WHOLE_DECISIONS):
            value = decisions.get((name, index))
            if value is None or index[0] in but or not matrix.integer[column]:
                continue
            lower[column] = upper[column] = value
        return replace(matrix, col_lower=lower, col_upper=upper)

    def _asked(self, matrix: Matrix, gap: float, ends: float) -> Answered:
        left = max(1.0, ends - time.perf_counter())
        if len(matrix.cost) < LARGE:
            outcome = solve_direct(matrix, gap=SMALL, time_limit=left)
        else:
            outcome = self._live.solve(matrix, gap, time_limit=left).outcome
        if outcome.ending == "interrupted":
            raise KeyboardInterrupt
        return answered(matrix, outcome)


def _sized(matrix: Matrix, sizes: Decisions) -> Matrix:
    """The problem with sizes held, as closely as solvers keep rows."""
    lower, upper = matrix.col_lower.copy(), matrix.col_upper.copy()
    for name, index, column in yearly_variables(matrix, SIZES):
        size = sizes.get((name, index))
        if size is not None:
            lower[column] = max(lower[column], min(upper[column], size - ROOM * size))
            upper[column] = min(upper[column], max(lower[column], size + ROOM * size))
    return replace(matrix, col_lower=lower, col_upper=upper)


def answered(matrix: Matrix, outcome: Outcome) -> Answered:
    """The figures of an outcome, with or without a plan."""
    if outcome.x is None:
        bound = np.inf if outcome.ending == "infeasible" else outcome.bound
        return Answered(outcome.ending, np.inf, bound)
    case, solution = matrix.case, Solution(matrix, outcome.x)
    credits = solution.yearly("credits")
    offset = [sum(credits.get((q.id, y), 0.0) for q in case.credits) for y in case.years]
    gross = solution.yearly("gross")
    ceiling, counted = case.policy.ceiling, solution.yearly("gross_at_ceiling")
    valued = [counted.get(y, 0.0) for y in case.years]
    if ceiling is not None and ceiling.mode == "displaced_credit":
        valued = offset
    builds: dict[str, dict[int, float]] = {}
    for _, (owner, year), column in yearly_variables(matrix, ("added", "contracted")):
        if outcome.x[column] > NOTHING:
            builds.setdefault(owner, {})[year] = float(outcome.x[column])
    whole = {
        (name, index): round(float(outcome.x[column]))
        for name, index, column in yearly_variables(matrix, WHOLE_DECISIONS)
        if matrix.integer[column]
    }
    return Answered(
        outcome.ending, outcome.objective, min(outcome.bound, outcome.objective),
        solution.net_present_cost(), solution.present_cost("credits"),
        tuple(gross[y] for y in case.years), tuple(offset), tuple(valued), builds, dict(whole),
    )  # fmt: skip


def figures(one: Answered) -> dict[str, Any]:
    """An answer as plain data; without a plan, how it ended and the bound, if one is known."""
    if not one.found:
        bound = one.bound if np.isfinite(one.bound) else None
        return {"ending": one.ending, "cost": None, "bound": bound}
    return {
        "ending": one.ending, "cost": one.cost, "bound": one.bound, "paid": one.paid,
        "credits_cost": one.credits_cost, "gross": list(one.gross), "credits": list(one.credits),
        "valued": list(one.valued), "builds": {
            m: {str(y): size for y, size in by.items()} for m, by in one.builds.items()
        },
    }  # fmt: skip
