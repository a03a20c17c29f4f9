"""What each ledger of scope 2 counts, by cause, and that the causes add up to both ledgers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.carbon import factors, residual_factors
from optimizer.plan.verify.certificates import sellers, sold_generation
from optimizer.plan.verify.energy_use import generated, own_used
from optimizer.plan.verify.report import YEAR, Rows

Array = NDArray[np.float64]
Parts = tuple[Array, Array, Array]
"""Energy [MWh], tonnes by location, tonnes by market, by year."""
NAMES = ("cause_energy", "cause_location", "cause_market")


def check_causes(book: Book, rows: Rows) -> None:
    """`cause_energy`, `cause_location`, `cause_market` of each cause, and of any that is unknown
    nothing; their sums are checked with the ledgers', which are recomputed apart."""
    if "cause_energy" not in book.stored.arrays:
        return
    known: dict[str, Parts] = {}
    for name, carrier in book.given.scenario.carriers.items():
        if carrier.scope == 2:
            known |= _causes(book, name)
    none = np.zeros(len(book.years))
    names = list(dict.fromkeys([*known, *book.stored.ids.get("cause", ())]))
    for column, variable in enumerate(NAMES):
        recomputed = [known.get(name, (none, none, none))[column] for name in names]
        stored = book.stored.get(variable, names)
        rows.equal(f"{variable}_is_sum", stored, recomputed, [names, book.years], YEAR)


def _causes(book: Book, name: str) -> dict[str, Parts]:
    """Of one carrier: unclaimed, each contract, own generation with certificates kept and sold,
    exports."""
    found: dict[str, Parts] = {}
    none, tariff = np.zeros(len(book.years)), book.given.scenario.tariffs.get(name)
    bought, back = book.total(book.bought[name]), book.carrier_variable("bought_back")[name]
    tonnes, residual = _by_location(book, name, book.bought[name]), residual_factors(book, name)
    mean = np.divide(tonnes, bought, out=none.copy(), where=bought > 0)
    amounts = book.stored.get("claimed", list(book.contracts))
    claims = {
        key: (contract.factor, amount)
        for (key, contract), amount in zip(book.contracts.items(), amounts, strict=True)
        if contract.carrier == name
    }
    if tariff is not None:
        left = bought - sum((amount for _, amount in claims.values()), none)
        found[f"{name}:unclaimed"] = (left, mean * left, residual * left)
    for key, (factor, amount) in claims.items():
        found[f"{name}:contract:{key}"] = (amount, mean * amount, factor * amount)
    if generated(book, name) is not None:
        found[f"{name}:own"] = (own_used(book, name) - back, none, none)
    if sellers(book, name):
        found[f"{name}:bought_back"] = (back, none, residual * back)
    if tariff is not None and tariff.export is not None:
        sold = book.carrier_variable("export")[name]
        counts = -1.0 if book.given.policy.export_treatment == "grid_factor" else 0.0
        energy, located = book.total(sold), _by_location(book, name, sold)
        claimed = energy - (sold_generation(book, name) - back)
        found[f"{name}:export"] = (energy, counts * located, counts * residual * claimed)
    return found


def _by_location(book: Book, name: str, flow: Array) -> Array:
    """Grid factor x flow, step by step where it varies, t by year."""
    if book.given.scenario.carriers[name].factor_series is not None:
        flow = flow * book.on_axis(f"{name}.factor")
    return factors(book, name) * book.total(flow)
