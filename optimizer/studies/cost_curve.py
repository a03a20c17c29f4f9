"""What a tonne costs, in three views on one baseline: alone, along the optimal path, left out.

None of them is a build order: that is the plan's schedule, which stands beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from optimizer.errors import StoppedWithoutPlan
from optimizer.studies.alone import Alone, alone, as_planned, ordered
from optimizer.studies.credit_steps import CreditStep, credit_steps
from optimizer.studies.left_out import LeftOut, left_out
from optimizer.studies.naive import Naive, naive
from optimizer.studies.pareto import Front, Told, front, unheard
from optimizer.studies.plant import Found, Plant
from optimizer.studies.steps import Step, price_at, step, steps


@dataclass(frozen=True)
class Avoided:
    """Tonnes fewer than the baseline's, at the study's weights [t], and money saved [money]."""

    tonnes: float
    money: float


@dataclass(frozen=True)
class Loss:
    """Interaction, of the plan's measures: what they avoid and save one by one (``alone``, each
    used to the full; ``as_planned``, as the plan builds them) less what the plan does, its credits
    apart. One that requires others counts for what it adds to them. ``left_out``: measures whose
    figures aren't known, in no sum."""

    alone: Avoided
    as_planned: Avoided
    plan: Avoided
    left_out: tuple[str, ...]

    @property
    def lost(self) -> Avoided:
        """What is counted twice where measures are added up."""
        return Avoided(self.alone.tonnes - self.plan.tonnes, self.alone.money - self.plan.money)

    @property
    def lost_as_planned(self) -> Avoided:
        """The same at the sizes and years of the plan."""
        tonnes = self.as_planned.tonnes - self.plan.tonnes
        return Avoided(tonnes, self.as_planned.money - self.plan.money)

    def as_dict(self) -> dict[str, Any]:
        """The loss as JSON shows it."""
        return {
            **asdict(self.lost),
            "as_planned": asdict(self.lost_as_planned),
            "sums": {"alone": asdict(self.alone), "as_planned": asdict(self.as_planned)},
            "plan": asdict(self.plan),
            "left_out": self.left_out,
        }


@dataclass(frozen=True)
class CostCurve:
    """``plan``: the cheapest under the scenario's own rules, None where none keeps them.

    ``steps``: of the front, those that stand out from the noise.
    """

    front: Front
    standalone: tuple[Alone, ...]
    steps: tuple[Step, ...]
    plan: Found | None
    leave_one_out: tuple[LeftOut, ...]
    loss: Loss | None
    credits: tuple[CreditStep, ...]
    naive: Naive | None

    def as_dict(self) -> dict[str, Any]:
        """The curve as JSON shows it."""
        points = self.front.points
        taken = [step(points, k - 1, k) for k in range(1, len(points))]
        loss = self.loss
        return {
            "subject": self.front.subject.as_dict(),
            "baseline": self.front.baseline.as_dict(),
            "standalone": [_alone_as_dict(one) for one in self.standalone],
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
        }


def _alone_as_dict(one: Alone) -> dict[str, Any]:
    """Money per tonne is null for what saves money: it ranks nothing there."""
    shown = asdict(replace(one, kept=None))
    shown.pop("kept")
    costs = one.abates and not one.saves and one.cost is not None
    return shown | {"per_tonne": one.cost / one.tonnes if costs else None}  # type: ignore[operator]


def _point_as_dict(point: Any) -> dict[str, Any]:
    shown = asdict(point)
    return {"gross": point.plan.tonnes, "cost": point.plan.cost, **shown}


def _changed(one: Step | None) -> dict[str, Any]:
    """What enters and leaves at a point, and what its step costs; nothing at the first one."""
    if one is None:
        return {"enters": [], "leaves": [], "step": None}
    return {"enters": one.changes.enters, "leaves": one.changes.leaves, "step": asdict(one)}


def cost_curve(
    plant: Plant, count: int, *, with_naive: bool = False, told: Told = unheard
) -> CostCurve:
    """All three views, the path in ``count`` steps at most.

    Raises NoPlan, StoppedWithoutPlan, SolverFailure where the path can't be searched; a measure
    whose search ends without a plan is marked.
    """
    found = front(plant, count + 1, told)
    plan = _own_plan(plant, told)
    baseline, offers = found.baseline, plant.offers
    standalone: dict[str, Alone] = {}
    for number, offer in enumerate(offers, start=1):
        told("alone", number=number, count=len(offers), id=offer)
        standalone[offer] = alone(plant, baseline, offer)
    built = [] if plan is None else [id for id in offers if id in plan.plan.chosen()]
    leave_one_out, way = [], steps(found.points)
    price = 0.0 if plan is None else price_at(way, found.points, plan.plan.tonnes)
    for number, offer in enumerate(built, start=1):
        assert plan is not None
        told("left_out", number=number, count=len(built), id=offer)
        leave_one_out.append(left_out(plant, plan, offer))
        planned = as_planned(plant, baseline, plan, offer, price)
        standalone[offer] = replace(standalone[offer], as_planned=planned)
    listed = ordered(standalone)
    return CostCurve(
        front=found,
        standalone=tuple(listed),
        steps=way,
        plan=plan,
        leave_one_out=tuple(leave_one_out),
        loss=None if plan is None else _loss(found, plan, [standalone[id] for id in built]),
        credits=credit_steps(plant, (plan.plan if plan else baseline).gross),
        naive=_naive(plant, found, plan, listed, told) if with_naive else None,
    )


def _own_plan(plant: Plant, told: Told) -> Found | None:
    """The cheapest plan under the scenario's own rules; None where there is none, or none found."""
    told("plan")
    try:
        return plant.ask(plant.case)
    except StoppedWithoutPlan:
        return None


def _loss(found: Front, plan: Found, built: list[Alone]) -> Loss:
    """One by one against the plan, whose credits reduce nothing and cost what they cost."""
    known = {one.id: one for one in built if one.as_planned is not None and one.cost is not None}
    to_the_full = {one.id: Avoided(one.tonnes or 0.0, -(one.cost or 0.0)) for one in known.values()}
    planned = {
        one.id: Avoided(one.as_planned[0], -one.as_planned[1])
        for one in known.values()
        if one.as_planned is not None
    }
    cost = plan.plan.cost - plan.plan.present.get("credits", 0.0)
    return Loss(
        alone=one_by_one(known, to_the_full),
        as_planned=one_by_one(known, planned),
        plan=Avoided(found.baseline.tonnes - plan.plan.tonnes, found.baseline.cost - cost),
        left_out=tuple(one.id for one in built if one.id not in known),
    )


def one_by_one(known: Mapping[str, Alone], figures: Mapping[str, Avoided]) -> Avoided:
    """Measures one by one; one that requires others counts for what it adds to these."""

    def own(id: str) -> Avoided:
        whole, needs = figures[id], [own(need) for need in known[id].needs if need in known]
        return Avoided(
            whole.tonnes - sum(need.tonnes for need in needs),
            whole.money - sum(need.money for need in needs),
        )

    every = [own(id) for id in known]
    return Avoided(sum(one.tonnes for one in every), sum(one.money for one in every))


def _naive(
    plant: Plant, found: Front, plan: Found | None, standalone: list[Alone], told: Told
) -> Naive | None:
    """The naive order, to the tonnes that the plan avoids, or the middle of the path."""
    ends = found.points[0].plan.tonnes, found.points[-1].plan.tonnes
    reached = sum(ends) / 2 if plan is None else max(plan.plan.tonnes, ends[1])
    target = found.baseline.tonnes - reached
    return naive(plant, found.baseline, standalone, target, lambda id: told("naive", id=id))
