"""What each project of a stored plan is worth when things go otherwise than planned: the plan is
held, one driver is moved, the project is left out.

Asked on the typical days that the plan was searched on. A project's worth is counted without the
policy's rules, credits, budget and requirements, as its share of the saving is (shares.py): it is
money alone that is lost where a driver goes wrong. What the whole plan costs there is counted under
all rules, to be set against the optimum found anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import xarray as xr

from optimizer.inputs.case import Case
from optimizer.inputs.change import Change
from optimizer.studies.drivers import Driver
from optimizer.studies.kept_plan import KeptPlan, unruled
from optimizer.studies.pareto import Told, unheard

CaseOf = Callable[[Sequence[Change]], Case]
"""The case of a stored run with changes, on the days of its search."""
AS_IS: Final = 1.0
ROUNDING: Final = 1e-6
"""The solver's tolerance for what fills an area or a budget, as a share."""
RULES: Final = ("budget.", "policy.")
"""Paths of drivers that change no money of what is built already."""


@dataclass(frozen=True)
class Moved:
    """A driver's ``path`` times ``factor``, and what something is worth there [money of the base
    year]; None where the rest can't be run without it."""

    path: str
    factor: float
    worth: float | None


@dataclass(frozen=True)
class Downside:
    """A project's worth: present cost of the plan without it less that of the plan, the rest kept.

    ``as_planned`` [money]: as forecast, None where the rest can't do without it; ``moved``: at the
    ends of each driver.
    """

    id: str
    as_planned: float | None
    moved: tuple[Moved, ...]

    @property
    def worst(self) -> Moved | None:
        """Where it is worth least; None where no worth is known."""
        known = [each for each in self.moved if each.worth is not None]
        return min(known, key=lambda each: each.worth or 0.0, default=None)


@dataclass(frozen=True)
class HeldCost:
    """Decision cost of the plan, held, at a driver's end, under all rules [money]; None where it
    keeps them no longer."""

    path: str
    factor: float
    cost: float | None


@dataclass(frozen=True)
class Held:
    """What became of a held plan: ``downsides`` of its projects, ``costs`` at each driver's end."""

    downsides: tuple[Downside, ...]
    costs: tuple[HeldCost, ...]


def held(
    case_of: CaseOf,
    plan: xr.Dataset,
    baseline: xr.Dataset,
    drivers: Sequence[Driver],
    told: Told = unheard,
) -> Held:
    """Both ends of each driver; those that only limit what may be built change no project's worth.

    Raises SolverFailure; InputErrors for a driver that makes no valid scenario.
    """
    planned = _worths(case_of(()), plan, baseline)
    worth: dict[tuple[str, float], dict[str, float | None]] = {}
    costs = []
    ends = [(driver, factor) for driver in drivers for factor in (driver.low, driver.high)]
    for number, (driver, factor) in enumerate(ends, start=1):
        told("held", number=number, count=len(ends), said=str(driver.change(factor)))
        case = case_of([driver.change(factor)])
        cost = held_cost(case, plan, baseline)
        costs.append(HeldCost(driver.path, factor, cost))
        if not driver.path.startswith(RULES):
            worth[driver.path, factor] = _worths(case, plan, baseline)
    downsides = (
        Downside(id, money, tuple(Moved(*at, of[id]) for at, of in worth.items()))
        for id, money in planned.items()
    )
    return Held(tuple(downsides), tuple(costs))


def held_cost(case: Case, plan: xr.Dataset, baseline: xr.Dataset) -> float | None:
    """Decision cost of a plan that is run as it stands, under all rules [money]; None where it
    can't be. Area and budget may be missed by a rounding."""
    limits = tuple(None if b is None else b * (1 + ROUNDING) for b in case.budget.capex)
    roomy = replace(
        case,
        area={name: size * (1 + ROUNDING) for name, size in case.area.items()},
        budget=replace(case.budget, capex=limits),
    )
    found = KeptPlan(roomy, plan, baseline).running()
    return None if found is None else found.decision_cost()


def _worths(case: Case, plan: xr.Dataset, baseline: xr.Dataset) -> dict[str, float | None]:
    """Worth of each project that the plan has, the others kept [money]."""
    kept = KeptPlan(unruled(case, plan), plan, baseline)
    whole, found = kept.without(()), dict[str, float | None]()
    for id in kept.chosen():
        less = None if whole is None else kept.without((id,))
        found[id] = None if less is None or whole is None else less.cost - whole.cost
    return found
