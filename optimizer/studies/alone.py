"""Each measure alone, against the baseline: what it would avoid and cost if it were the only one.

Alone means: with what it requires, and nothing else on offer. It is used to nearly all that it can
avoid (FULL), at the least cost of that: the very last tonnes of a measure cost whatever they cost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from optimizer.errors import StoppedWithoutPlan
from optimizer.solve.offers import Portfolio
from optimizer.studies.decided import Decided
from optimizer.studies.plant import Found, Plant

FULL: Final = 0.95
"""Of the most that a measure can avoid alone, so much is avoided."""
LEAST: Final = 1e-4
"""Share of the baseline's tonnes below which a measure avoids nothing alone."""


@dataclass(frozen=True)
class Alone:
    """A measure or contract by itself against the baseline.

    ``tonnes``: avoided at the study's weights [t], None where the search ended without a plan;
    ``cumulative``: over all years, undiscounted. ``cost``: more than the baseline [money], between
    ``low`` and ``high``; below 0 it saves money.
    ``needs``: what it requires, built with it. ``dominated``: another that saves at least as much
    money avoids at least as many tonnes. ``as_planned``: the same two figures at the sizes and
    years that it has in the plan, None where the plan hasn't got it.
    """

    id: str
    needs: tuple[str, ...]
    tonnes: float | None = None
    cumulative: float | None = None
    cost: float | None = None
    low: float | None = None
    high: float | None = None
    capex: float = 0.0
    dominated: bool = False
    as_planned: tuple[float, float] | None = None
    kept: Portfolio | None = None

    @property
    def abates(self) -> bool:
        """Whether it avoids anything by itself."""
        return bool(self.tonnes)

    @property
    def saves(self) -> bool:
        """Whether it surely costs less than the baseline and avoids something."""
        return self.abates and self.high is not None and self.high < 0


def alone(plant: Plant, baseline: Decided, offer: str) -> Alone:
    """One measure or contract, used to nearly all that it can avoid. Raises SolverFailure."""
    ids = plant.together(offer)
    needs = tuple(sorted(ids - {offer}))
    others = [other for other in plant.offers if other not in ids]
    try:
        cleanest = plant.cleanest(baseline, without=others)
        most = baseline.tonnes - cleanest.tonnes
        if most <= LEAST * abs(baseline.tonnes):
            return Alone(offer, needs, tonnes=0.0, cumulative=0.0, cost=0.0, low=0.0, high=0.0)
        limit = plant.limit(baseline.tonnes - FULL * most, baseline)
        found = plant.cheapest(limit, without=others)
    except StoppedWithoutPlan:
        return Alone(offer, needs)
    assert found is not None, "the cleanest plan keeps the limit"
    return Alone(
        offer,
        needs,
        tonnes=baseline.tonnes - found.plan.tonnes,
        cumulative=baseline.cumulative - found.plan.cumulative,
        cost=found.plan.cost - baseline.cost,
        low=found.bound - baseline.cost,
        high=found.plan.cost - baseline.cost,
        capex=sum(found.plan.capex.values()),
        kept=found.kept,
    )


def ordered(found: Mapping[str, Alone]) -> list[Alone]:
    """Those that save money first, by present value, the dominated marked; then those that cost
    money, by cost a tonne; then those that avoid nothing alone."""
    savers = [one for one in found.values() if one.saves]
    marked = [replace(one, dominated=_dominated(one, savers)) for one in savers]
    costly = [one for one in found.values() if one.abates and not one.saves]
    rest = [one for one in found.values() if not one.abates]
    return [
        *sorted(marked, key=lambda one: one.cost or 0.0),
        *sorted(costly, key=_per_tonne),
        *rest,
    ]


def _per_tonne(one: Alone) -> float:
    assert one.cost is not None
    assert one.tonnes
    return one.cost / one.tonnes


def _dominated(one: Alone, savers: list[Alone]) -> bool:
    """Taylor 2012, "The ranking of negative-cost emissions reduction measures": Pareto order."""
    assert one.cost is not None
    assert one.tonnes is not None
    return any(
        other.cost <= one.cost and other.tonnes >= one.tonnes
        for other in savers
        if other is not one and other.cost is not None and other.tonnes is not None
    )


def as_planned(
    plant: Plant, baseline: Decided, plan: Found, offer: str, price: float
) -> tuple[float, float] | None:
    """(tonnes avoided, cost) of one offer alone as the plan builds it, with what it requires, run
    as a carbon price would run it [money/t]; None where that can't be, or wasn't found."""
    try:
        found = plant.held(plan.kept, plant.together(offer), price)
    except StoppedWithoutPlan:
        return None
    if found is None:
        return None
    return baseline.tonnes - found.plan.tonnes, found.plan.cost - baseline.cost
