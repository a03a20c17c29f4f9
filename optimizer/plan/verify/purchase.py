"""Buying and selling: connection, export, contracts, claims, billed peaks (model.md 4)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import HOURS_A_YEAR, MONTH_DAYS, Book
from optimizer.plan.verify.demand import activity, remaining
from optimizer.plan.verify.money import whole_life
from optimizer.plan.verify.report import COUNT, EXACT, STEP, YEAR, Rows
from optimizer.plan.verify.resale import check_kept_claims
from optimizer.schema.financing import ThirdParty, financed
from optimizer.schema.measure import Contract

Array = NDArray[np.float64]


def check_imports(book: Book, rows: Rows) -> None:
    """`import_within_limit`: what is bought fits the connection or the tariff's own limit."""
    scenario = book.given.scenario
    imported = book.carrier_variable("import")
    for carrier, what in scenario.carriers.items():
        label = [[carrier], *book.step_labels]
        rows.at_most("flow_not_negative", [-imported[carrier]], 0.0, label, STEP)
        tariff = scenario.tariffs.get(carrier)
        if tariff is None:
            rows.at_most("import_has_a_price", [imported[carrier]], 0.0, label, STEP)
        if what.kind == "electricity":
            limit = _connection(book)[:, None, None]
        elif tariff is not None and tariff.limit is not None:
            limit = np.array(tariff.limit)
        else:
            continue
        together = book.bought[carrier]
        rows.at_most("import_within_limit", [together], [limit + 0.0 * together], label, STEP)


def _connection(book: Book) -> Array:
    """MW that the site may draw: today's connection and what measures add to it."""
    total = np.full(len(book.years), book.given.scenario.site.connection)
    for name, measure in book.built.items():
        if measure.connection is not None:
            total = total + book.per_capacity(measure.connection, "MW", name) * book.installed(name)
    return total


def check_exports(book: Book, rows: Rows) -> None:
    """`export_within_limit` and `export_within_own`: only what is made or stored here is sold."""
    for carrier, exported in book.carrier_variable("export").items():
        tariff = book.given.scenario.tariffs.get(carrier)
        sale = tariff.export if tariff is not None else None
        label = [[carrier], *book.step_labels]
        rows.at_most("flow_not_negative", [-exported], 0.0, label, STEP)
        if sale is None:
            rows.at_most("export_has_a_price", [exported], 0.0, label, STEP)
            continue
        if sale.limit is not None:
            rows.at_most("export_within_limit", [exported], sale.limit, label, STEP)
        if not sale.beyond_own_generation:
            rows.at_most("export_within_own", [exported], [_own(book, carrier)], label, STEP)


def _own(book: Book, carrier: str) -> Array:
    """MW of a carrier from the factory's own generators, converters and stores; what it buys of a
    third party's plant on site isn't its own."""
    own = np.zeros((len(book.years), len(book.stored.weight), book.stored.steps))
    for machine in book.equipment.machines:
        others = isinstance(financed(book.built.get(machine.id)), ThirdParty)
        if carrier in machine.outputs and not others:
            ratio = book.ratio(machine.id, carrier, machine.outputs[carrier])
            own = own + ratio * book.flows[machine.id]
    stores = [s.id for s in book.equipment.stores if s.technology.carrier == carrier]
    found: Array = own + book.stored.get("discharge", stores).sum(axis=0)
    return found


def contract_shape(book: Book, name: str, contract: Contract) -> Array:
    """MW per MWh/a in each step, whose sum over the year is 1 MWh; flat where none is given."""
    key = f"{name}.shape"
    if contract.shape is None:
        return np.full((len(book.stored.weight), book.stored.steps), 1.0 / HOURS_A_YEAR)
    if key in book.given.series or f"series:{key}" in book.stored.arrays:
        return book.on_axis(key)
    column = book.column(contract.shape)
    shape: Array = column / (column.sum() * book.stored.dt)
    return book.stored.on_steps(shape[book.stored.day_of_period])


def smallest(contract: Contract) -> float:
    """Least volume of a contract in force, MWh a year."""
    return contract.capacity.min.value if contract.capacity.min else 0.0


def in_force_today(book: Book, name: str) -> Array:
    """Volume that was in force before the first planning year, MWh/a by year."""
    contract, last = book.contracts[name], book.contracts[name].in_force_until
    if name not in book.given.scenario.contracts_in_force:
        return np.zeros(len(book.years))
    return np.array(
        [smallest(contract) if last is None or year <= last else 0.0 for year in book.years]
    )


def check_contracts(book: Book, rows: Rows) -> None:
    """Volumes in force, their range and window, delivery inside the shape, claims inside both."""
    for row, (name, contract) in enumerate(book.contracts.items()):
        names, label = list(book.contracts), [[name], book.years]
        signed, contracted, claimed, delivered = (
            book.stored.get(key, names)[row]
            for key in ("signed", "contracted", "claimed", "delivered")
        )
        tenor = whole_life(contract.tenor)
        in_force = [signed[max(0, y - tenor + 1) : y + 1].sum() for y in range(len(book.years))]
        today = in_force_today(book, name)
        rows.equal("contracted_from_signed", [contracted], [today + in_force], label, YEAR)
        lower, upper = smallest(contract), contract.capacity.max.value
        floor = np.where(contracted > 1e-6, lower, 0.0)
        rows.at_most("contracted_within_sizes", [floor], [contracted], label, YEAR)
        rows.at_most("contracted_within_sizes", [contracted], upper, label, YEAR)
        early = np.array([year < (contract.first_year or 0) for year in book.years])
        rows.at_most("signed_not_before_first_year", [signed * early], 0.0, label, YEAR)
        for amount in (signed, claimed):
            rows.at_most("contract_not_negative", [-amount], 0.0, label, YEAR)
        step = [[name], *book.step_labels]
        shape = contract_shape(book, name, contract) if contract.form == "energy" else np.zeros(())
        most = contracted[:, None, None] * shape + 0.0 * delivered
        rows.at_most("delivered_within_contract", [delivered], [most], step, STEP)
        rows.at_most("flow_not_negative", [-delivered], 0.0, step, STEP)
        limit = contracted if contract.form == "attributes" else book.total(delivered)
        if contract.matching == "hourly":
            limit = _matched(book, rows, row, contracted)
        rows.at_most("claims_within_contract", [claimed], [limit], label, YEAR)
        if book.baseline:
            rows.equal("baseline_keeps_contracts", [contracted], [today], label, YEAR)
    check_kept_claims(book, rows, claimed_by_carrier(book))
    for carrier, claims in claimed_by_carrier(book).items():
        bought = book.total(book.bought[carrier])
        rows.at_most("claims_within_imports", [claims], [bought], [[carrier], book.years], YEAR)


def _matched(book: Book, rows: Rows, row: int, contracted: Array) -> Array:
    """`matched_within_contract` of an hourly contract, row by row of the steps; MWh a year."""
    name = list(book.contracts)[row]
    label, shape = [[name], *book.step_labels], contract_shape(book, name, book.contracts[name])
    matched = book.stored.get("matched", [name])[0]
    most = contracted[:, None, None] * shape
    rows.at_most("matched_within_contract", [matched], [most], label, STEP)
    rows.at_most("flow_not_negative", [-matched], 0.0, label, STEP)
    return book.total(matched)


def check_matching(book: Book, rows: Rows) -> None:
    """`matched_within_import`: certificates of an hour cover no more than its imports; those of
    contracts that are matched by the year have no hour."""
    imported = book.carrier_variable("import")
    for name, contract in book.contracts.items():
        if contract.matching == "annual":
            label = [[name], *book.step_labels]
            rows.equal("matched_is_hourly", book.stored.get("matched", [name]), 0.0, label, STEP)
    for carrier, power in imported.items():
        names = [
            name
            for name, contract in book.contracts.items()
            if contract.carrier == carrier and contract.matching == "hourly"
        ]
        if names:
            total = book.stored.get("matched", names).sum(axis=0)
            label = [[carrier], *book.step_labels]
            rows.at_most("matched_within_import", [total], [power], label, STEP)


def claimed_by_carrier(book: Book) -> dict[str, Array]:
    """MWh claimed a year under all contracts of a carrier."""
    claimed = book.stored.get("claimed", list(book.contracts))
    found: dict[str, Array] = {}
    for contract, amount in zip(book.contracts.values(), claimed, strict=True):
        found[contract.carrier] = found.get(contract.carrier, np.zeros(len(amount))) + amount
    return found


def additional_share(book: Book) -> Array:
    """Claims under contracts that a plant is built for / all claims, by year; NaN without any."""
    claimed = book.stored.get("claimed", list(book.contracts))
    new = np.array([contract.additional for contract in book.contracts.values()], float)
    whole = claimed.sum(axis=0)
    share: Array = np.full(len(whole), np.nan)
    np.divide(new @ claimed, whole, out=share, where=whole > 0)
    return share


def check_peaks(book: Book, rows: Rows) -> None:
    """`peak_covers_day`: the billed peak is at least the highest metered draw of its period.

    In each step the metered draw is what is bought plus what the meter showed above its mean:
    excess x activity x remaining of the services on that carrier.
    """
    month_of_day = np.repeat(np.arange(12), MONTH_DAYS)
    held = np.zeros((len(book.stored.weight), 12), dtype=bool)
    held[book.stored.period_of_day, month_of_day] = True
    months = [f"month {number + 1}" for number in range(12)]
    for carrier, peak in book.carrier_variable("peak").items():
        tariff = book.given.scenario.tariffs.get(carrier)
        charge = tariff.demand_charge if tariff is not None else None
        if charge is None:
            continue
        metered = book.bought[carrier] + _excess(book, carrier)
        by_period = metered.max(axis=2)
        if charge.per == "year":
            held = np.ones_like(held)
            same = np.repeat(peak[:, :1], 12, axis=1)
            rows.equal("peak_is_of_the_year", peak, same, [book.years, months], EXACT)
        needed = np.where(held[None], by_period[:, :, None], 0.0).max(axis=1)
        label = [[carrier], book.years, months]
        rows.at_most("peak_covers_day", [needed], [peak], label, STEP)


def _excess(book: Book, carrier: str) -> Array:
    """MW above the step's mean that the meters of a carrier's services show."""
    total = np.zeros((len(book.years), 1, 1))
    for service in book.given.scenario.services:
        key = f"{service.id}.excess"
        if service.carrier == carrier and key in book.given.series:
            share = (activity(book, service.id) * remaining(book, service.id))[:, None, None]
            total = total + share * book.on_axis(key)
    return total


def check_purchased(book: Book, rows: Rows) -> None:
    """`purchased` is the year's sum of what is bought, and nothing is left unmet."""
    carriers = list(book.given.scenario.carriers)
    recomputed = [book.total(book.bought[carrier]) for carrier in carriers]
    label = [carriers, book.years]
    rows.equal("purchased_is_sum", book.stored.get("purchased", carriers), recomputed, label, YEAR)
    if "unmet" in book.stored.arrays:
        rows.at_most("nothing_unmet", book.stored.get("unmet", carriers), 0.0, label, COUNT)
