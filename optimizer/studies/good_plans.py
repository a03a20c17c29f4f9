"""Plans that cost little more than the cheapest: what is known of them, and how one is looked for.

A plan is good within a share e if its decision cost is at most C + e |C|, where C is that of the
best plan known. To make a goal least among such plans, cost + K x goal is made least under a row on
cost, K so large that the goal outweighs all cost that the row leaves free; a bound B of that
problem says goal >= (B - most cost) / K of every good plan, whatever the gap of the search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Final

import numpy as np

from optimizer.errors import NoPlan, StoppedWithoutPlan
from optimizer.inputs.case import Case
from optimizer.inputs.goals import Goal, Standing
from optimizer.inputs.trade_off import TradeOff
from optimizer.model.goals import goal_expression
from optimizer.solve.explain import broken_promises
from optimizer.solve.goals import Linear, linear, most_of, with_goal, yearly_values
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.offers import yearly_variables
from optimizer.solve.solution import Solution
from optimizer.solve.stamp import stamp
from optimizer.studies.decided import Decided, decided
from optimizer.studies.plant import EXACT, Plant

FINE: Final = {True: 1e-3, False: 1e-2}
"""Share of a goal's range that weighs as much as all cost that is free, of whole numbers one; by
whether the plant is solved in one piece. Where goals outweigh cost a thousandfold, cuts say little
about cost: the demo's search for the least gas found neither a better plan nor a bound in 75 s, at
a hundredfold both."""
OUTWEIGHS: Final = 2.0
"""One project less weighs so many times the cost that is free."""
WHOLE: Final = 0.4
"""Share of one project that a bound may be off by, cost that is free apart: it is rounded up."""
SAME, CLOSE = 1e-4, 1e-2
"""Shares of its range: by which a goal's values differ at least, within which one is proven."""
ROUNDING: Final = 1e-6


@dataclass(frozen=True)
class Good:
    """A plan: its decision ``cost`` [money], and values of its yearly columns by their names."""

    plan: Decided
    cost: float
    values: Mapping[str, float]

    def stands(self, id: str, year: int) -> bool:
        """Whether a measure or contract is in the plan in a year."""
        sizes = self.plan.standing.get(id) or self.plan.contracted.get(id) or {}
        return year in sizes

    @property
    def standing(self) -> Standing:
        """(measure, year) of all that stands."""
        return frozenset((id, y) for id, years in self.plan.standing.items() for y in years)


@dataclass(frozen=True)
class Reached:
    """What a goal came to: ``value`` of the plan, that no good plan passes ``bound``, and what the
    cheapest plan has (``now``); all in the goal's unit. ``proven``: value and bound are equal, but
    for CLOSE of the range."""

    good: Good
    value: float
    bound: float
    now: float
    proven: bool


@dataclass
class GoodPlans:
    """The plans of a plant under its scenario's own rules; ``known``: those found so far, of which
    ``best`` is the one that all others are measured by; ``bound``: none costs less [money].

    Raises NoPlan, StoppedWithoutPlan, SolverFailure.
    """

    plant: Plant
    known: list[Good] = field(default_factory=list)

    def __post_init__(self) -> None:
        matrix = stamp(self.case)
        outcome = self.plant.outcome(matrix)
        if outcome is None or outcome.x is None:
            raise NoPlan(broken_promises(matrix, seconds=self.plant.time_limit))
        self.best = self._kept(matrix, outcome.x)
        self.bound = min(outcome.bound, self.best.cost)

    @property
    def case(self) -> Case:
        return self.plant.case

    def settle(self) -> None:
        """From now on all is measured by the cheapest plan known."""
        self.best = min(self.known, key=lambda good: good.cost)

    def limit(self, within: float) -> float:
        """What a good plan costs at most [money]."""
        return self.best.cost + within * abs(self.best.cost)

    def good(self, within: float) -> list[Good]:
        """The good plans known."""
        most = self.limit(within) + ROUNDING * abs(self.best.cost)
        return [good for good in self.known if good.cost <= most]

    def least_cost(self, change: Callable[[Matrix], Matrix | None]) -> float:
        """What every plan of a changed problem costs at least [money], its plan known from now on;
        infinite where there is none. Raises SolverFailure."""
        matrix = change(stamp(self.case))
        if matrix is None:
            return np.inf
        try:
            outcome = self.plant.outcome(matrix)
        except StoppedWithoutPlan:
            return self.bound
        if outcome is None or outcome.x is None:
            return np.inf
        return max(self.bound, min(outcome.bound, self._kept(matrix, outcome.x).cost))

    def reach(self, goal: Goal, within: float, bound: float) -> Reached | None:
        """Make a goal least (or largest) among good plans. ``bound``: what is known to be passed by
        none, from a looser limit, in the goal's sense. None: nothing is on offer for it.

        Raises SolverFailure.
        """
        trade = TradeOff(self.plant.weight, most_cost=self.limit(within))
        matrix = stamp(replace(self.case, trade_off=trade))
        form = _least_of(linear(matrix, goal_expression(matrix.layer, goal)), goal)
        lower = max(-bound if goal.largest else bound, -most_of(matrix, _negative(form)))
        best = min(self.good(within), key=lambda good: form.of(good.values))
        if not form.coefficients:
            return None
        scale = self._range(goal, form, lower)
        if form.of(best.values) - lower > SAME * scale:
            best, lower = self._searched(matrix, goal, form, scale, within, best, lower)
        value = form.of(best.values)
        sign, lower = -1.0 if goal.largest else 1.0, min(lower, value)
        now, proven = sign * form.of(self.best.values), value - lower <= CLOSE * scale
        return Reached(best, sign * value + 0.0, sign * lower + 0.0, now + 0.0, proven)

    def _range(self, goal: Goal, form: Linear, lower: float) -> float:
        """How much a goal's values differ by, roughly: what the best plan has of what is to be
        least; of what is to be largest all that could stand, on offer in each year anew."""
        if not goal.largest:
            return abs(form.of(self.best.values))
        return abs(lower) / (len(self.case.years) if goal.kind == "most" else 1)

    def _searched(
        self, matrix: Matrix, goal: Goal, form: Linear, scale: float, within: float,
        best: Good, lower: float,
    ) -> tuple[Good, float]:  # fmt: skip
        """The best plan of a goal, and what its form is at least."""
        most = self.limit(within)
        free = max(most - self.bound, ROUNDING * abs(self.best.cost))
        price = OUTWEIGHS * free if goal.whole else free / (FINE[self.plant.gap == EXACT] * scale)
        shift = max(0.0, -lower) if np.isfinite(lower) else scale
        shifted = replace(form, constant=form.constant + shift)
        weight = best.cost + price * shifted.of(best.values)
        gap = WHOLE * price / abs(weight) if goal.whole else CLOSE
        try:
            outcome = self.plant.outcome(with_goal(matrix, shifted, price), gap)
        except StoppedWithoutPlan:
            return best, lower
        if outcome is None or outcome.x is None:
            return best, lower
        found = (min(outcome.bound, outcome.objective) - most) / price - shift
        if goal.whole:
            found = float(ceil(found - ROUNDING))
        good = self._kept(matrix, outcome.x)
        best = min(best, good, key=lambda one: form.of(one.values))
        return best, max(lower, found)

    def _kept(self, matrix: Matrix, x: Array) -> Good:
        solution = Solution(matrix, x)
        cost = solution.decision_cost()
        good = Good(decided(solution, self.plant.weight), cost, yearly_values(matrix, x))
        self.known.append(good)
        return good


def _least_of(form: Linear, goal: Goal) -> Linear:
    """What is made least: the goal, or its negative where more is wanted."""
    return _negative(form) if goal.largest else form


def _negative(form: Linear) -> Linear:
    return Linear({name: -value for name, value in form.coefficients.items()}, -form.constant)


def held_out(matrix: Matrix, id: str, year: int) -> Matrix:
    """The problem without a measure or contract in a year."""
    upper = matrix.col_upper.copy()
    for _, _, column in _in_plan(matrix, id, year):
        upper[column] = 0.0
    return replace(matrix, col_upper=upper)


def held_in(matrix: Matrix, id: str, year: int) -> Matrix | None:
    """The problem with a measure or a contract in a year, at any of its sizes; None where it can't
    be: lead time, first year, signing years."""
    lower = matrix.col_lower.copy()
    columns = [column for name, _, column in _in_plan(matrix, id, year) if name != "contracted"]
    if not columns or any(matrix.col_upper[j] < 1.0 for j in columns):
        return None
    lower[columns] = 1.0
    return replace(matrix, col_lower=lower)


def _in_plan(matrix: Matrix, id: str, year: int) -> Iterator[tuple[str, object, int]]:
    names = ("on", "in_force", "contracted")
    return (found for found in yearly_variables(matrix, names) if found[1] == (id, year))
