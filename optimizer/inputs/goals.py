"""What a study may ask of a good plan beside its cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from optimizer.inputs.case import Case

Kind = Literal["projects", "capex", "bought", "least", "most", "unlike"]
Standing = frozenset[tuple[str, int]]
"""(measure, year) of all measures that stand in a year."""


@dataclass(frozen=True)
class Goal:
    """One thing to make as small (or, of ``most`` and ``unlike``, as large) as can be.

    ``projects``: how many are built; ``capex``: overnight, undiscounted, before grants [money];
    ``bought``: MWh of the carrier ``of`` over all years, the last one standing for the tail;
    ``least``, ``most``: capacity of the group ``of`` that stands in the last planning year, in
    ``unit``; ``unlike``: measures by which what stands differs from each plan in ``known``, the
    mean of the planning years, summed over these plans.
    """

    kind: Kind
    of: str = ""
    unit: str = ""
    known: tuple[Standing, ...] = ()

    @property
    def largest(self) -> bool:
        """Whether more is wanted rather than less."""
        return self.kind in ("most", "unlike")

    @property
    def whole(self) -> bool:
        """Whether its values are whole numbers."""
        return self.kind == "projects"


def goals(case: Case) -> Iterator[Goal]:
    """Fewest projects, least capex, least of each fuel that emits where it is burnt, least and
    most of each group of measures."""
    yield Goal("projects")
    yield Goal("capex")
    for carrier in case.carriers:
        if carrier.purchase is not None and carrier.scope == 1 and (carrier.factor > 0).any():
            yield Goal("bought", carrier.id)
    for family, unit in groups(case):
        yield Goal("least", family, unit)
        yield Goal("most", family, unit)


def groups(case: Case) -> dict[tuple[str, str], tuple[str, ...]]:
    """Measures by family and unit of capacity: sizes of other units don't add up."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for option in case.measures:
        key = option.family, option.unit
        found[key] = (*found.get(key, ()), option.id)
    return found
