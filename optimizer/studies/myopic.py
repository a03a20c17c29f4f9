"""Decided year by year without knowing the next, against perfect foresight.

Limited foresight as in Keppo and Strubegger 2010, "Short term decisions for long term problems: the
effect of foresight on model based energy systems analysis", with windows of a year and static
expectations: in each planning year all later ones are expected to be like it, what was decided
stays, and what starts in this year is decided. A measure is ordered its lead time ahead; the year
in which it starts is taken as known then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from optimizer.errors import NoPlan
from optimizer.solve.explain import broken_promises
from optimizer.solve.matrix import Matrix
from optimizer.solve.offers import Portfolio, with_years_held
from optimizer.solve.promises import Reason
from optimizer.solve.stamp import stamp
from optimizer.studies.changes import Changes, changes
from optimizer.studies.decided import Decided
from optimizer.studies.expected import as_expected
from optimizer.studies.pareto import Told, unheard
from optimizer.studies.plant import Found, Plant
from optimizer.studies.subject import Subject, subject_of


@dataclass(frozen=True)
class Missed:
    """Deciding in ``year``, no plan keeps these ``promises`` any more."""

    year: int
    promises: tuple[Reason, ...]


@dataclass(frozen=True)
class Myopic:
    """``policy_known``: whether caps, targets and gates of later years were known. ``expected``:
    year -> what all was expected to cost when it was decided [money].

    ``plan``: what was decided, run in the years as they come; None where a promise is ``missed``.
    What it costs more than foresight lies between ``low`` and ``high`` [money]; ``changes``: from
    the plan of foresight to it.
    """

    policy_known: bool
    expected: Mapping[int, float]
    missed: Missed | None = None
    plan: Decided | None = None
    low: float | None = None
    high: float | None = None
    changes: Changes | None = None

    @property
    def is_noise(self) -> bool:
        """Whether the searches can't tell that foresight is worth anything."""
        return self.low is not None and self.low <= 0

    def as_dict(self) -> dict[str, Any]:
        """The run as JSON shows it."""
        told = asdict(self) | {"noise": self.is_noise}
        if self.missed is not None:
            lines = {x: [p.said(x) for p in self.missed.promises] for x in ("en", "zh")}
            told["missed"] = {"year": self.missed.year, "said": lines}
        return told


@dataclass(frozen=True)
class Foresight:
    """What knowing the future is worth: the plan that knows it, and those that don't."""

    subject: Subject
    plan: Found
    myopic: tuple[Myopic, ...]

    def as_dict(self) -> dict[str, Any]:
        """The study as JSON shows it."""
        return {
            "subject": self.subject.as_dict(),
            "foresight": {
                "cost": self.plan.cost,
                "bound": self.plan.bound,
                "within_gap": self.plan.proven,
                "plan": self.plan.plan.as_dict(),
            },
            "myopic": [each.as_dict() for each in self.myopic],
        }


def foresight(plant: Plant, told: Told = unheard) -> Foresight:
    """The plan of perfect foresight, and both that decide year by year: policy known, or not.

    Raises NoPlan where not even foresight keeps the rules; StoppedWithoutPlan, SolverFailure.
    """
    told("foresight")
    found = plant.ask(plant.case)
    if found is None:
        raise NoPlan(broken_promises(stamp(plant.case), seconds=plant.time_limit))
    runs = tuple(_myopic(plant, found, told, policy_known=known) for known in (True, False))
    return Foresight(subject_of(plant), found, runs)


@dataclass
class _Committed:
    """What was decided so far: values of whole years of the portfolio."""

    kept: dict[tuple[str, Any], float] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)

    def held(self, matrix: Matrix) -> Matrix:
        """The problem with these years as decided."""
        return with_years_held(matrix, self.kept, self.years)

    def commit(self, kept: Portfolio, year: int) -> None:
        """Take over what a plan decides for one year."""
        self.kept |= {(name, at): x for (name, at), x in kept.items() if at[1] == year}
        self.years.add(year)


def _myopic(plant: Plant, foreseen: Found, told: Told, *, policy_known: bool) -> Myopic:
    done, expected = _Committed(), dict[int, float]()
    for now, year in enumerate(plant.case.years):
        told("myopic_known" if policy_known else "myopic", year=year)
        case = as_expected(plant.case, now, policy_known=policy_known)
        found = plant.ask(case, change=done.held)
        if found is None:
            broken = broken_promises(stamp(case), done.held, seconds=plant.time_limit)
            return Myopic(policy_known, expected, Missed(year, broken))
        expected[year] = found.cost
        done.commit(found.kept, year)
    run = plant.ask(plant.case, change=done.held)
    if run is None:
        broken = broken_promises(stamp(plant.case), done.held, seconds=plant.time_limit)
        return Myopic(policy_known, expected, Missed(plant.case.years[-1], broken))
    return Myopic(
        policy_known, expected, None, run.plan, run.bound - foreseen.cost,
        run.cost - foreseen.bound, changes(foreseen.plan, run.plan),
    )  # fmt: skip
