"""The projects of a stored plan as an investment committee sees them: what, ordered when, for what.

A project is a measure or a contract of the plan, with all its stages. It is ordered its lead time
before it first stands; its capex is paid overnight at the start of that year.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import xarray as xr

from optimizer.inputs.bundle import Bundle
from optimizer.inputs.case.options import OWN
from optimizer.schema.measure import Built
from optimizer.studies.estimates import Estimate, contingency, estimate_of, spread
from optimizer.studies.picked import NOTHING, Picked, picked

CONTRACT: Final = "contract"


@dataclass(frozen=True)
class Project:
    """``start``: the first year in which it stands; ``order``: that less its lead time;
    ``capex``, ``grants``: by year in which they are paid [money, real]; ``size`` in ``unit``, the
    largest; ``financing``: who owns it; ``estimate``: how well its capex is known, None for a
    contract."""

    id: str
    kind: str
    start: int
    order: int
    size: float
    unit: str
    capex: Mapping[int, float]
    grants: Mapping[int, float]
    financing: str
    estimate: Estimate | None


@dataclass(frozen=True)
class Tranche:
    """Money of one year [real]: ``projects`` by id and ``other`` (renewals of what stands today,
    buy-backs), less ``grants``: ``net``, against the year's ``budget`` (None: none is set).

    ``low``, ``high``: net with each project at that end of its accuracy, all else as planned;
    ``contingency``: what of net is stated to be contingency."""

    year: int
    projects: Mapping[str, float]
    other: float
    grants: float
    net: float
    budget: float | None
    low: float
    high: float
    contingency: float


def projects(plan: xr.Dataset, bundle: Bundle) -> tuple[Project, ...]:
    """Measures and contracts that the plan newly has, the first ordered first."""
    known = picked(plan)
    measures = {m.id: m for m in bundle.measures if isinstance(m, Built)}
    signed = _signed(plan)
    found = []
    for id in known.sizes:
        if id in measures:
            found.append(_measure(plan, known, measures[id], bundle))
        elif id in signed:
            start, size = known.since[id], known.sizes[id]
            found.append(
                Project(id, CONTRACT, start, start, size, known.units[id], {}, {}, OWN, None)
            )
    return tuple(sorted(found, key=lambda each: (each.order, each.start, each.id)))


def tranches(
    plan: xr.Dataset, summary: Mapping[str, Any], found: Sequence[Project]
) -> tuple[Tranche, ...]:
    """A tranche for each planning year in which money is asked; ``net`` is the summary's capex."""
    estimates = {each.id: each.estimate for each in found if each.estimate is not None}
    tranches = []
    for at, row in enumerate(summary["years"]):
        year, grants = int(row["year"]), float(row["grants"])
        paid = plan["overnight"].isel(year=at)
        asked = {str(m): float(p) for m, p in zip(plan["measure"].values, paid.values, strict=True)}
        asked = {id: money for id, money in asked.items() if money > NOTHING}
        net = float(row["capex"])
        other = net + grants - sum(asked.values())
        if asked or abs(other) > NOTHING * max(1.0, abs(net)):
            low, high = (net + more for more in spread(asked, estimates))
            held = contingency(asked, estimates)
            budget = row["budget"]
            tranches.append(Tranche(year, asked, other, grants, net, budget, low, high, held))
    return tuple(tranches)


def _signed(plan: xr.Dataset) -> set[str]:
    """Contracts that the plan signs, those in force today apart."""
    total = plan["signed"].sum("year").values
    return {str(g) for g, n in zip(plan["contract"].values, total, strict=True) if n > NOTHING}


def _measure(plan: xr.Dataset, known: Picked, measure: Built, bundle: Bundle) -> Project:
    id, of = measure.id, plan.sel(measure=measure.id)
    return Project(
        id=id,
        kind=measure.kind,
        start=known.since[id],
        order=known.since[id] - math.ceil(measure.lead_time),
        size=known.sizes[id],
        unit=known.units[id],
        capex=_by_year(of["overnight"]),
        grants=_by_year(of["granted"].sum("grant")),
        financing=str(of["financing"].values),
        estimate=estimate_of(measure, bundle),
    )


def _by_year(amounts: xr.DataArray) -> dict[int, float]:
    years = map(int, amounts["year"].values)
    pairs = zip(years, map(float, amounts.values), strict=True)
    return {year: money for year, money in pairs if money > NOTHING}
