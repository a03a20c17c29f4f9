"""A factory kept in memory: change a cap, a price, a budget, what is on offer, and solve again.

Every question is a new scenario object, read and checked like the first; what earlier answers found
out about the plant is kept as far as it is still true. All answers are on the typical days of the
scenario: `decarb solve` makes and checks the plan on the full year.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from optimizer.inputs.assemble import assemble
from optimizer.inputs.axis_choice import on_typical_days
from optimizer.inputs.case import Case
from optimizer.inputs.change import Change
from optimizer.inputs.load import load
from optimizer.names import VALUATION
from optimizer.solve.edit import with_fixed
from optimizer.solve.fixed import FixedPortfolio
from optimizer.solve.highs import Ending, Outcome
from optimizer.solve.live import Found, LiveSearch
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.offers import portfolio_columns, without_offers, yearly_variables
from optimizer.solve.solution import Solution
from optimizer.solve.stamp import stamp

NOTHING: Final = 1e-6
"""A size that counts as none."""


@dataclass(frozen=True)
class Answer:
    """What one question found.

    ``cost``: decision cost of the best plan (infinite where there is none), of which ``paid`` is
    paid and the rest only valued; ``bound``: no plan has a lower decision cost; ``gap``: their
    difference as a share of the cost. ``seconds``: all of it, reading
    included. ``kept``, ``cuts``: how many cuts were still true, and how many there are now;
    ``changed``: the step rows and totals that are not as before, so that cuts were lost.
    ``builds``: measure -> year -> size in its unit; ``emissions``: year -> gross t of the policy's
    ledger.
    """

    ending: Ending
    cost: float
    paid: float
    bound: float
    gap: float
    seconds: float
    kept: int
    cuts: int
    changed: tuple[str, ...]
    builds: dict[str, dict[int, float]]
    emissions: dict[int, float]


class Live:
    """A scenario in memory.

    >>> live = Live(Path("scenarios/auto_parts_jiangsu/scenario.yaml"))
    >>> plan = live.solve()
    >>> live.what_if("policy.gross_cap.2030=6200 t", "budget.capex.2027=9 MCNY").cost
    >>> live.what_if(without=["battery_2h"]).builds["pv_rooftop"]
    >>> live.fixed("tariffs.natural_gas.price=0.45 CNY/kWh").cost
    """

    def __init__(
        self,
        scenario: Path,
        *,
        data: Path | None = None,
        sets: Sequence[str | Change] = (),
        periods: int | None = None,
        threads: int = 2,
    ) -> None:
        """``sets``: settings of all questions; ``periods``: typical days, None the scenario's own.

        Raises InputErrors; ValueError where the scenario leaves its typical days open.
        """
        self.scenario, self.data, self.sets = scenario, data, tuple(sets)
        self._periods = periods
        self._search = LiveSearch(threads)
        self._plan: tuple[Matrix, Array] | None = None
        self._fixed = FixedPortfolio()

    def solve(self, gap: float = 0.005, *, time_limit: float | None = None) -> Answer:
        """The scenario itself, to a relative gap. ``fixed`` keeps what this builds."""
        began = time.perf_counter()
        found = self._search.solve(self._matrix(()), gap, time_limit=time_limit)
        if found.outcome.x is not None:
            self._plan = found.matrix, found.outcome.x
        return _found(found, began)

    def what_if(
        self,
        *sets: str | Change,
        without: Sequence[str] = (),
        gap: float = 0.01,
        time_limit: float | None = None,
    ) -> Answer:
        """The scenario with other settings (as ``--set`` takes them), and without some of the
        measures, contracts or credits that it offers.

        Raises InputErrors for settings, ValueError for what is not on offer, SolverFailure.
        """
        began = time.perf_counter()
        matrix = without_offers(self._matrix(sets), without)
        return _found(self._search.solve(matrix, gap, time_limit=time_limit), began)

    def fixed(
        self, *sets: str | Change, gap: float = 0.01, time_limit: float | None = None
    ) -> Answer:
        """The plan of ``solve`` under other settings: nothing else is built, renewed or signed,
        while dispatch, claims and credits are decided anew, to the optimum.

        ``gap`` and ``time_limit`` [s] are of whole decisions that are left open, such as gates
        before credits, where the linear problem doesn't settle them. No cuts are used.
        ``ending`` 'infeasible': the plan breaks a rule there. Raises ValueError before ``solve``.
        """
        if self._plan is None:
            raise ValueError("there is no plan to keep: solve() first")
        began = time.perf_counter()
        matrix = self._matrix(sets)
        held = with_fixed(matrix, *portfolio_columns(*self._plan, matrix))
        found = self._fixed.solve(held, gap, time_limit=time_limit)
        if found.ending == "infeasible":  # or sizes that a search found lack a last digit
            return _found(self._search.solve(held, gap, time_limit=time_limit), began)
        return _answer(held, found, began)

    def _matrix(self, sets: Sequence[str | Change]) -> Matrix:
        return stamp(self._case(sets))

    def _case(self, sets: Sequence[str | Change]) -> Case:
        bundle = load(self.scenario, data=self.data, sets=(*self.sets, *sets))
        time_axis = bundle.scenario.time
        periods = time_axis.periods if self._periods is None else self._periods
        if periods == "auto":
            raise ValueError("periods 'auto' tries several: give a number of typical days")
        full = assemble(bundle)
        if periods == "full":
            return full
        segments = time_axis.segments if periods == time_axis.periods else None
        return on_typical_days(full, periods, segments)[0]


def _found(found: Found, began: float) -> Answer:
    of_cuts = found.kept, found.cuts, found.survival.differs
    return _answer(found.matrix, found.outcome, began, *of_cuts)


def _answer(
    matrix: Matrix,
    outcome: Outcome,
    began: float,
    kept: int = 0,
    cuts: int = 0,
    changed: tuple[str, ...] = (),
) -> Answer:
    builds: dict[str, dict[int, float]] = {}
    emissions: dict[int, float] = {}
    paid = float("inf")
    if outcome.x is not None:
        for _, (measure, year), column in yearly_variables(matrix, ("added",)):
            if outcome.x[column] > NOTHING:
                builds.setdefault(measure, {})[year] = float(outcome.x[column])
        emissions = {y: float(outcome.x[c]) for _, y, c in yearly_variables(matrix, ("gross",))}
        paid = outcome.objective - Solution(matrix, outcome.x).present_cost(VALUATION)
    return Answer(
        outcome.ending, outcome.objective, paid, outcome.bound, outcome.gap,
        time.perf_counter() - began, kept, cuts, changed, builds, emissions,
    )  # fmt: skip
