"""Claims on power that leaves the site again, through a store or a fuel that is made of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.equipment import Machine
from optimizer.plan.verify.report import YEAR, Rows

Array = NDArray[np.float64]


def check_kept_claims(book: Book, rows: Rows, claimed: dict[str, Array]) -> None:
    """`claims_within_kept`: of what is bought, what is sold on isn't claimed; what leaves is taken
    from own output first. ``claimed``: MWh by carrier and year."""
    for carrier, claims in claimed.items():
        tariff = book.given.scenario.tariffs.get(carrier)
        if tariff is None or tariff.export is None:
            continue
        exported = book.total(book.carrier_variable("export")[carrier])
        resold = np.maximum(0.0, exported - _first_made(book, carrier))
        kept = book.total(book.bought[carrier]) - resold
        rows.at_most("claims_within_kept", [claims], [kept], [[carrier], book.years], YEAR)


def _first_made(book: Book, carrier: str) -> Array:
    """MWh a year of a carrier from sun, wind and other carriers, less what of it that takes."""
    total, remade = np.zeros(len(book.years)), _made_of(book, carrier)
    for machine in book.equipment.machines:
        if carrier not in machine.outputs or (machine.inputs and set(machine.inputs) <= remade):
            continue
        for sign, flows in ((1.0, machine.outputs), (-1.0, machine.inputs)):
            if carrier in flows:
                ratio = book.ratio(machine.id, carrier, flows[carrier])
                total = total + sign * book.total(ratio * book.flows[machine.id])
    return total


def _made_of(book: Book, carrier: str) -> set[str]:
    """The carrier, and those that are bought from nobody and come from nothing but known ones."""
    known, size = {carrier}, 0
    while len(known) > size:
        size = len(known)
        known |= {name for name in book.given.scenario.carriers if _comes_from(book, name, known)}
    return known


def _comes_from(book: Book, name: str, known: set[str]) -> bool:
    scenario = book.given.scenario
    giving = [machine for machine in book.equipment.machines if name in machine.outputs]
    hotter = {other for other, carrier in scenario.carriers.items() if name in carrier.serves}
    if name in scenario.tariffs or not (giving or hotter):
        return False
    return hotter <= known and all(_takes_only(machine, known) for machine in giving)


def _takes_only(machine: Machine, known: set[str]) -> bool:
    return bool(machine.inputs) and set(machine.inputs) <= known
