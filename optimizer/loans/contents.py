"""What 1 MWh of each carrier holds: energy bought for it and tonnes emitted for it, by year.

Yearly means, found by solving the balances of all carriers together (docs/loan_rules.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.carbon import factors
from optimizer.plan.verify.dispatch import cascades

Array = NDArray[np.float64]
NOTHING = 1e-3
"""MWh a year below which a carrier counts as not used: a solver's rounding is below it."""


@dataclass(frozen=True)
class Contents:
    """By carrier and planning year, shape (Y,): MWh bought and t emitted per MWh; NaN where the
    carrier isn't used."""

    energy: Mapping[str, Array]
    emissions: Mapping[str, Array]


def contents(book: Book) -> Contents:
    """Of a plan or a baseline. For each carrier c and year:

    supply_c x_c = own_c + sum over units of share_c x sum of inputs_k x_k + cascades_k x_k +
    charged_c x_c, with x the content of 1 MWh, own_c what buying brings in (MWh, or t), share_c the
    carrier's part of a unit's outputs by energy.
    """
    names = list(book.given.scenario.carriers)
    supply, links = np.zeros((len(names), len(book.years))), _links(book, names)
    for name, flow in _supplies(book):
        supply[names.index(name)] += flow
    energy = np.array([book.total(book.bought[name]) for name in names])
    tonnes = np.array([_emitted_by_buying(book, name) for name in names])
    found = [solved(supply, links, own) for own in (energy, tonnes)]
    by_name = [dict(zip(names, values, strict=True)) for values in found]
    return Contents(*by_name)


def solved(supply: Array, links: Array, own: Array) -> Array:
    """x (carrier, year) from (supply - links) x = own, NaN for what isn't used; all of a year NaN
    where it has no answer."""
    found = np.full_like(own, np.nan)
    for year in range(own.shape[1]):
        used = np.flatnonzero(supply[:, year] > NOTHING)
        matrix = np.diag(supply[used, year]) - links[np.ix_(used, used)][..., year]
        with suppress(np.linalg.LinAlgError):  # carriers that go round and come from nowhere
            found[used, year] = np.linalg.solve(matrix, own[used, year])
    return found


def _supplies(book: Book) -> Iterator[tuple[str, Array]]:
    """(carrier, MWh by year) of all that comes in: bought, made, discharged, cascaded."""
    for name, flow in book.bought.items():
        yield name, book.total(flow)
    for machine in book.equipment.machines:
        for name, made in outputs(book, machine.id).items():
            yield name, made
    for store in book.equipment.stores:
        yield store.technology.carrier, book.total(book.stored.get("discharge", [store.id])[0])
    for _, cooler, flow in cascades(book):
        yield cooler, book.total(flow)


def _links(book: Book, names: list[str]) -> Array:
    """MWh of carrier k that go into carrier c, (c, k, year)."""
    found = np.zeros((len(names), len(names), len(book.years)))
    for machine in book.equipment.machines:
        made = outputs(book, machine.id)
        total = sum(made.values(), np.zeros(len(book.years)))
        for source, taken in inputs(book, machine.id).items():
            for sink, output in made.items():
                share = np.divide(output, total, out=np.zeros_like(total), where=total > NOTHING)
                found[names.index(sink), names.index(source)] += share * taken
    for store in book.equipment.stores:
        at = names.index(store.technology.carrier)
        found[at, at] += book.total(book.stored.get("charge", [store.id])[0])
    for hotter, cooler, flow in cascades(book):
        found[names.index(cooler), names.index(hotter)] += book.total(flow)
    return found


def outputs(book: Book, unit: str) -> dict[str, Array]:
    """MWh by year of each carrier that a unit makes."""
    machine = next(each for each in book.equipment.machines if each.id == unit)
    flow = book.flows[unit]
    return {c: book.total(book.ratio(unit, c, r) * flow) for c, r in machine.outputs.items()}


def inputs(book: Book, unit: str) -> dict[str, Array]:
    """MWh by year of each carrier that a unit takes."""
    machine = next(each for each in book.equipment.machines if each.id == unit)
    flow = book.flows[unit]
    return {c: book.total(book.ratio(unit, c, r) * flow) for c, r in machine.inputs.items()}


def _emitted_by_buying(book: Book, carrier: str) -> Array:
    """t by year: at the carrier's factor, and at their own for physically traceable contracts."""
    carriers = book.given.scenario.carriers
    shape = book.on_axis(f"{carrier}.factor") if carriers[carrier].factor_series else 1.0
    flow, own = book.bought[carrier].copy(), np.zeros(len(book.years))
    delivered = book.stored.get("delivered", list(book.contracts))
    for contract, power in zip(book.contracts.values(), delivered, strict=True):
        if contract.carrier == carrier and contract.traceable:
            flow -= power
            own += contract.factor * book.total(power)
    found: Array = own + factors(book, carrier) * book.total(flow * shape)
    return found
