"""What an investment committee decides on: which projects now, which later, which wait for what.

From the plan (what is ordered when), from leaving each project out (is it worth more than the
searches and the typical days leave open?), from moving one driver at a time (at which value does it
enter or leave?), and from holding the plan while a driver goes wrong (what is lost?).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from optimizer.studies.downside import Downside, HeldCost
from optimizer.studies.left_out import LeftOut
from optimizer.studies.projects import Project, Tranche
from optimizer.studies.roles import Role, Threshold
from optimizer.studies.sensitivity import Point, Swing
from optimizer.studies.stored_study import Moves

Verdict = Literal["approve", "prepare", "wait", "either"]
AS_IS: Final = 1.0
ORDER: tuple[Verdict, ...] = ("approve", "prepare", "wait", "either")


@dataclass(frozen=True)
class Unsure:
    """By how much the plan's cost may be off [money]: ``gap`` of its search, and ``days``, what the
    typical days miss of the full year."""

    gap: float
    days: float

    @property
    def total(self) -> float:
        """Both together: what is worth less isn't told from nothing."""
        return self.gap + self.days


@dataclass(frozen=True)
class Decision:
    """One project and what is to be decided on it.

    'approve': the plan orders it in the first planning year; 'prepare': later; 'wait': later or not
    at all, and a driver's threshold decides; 'either': what it is worth is below what is unsure (or
    can't be told, and isn't above it with the rest kept), or near-equal plans swap it.

    ``project``: None for one that the plan hasn't got. ``value``: what the best plan without it
    costs more, None where that wasn't asked; ``downside``: of what is built.
    """

    id: str
    verdict: Verdict
    project: Project | None
    value: LeftOut | None
    role: Role | None
    downside: Downside | None

    @property
    def triggers(self) -> tuple[Threshold, ...]:
        """Where a driver brings it in or takes it out for good."""
        return () if self.role is None else lasting(self.role.thresholds)


@dataclass(frozen=True)
class Regret:
    """The plan held while a driver moves, against the optimum found anew there [money].

    ``cost``: of the held plan, None where it keeps the rules no longer; ``low``, ``high``: how much
    more than the optimum, at least and at most; None where either is missing. ``status``: of the
    optimum's search.
    """

    path: str
    factor: float
    cost: float | None
    low: float | None
    high: float | None
    status: str


@dataclass(frozen=True)
class Figure:
    """What a driver is today where the scenario has a single figure, in ``unit``."""

    value: float
    unit: str


@dataclass(frozen=True)
class DecisionSheet:
    """``now``: first planning year; ``moves``: drivers moved alone; ``drivers``: their names by
    path and language; ``figures``: what they are today; ``unasked``: those for which there was no
    time; ``lacks``, ``has``: what the plan found anew lacks of the stored one, and has beyond it.
    """

    now: int
    unsure: Unsure
    decisions: tuple[Decision, ...]
    tranches: tuple[Tranche, ...]
    regrets: tuple[Regret, ...]
    moves: Moves
    drivers: Mapping[str, dict[str, str]]
    figures: Mapping[str, Figure]
    unasked: tuple[str, ...]
    lacks: tuple[str, ...]
    has: tuple[str, ...]

    def by_verdict(self, verdict: Verdict) -> tuple[Decision, ...]:
        """Decisions of one kind, in order."""
        return tuple(each for each in self.decisions if each.verdict == verdict)

    def as_dict(self) -> dict[str, Any]:
        """The sheet as JSON shows it: triggers in the driver's own unit where there is one figure,
        and of each downside the worst."""
        found = asdict(self)
        found["unsure"]["total"] = self.unsure.total
        for shown, one in zip(found["decisions"], self.decisions, strict=True):
            worst = None if one.downside is None else one.downside.worst
            shown["triggers"] = [self._trigger(each) for each in one.triggers]
            shown["worst"] = None if worst is None else asdict(worst)
        return found

    def _trigger(self, each: Threshold) -> dict[str, Any]:
        figure = self.figures.get(each.path)
        if figure is None:
            return {**asdict(each), "values": None, "unit": None}
        values = [share * figure.value for share in (each.present, each.absent)]
        return {**asdict(each), "values": values, "unit": figure.unit}


def lasting(thresholds: Sequence[Threshold]) -> tuple[Threshold, ...]:
    """Those that are the only one of their driver on their side of today: what comes and goes again
    along one driver is swapped by near-equal plans, and triggers nothing."""
    sides = [(each.path, each.present + each.absent > 2 * AS_IS) for each in thresholds]
    return tuple(
        each for each, side in zip(thresholds, sides, strict=True) if sides.count(side) == 1
    )


def decided(
    project: Project,
    now: int,
    unsure: float,
    value: LeftOut | None,
    role: Role | None,
    kept: float | None = None,
) -> Verdict:
    """What is to be decided on a project of the plan; ``unsure``: money that isn't told from none;
    ``kept``: what it is worth with the rest of the plan kept [money].

    Thresholds make a later project wait: what they hang on will be known by then.
    """
    if _could_go_either_way(unsure, value, role, kept):
        return "either"
    if project.order <= now:
        return "approve"
    return "wait" if role is not None and lasting(role.thresholds) else "prepare"


def _could_go_either_way(
    unsure: float, value: LeftOut | None, role: Role | None, kept: float | None
) -> bool:
    """Whether money doesn't tell; where the searches can't, what the rest kept says."""
    if role is not None and role.kind == "either":
        return True
    if value is None or value.cost is None:
        return False
    if value.verdict == "noise":
        return kept is None or kept <= unsure
    return value.cost <= unsure


def decisions(
    projects: Sequence[Project],
    now: int,
    unsure: float,
    values: Mapping[str, LeftOut],
    roles: Mapping[str, Role],
    downsides: Mapping[str, Downside],
) -> tuple[Decision, ...]:
    """A decision on each project of the plan, and on each that a driver would bring in."""
    found = []
    for each in projects:
        value, role = values.get(each.id), roles.get(each.id)
        downside = downsides.get(each.id)
        kept = None if downside is None else downside.as_planned
        verdict = decided(each, now, unsure, value, role, kept)
        found.append(Decision(each.id, verdict, each, value, role, downside))
    planned = {each.id for each in projects}
    for id, role in roles.items():
        if id not in planned and role.kind in ("hedge", "threshold") and lasting(role.thresholds):
            found.append(Decision(id, "wait", None, None, role, None))
    return tuple(sorted(found, key=lambda each: ORDER.index(each.verdict)))


def regrets(costs: Sequence[HeldCost], tornado: Sequence[Swing]) -> tuple[Regret, ...]:
    """What holding the plan costs at each driver's end, the worst first."""
    ends: dict[tuple[str, float], Point] = {}
    for swing in tornado:
        for factor, point in zip(
            (swing.driver.low, swing.driver.high), (swing.points[0], swing.points[-1]), strict=True
        ):
            ends[swing.driver.path, factor] = point
    found = []
    for each in costs:
        best = ends.get((each.path, each.factor))
        low = high = None
        if each.cost is not None and best is not None and best.cost is not None:
            low = max(each.cost - best.cost, 0.0)
            high = None if best.bound is None else max(each.cost - best.bound, low)
        status = "stopped" if best is None else best.status
        found.append(Regret(each.path, each.factor, each.cost, low, high, status))
    return tuple(sorted(found, key=lambda one: (one.cost is not None, -(one.low or 0.0))))
