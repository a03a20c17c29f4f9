"""One step: balance of every carrier, capacities, recovered heat (docs/model.md section 4)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.demand import extra_demand, full_demand, remaining
from optimizer.plan.verify.equipment import Machine
from optimizer.plan.verify.reading import UnreadableRun
from optimizer.plan.verify.report import STEP, Rows

Array = NDArray[np.float64]


def cascades(book: Book) -> Iterator[tuple[str, str, Array]]:
    """(hotter, cooler, MW) of each link; only those that the hotter carrier's `serves` allows."""
    sources = book.stored.labels.get("link_from", ())
    sinks = book.stored.labels.get("link_to", ())
    flows = book.stored.get("cascade")
    if len(sources) != len(flows) or len(sinks) != len(flows):
        raise UnreadableRun(f"{book.stored.name}: link_from, link_to and cascade differ in length")
    yield from zip(sources, sinks, flows, strict=True)


def check_balance(book: Book, rows: Rows) -> None:
    """`carrier_balance`: what comes in equals what goes out, each carrier and step of each year."""
    for carrier in book.given.scenario.carriers:
        sources, sinks = _sources(book, carrier), _sinks(book, carrier)
        scale = np.max([np.abs(term) for term in (*sources, *sinks)], axis=0)
        label = [[carrier], *book.step_labels]
        total_in, total_out = _sum(sources), _sum(sinks)
        rows.equal("carrier_balance", [total_in], [total_out], label, STEP, [scale])


def _sum(terms: list[Array]) -> Array:
    """Sum of step arrays without stacking them."""
    total = np.zeros_like(terms[0])
    for term in terms:
        total = total + term
    return total


def _sources(book: Book, carrier: str) -> list[Array]:
    terms = [book.bought[carrier]]
    for machine in book.equipment.machines:
        if carrier in machine.outputs:
            ratio = book.ratio(machine.id, carrier, machine.outputs[carrier])
            terms.append(ratio * book.flows[machine.id])
    stores = [store for store in book.equipment.stores if store.technology.carrier == carrier]
    terms += list(book.stored.get("discharge", [store.id for store in stores]))
    return terms + [flow for _, sink, flow in cascades(book) if sink == carrier]


def _sinks(book: Book, carrier: str) -> list[Array]:
    terms = [book.carrier_variable("export")[carrier], book.carrier_variable("vent")[carrier]]
    for service in book.given.scenario.services:
        if service.carrier == carrier:
            left = remaining(book, service.id)[:, None, None]
            terms.append(full_demand(book, service.id) * left)
    terms.append(extra_demand(book, carrier))
    for machine in book.equipment.machines:
        if carrier in machine.inputs:
            ratio = book.ratio(machine.id, carrier, machine.inputs[carrier])
            terms.append(ratio * book.flows[machine.id])
    for capture in book.equipment.captures:
        if carrier in capture.inputs:
            kinds = ("captured_fossil", "captured_biogenic")
            tonnes = sum(book.stored.get(kind, [capture.id])[0] for kind in kinds)
            terms.append(capture.inputs[carrier] * tonnes)
    stores = [store for store in book.equipment.stores if store.technology.carrier == carrier]
    terms += list(book.stored.get("charge", [store.id for store in stores]))
    return terms + [flow for source, _, flow in cascades(book) if source == carrier]


def check_flows(book: Book, rows: Rows) -> None:
    """`flow_within_capacity`: flow <= availability x installed; nothing runs backwards."""
    for machine in book.equipment.machines:
        flow = book.flows[machine.id]
        label = [[machine.id], *book.step_labels]
        limit = book.capacity_of(machine)[:, None, None]
        if machine.availability is not None:
            limit = limit * book.on_axis(machine.availability)
        rows.at_most("flow_within_capacity", [flow], [limit + 0.0 * flow], label, STEP)
        rows.at_most("flow_not_negative", [-flow], 0.0, label, STEP)
    for source, sink, flow in cascades(book):
        label = [[f"{source} serves {sink}"], *book.step_labels]
        carriers = book.given.scenario.carriers
        allowed = source in carriers and sink in carriers[source].serves
        rows.at_most("flow_not_negative", [-flow], 0.0, label, STEP)
        rows.at_most("cascade_is_allowed", [flow], np.inf if allowed else 0.0, label, STEP)


def check_vent(book: Book, rows: Rows) -> None:
    """Only a carrier that says so may be let off."""
    for name, flow in book.carrier_variable("vent").items():
        label = [[name], *book.step_labels]
        rows.at_most("flow_not_negative", [-flow], 0.0, label, STEP)
        allowed = book.given.scenario.carriers[name].vent
        rows.at_most("vent_is_allowed", [flow], np.inf if allowed else 0.0, label, STEP)


def _given_off(book: Book, source: str) -> Array:
    """MW of a service's demand that is left, or of the reference flow of a unit (or an asset's)."""
    if any(service.id == source for service in book.given.scenario.services):
        return full_demand(book, source) * remaining(book, source)[:, None, None]
    machines = [m for m in book.equipment.machines if source in (m.id, m.owner)]
    shape = (len(book.years), len(book.stored.weight), book.stored.steps)
    return sum((book.flows[m.id] for m in machines), np.zeros(shape))


def check_recovery(book: Book, rows: Rows) -> None:
    """`recovered_within_source`: each recoverer, and all of one source together."""
    by_source: dict[str, list[Machine]] = {}
    for machine in book.equipment.machines:
        if machine.recovers is not None:
            by_source.setdefault(machine.recovers.source, []).append(machine)
    for source, machines in by_source.items():
        heat = _given_off(book, source)
        shares = [m.recovers.share for m in machines if m.recovers is not None]
        for machine, share in zip(machines, shares, strict=True):
            label = [[machine.id], *book.step_labels]
            flow = book.flows[machine.id]
            rows.at_most("recovered_within_source", [flow], [share * heat], label, STEP)
        label = [[f"from {source}"], *book.step_labels]
        together = _sum([book.flows[m.id] for m in machines])
        rows.at_most("recovered_within_source", [together], [max(shares) * heat], label, STEP)
