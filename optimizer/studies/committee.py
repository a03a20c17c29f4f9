"""Asks a stored run all that its decision sheet needs, within a time.

The plan is searched anew on the days of its first search, so that what each project is worth, and
where it enters or leaves, are differences of optima on the same days. A stored curve or sensitivity
answers in place of searches.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from optimizer.errors import InputErrors, NoPlan
from optimizer.inputs.assemble import assemble
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.change import Change
from optimizer.inputs.load import load
from optimizer.inputs.scaled import one_figure
from optimizer.inputs.stored import stored_workspace
from optimizer.plan.store import Run
from optimizer.solve.explain import broken_promises
from optimizer.solve.highs import Progress
from optimizer.solve.live import LiveSearch
from optimizer.solve.stamp import stamp
from optimizer.studies.decision_sheet import DecisionSheet, Figure, Unsure, decisions, regrets
from optimizer.studies.downside import RULES, Held, held
from optimizer.studies.drivers import ALWAYS, Driver, drivers_of, with_figures
from optimizer.studies.left_out import LeftOut, left_out
from optimizer.studies.pareto import Told, unheard
from optimizer.studies.plant import Found, Plant
from optimizer.studies.projects import Project, projects, tranches
from optimizer.studies.residual import searched
from optimizer.studies.sensitivity import Asked as Moving
from optimizer.studies.sensitivity import PlantOf, Point, sensitivity
from optimizer.studies.stored_study import NO_STUDIES, Moves, Studies

PARTS: Final = 6.0
"""Of the time for all searches each one may take a part of so many."""


@dataclass(frozen=True)
class Asked:
    """``seconds`` for all searches together; each driver moves by ``spread``, a share, and its
    thresholds are halved ``bisections`` times; ``gap`` of each search, a share."""

    seconds: float = 300.0
    spread: float = 0.2
    bisections: int = 2
    gap: float = 0.005


def decision_sheet(
    run: Run,
    asked: Asked = Asked(),
    studies: Studies = NO_STUDIES,
    told: Told = unheard,
    on_progress: Callable[[Progress], None] | None = None,
) -> DecisionSheet:
    """The decision sheet of a stored run.

    Raises InputErrors for inputs that can't be read, NoPlan where the days of the search have no
    plan, StoppedWithoutPlan where the first search ends without one, SolverFailure.
    """
    with stored_workspace(run.path) as (scenario, root):
        live = LiveSearch()

        def loaded(changes: Sequence[Change]) -> Bundle:
            return load(scenario, data=root, sets=tuple(changes))

        def plant_of(changes: Sequence[Change]) -> Plant:
            case = searched(assemble(loaded(changes)), run.summary)
            limit = asked.seconds / PARTS
            return Plant(case, gap=asked.gap, time_limit=limit, on_progress=on_progress, live=live)

        return sheet_of(run, loaded(()), plant_of, asked, studies, told)


def sheet_of(
    run: Run,
    bundle: Bundle,
    plant_of: PlantOf,
    asked: Asked,
    studies: Studies = NO_STUDIES,
    told: Told = unheard,
) -> DecisionSheet:
    """The same for inputs that are loaded already; ``plant_of`` on the days of the run's search."""
    found, plant = projects(run.plan, bundle), plant_of(())
    drivers = _drivers(studies, plant_of, bundle, asked)
    stays = held(lambda changes: plant_of(changes).case, run.plan, run.baseline, drivers, told)
    began = time.perf_counter()
    plan = _plan(plant, told)
    half = began + asked.seconds / (1 if studies.moves else 2)
    values = _values(plant, plan, found, studies, half, told)
    moves = studies.moves or _moves(
        plant_of, by_weight(drivers, stays), asked, began + asked.seconds, told
    )
    unsure, now = unsure_of(run.summary), int(run.summary["horizon"]["first"])
    roles = {role.id: role for role in moves.measures} if moves.tested > 1 else {}
    downsides = {each.id: each for each in stays.downsides}
    planned, anew = {each.id for each in found}, set(plan.plan.chosen()) & set(plant.offers)
    return DecisionSheet(
        now=now,
        unsure=unsure,
        decisions=decisions(found, now, unsure.total, values, roles, downsides),
        tranches=tranches(run.plan, run.summary, found),
        regrets=regrets(stays.costs, moves.tornado),
        moves=moves,
        drivers={driver.path: driver.name for driver in drivers},
        figures=_figures(bundle, drivers),
        unasked=tuple(s.driver.path for s in moves.tornado if _unasked(s.points)),
        lacks=tuple(sorted(planned - anew)),
        has=tuple(sorted(anew - planned)),
    )


def unsure_of(summary: Mapping[str, Any]) -> Unsure:
    """By how much a run's cost may be off: its gap, and what its typical days miss of the year."""
    check = summary.get("full_year") or {}
    missed = float(check.get("cost_difference") or 0.0)
    return Unsure(abs(float(summary["gap_money"] or 0.0)), abs(missed))


def _plan(plant: Plant, told: Told) -> Found:
    """The cheapest plan under the scenario's own rules. Raises NoPlan."""
    told("plan")
    found = plant.ask(plant.case)
    if found is None:
        raise NoPlan(broken_promises(stamp(plant.case), seconds=plant.time_limit))
    return found


def _values(
    plant: Plant,
    plan: Found,
    found: Sequence[Project],
    studies: Studies,
    ends: float,
    told: Told,
) -> dict[str, LeftOut]:
    """What each project is worth, by the best plan without it; of a stored curve where it says."""
    known = {one.id: one for one in studies.curve.leave_one_out} if studies.curve else {}
    values = {each.id: known[each.id] for each in found if each.id in known}
    missing = [each.id for each in found if each.id not in known]
    for number, id in enumerate(missing, start=1):
        if time.perf_counter() > ends:
            break
        told("left_out", number=number, count=len(missing), id=id)
        values[id] = left_out(plant, plan, id)
    return values


def _drivers(studies: Studies, plant_of: PlantOf, bundle: Bundle, asked: Asked) -> list[Driver]:
    """Those of a stored sensitivity, else all that the scenario has whose ends are valid."""
    if studies.moves is not None:
        return [swing.driver for swing in studies.moves.tornado]
    return [each for each in drivers_of(bundle.scenario, asked.spread) if _valid(each, plant_of)]


def by_weight(drivers: Sequence[Driver], stays: Held) -> list[Driver]:
    """Those first at whose ends the held plan breaks a rule or its cost moves most, for they are
    asked while there is time; budget, caps and targets, which somebody sets, come last."""
    moved = dict.fromkeys((driver.path for driver in drivers), 0.0)
    for each in stays.costs:
        known = each.cost is not None and stays.as_planned is not None
        by = abs(each.cost - stays.as_planned) if known else float("inf")  # type: ignore[operator]
        moved[each.path] = max(moved[each.path], by)
    return sorted(drivers, key=lambda each: (each.path.startswith(RULES), -moved[each.path]))


def _moves(
    plant_of: PlantOf, drivers: Sequence[Driver], asked: Asked, ends: float, told: Told
) -> Moves:
    """Each driver moved alone, as far as the time allows."""
    found = sensitivity(plant_of, drivers, Moving(bisections=asked.bisections, ends=ends), told)
    return Moves(found.subject, found.swings, found.roles, found.tested)


def _valid(driver: Driver, plant_of: PlantOf) -> bool:
    """Whether both ends of a driver make a valid scenario: a target may not rise above another."""
    try:
        for factor in (driver.low, driver.high):
            plant_of([driver.change(factor)])
    except InputErrors:
        return False
    return True


def _unasked(points: Sequence[Point]) -> bool:
    return any(point.status == "stopped" for point in points)


def _figures(bundle: Bundle, drivers: Sequence[Driver]) -> dict[str, Figure]:
    """Today's figure of each driver that is a single one with a unit."""
    found = {}
    for driver in with_figures(drivers, bundle):
        figure = one_figure(driver.today.get(ALWAYS))
        if figure is not None and figure[1]:
            found[driver.path] = Figure(*figure)
    return found
