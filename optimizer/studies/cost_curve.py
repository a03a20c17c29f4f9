"""What a tonne costs, in three views on one baseline: alone, along the optimal path, left out.

None of them is a build order: that is the plan's schedule, which stands beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from optimizer.errors import StoppedWithoutPlan
from optimizer.studies.alone import Alone, alone, as_planned, ordered
from optimizer.studies.credit_steps import CreditStep, credit_steps
from optimizer.studies.interaction import Loss, interaction_loss
from optimizer.studies.internal_price import AtPrice, at_price, own_prices
from optimizer.studies.left_out import LeftOut, left_out
from optimizer.studies.lock_in import LockIn, lock_in, middle_year
from optimizer.studies.naive import Naive, naive
from optimizer.studies.pareto import Front, Told, front, unheard
from optimizer.studies.plant import Found, Plant
from optimizer.studies.steps import Step, price_at, step, steps
from optimizer.studies.subject import Subject


@dataclass(frozen=True)
class CostCurve:
    """``plan``: the cheapest under the scenario's own rules, None where none keeps them.

    ``steps``: of the front, those that stand out from the noise. ``at_prices``: how far down it
    internal carbon prices lead; ``lock_in``: what following the rules to a year alone costs later.
    """

    front: Front
    standalone: tuple[Alone, ...]
    steps: tuple[Step, ...]
    plan: Found | None
    leave_one_out: tuple[LeftOut, ...]
    loss: Loss | None
    credits: tuple[CreditStep, ...]
    naive: Naive | None
    at_prices: tuple[AtPrice, ...] = ()
    lock_in: LockIn | None = None

    def as_dict(self) -> dict[str, Any]:
        """The curve as JSON shows it."""
        points = self.front.points
        taken = [step(points, k - 1, k) for k in range(1, len(points))]
        loss = self.loss
        return {
            **{key: self.front.as_dict()[key] for key in ("subject", "baseline")},
            "standalone": [_alone_as_dict(self.front.subject, one) for one in self.standalone],
            "path": [
                _point_as_dict(point) | _changed(None if k == 0 else taken[k - 1])
                for k, point in enumerate(points)
            ],
            "steps": [asdict(one) for one in self.steps],
            "plan": None if self.plan is None else self.plan.plan.as_dict(),
            "leave_one_out": [asdict(one) for one in self.leave_one_out],
            "interaction_loss": None if loss is None else loss.as_dict(),
            "credits": [asdict(one) for one in self.credits],
            "naive": None if self.naive is None else self.naive.as_dict(),
            "at_prices": [asdict(one) for one in self.at_prices],
            "lock_in": None if self.lock_in is None else self.lock_in.as_dict(),
        }


def _alone_as_dict(subject: Subject, one: Alone) -> dict[str, Any]:
    """Money per tonne is null for what saves money: it ranks nothing there."""
    shown = asdict(replace(one, kept=None))
    shown.pop("kept")
    costs = one.abates and not one.saves
    each = subject.per_tonne(one.cost or 0.0, one.tonnes or 0.0) if costs else None
    return shown | {"per_tonne": each}


def _point_as_dict(point: Any) -> dict[str, Any]:
    shown = asdict(point)
    return {"gross": point.plan.tonnes, "cost": point.plan.cost, **shown}


def _changed(one: Step | None) -> dict[str, Any]:
    """What enters and leaves at a point, and what its step costs; nothing at the first one."""
    if one is None:
        return {"enters": [], "leaves": [], "step": None}
    return {"enters": one.changes.enters, "leaves": one.changes.leaves, "step": asdict(one)}


def cost_curve(
    plant: Plant,
    count: int,
    *,
    with_naive: bool = False,
    prices: Sequence[float] = (),
    year: int | None = None,
    told: Told = unheard,
) -> CostCurve:
    """All three views, the path in ``count`` steps at most. ``prices``: internal ones [money/t],
    none: the scenario's own; ``year``: of the lock-in, None: the middle one.

    Raises NoPlan, StoppedWithoutPlan, SolverFailure where the path can't be searched; a measure
    whose search ends without a plan is marked.
    """
    found = front(plant, count + 1, told)
    plan, way = _own_plan(plant, told), steps(found.points)
    standalone = _standalone(plant, found, plan, told)
    listed, built = ordered(standalone), _built(plant, plan)
    return CostCurve(
        front=found,
        standalone=tuple(listed),
        steps=way,
        plan=plan,
        leave_one_out=_left_out(plant, plan, told),
        loss=None
        if plan is None
        else interaction_loss(found.baseline, plan, [standalone[id] for id in built]),
        credits=credit_steps(plant, (plan.plan if plan else found.baseline).gross),
        naive=_naive(plant, found, plan, listed, told) if with_naive else None,
        at_prices=_at_prices(plant, found, prices),
        lock_in=_lock_in(plant, plan, year or middle_year(plant.case), told),
    )


def _built(plant: Plant, plan: Found | None) -> list[str]:
    """What the plan has of all that is on offer."""
    return [] if plan is None else [id for id in plant.offers if id in plan.plan.chosen()]


def _standalone(plant: Plant, found: Front, plan: Found | None, told: Told) -> dict[str, Alone]:
    """Each offer alone, to the full; those of the plan as it builds them too, run at the price of
    their step."""
    alone_by_id: dict[str, Alone] = {}
    for number, offer in enumerate(plant.offers, start=1):
        told("alone", number=number, count=len(plant.offers), id=offer)
        alone_by_id[offer] = alone(plant, found.baseline, offer)
    if plan is None:
        return alone_by_id
    price = price_at(steps(found.points), found.points, plan.plan.tonnes)
    for offer in _built(plant, plan):
        planned = as_planned(plant, found.baseline, plan, offer, price)
        alone_by_id[offer] = replace(alone_by_id[offer], as_planned=planned)
    return alone_by_id


def _left_out(plant: Plant, plan: Found | None, told: Told) -> tuple[LeftOut, ...]:
    """The plan without each of its measures; none without a plan."""
    if plan is None:
        return ()
    found, built = [], _built(plant, plan)
    for number, offer in enumerate(built, start=1):
        told("left_out", number=number, count=len(built), id=offer)
        found.append(left_out(plant, plan, offer))
    return tuple(found)


def _at_prices(plant: Plant, found: Front, prices: Sequence[float]) -> tuple[AtPrice, ...]:
    """How far down the way internal prices lead, those given or the scenario's own."""
    share = plant.per_year if plant.basis == "target_year" else 1.0
    asked = sorted(prices) or own_prices(plant.case)
    return tuple(at_price(found.points, price, share) for price in asked)


def _lock_in(plant: Plant, plan: Found | None, year: int, told: Told) -> LockIn | None:
    """None without a plan, and where a search ends without one."""
    if plan is None:
        return None
    told("lock_in", year=year)
    try:
        return lock_in(plant, plan, year)
    except StoppedWithoutPlan:
        told("stopped")
        return None


def _own_plan(plant: Plant, told: Told) -> Found | None:
    """The cheapest plan under the scenario's own rules; None where there is none, or none found."""
    told("plan")
    try:
        return plant.ask(plant.case)
    except StoppedWithoutPlan:
        told("stopped")
        return None


def _naive(
    plant: Plant, found: Front, plan: Found | None, standalone: list[Alone], told: Told
) -> Naive | None:
    """The naive order, to the tonnes that the plan avoids, or the middle of the path; None where a
    search ends without a plan."""
    ends = found.points[0].plan.tonnes, found.points[-1].plan.tonnes
    reached = sum(ends) / 2 if plan is None else max(plan.plan.tonnes, ends[1])
    target = found.baseline.tonnes - reached
    try:
        return naive(plant, found, standalone, target, lambda id: told("naive", id=id))
    except StoppedWithoutPlan:
        told("stopped")
        return None
