"""Decide now for several futures: two-stage stochastic programming with recourse.

What stands up to a year is decided once, before the future shows (nonanticipativity); what comes
later is decided in each future as it is. Birge and Louveaux 2011, "Introduction to Stochastic
Programming"; regret after Savage 1951. A joint master of all futures proposes a decision and bounds
all of them; each future then prices the proposal by its own search, whose cuts sharpen the master.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from math import isfinite
from typing import Any, Final

import numpy as np

from optimizer.finance.risk import conditional_value_at_risk
from optimizer.inputs.future_files import Futures
from optimizer.model.sizes import tightened_alike
from optimizer.solve.joint import Aim, solve_joint
from optimizer.solve.offers import Portfolio, portfolio
from optimizer.studies.decided import Decided
from optimizer.studies.futures import Future, InFuture, Plants, Search
from optimizer.studies.pareto import Told, unheard
from optimizer.studies.plant import Plant
from optimizer.studies.subject import Subject, subject_of

ROUNDS: Final = 30
"""Proposals of one aim at most; what is left then is the gap that is told."""
MASTER: Final = 0.3
"""Of the gap asked for: that of the joint master's search."""


@dataclass(frozen=True)
class Coming:
    """A future, its weight, and what its own best plan costs if it were known: between ``bound``
    and ``cost`` [money]."""

    id: str
    name: dict[str, str]
    weight: float
    cost: float
    bound: float
    plan: Decided


@dataclass(frozen=True)
class Decision:
    """What is decided now and what it comes to in each future, in their order [money]; None where a
    rule can't be kept there, and in what is made of it.

    ``kind``: 'expected' has the least expected cost, 'regret' the least largest regret, no decision
    having less than ``bound``; 'future': the best one for the future ``of`` alone. ``cvar``: mean
    cost of the worst ``tail``.
    """

    kind: str
    of: str
    costs: tuple[float | None, ...]
    regrets: tuple[float | None, ...]
    expected: float | None
    most_regret: float | None
    cvar: float | None
    bound: float | None
    plans: tuple[Decided | None, ...]


@dataclass(frozen=True)
class TwoStage:
    """``decide_to``: what stands up to this year is the same in all futures; ``gap``: share of the
    mean cost within which both decisions were to be proven."""

    subject: Subject
    decide_to: int
    tail: float
    gap: float
    futures: tuple[Coming, ...]
    decisions: tuple[Decision, ...]

    def decision(self, kind: str) -> Decision:
        """The decision of a kind."""
        return next(one for one in self.decisions if one.kind == kind)

    @property
    def known(self) -> float:
        """Expected cost if the future were known before deciding [money]."""
        return sum(future.weight * future.cost for future in self.futures)

    def as_dict(self) -> dict[str, Any]:
        """The study as JSON shows it."""
        return {
            "subject": self.subject.as_dict(),
            "decide_to": self.decide_to,
            "tail": self.tail,
            "gap": self.gap,
            "known_before": self.known,
            "futures": [asdict(future) for future in self.futures],
            "decisions": [asdict(decision) for decision in self.decisions],
        }


def study(
    read: Futures, periods: int | None, search: Search, tail: float, told: Told = unheard
) -> TwoStage:
    """The futures of a file on so many typical days, None: the scenario's own number.

    Raises as two_stage does; NoPlan for a future that has no plan even by itself; ValueError where
    the scenario leaves its typical days open.
    """
    plants = []
    for number, (changed, _, bundle) in enumerate(read.futures, start=1):
        told("future", number=number, count=len(read.futures), name=changed.name)
        plants.append(Plant.of(bundle, periods))
    subject = replace(subject_of(plants[0]), gap=search.gap)
    cases = tightened_alike([plant.case for plant in plants])
    futures = [
        Future(changed.id, changed.name, weight, case)
        for (changed, weight, _), case in zip(read.futures, cases, strict=True)
    ]
    return two_stage(Plants(futures, read.decide_to, search), subject, tail, told)


def two_stage(plants: Plants, subject: Subject, tail: float, told: Told = unheard) -> TwoStage:
    """Find the decision of least expected cost and that of least regret, beside each future's own.

    Where no decision keeps the rules of every future, the two have no cost. Raises
    StoppedWithoutPlan, SolverFailure.
    """
    for own in plants.own:
        plants.outcomes(plants.now(own.kept))
    found = {aim: _best(plants, aim, told) for aim in AIMS}
    decisions = [_decision(plants, aim, "", *found[aim], tail) for aim in AIMS]
    for future, own in zip(plants.futures, plants.own, strict=True):
        outcomes = plants.outcomes(plants.now(own.kept))
        decisions.append(_decision(plants, "future", future.id, outcomes, None, tail))
    return TwoStage(
        subject, plants.decide_to, tail, plants.search.gap, tuple(_coming(plants)), tuple(decisions)
    )


AIMS: Final[tuple[Aim, ...]] = ("expected", "regret")


def _coming(plants: Plants) -> Iterator[Coming]:
    for future, own in zip(plants.futures, plants.own, strict=True):
        assert own.plan is not None
        yield Coming(future.id, future.name, future.weight, own.cost, own.bound, own.plan)


def _best(plants: Plants, aim: Aim, told: Told) -> tuple[tuple[InFuture, ...], float]:
    """The best decision for an aim, and what none is better than [money]."""
    bound, looked = -np.inf if aim == "expected" else 0.0, 0
    spare = plants.search.gap * sum(f.weight * abs(o.cost) for f, o in _pairs(plants))
    for number in range(1, ROUNDS + 1):
        best = min(plants.seen.values(), key=lambda o: _value(plants, aim, o))
        if _value(plants, aim, best) - bound <= spare or looked == len(plants.seen):
            break
        looked = len(plants.seen)
        told("proposal", number=number, aim=aim)
        seconds = plants.search.time_limit or np.inf
        gap = MASTER * plants.search.gap
        joint = solve_joint(plants.parts(), aim, gap=gap, seconds=seconds)
        if joint.ending == "interrupted":
            raise KeyboardInterrupt
        if joint.ending == "infeasible" or not joint.plans:
            break
        bound = max(bound, joint.bound)
        plants.outcomes(_proposed(plants, joint.plans[0]))
    best = min(plants.seen.values(), key=lambda o: _value(plants, aim, o))
    return best, min(bound, _value(plants, aim, best))


def _pairs(plants: Plants) -> Iterator[tuple[Any, InFuture]]:
    yield from zip(plants.futures, plants.own, strict=True)


def _proposed(plants: Plants, x: Any) -> Portfolio:
    return plants.now(portfolio(plants.futures[0].matrix, x))


def _value(plants: Plants, aim: Aim, outcomes: Sequence[InFuture]) -> float:
    """What an aim makes least [money]."""
    if aim == "expected":
        return plants.expected(outcomes)
    return max(0.0, *plants.regrets(outcomes))


def _decision(
    plants: Plants, kind: str, of: str, outcomes: Sequence[InFuture], bound: float | None,
    tail: float,
) -> Decision:  # fmt: skip
    """A decision with all that is said of it."""
    costs, regrets = [o.cost for o in outcomes], plants.regrets(outcomes)
    cvar = conditional_value_at_risk(costs, plants.weights, tail)
    of_all = _finite([plants.expected(outcomes), max(regrets), cvar])
    return Decision(
        kind=kind,
        of=of,
        costs=_finite(costs),
        regrets=_finite(regrets),
        expected=of_all[0],
        most_regret=of_all[1],
        cvar=of_all[2],
        bound=None if bound is None or not isfinite(bound) else float(bound),
        plans=tuple(outcome.plan for outcome in outcomes),
    )


def _finite(values: Sequence[float]) -> tuple[float | None, ...]:
    return tuple(float(value) if isfinite(value) else None for value in values)
