"""Carbon price and CBAM, from the inputs and the recomputed ledgers (model.md 6)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.carbon import by_source
from optimizer.plan.verify.report import YEAR, Rows
from optimizer.schema.carbon import (
    CarbonPrice,
    Cbam,
    FixedAllocation,
    OutputBasedAllocation,
)

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Owed:
    """Tonnes a year that count, that are free, and that are bought (below 0: sold)."""

    counted: Array
    free: Array
    bought: Array


def allowances(book: Book, carbon: CarbonPrice) -> Owed:
    """Covered scope 1, its free allocation, and the difference; no less than 0 if worthless."""
    covered = _counted(book, carbon.covers)
    free, rule = np.zeros(len(book.years)), carbon.allocation
    if rule is None:
        return Owed(covered, free, covered - free)
    if isinstance(rule, FixedAllocation):
        free = book.numbers(rule.amount, np.nan)
    elif isinstance(rule, OutputBasedAllocation):
        free = book.produced * rule.benchmark * (1.0 - book.numbers(rule.decline, np.nan))
    else:
        return Owed(covered, covered, free)
    short = covered - free
    return Owed(covered, free, np.maximum(short, 0.0) if rule.surplus == "worthless" else short)


def certificates(book: Book, cbam: Cbam) -> Owed:
    """Embedded and benchmarked emissions of all that is made; certificates of what is exported."""
    embedded = _counted(book, cbam.covers)
    free = book.produced * cbam.benchmark * book.numbers(cbam.factor, np.nan)
    exported = book.numbers(cbam.exported, np.nan)
    return Owed(embedded, free, np.maximum(exported * (embedded - free), 0.0))


def _counted(book: Book, parts: Collection[str]) -> Array:
    """Emissions of some parts of the site; of captures the tonnes of the part they take from."""
    processes = {source.id for source in book.given.scenario.process_emissions}
    takes = {plant.id: set(plant.captures) for plant in book.equipment.captures}
    total = np.zeros(len(book.years))
    for (ledger, item), tonnes in by_source(book).items():
        from_process = item in processes or takes.get(item, {item}) <= processes
        part = {"scope1": "process" if from_process else "fuel", "scope2_location": "scope2"}
        if part.get(ledger) in parts:
            total = total + tonnes
    return total


def check_allowances(book: Book, rows: Rows) -> None:
    """Each stored tonne that the carbon price or CBAM speaks of."""
    scenario = book.given.scenario
    found: dict[str, Array] = {}
    if scenario.carbon is not None:
        home = allowances(book, scenario.carbon)
        found |= {"carbon_covered": home.counted, "carbon_allocated": home.free}
        found["allowances_bought"] = home.bought
    if scenario.cbam is not None:
        abroad = certificates(book, scenario.cbam)
        found |= {"cbam_embedded": abroad.counted, "cbam_certificates": abroad.bought}
    for name, recomputed in found.items():
        rows.equal(name, book.stored.get(name), recomputed, [book.years], YEAR)
