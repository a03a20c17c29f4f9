"""What the plan hangs on: optima found again while drivers move, alone and together.

A measure is in every plan tested, leaves the plan when a driver passes a threshold, enters when one
does (a hedge), goes either way, or is in none.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

import numpy as np

from optimizer.errors import NoPlan, StoppedWithoutPlan
from optimizer.inputs.change import Change
from optimizer.solve.explain import broken_promises
from optimizer.solve.matrix import Array
from optimizer.solve.stamp import stamp
from optimizer.studies.drivers import Driver
from optimizer.studies.morris import Effect, effects, trajectories
from optimizer.studies.pareto import Told, unheard
from optimizer.studies.plant import Found, Plant
from optimizer.studies.roles import Role, role_dict, roles
from optimizer.studies.subject import Subject, subject_of

PlantOf = Callable[[Sequence[Change]], Plant]
"""The plant of the scenario with changes, its search sharing what others found out."""
Status = Literal["optimal", "feasible", "no_plan", "stopped"]
AS_IS: Final = 1.0


@dataclass(frozen=True)
class Point:
    """A plan at ``factors`` (path -> factor; what isn't named is as it is).

    ``cost`` and lower ``bound``: decision cost [money]; ``gross``: of the last planning year [t];
    ``chosen``: measures and contracts with their largest size. None and empty without a plan.
    """

    factors: Mapping[str, float]
    status: Status
    cost: float | None = None
    bound: float | None = None
    gross: float | None = None
    chosen: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Swing:
    """One driver moved alone: its points by factor, the plan as it is among them; ``low`` and
    ``high``, at its ends: least and most that the optimum costs more than as it is [money], None
    without a plan."""

    driver: Driver
    points: tuple[Point, ...]
    low: tuple[float, float] | None
    high: tuple[float, float] | None

    @property
    def width(self) -> float:
        """The largest change of cost at either end [money]; infinite where no plan exists, 0 where
        no plan was found."""
        if any(point.status == "no_plan" for point in (self.points[0], self.points[-1])):
            return float("inf")
        return max((abs(sum(end)) / 2 for end in (self.low, self.high) if end), default=0.0)


@dataclass(frozen=True)
class Sensitivity:
    """``morris``: effects over ``trajectories`` of all drivers together, none asked: empty;
    ``seed`` of their points. ``tested``: plans found, the plan as it is among them."""

    subject: Subject
    base: Point
    swings: tuple[Swing, ...]
    morris: tuple[Effect, ...]
    trajectories: int
    seed: int
    points: tuple[Point, ...]
    roles: tuple[Role, ...]

    @property
    def tested(self) -> int:
        """How many plans were found."""
        return sum(point.cost is not None for point in self.points)

    def as_dict(self) -> dict[str, Any]:
        """The study as JSON shows it."""
        return {
            "subject": self.subject.as_dict(),
            "base": asdict(self.base),
            "tornado": [asdict(swing) for swing in self.swings],
            "morris": [asdict(effect) for effect in self.morris],
            "trajectories": self.trajectories,
            "seed": self.seed,
            "tested": self.tested,
            "without_plan": len(self.points) - self.tested,
            "points": [asdict(point) for point in self.points],
            "measures": [role_dict(role, [s.driver for s in self.swings]) for role in self.roles],
        }


@dataclass(frozen=True)
class Asked:
    """``bisections``: how often the range in which a measure enters or leaves is halved;
    ``trajectories`` of elementary effects, and the ``seed`` of their points; ``ends``: from when on
    (time.perf_counter, s) nothing more is searched and points count as stopped."""

    bisections: int = 1
    trajectories: int = 0
    seed: int = 1
    ends: float = float("inf")


def sensitivity(
    plant_of: PlantOf, drivers: Sequence[Driver], asked: Asked = Asked(), told: Told = unheard
) -> Sensitivity:
    """The plan as it is, and where each driver, alone and with the others, takes it.

    Raises NoPlan where the scenario as it is has no plan; InputErrors for a change that makes no
    valid scenario; StoppedWithoutPlan where the first search ends without a plan; SolverFailure;
    ExtraMissing, before anything is searched, where trajectories are asked without SALib.
    """
    count = asked.trajectories
    design = trajectories(len(drivers), count, asked.seed) if count else None
    plan = _Plans(plant_of, told, asked.ends)
    base = plan.base()
    swings = tuple(_swing(plan, driver, base, asked.bisections) for driver in drivers)
    morris = () if design is None else _morris(plan, drivers, design, asked.seed)
    offers = plan.plant_of(()).offers
    points = tuple(plan.known.values())
    along = {
        swing.driver.path: [
            (_factor(point, swing.driver), point.chosen)
            for point in swing.points
            if point.cost is not None
        ]
        for swing in swings
    }
    return Sensitivity(
        subject_of(plan.plant_of(())), base,
        tuple(sorted(swings, key=lambda swing: -swing.width)),
        morris, asked.trajectories, asked.seed, points,
        roles(offers, base.chosen, along, [p.chosen for p in points if p.cost is not None]),
    )  # fmt: skip


@dataclass
class _Plans:
    """Every point asked so far: none is searched twice."""

    plant_of: PlantOf
    told: Told
    ends: float
    known: dict[tuple[tuple[str, float], ...], Point] = field(default_factory=dict)

    def base(self) -> Point:
        """The plan as it is. Raises NoPlan, StoppedWithoutPlan."""
        self.told("plan")
        plant = self.plant_of(())
        found = plant.ask(plant.case)
        if found is None:
            raise NoPlan(broken_promises(stamp(plant.case), seconds=plant.time_limit))
        self.known[()] = _point({}, found)
        return self.known[()]

    def at(self, drivers: Sequence[Driver], factors: Sequence[float]) -> Point:
        """The plan at some factors; those of 1 change nothing."""
        moved = [(d, f) for d, f in zip(drivers, factors, strict=True) if f != AS_IS]
        key = tuple(sorted((d.path, float(f)) for d, f in moved))
        if key not in self.known and time.perf_counter() > self.ends:
            return Point(dict(key), "stopped")
        if key not in self.known:
            said = ", ".join(str(d.change(f)) for d, f in moved)
            self.told("driver", number=len(self.known), said=said)
            self.known[key] = self._searched(dict(key), [d.change(f) for d, f in moved])
        return self.known[key]

    def _searched(self, factors: Mapping[str, float], changes: Sequence[Change]) -> Point:
        plant = self.plant_of(changes)
        try:
            found = plant.ask(plant.case)
        except StoppedWithoutPlan:
            return Point(factors, "stopped")
        return Point(factors, "no_plan") if found is None else _point(factors, found)


def _point(factors: Mapping[str, float], found: Found) -> Point:
    gross = list(found.plan.gross.values())[-1]
    status: Status = "optimal" if found.proven else "feasible"
    return Point(factors, status, found.cost, found.bound, gross, found.plan.chosen())


def _factor(point: Point, driver: Driver) -> float:
    return point.factors.get(driver.path, AS_IS)


def _swing(plan: _Plans, driver: Driver, base: Point, bisections: int) -> Swing:
    """Both ends of a driver; then the middle of each range in which a measure enters or leaves."""
    points = [plan.at([driver], [driver.low]), base, plan.at([driver], [driver.high])]
    low, high = _apart(points[0], base), _apart(points[-1], base)
    for _ in range(bisections):
        pairs = itertools.pairwise(points)
        middles = [
            plan.at([driver], [(_factor(one, driver) + _factor(two, driver)) / 2])
            for one, two in pairs
            if _flips(one, two)
        ]
        points = sorted([*points, *middles], key=lambda point: _factor(point, driver))
    return Swing(driver, tuple(points), low, high)


def _flips(one: Point, two: Point) -> bool:
    """Whether some measure is in one of two plans alone."""
    return one.cost is not None and two.cost is not None and set(one.chosen) != set(two.chosen)


def _apart(point: Point, base: Point) -> tuple[float, float] | None:
    """What the optimum costs more, at least and at most: bounds and costs of both searches."""
    if point.cost is None or point.bound is None or base.cost is None or base.bound is None:
        return None
    return point.bound - base.cost, point.cost - base.bound


def _morris(
    plan: _Plans, drivers: Sequence[Driver], points: Array, seed: int
) -> tuple[Effect, ...]:
    """Plans at all points of the trajectories, and what they say of each driver."""
    cost, half = np.full(points.shape[:2], np.nan), np.zeros(points.shape[:2])
    for at in np.ndindex(*points.shape[:2]):
        shares = points[at]
        factors = [d.at(float(x)) for d, x in zip(drivers, shares, strict=True)]
        found = plan.at(drivers, factors)
        if found.cost is not None and found.bound is not None:
            cost[at], half[at] = found.cost, (found.cost - found.bound) / 2
    return effects([driver.path for driver in drivers], points, cost, half, seed)
