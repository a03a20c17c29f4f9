"""What becomes of each measure over all plans tested: always, to a threshold, a hedge, either."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from optimizer.studies.drivers import Driver

Kind = Literal["always", "threshold", "hedge", "either", "never"]
Chosen = Mapping[str, float]
Along = Mapping[str, Sequence[tuple[float, Chosen]]]
"""Path of a driver -> (factor, what the plan has there), by factor."""


@dataclass(frozen=True)
class Threshold:
    """Moving one driver alone, the plan has the measure at the factor ``present`` and hasn't at
    ``absent``: the threshold lies between."""

    path: str
    present: float
    absent: float


@dataclass(frozen=True)
class Role:
    """A measure or contract: in ``plans`` of ``tested`` plans.

    'always': in every plan tested; 'threshold': in the plan as it is, not in every one; 'hedge':
    not in the plan as it is, but in some; 'never': in none. 'either': moving one driver down and
    moving it up both change it, so that no driver decides it: near-equal plans swap it.
    """

    id: str
    kind: Kind
    plans: int
    tested: int
    thresholds: tuple[Threshold, ...]


ORDER: tuple[Kind, ...] = ("always", "threshold", "hedge", "either", "never")
AS_IS = 1.0


def roles(
    offers: Sequence[str], base: Chosen, along: Along, plans: Sequence[Chosen]
) -> tuple[Role, ...]:
    """The role of each offer, from every plan found; the most certain first."""
    found = []
    for id in offers:
        count, thresholds = sum(id in chosen for chosen in plans), _thresholds(id, along)
        kind = _kind(count, len(plans), id in base)
        if kind in ("threshold", "hedge") and _both_ways(thresholds):
            kind = "either"
        found.append(Role(id, kind, count, len(plans), thresholds))
    return tuple(sorted(found, key=lambda role: (ORDER.index(role.kind), -role.plans, role.id)))


def role_dict(role: Role, drivers: Sequence[Driver]) -> dict[str, Any]:
    """A role as JSON shows it, its thresholds with the figures of their driver on either side."""
    known = {driver.path: driver for driver in drivers}
    thresholds = [
        asdict(each)
        | {f"{end}_figures": known[each.path].figures(getattr(each, end))
           for end in ("present", "absent")}
        for each in role.thresholds
    ]  # fmt: skip
    return asdict(role) | {"thresholds": thresholds}


def _kind(count: int, tested: int, in_base: bool) -> Kind:
    if count == tested:
        return "always"
    if not count:
        return "never"
    return "threshold" if in_base else "hedge"


def _both_ways(thresholds: Sequence[Threshold]) -> bool:
    """Whether it changes on both sides of what a driver is today."""
    sides = {(each.path, each.present + each.absent > 2 * AS_IS) for each in thresholds}
    return any((path, not above) in sides for path, above in sides)


def _thresholds(id: str, along: Along) -> tuple[Threshold, ...]:
    """Neighbouring factors of a driver of which one plan has the measure and one hasn't."""
    found = []
    for path, points in along.items():
        for (one, here), (two, there) in itertools.pairwise(points):
            if (id in here) != (id in there):
                present, absent = (one, two) if id in here else (two, one)
                found.append(Threshold(path, present, absent))
    return tuple(found)
