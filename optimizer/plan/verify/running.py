"""What standing and running cost each year: O&M, energy, peaks, contracts, carbon (model.md 6)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.allowances import allowances, certificates
from optimizer.plan.verify.assets import last_old_year
from optimizer.plan.verify.book import Book, BuiltMeasure
from optimizer.plan.verify.capital import cost_of_builds
from optimizer.plan.verify.demand import process_tonnes
from optimizer.plan.verify.money import for_market
from optimizer.plan.verify.value_chain import procured
from optimizer.schema.financing import ThirdParty, financed
from optimizer.schema.measure import Process
from optimizer.schema.tariffs import Tariff
from optimizer.units import Quantity

Array = NDArray[np.float64]
Lines = dict[tuple[str, str, str], Array]
"""Cost by (class, item, timing), money of each year."""


def _add(lines: Lines, kind: str, item: str, timing: str, cost: Array) -> None:
    key = (kind, item, timing)
    lines[key] = lines[key] + cost if key in lines else cost


def _standing_price(book: Book, price: Quantity | None, capacity: Array, on: Array) -> Array:
    """A price per unit of capacity and year on what is installed, or a lump on what stands."""
    if price is None:
        return np.zeros(len(on))
    return book.money(price) * (on if price.unit == "money/a" else capacity)


def site_keeps(measure: BuiltMeasure) -> bool:
    """Whether the site pays a measure's fixed O&M all life long."""
    mode = financed(measure)
    if isinstance(mode, ThirdParty):
        return False
    return mode is None or mode.maintenance == "site"


def fixed_om(book: Book) -> Lines:
    """Yearly cost of standing, of measures and of assets old and renewed."""
    lines: Lines = {}
    for name, measure in book.built.items():
        what = for_market(measure.fixed_om, book.given.scenario.market)
        if what is None or not site_keeps(measure):
            continue
        on, installed = book.on(name), book.installed(name)
        cost = _standing_price(book, what.price, installed, on)
        if what.share is not None:
            cost = cost + what.share * book.standing(name, cost_of_builds(book, name))
        _add(lines, "fixed_om", name, "recurring", cost)
    for asset in book.given.scenario.assets:
        old, renewed = book.state(asset.id, "old"), book.state(asset.id, "renewed")
        size = asset.capacity.value
        cost = _standing_price(book, asset.fixed_om, size * old, old)
        if asset.renewal is not None:
            price = asset.renewal.fixed_om or asset.fixed_om
            cost = cost + _standing_price(book, price, size * renewed, renewed)
        _add(lines, "fixed_om", asset.id, "recurring", cost)
    return lines


def variable_om(book: Book) -> Lines:
    """Cost of running: per MWh of reference flow or discharged, per t captured or avoided."""
    lines: Lines = {}
    for machine in book.equipment.machines:
        used = book.total(book.flows[machine.id])
        _add(
            lines, "variable_om", machine.owner, "recurring", book.money(machine.variable_om) * used
        )
    for store in book.equipment.stores:
        used = book.total(book.stored.get("discharge", [store.id])[0])
        price = book.money(store.technology.variable_om)
        _add(lines, "variable_om", store.owner, "recurring", price * used)
    for name, measure in book.built.items():
        if not isinstance(measure, Process):
            continue
        if measure.source is not None:
            share = measure.share or 0.0
            tonnes = share * process_tonnes(book, measure.source) * book.on(name)
        else:
            kinds = ("captured_fossil", "captured_biogenic")
            flows = [book.stored.get(kind, [name])[0] for kind in kinds]
            tonnes = book.total(flows[0] + flows[1])
        _add(lines, "variable_om", name, "recurring", book.money(measure.variable_om) * tonnes)
    return lines


def net_of_vat(book: Book, tariff: Tariff) -> float:
    """What of a price is left without value-added tax, where it holds any."""
    rate = book.given.scenario.economics.vat or 0.0
    return 1.0 / (1.0 + rate) if tariff.vat == "included" else 1.0


def energy(book: Book) -> Lines:
    """Energy, demand charge and export of each carrier with a tariff."""
    lines: Lines = {}
    imported, exported = book.carrier_variable("import"), book.carrier_variable("export")
    peaks = book.carrier_variable("peak")
    for carrier, tariff in book.given.scenario.tariffs.items():
        if tariff.series is not None:
            level = book.numbers(tariff.level, np.nan)
            cost = level * book.total(imported[carrier] * book.on_axis(tariff.series))
        else:
            cost = book.prices(tariff.price, np.nan) * book.total(imported[carrier])
        adder = book.prices(tariff.adder)
        cost = cost + adder * book.total(book.bought[carrier])
        net = net_of_vat(book, tariff)
        _add(lines, "energy", carrier, "recurring", net * cost)
        if tariff.demand_charge is not None:
            price = book.prices(tariff.demand_charge.price, np.nan)
            peak = peaks[carrier]
            billed = peak[:, 0] if tariff.demand_charge.per == "year" else peak.sum(axis=1) / 12.0
            _add(lines, "demand_charge", carrier, "recurring", net * price * billed)
        if tariff.export is not None:
            sale = tariff.export
            if sale.series is not None:
                revenue = book.total(exported[carrier] * book.on_axis(sale.series))
            else:
                revenue = book.prices(sale.price, np.nan) * book.total(exported[carrier])
            _add(lines, "export", carrier, "recurring", -net * revenue)
    return lines


def contracts_and_credits(book: Book) -> Lines:
    """Contracts by volume or by delivery, credits by the tonne."""
    lines: Lines = {}
    names = list(book.contracts)
    contracted, delivered = (book.stored.get(key, names) for key in ("contracted", "delivered"))
    for row, (name, contract) in enumerate(book.contracts.items()):
        volume = contracted[row]
        if contract.form == "energy" and contract.pay == "delivered":
            volume = book.total(delivered[row])
        _add(lines, "contracts", name, "recurring", book.prices(contract.paid, np.nan) * volume)
    for name, bought in procured(book).items():
        price = book.prices(book.material_contracts[name].price, np.nan)
        cost = np.where(bought == 0, 0.0, price * bought)
        _add(lines, "contracts", name, "recurring", cost)
    credits = book.stored.get("credits", list(book.credits))
    for tonnes, (name, credit) in zip(credits, book.credits.items(), strict=True):
        price = book.prices(credit.price, np.nan)
        cost = np.where(tonnes == 0, 0.0, price * tonnes)
        _add(lines, "credits", name, "recurring", cost)
    return lines


def carbon_and_exits(book: Book) -> Lines:
    """Allowances, what is borne of CBAM; dismantling and resale of assets."""
    lines: Lines = {}
    carbon, cbam = book.given.scenario.carbon, book.given.scenario.cbam
    if carbon is not None:
        cost = book.prices(carbon.price, np.nan) * allowances(book, carbon).bought
        _add(lines, "carbon", "scope1", "recurring", cost)
    if cbam is not None:
        price = book.prices(cbam.price, np.nan) * book.numbers(cbam.borne, np.nan)
        _add(lines, "cbam", "exports", "recurring", price * certificates(book, cbam).bought)
    for asset in book.given.scenario.assets:
        leaves = np.diff(book.state(asset.id, "retired"), prepend=0.0)
        early = np.array([year <= last_old_year(asset) for year in book.years])
        _add(lines, "dismantling", asset.id, "one_off", book.money(asset.dismantling) * leaves)
        _add(lines, "resale", asset.id, "one_off", -book.money(asset.resale) * leaves * early)
    return lines
