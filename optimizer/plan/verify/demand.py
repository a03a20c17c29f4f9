"""What has to be served: activity, what savings leave, and what measures add (model.md 3 and 4)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import HOURS_A_YEAR, Book
from optimizer.plan.verify.report import COUNT, Rows
from optimizer.schema.measure import Process, Saving

Array = NDArray[np.float64]


def activity(book: Book, service: str) -> Array:
    """Share of its demand series that a service has: fixed part + part that follows output."""
    what = next(s for s in book.given.scenario.services if s.id == service)
    found: Array = what.fixed_share + (1.0 - what.fixed_share) * book.output
    return found


def full_demand(book: Book, service: str) -> Array:
    """Demand before savings, MW (year, period, step)."""
    what = next(s for s in book.given.scenario.services if s.id == service)
    return activity(book, service)[:, None, None] * book.on_axis(what.demand)


def process_tonnes(book: Book, source: str) -> Array:
    """t CO2e a year of a process source before any measure."""
    what = next(s for s in book.given.scenario.process_emissions if s.id == source)
    amount = book.numbers(what.amount, np.nan)
    return amount * book.output if what.follows_output else amount


def uses(book: Book) -> list[str]:
    """Services, then process sources: what a saving can take from."""
    scenario = book.given.scenario
    return [s.id for s in scenario.services] + [p.id for p in scenario.process_emissions]


def savings_on(book: Book, use: str) -> dict[str, float]:
    """Measures that take a share off a use, with the share."""
    found: dict[str, float] = {}
    for name, measure in book.built.items():
        target = (
            measure.service if isinstance(measure, Saving) else getattr(measure, "source", None)
        )
        if isinstance(measure, Saving | Process) and target == use:
            found[name] = measure.share or 0.0
    return found


def remaining(book: Book, use: str) -> Array:
    """Product of (1 - share) over the savings that stand, by year."""
    left = np.ones(len(book.years))
    for name, share in savings_on(book, use).items():
        left = left * np.where(book.on(name) > 0.5, 1.0 - share, 1.0)
    return left


def extra_demand(book: Book, carrier: str) -> Array:
    """MW that savings and process changes need of a carrier, (year, period, step).

    ratio x share x the use's demand before savings (or its t/h) x whether the measure stands.
    """
    shape = (len(book.years), len(book.stored.weight), book.stored.steps)
    extra = np.zeros(shape)
    for name, measure in book.built.items():
        on = book.on(name)[:, None, None]
        if isinstance(measure, Saving) and carrier in measure.adds:
            saved = measure.share * full_demand(book, measure.service)
            extra += measure.adds[carrier] * saved * on
        elif isinstance(measure, Process) and measure.source and carrier in measure.inputs:
            hourly = process_tonnes(book, measure.source) / HOURS_A_YEAR
            share = measure.share or 0.0
            extra += measure.inputs[carrier] * share * hourly[:, None, None] * on
    return extra


def check_remaining(book: Book, rows: Rows) -> None:
    """`remaining_from_bundle`: stored remaining = product over standing savings."""
    names = uses(book)
    stored = book.stored.get("remaining", names)
    recomputed = [remaining(book, name) for name in names]
    rows.equal("remaining_from_bundle", stored, recomputed, [names, book.years], COUNT)
