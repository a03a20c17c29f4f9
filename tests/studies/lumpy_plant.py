"""A plant of four process sources and four whole measures, one on each: every plan is a subset.

Beside them a gas boiler, 2,190 t for 109,500. Cost and tonnes add up, so that each plan is known by
arithmetic. One year, weight 1, no discounting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from optimizer.inputs import case as c
from tests import plants as p

YEARS = (2026,)
LIFE = 20
Measures = Mapping[str, tuple[float, float]]
"""Measure -> (t a year that it avoids, of 200 t of its source; money a year)."""
MEASURES: Measures = {
    "a": (100.0, 1_000.0),
    "b": (150.0, 6_000.0),
    "d": (60.0, 3_600.0),
    "e": (90.0, 9_000.0),
}
SOURCE = 200.0
BOILER_TONNES, BOILER_COST = 2_190.0, 109_500.0


@dataclass(frozen=True)
class Subset:
    """A plan by what it builds: its cost [money] and tonnes [t]."""

    measures: frozenset[str]
    cost: float
    tonnes: float


def lumpy(measures: Measures = MEASURES) -> c.Case:
    """200 t from the source of each measure; its overnight cost is 20 times its yearly one."""
    return p.boiler_plant(
        YEARS,
        process_sources=tuple(
            c.ProcessSource(f"source_{m}", p.name(m), p.by_year(SOURCE, YEARS)) for m in measures
        ),
        measures=tuple(
            p.measure(m, YEARS, cost=LIFE * cost, life=LIFE) for m, (_, cost) in measures.items()
        ),
        savings=tuple(
            c.SavingEffect(m, f"source_{m}", avoided / SOURCE, ())
            for m, (avoided, _) in measures.items()
        ),
    )


def subsets(measures: Measures = MEASURES) -> list[Subset]:
    """Every plan of the plant, by arithmetic."""
    found = []
    for count in range(len(measures) + 1):
        for chosen in combinations(measures, count):
            cost = BOILER_COST + sum(measures[m][1] for m in chosen)
            avoided = sum(measures[m][0] for m in chosen)
            tonnes = BOILER_TONNES + SOURCE * len(measures) - avoided
            found.append(Subset(frozenset(chosen), cost, tonnes))
    return found
