"""What of the base year's emissions is gone before any measure: rules that look at it ask less."""

from __future__ import annotations

from typing import Final, NamedTuple

from optimizer.plan.verify.base_year import at_base_factors
from optimizer.plan.verify.book import Book
from optimizer.plan.verify.carbon import base_emissions

NOTABLE: Final = 0.1
"""Of the base year's emissions: typical days, weather and output explain less than this."""


class HeadStart(NamedTuple):
    """Tonnes of the base year ``year``, and what the baseline emits in ``first``, the first
    planning year, with the factors of the base year."""

    year: int
    base: float
    first: int
    baseline: float


def head_start(book: Book, baseline: Book | None) -> HeadStart | None:
    """None where the modelled plant, without measures, emits about what its meters showed, less
    what it makes less."""
    if baseline is None:
        return None
    scenario, base = book.given.scenario, base_emissions(book)
    year = scenario.horizon.base_year
    before = book.numbers_in(scenario.output, year, 1.0)
    made = min(1.0, float(book.output[0]) / before) if before > 0 else 1.0
    held = float(at_base_factors(baseline)[0])
    if made * base - held <= NOTABLE * base:
        return None
    return HeadStart(year, base, book.years[0], held)
