"""The base year set against the baseline: what changes before any measure, and by which cause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.carbon import base_emissions, base_factor
from optimizer.plan.verify.demand import process_tonnes
from optimizer.plan.verify.report import EXACT, YEAR, Rows

Array = NDArray[np.float64]


def at_base_factors(baseline: Book) -> Array:
    """Emissions of the baseline by year, t, with every factor as in the base year, in the policy's
    ledger: metered carriers, claims, and process emissions as they are."""
    scenario, ledger = baseline.given.scenario, baseline.given.policy.ledger
    total = np.zeros(len(baseline.years))
    for source in scenario.process_emissions:
        total = total + process_tonnes(baseline, source.id)
    factors = {
        name: base_factor(baseline, name, ledger)
        for name in scenario.base_year.metered
        if scenario.carriers[name].scope is not None
    }
    for name, factor in factors.items():
        total = total + factor * baseline.total(baseline.bought[name])
    claimed = baseline.stored.get("claimed", list(baseline.contracts))
    for contract, amount in zip(baseline.contracts.values(), claimed, strict=True):
        if ledger == "market" and contract.carrier in factors:
            total = total + (contract.factor - factors[contract.carrier]) * amount
    return total


def check_base_year(row: str, book: Book, baseline: Book | None, stated: Any, rows: Rows) -> None:
    """Metered energy and its emissions, the baseline's gross emissions by year, and how output and
    factors lead from the one to the other; those that are stated."""
    if not isinstance(stated, Mapping):
        return
    metered = book.given.scenario.base_year.metered
    shown = stated.get("metered_energy", metered)
    for name in sorted({*metered, *shown}):
        label = [[f"base_year.metered_energy.{name}"]]
        rows.equal(row, [float(shown.get(name, 0.0))], [metered.get(name, 0.0)], label, EXACT)
    base = base_emissions(book)
    if "metered_emissions" in stated:
        told = [float(stated["metered_emissions"])]
        rows.equal(row, told, [base], [["base_year.metered_emissions"]], EXACT)
    if baseline is None:
        return
    gross, held = baseline.stored.get("gross"), at_base_factors(baseline)
    known = {
        "baseline": gross, "constant_factors": held,
        "output_effect": held - base, "grid_effect": gross - held,
    }  # fmt: skip
    for key in known.keys() & stated.keys():
        labels = [[f"base_year.{key}.{year}" for year in book.years]]
        told = [float(tonnes) for tonnes in stated[key]]
        rows.equal(row, told, known[key], labels, YEAR, np.abs(gross))
