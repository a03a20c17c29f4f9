"""Levelised cost of what each built converter and generator makes, from inputs and decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.cash import cash_years, recomputed_cash
from optimizer.plan.verify.costs import stored_lines
from optimizer.plan.verify.equipment import Machine

Array = NDArray[np.float64]
LEAST = 1e-6
"""MW in a step, and MWh a year, that count as none."""


@dataclass(frozen=True)
class Levelised:
    """Discounted energy [MWh] and cost [money] of one measure, or why there are none."""

    measure: str
    energy: float = 0.0
    cost: float = 0.0
    reason: str | None = None


def levelised(book: Book) -> Iterator[Levelised]:
    """One for each converter or generator among the measures that is ever built."""
    cash, left = recomputed_cash(book)
    rate, base = book.given.scenario.economics.discount_rate, book.given.scenario.horizon.base_year
    at_end = np.array([(1.0 + rate) ** (base - year) for year in cash_years(book)])
    at = {"year_end": at_end, "year_start": at_end * (1.0 + rate)}
    for unit in book.equipment.machines:
        if unit.state != "measure" or not book.build[unit.owner].any():
            continue
        reason = _reason(book, unit)
        energy = 0.0 if reason else float(np.dot(at_end, _tail(book, made(book, unit))))
        if not reason and energy <= LEAST:
            reason = "never_runs"
        if reason:
            yield Levelised(unit.id, reason=reason)
            continue
        own = [(key, money) for key, money in cash.items() if key[1] == unit.id]
        cost = -sum(float(np.dot(at[key[2]], money)) for key, money in own)
        cost -= float(at_end[-1]) * sum(v for key, v in left.items() if key[1] == unit.id)
        for carrier, conversion in unit.inputs.items():
            taken = book.total(book.ratio(unit.id, carrier, conversion) * book.flows[unit.id])
            cost += float(np.dot(at_end, _tail(book, taken * mean_price(book, carrier))))
        yield Levelised(unit.id, energy, cost)


def _reason(book: Book, unit: Machine) -> str | None:
    """Several products, or an input that another unit makes for it."""
    if len(unit.outputs) > 1:
        return "joint_products"
    on_purpose = {
        m.reference
        for m in book.equipment.machines
        if not m.generates and m.reference in m.outputs and book.flows[m.id].max() > LEAST
    }
    made_for = [c for c in unit.inputs if c in on_purpose and c not in book.given.scenario.tariffs]
    return "input_made_on_site" if made_for else None


def made(book: Book, unit: Machine) -> Array:
    """MWh of the one product, by planning year."""
    ((carrier, conversion),) = unit.outputs.items()
    if unit.generates:
        return book.total(book.flows[unit.id])
    return book.total(book.ratio(unit.id, carrier, conversion) * book.flows[unit.id])


def mean_price(book: Book, carrier: str) -> Array:
    """Energy, demand charge and energy contracts over what is bought [money/MWh]."""
    own = {("energy", carrier), ("demand_charge", carrier)}
    own |= {
        ("contracts", name)
        for name, contract in book.contracts.items()
        if contract.carrier == carrier and contract.form == "energy"
    }
    paid = [cost for (kind, item, _), cost in stored_lines(book).items() if (kind, item) in own]
    bought = book.total(book.bought[carrier])
    total = np.sum(paid, axis=0) if paid else np.zeros(len(bought))
    return np.divide(total, bought, out=np.zeros(len(bought)), where=bought > LEAST)


def _tail(book: Book, values: Array) -> Array:
    """The last planning year stands for each of the tail."""
    return np.append(values, np.full(len(cash_years(book)) - len(values), values[-1]))
