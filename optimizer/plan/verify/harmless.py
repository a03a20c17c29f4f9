"""Quantities that a small change leaves inside every rule: named, so that nobody relies on them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.carbon import residual_factors
from optimizer.plan.verify.reading import DIMENSIONS
from optimizer.plan.verify.report import STEP

CHANGE = 1e-4
"""The relative change that must fail in every quantity that a row holds."""


def harmless(book: Book) -> Iterator[str]:
    """Sentences naming what has slack: steps too small to tell, and quantities without effect."""
    yield from _too_small(book)
    yield from _claims(book)
    yield from _peaks(book)
    yield from _rules(book)
    yield from _shapes(book)


def _too_small(book: Book) -> Iterator[str]:
    """Values of steps and days so small that the change is below the solver's own tolerance."""
    for name, dims in DIMENSIONS.items():
        if dims[-1] not in ("step", "day") or name not in book.stored.arrays:
            continue
        values = np.abs(book.stored.arrays[name])
        count = int(((values > 0) & (values * CHANGE <= STEP.floor)).sum())
        if count:
            least = STEP.floor / CHANGE
            yield f"{name}: {count} {dims[-1]} values below {least:g}, too small to tell"


def _claims(book: Book) -> Iterator[str]:
    """Claims under a contract whose factor equals the residual one change no ledger."""
    for name, contract in book.contracts.items():
        residual = residual_factors(book, contract.carrier)
        if np.allclose(residual, contract.factor, rtol=0, atol=1e-12):
            yield f"claimed of {name}: its factor equals the residual one, no ledger changes"


def _peaks(book: Book) -> Iterator[str]:
    """A peak without a price enters no cost."""
    for carrier, tariff in book.given.scenario.tariffs.items():
        charge = tariff.demand_charge
        if charge is not None and not np.any(book.prices(charge.price)):
            yield f"peak of {carrier}: its price is 0, no cost changes"


def _rules(book: Book) -> Iterator[str]:
    """Variables of rules that the policy doesn't set."""
    offset = book.given.policy.offset
    if offset is None or offset.gate is None:
        yield "gate_open of every year: the policy has no gate"
    if offset is None:
        yield "offset_share of every year: the policy has no rule on offsetting"


def _shapes(book: Book) -> Iterator[str]:
    """On typical days some series are held by their yearly sum alone."""
    if any(name.startswith("series:") for name in book.stored.arrays):
        yield (
            "series of typical days: single steps of availabilities, excesses and shapes are held"
            " by what runs on them; demands, prices and ratios step by step"
        )
