"""One plant, asked many times: cheapest under a limit on tonnes, least tonnes under one on cost.

Carbon rules and credits are set aside, so that cost and emissions alone are traded; budget, area,
connection, lead times and all prices stay. What a search finds out about the plant is kept for the
next one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

import numpy as np

from optimizer.errors import NoPlan, StoppedWithoutPlan
from optimizer.inputs.assemble import assemble
from optimizer.inputs.axis_choice import on_typical_days
from optimizer.inputs.baseline import baseline_case, without_carbon_rules
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.case import Case
from optimizer.inputs.trade_off import TradeOff
from optimizer.plan.search import LARGE
from optimizer.solve.circles import dispatched
from optimizer.solve.direct import solve_direct
from optimizer.solve.explain import broken_promises
from optimizer.solve.highs import Outcome, Progress
from optimizer.solve.live import LiveSearch
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.offers import Portfolio, portfolio, with_held, without_offers
from optimizer.solve.solution import Solution
from optimizer.solve.stamp import stamp
from optimizer.studies.decided import Decided, decided
from optimizer.studies.required import required

Basis = Literal["discounted", "target_year"]
DEAR: Final = 20.0
"""Where the least emissions are looked for, a tonne counts so many times the plant's mean cost a
tonne: more than any measure that is worth a thought. At a hundred times as much the cuts of such
searches said little about cost."""
TIE: Final = 1e-5
"""Share of the cost by which a cleaner plan may be dearer at least: of two that cost the same, the
cleaner one is taken."""
EARLY, PATIENCE = 3, 3.0
"""The first searches, for cost and for tonnes, find out about the plant what all others use: so
many may take so many times as long."""
EXACT: Final = 1e-7
"""Gap of a problem that is small enough to be solved in one piece."""


@dataclass(frozen=True)
class Found:
    """A plan, and that none costs less than ``bound`` [money]; ``proven``: within the gap asked.

    ``cost``: what was made least [money], with what is only valued; ``kept``: what the plan builds.
    """

    plan: Decided
    cost: float
    bound: float
    proven: bool
    kept: Portfolio


@dataclass(frozen=True)
class Limit:
    """Weighted tonnes at most [t], and what each counts beside cost when the plan is chosen
    [money/t]: nobody pays it, and no plan is dearer by it than the gap allows.

    The augmented constraint of Mavrotas 2009, "Effective implementation of the epsilon-constraint
    method", in place of a second search for the cleanest plan at that cost.
    """

    tonnes: float
    price: float


@dataclass
class Plant:
    """A case on its typical days. ``gap``: of each search, a share; ``time_limit``: of each [s],
    the first few apart.

    A small plant is solved in one piece, and its gap is EXACT whatever is asked.
    """

    case: Case
    basis: Basis = "discounted"
    gap: float = 0.005
    time_limit: float | None = None
    on_progress: Callable[[Progress], None] | None = None
    live: LiveSearch = field(default_factory=LiveSearch)

    def __post_init__(self) -> None:
        self.open = without_carbon_rules(self.case)
        if len(stamp(self.open).cost) < LARGE:
            self.gap = EXACT

    @classmethod
    def of(cls, bundle: Bundle, periods: int | Literal["full"] | None = None, **how: Any) -> Plant:
        """The plant of a loaded scenario on so many typical days, None: the scenario's own number.

        Raises ValueError where the scenario leaves that open.
        """
        time = bundle.scenario.time
        wanted = time.periods if periods is None else periods
        if wanted == "auto":
            raise ValueError("periods 'auto' tries several: give a number of typical days")
        case = assemble(bundle)
        if wanted != "full":
            case, _ = on_typical_days(case, wanted, time.segments if periods is None else None)
        return cls(case, **how)

    @property
    def weight(self) -> Array:
        """Of each planning year's gross emissions (Y,)."""
        if self.basis == "discounted":
            return self.case.money.weight
        last: Array = np.eye(len(self.case.years))[-1]
        return last

    @property
    def per_year(self) -> float:
        """What turns a net present cost into an equal amount every year [1/a]."""
        return 1.0 / float(self.case.money.weight.sum())

    def baseline(self) -> Decided:
        """The plan of the factory that only keeps what it has. Raises NoPlan."""
        matrix = stamp(baseline_case(self.case))
        outcome = dispatched(matrix, matrix)
        if outcome.x is None:
            raise NoPlan(broken_promises(matrix, seconds=self.time_limit), baseline=True)
        return decided(Solution(matrix, outcome.x), self.weight)

    def cheapest(self, limit: Limit | None = None, *, without: Sequence[str] = ()) -> Found | None:
        """The cheapest plan under a limit on weighted tonnes; None: there is none.

        Raises StoppedWithoutPlan, SolverFailure.
        """
        if limit is None:
            return self.ask(self.open, without)
        found = self.ask(self._limited(limit), without)
        if found is None:
            return None
        bound = min(found.bound - limit.price * limit.tonnes, found.plan.cost)
        return replace(found, cost=found.plan.cost, bound=bound)

    def _limited(self, limit: Limit) -> Case:
        trade = TradeOff(self.weight, limit.tonnes)
        return replace(self._valued(limit.price), trade_off=trade)

    def limit(self, tonnes: float, near: Decided, *, clean: bool = True) -> Limit:
        """A limit on weighted tonnes [t], with a price that moves no more money than the gap does,
        or, not ``clean``, as little as tells plans of equal cost apart; ``near`` tells what a tonne
        costs."""
        return Limit(tonnes, max(self.gap if clean else 0.0, TIE) * _mean_cost(near))

    def cleanest(self, near: Decided, *, without: Sequence[str] = ()) -> Decided:
        """The plan of least weighted tonnes, whatever it costs; ``near`` tells what a tonne costs.

        A search that ends without a plan is gone on with once: what it found out is kept. Raises
        StoppedWithoutPlan, SolverFailure.
        """
        valued = self._valued(self.dear(near))
        try:
            found = self.ask(valued, without)
        except StoppedWithoutPlan:
            found = self.ask(valued, without)
        assert found is not None, "where nothing is limited every plan holds"
        return found.plan

    def _valued(self, price: float) -> Case:
        """The case in which a weighted tonne counts so much beside cost [money/t]."""
        by_year = price * self.weight / self.case.money.weight
        return replace(self.open, internal_carbon_price=by_year)

    @property
    def offers(self) -> tuple[str, ...]:
        """Measures and contracts that may be chosen."""
        signed = [g.id for g in self.case.contracts if not g.in_force]
        return (*(m.id for m in self.case.measures), *signed)

    def together(self, offer: str) -> frozenset[str]:
        """An offer and all that it requires, whoever owns that."""
        needs = {m.id: required(self.case, m) for m in self.case.measures}
        found, wanted = set[str](), [offer]
        while wanted:
            found.add(one := wanted.pop())
            wanted += [other for other in needs.get(one, ()) if other not in found]
        return frozenset(found)

    def held(self, kept: Portfolio, ids: Collection[str], run: Limit | float) -> Found | None:
        """The cheapest plan with some offers built as a plan has them, and no other; None where
        that can't be.

        ``run``: a limit on weighted tonnes under which it is run, or a price of a tonne [money/t].
        """
        others = [offer for offer in self.offers if offer not in ids]
        case = self._limited(run) if isinstance(run, Limit) else self._valued(run)
        return self.ask(case, others, lambda matrix: with_held(matrix, kept, ids))

    def dear(self, near: Decided) -> float:
        """A price of a tonne far above what measures cost [money/t]; ``near`` tells what a tonne
        costs."""
        return DEAR * _mean_cost(near)

    def ask(
        self,
        case: Case,
        without: Sequence[str] = (),
        change: Callable[[Matrix], Matrix] = lambda matrix: matrix,
    ) -> Found | None:
        """The best plan of a case that differs in yearly figures alone, without some offers."""
        matrix = change(without_offers(stamp(case), without))
        outcome = self.outcome(matrix)
        if outcome is None or outcome.x is None:
            return None
        plan = decided(Solution(matrix, outcome.x), self.weight)
        bound, proven = min(outcome.bound, outcome.objective), outcome.ending == "optimal"
        return Found(plan, outcome.objective, bound, proven, portfolio(matrix, outcome.x))

    def outcome(self, matrix: Matrix, gap: float | None = None) -> Outcome | None:
        """How a problem of this plant ends, with a plan; None: it has none. ``gap``: wider than the
        plant's own, a share.

        Raises StoppedWithoutPlan, SolverFailure.
        """
        outcome = self._solved(matrix, max(self.gap, gap or 0.0))
        if outcome.ending == "infeasible":
            return None
        if outcome.ending == "interrupted":
            raise KeyboardInterrupt
        if outcome.x is None:
            raise StoppedWithoutPlan(f"a search of the study ended ({outcome.ending}) without plan")
        return outcome

    def _solved(self, matrix: Matrix, gap: float) -> Outcome:
        limit, told = self.time_limit, self.on_progress
        if limit is not None and len(self.live.known) < EARLY:
            limit *= PATIENCE
        if self.gap == EXACT:
            return solve_direct(matrix, gap=EXACT, time_limit=limit, on_progress=told)
        return self.live.solve(matrix, gap, time_limit=limit, on_progress=told).outcome


def _mean_cost(plan: Decided) -> float:
    """What a weighted tonne costs on the mean, never 0 [money/t]."""
    return max(abs(plan.cost), 1.0) / max(abs(plan.tonnes), 1.0)
