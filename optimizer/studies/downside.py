"""What each project of a stored plan is worth when things go otherwise than planned: the plan is
held, one driver is moved, the project is left out.

Asked on the typical days that the plan was searched on. A project's worth is counted without the
policy's rules, credits, budget and requirements, as its share of the saving is (shares.py): it is
money alone that is lost where a driver goes wrong. What the whole plan costs there is counted under
all rules, to be set against the optimum found anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import xarray as xr

from optimizer.inputs.case import Case
from optimizer.inputs.change import Change
from optimizer.solve.circles import paid_days
from optimizer.solve.fixed import FixedPortfolio
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.solution import Solution
from optimizer.studies.drivers import Driver
from optimizer.studies.kept_plan import GAP, KeptPlan, cheapest_run, unruled
from optimizer.studies.pareto import Told, unheard
from optimizer.studies.stressed import as_built

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
    """What became of a held plan: ``downsides`` of its projects; its decision cost ``as_planned``
    and, ``costs``, at each driver's end."""

    downsides: tuple[Downside, ...]
    as_planned: float | None
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
    told("held_whole")
    ends = [(driver, factor) for driver in drivers for factor in (driver.low, driver.high)]
    cases = [case_of(())] + [case_of([driver.change(factor)]) for driver, factor in ends]
    asked = _Portfolio()
    costs = [asked.decided(KeptPlan(_roomy(case), plan, baseline)) for case in cases]
    found = [HeldCost(driver.path, factor, cost)
             for (driver, factor), cost in zip(ends, costs[1:], strict=True)]  # fmt: skip
    money = [at for at, (driver, _) in enumerate(ends, 1) if not driver.path.startswith(RULES)]
    kept = [KeptPlan(unruled(as_built(cases[at]), plan), plan, baseline) for at in (0, *money)]
    places = [(ends[at - 1][0].path, ends[at - 1][1]) for at in money]
    return Held(tuple(_downsides(kept, places, told)), costs[0], tuple(found))


def _downsides(
    kept: Sequence[KeptPlan], places: Sequence[tuple[str, float]], told: Told
) -> Iterator[Downside]:
    """Each project of the plan, left out as planned and at each place; ``kept``: the plan there."""
    asked, ids = _Portfolio(), kept[0].chosen()
    whole = [asked.paid(each) for each in kept]
    for number, id in enumerate(ids, start=1):
        told("held", number=number, count=len(ids), id=id)
        one = _Portfolio(sure=asked.sure)
        worth = [_more(one.paid(each, (id,)), cost)
                 for each, cost in zip(kept, whole, strict=True)]  # fmt: skip
        moved = (Moved(*at, money) for at, money in zip(places, worth[1:], strict=True))
        yield Downside(id, worth[0], tuple(moved))


def _more(less: float | None, whole: float | None) -> float | None:
    return None if less is None or whole is None else less - whole


def _roomy(case: Case) -> Case:
    """With room for rounding on the site's area and in the budget, which a plan may fill."""
    limits = tuple(None if limit is None else limit * (1 + ROUNDING) for limit in case.budget.capex)
    area = {name: size * (1 + ROUNDING) for name, size in case.area.items()}
    return replace(case, area=area, budget=replace(case.budget, capex=limits))


class _Portfolio:
    """One portfolio asked at many places, each answer from where the last one ended.

    ``sure``: its sizes were seen to keep all rows somewhere, so that where they don't a rule, and
    no last digit, is in the way.
    """

    def __init__(self, *, sure: bool = False) -> None:
        self._hot: dict[int, FixedPortfolio] = {}
        self.sure = sure

    def paid(self, kept: KeptPlan, left_out: Sequence[str] = ()) -> float | None:
        """What is paid for the cheapest way to run what is kept [money]; None where it can't be."""
        runs = self._runs(kept, left_out)
        return min((run.net_present_cost() for run in runs), default=None)

    def decided(self, kept: KeptPlan) -> float | None:
        """Decision cost of the same, with what is only valued [money]."""
        return min((run.decision_cost() for run in self._runs(kept, ())), default=None)

    def _runs(self, kept: KeptPlan, left_out: Sequence[str]) -> Iterator[Solution]:
        for number, problem in enumerate(kept.problems(left_out)):
            x = self._cheapest(number, problem)
            if x is not None:
                yield Solution(problem, x)

    def _cheapest(self, number: int, problem: Matrix) -> Array | None:
        """The cheapest way; by the whole problem where stores run in circles while power is paid to
        be used, and where the plan's own sizes may lack a last digit."""
        if paid_days(problem.case).any():
            return cheapest_run(problem)
        x = self._hot.setdefault(number, FixedPortfolio()).solve(problem, GAP).x
        self.sure = self.sure or x is not None
        return x if self.sure or number > 0 else cheapest_run(problem)
