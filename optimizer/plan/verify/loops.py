"""Loops: what runs in a circle burns energy; nobody may earn by it (docs/model.md section 4)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.dispatch import cascades
from optimizer.plan.verify.report import COUNT, STEP, Rows

Array = NDArray[np.float64]
Burnt = tuple[str, str, Array]
"""Row's name, what burns, MW by (year, period, step)."""


def check_loops(book: Book, rows: Rows) -> None:
    """`no_charge_with_discharge`, `no_electric_heat_with_vent` where some energy costs less than
    nothing; the first also in years in which certificates of own generation are sold. Elsewhere
    the circle earns nothing and is reported as `energy_burnt`, MWh of all planning years.

    A store that loses nothing on the way may do both at once: it changes nothing. What counts is
    the power that the circle burns, MW.
    """
    below = _pays(book)
    for name, item, burnt in _burnt(book):
        stores = name == "no_charge_with_discharge"
        pays = below | _sells(book) if stores else below
        label = [[item], *book.step_labels]
        rows.at_most(name, [np.where(pays, burnt, 0.0)], 0.0, label, COUNT)
        idle = np.where(pays | (burnt <= COUNT.floor), 0.0, burnt)
        energy = float(book.total(idle).sum())
        if energy > 0:
            rows.warn("energy_burnt", item, energy)


def _pays(book: Book) -> NDArray[np.bool_]:
    """Steps of each year in which some bought energy has a price below 0, adder included."""
    shape = (len(book.years), len(book.stored.weight), book.stored.steps)
    found = np.zeros(shape, np.bool_)
    for tariff in book.given.scenario.tariffs.values():
        if tariff.series is not None:
            level = book.numbers(tariff.level, np.nan)[:, None, None]
            price = level * book.on_axis(tariff.series)
        else:
            price = book.prices(tariff.price, np.nan)[:, None, None]
        found |= price + book.prices(tariff.adder)[:, None, None] < 0
    return found


def _sells(book: Book) -> NDArray[np.bool_]:
    """Years (Y, 1, 1) in which a generator's certificates have a price above 0."""
    found = np.zeros((len(book.years), 1, 1), np.bool_)
    for machine in book.equipment.machines:
        if machine.sold_certificates is not None:
            found |= book.prices(machine.sold_certificates)[:, None, None] > 0
    return found


def _burnt(book: Book) -> Iterator[Burnt]:
    for store in book.equipment.stores:
        charge, discharge = (book.stored.get(n, [store.id])[0] for n in ("charge", "discharge"))
        what = store.technology
        kept = what.efficiency_charge * what.efficiency_discharge
        lost = np.minimum(charge, discharge) * (1.0 - kept)
        yield "no_charge_with_discharge", store.id, lost
    vents = book.carrier_variable("vent")
    for carrier, heat in _electric_heat(book).items():
        lost = np.minimum(heat, vents[carrier])
        yield "no_electric_heat_with_vent", carrier, lost
        for source, sink, flow in cascades(book):
            if source == carrier:
                lost = np.minimum(np.minimum(heat, flow), vents[sink])
                yield "no_electric_heat_with_vent", carrier, lost


def _electric_heat(book: Book) -> dict[str, Array]:
    """MW of each carrier from units that draw power and run for that carrier, not beside it; the
    baseline has the units of assets alone."""
    power = _power(book)
    found: dict[str, Array] = {}
    for machine in book.equipment.machines:
        if book.baseline and machine.state == "measure":
            continue
        carrier = machine.reference
        if carrier in machine.outputs and power & set(machine.inputs):
            flow = book.flows[machine.id]
            found[carrier] = found[carrier] + flow if carrier in found else flow
    return found


def _power(book: Book) -> set[str]:
    return {k for k, c in book.given.scenario.carriers.items() if c.kind == "electricity"}


def check_byproducts(book: Book, rows: Rows) -> None:
    """`vent_within_byproducts`: of power, and of what is made of power on purpose or lies below
    it, no more is let off than comes as a by-product."""
    vents, powered = book.carrier_variable("vent"), _power(book) | set(_electric_heat(book))
    for carrier, what in book.given.scenario.carriers.items():
        above = _at_or_above(book, carrier)
        if what.vent and powered & above:
            beside = sum((_beside(book, k) for k in sorted(above)), np.zeros_like(vents[carrier]))
            label = [[carrier], *book.step_labels]
            rows.at_most("vent_within_byproducts", [vents[carrier]], [beside], label, STEP)


def _at_or_above(book: Book, carrier: str) -> set[str]:
    """The carrier and all that may serve it, directly or in several steps."""
    carriers, found = book.given.scenario.carriers, {carrier}
    while True:
        more = {k for k, c in carriers.items() if found & set(c.serves)} - found
        if not more:
            return found
        found |= more


def _beside(book: Book, carrier: str) -> Array:
    """MW of a carrier from converters that run for another one, or, without power, for several."""
    power = _power(book)
    total = np.zeros((len(book.years), len(book.stored.weight), book.stored.steps))
    for machine in book.equipment.machines:
        several = len(machine.outputs) > 1 and not power & set(machine.inputs)
        wanted = machine.reference == carrier and not several
        if carrier in machine.outputs and not wanted:
            ratio = book.ratio(machine.id, carrier, machine.outputs[carrier])
            total = total + ratio * book.flows[machine.id]
    return total
