"""Energy and power used, by year, from the stored flows (docs/model.md section 5)."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.carbon import factors
from optimizer.schema.financing import ThirdParty, financed
from optimizer.schema.policy_rules import CarbonPerTce, EnergyPerProductLimit, NonFossilShare

Array = NDArray[np.float64]
MWH_PER_TCE: Final = 29.3076 / 3.6
"""A tonne of coal equivalent is 29.3076 GJ."""


def _powers(book: Book) -> list[str]:
    carriers = book.given.scenario.carriers
    return [name for name, carrier in carriers.items() if carrier.kind == "electricity"]


def generated(book: Book, name: str) -> Array | None:
    """What sun and wind give of a carrier [MW], None where nothing generates it."""
    flows = [
        book.flows[machine.id]
        for machine in book.equipment.machines
        if machine.generates and machine.reference == name
    ]
    return np.sum(flows, axis=0) if flows else None


def inside(book: Book, name: str) -> Array:
    """Generated less exported less vented [MWh]."""
    gone = book.carrier_variable("export")[name] + book.carrier_variable("vent")[name]
    made = generated(book, name)
    return book.total(-gone if made is None else made - gone)


def _used(book: Book, name: str) -> Array:
    return book.total(book.bought[name]) + inside(book, name)


def own_used(book: Book, name: str) -> Array:
    """Own generation used on site, what leaves being taken from it first [MWh]."""
    if generated(book, name) is None:
        return np.zeros(len(book.years))
    return np.maximum(0.0, inside(book, name))


def _metered(book: Book) -> list[str]:
    """Carriers with a tariff, for purchase or sale, and those that something generates."""
    scenario = book.given.scenario
    return [n for n in scenario.carriers if n in scenario.tariffs or generated(book, n) is not None]


def power_used(book: Book) -> Array:
    """Electricity used on site: what comes in stays, and what CHP and the like make [MWh]."""
    power = _powers(book)
    total = np.zeros(len(book.years))
    for name in power:
        total = total + _used(book, name)
    for machine in book.equipment.machines:
        if machine.generates or not set(machine.outputs) & set(power):
            continue
        for sign, flows in ((1.0, machine.outputs), (-1.0, machine.inputs)):
            for name, conversion in flows.items():
                if name in power:
                    ratio = book.ratio(machine.id, name, conversion)
                    total = total + sign * book.total(ratio * book.flows[machine.id])
    return total


def energy_used(book: Book, rule: CarbonPerTce | NonFossilShare | EnergyPerProductLimit) -> Array:
    """All energy used, electricity at the rule's conversion, the rest by calorific value [tce]."""
    power, total = _powers(book), np.zeros(len(book.years))
    for name in _metered(book):
        total = total + (rule.conversion if name in power else 1.0 / MWH_PER_TCE) * _used(
            book, name
        )
    return total


def traceable_power(book: Book, *, third_parties: bool = True) -> Array:
    """Own power used on site whose certificates are kept, and what clean direct lines brought, less
    all that third parties generate whose power doesn't count [MWh]."""
    total = _claimed(book, traceable=True)
    for machine in () if third_parties else book.equipment.machines:
        mode = financed(book.built.get(machine.owner))
        theirs = isinstance(mode, ThirdParty) and machine.sold_certificates is None
        if theirs and machine.reference in _powers(book):
            total = total - book.total(book.flows[machine.id])
    for name in _powers(book):
        total = total + own_used(book, name) - book.carrier_variable("bought_back")[name]
    return total


def hourly_power(book: Book) -> Array:
    """Own power used on site whose certificates are kept, and what clean contracts deliver or match
    hour by hour [MWh]."""
    total = np.zeros(len(book.years))
    for name in _powers(book):
        total = total + own_used(book, name) - book.carrier_variable("bought_back")[name]
    claimed = book.stored.get("claimed", list(book.contracts))
    for contract, amount in zip(book.contracts.values(), claimed, strict=True):
        timed = contract.form == "energy" or contract.matching == "hourly"
        if timed and contract.factor == 0 and contract.carrier in _powers(book):
            total = total + amount
    return total


def non_fossil(book: Book, rule: NonFossilShare) -> Array:
    """Traceable power, certified power where it counts, generated heat and biomass [tce]."""
    power = traceable_power(book)
    if rule.certificates:
        power = power + _claimed(book, traceable=False)
    total = rule.conversion * power
    for name in _metered(book):
        if name not in _powers(book):
            grown = book.given.scenario.carriers[name].biogenic > factors(book, name)
            heat = own_used(book, name) + grown * book.total(book.bought[name])
            total = total + heat / MWH_PER_TCE
    return total


def _claimed(book: Book, *, traceable: bool) -> Array:
    """What contracts for electricity claim that emits nothing [MWh]."""
    counts = [
        contract.carrier in _powers(book)
        and contract.factor == 0
        and contract.traceable == traceable
        for contract in book.contracts.values()
    ]
    claimed = book.stored.get("claimed", list(book.contracts))
    total: Array = np.array(counts, float) @ claimed
    return total
