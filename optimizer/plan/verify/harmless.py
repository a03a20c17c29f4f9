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


def _too_small(book: Book) -> Iterator[str]:
    """Step values so small that the change is below the solver's own tolerance."""
    for name, dims in DIMENSIONS.items():
        if dims[-1] != "step" or name not in book.stored.arrays:
            continue
        values = np.abs(book.stored.arrays[name])
        count = int(((values > 0) & (values * CHANGE <= STEP.floor)).sum())
        if count:
            yield f"{name}: {count} step values below {STEP.floor / CHANGE:g}, too small to tell"


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
