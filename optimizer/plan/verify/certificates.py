"""Own generation whose certificates are sold: what of it is used on site, and what they earn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.equipment import Machine
from optimizer.plan.verify.report import YEAR, Rows

Array = NDArray[np.float64]
Lines = dict[tuple[str, str, str], Array]


def sellers(book: Book, carrier: str) -> list[Machine]:
    """Generators of a carrier that sell their certificates; the baseline has those of assets."""
    return [
        machine
        for machine in book.equipment.machines
        if machine.sold_certificates is not None
        and machine.reference == carrier
        and not (book.baseline and machine.state == "measure")
    ]


def sold_generation(book: Book, carrier: str) -> Array:
    """What they generate, MWh by year."""
    flows = (book.total(book.flows[machine.id]) for machine in sellers(book, carrier))
    return sum(flows, np.zeros(len(book.years)))


def check_bought_back(book: Book, rows: Rows) -> None:
    """`bought_back_is_unexported`: what sells its certificates and isn't exported is used on site;
    exports are taken from it first."""
    exported, stored = book.carrier_variable("export"), book.carrier_variable("bought_back")
    for carrier, used in stored.items():
        left = sold_generation(book, carrier) - book.total(exported[carrier])
        label = [[carrier], book.years]
        rows.equal("bought_back_is_unexported", [used], [np.maximum(0.0, left)], label, YEAR)


def certificate_sales(book: Book) -> Lines:
    """Earned on all that is generated, by unit; an asset's renewed unit counts with the asset."""
    lines: Lines = {}
    for carrier in book.given.scenario.carriers:
        for machine in sellers(book, carrier):
            price = book.prices(machine.sold_certificates, np.nan)
            key = ("certificates", machine.owner, "recurring")
            earned = -price * book.total(book.flows[machine.id])
            lines[key] = lines[key] + earned if key in lines else earned
    return lines
