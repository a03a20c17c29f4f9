"""Carbon ledgers of each year, from purchases, process, capture and claims (model.md 5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import HOURS_A_YEAR, Book
from optimizer.plan.verify.certificates import sold_generation
from optimizer.plan.verify.demand import process_tonnes, remaining
from optimizer.plan.verify.money import in_year
from optimizer.plan.verify.purchase import claimed_by_carrier, smallest
from optimizer.plan.verify.report import EXACT, STEP, YEAR, Rows
from optimizer.schema.measure import Process

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Ledgers:
    """Recomputed emissions of each year, t."""

    scope1: Array
    location: Array
    market: Array
    gross: Array
    removal: Array
    net: Array


def factors(book: Book, carrier: str) -> Array:
    """t per MWh bought, by year; 0 where the carrier has no factor."""
    return book.numbers(book.given.scenario.carriers[carrier].factor, 0.0)


def residual_factors(book: Book, carrier: str) -> Array:
    """t per MWh that nobody claims, by year: the residual factor, else the plain one."""
    table = book.given.scenario.carriers[carrier].residual
    return factors(book, carrier) if table is None else book.numbers(table, 0.0)


def ledgers(book: Book) -> Ledgers:
    """All ledgers from the plan's flows."""
    found = by_source(book)
    scope1, location, market = (
        sum((t for (ledger, _), t in found.items() if ledger == name), np.zeros(len(book.years)))
        for name in ("scope1", "scope2_location", "scope2_market")
    )
    removal = np.zeros(len(book.years))
    for plant in book.equipment.captures:
        biogenic = book.total(book.stored.get("captured_biogenic", [plant.id])[0])
        removal += plant.durability * biogenic
    gross = scope1 + (market if book.given.policy.ledger == "market" else location)
    credits = book.stored.get("credits", list(book.credits)).sum(axis=0)
    return Ledgers(scope1, location, market, gross, removal, gross - removal - credits)


def by_source(book: Book) -> dict[tuple[str, str], Array]:
    """t by year of each (ledger, item): a carrier, a process source, a capture plant below 0."""
    found: dict[tuple[str, str], Array] = {}
    claimed = claimed_by_carrier(book)
    for name, carrier in book.given.scenario.carriers.items():
        if carrier.scope == 1:
            found["scope1", name] = factors(book, name) * book.total(book.bought[name])
        elif carrier.scope == 2:
            none = np.zeros(len(book.years))
            found["scope2_location", name] = _location(book, name)
            found["scope2_market", name] = _market(book, name, claimed.get(name, none))
    for source in book.given.scenario.process_emissions:
        found["scope1", source.id] = process_tonnes(book, source.id) * remaining(book, source.id)
    for plant in book.equipment.captures:
        captured = book.total(book.stored.get("captured_fossil", [plant.id])[0])
        found["scope1", plant.id] = -captured
    return found


def _location(book: Book, name: str) -> Array:
    """Average factor by step x what is bought, less exports where the policy counts them."""
    flow = book.bought[name]
    if book.given.policy.export_treatment == "grid_factor":
        flow = flow - book.carrier_variable("export")[name]
    if book.given.scenario.carriers[name].factor_series is not None:
        flow = flow * book.on_axis(f"{name}.factor")
    return factors(book, name) * book.total(flow)


def _market(book: Book, name: str, claimed: Array) -> Array:
    """Residual factor x what is not claimed + each contract's factor x what it claims. Own
    generation whose certificates are sold counts as bought: what of it is used on site; all of it
    where exports are taken off, which then carry no claim."""
    residual = residual_factors(book, name)
    total = residual * (book.total(book.bought[name]) - claimed)
    amounts = book.stored.get("claimed", list(book.contracts))
    for contract, amount in zip(book.contracts.values(), amounts, strict=True):
        if contract.carrier == name:
            total = total + contract.factor * amount
    if book.given.policy.export_treatment == "grid_factor":
        own = sold_generation(book, name) - book.total(book.carrier_variable("export")[name])
        return total + residual * own
    return total + residual * book.carrier_variable("bought_back")[name]


def check_ledgers(book: Book, rows: Rows, found: Ledgers) -> None:
    """`gross_is_sum`, `net_is_sum` and each part of them."""
    parts = {
        "scope1": found.scope1,
        "scope2_location": found.location,
        "scope2_market": found.market,
        "removal": found.removal,
    }
    for name, recomputed in parts.items():
        rows.equal(f"{name}_is_sum", book.stored.get(name), recomputed, [book.years], YEAR)
    rows.equal("gross_is_sum", book.stored.get("gross"), found.gross, [book.years], YEAR)
    rows.equal("net_is_sum", book.stored.get("net"), found.net, [book.years], YEAR)


def check_capture(book: Book, rows: Rows) -> None:
    """`captured_within_source` and `captured_within_capacity`, step by step, t/h."""
    for plant in book.equipment.captures:
        fossil, biogenic = (
            book.stored.get(f"captured_{kind}", [plant.id])[0] for kind in ("fossil", "biogenic")
        )
        label = [[plant.id], *book.step_labels]
        rate = plant.rate or 0.0
        most_fossil, most_biogenic = _exhaust(book, plant)
        rows.at_most("captured_within_source", [fossil], [rate * most_fossil], label, STEP)
        rows.at_most("captured_within_source", [biogenic], [rate * most_biogenic], label, STEP)
        size = book.installed(plant.id)[:, None, None] + 0.0 * fossil
        rows.at_most("captured_within_capacity", [fossil + biogenic], [size], label, STEP)
        for flow in (fossil, biogenic):
            rows.at_most("flow_not_negative", [-flow], 0.0, label, STEP)


def _exhaust(book: Book, plant: Process) -> tuple[Array, Array]:
    """Fossil and biogenic CO2 of what a capture plant takes from, t/h (year, period, step)."""
    shape = (len(book.years), len(book.stored.weight), book.stored.steps)
    fossil, biogenic = np.zeros(shape), np.zeros(shape)
    for machine in book.equipment.machines:
        if not {machine.id, machine.owner} & set(plant.captures):
            continue
        for carrier, conversion in machine.inputs.items():
            fuel = book.ratio(machine.id, carrier, conversion) * book.flows[machine.id]
            what = book.given.scenario.carriers[carrier]
            biogenic += what.biogenic * fuel
            if what.scope == 1:
                fossil += factors(book, carrier)[:, None, None] * fuel
    for source in book.given.scenario.process_emissions:
        if source.id in plant.captures:
            hourly = process_tonnes(book, source.id) * remaining(book, source.id) / HOURS_A_YEAR
            fossil += hourly[:, None, None]
    return fossil, biogenic


def base_by_scope(book: Book, ledger: str) -> tuple[float, float]:
    """t of the base year in scope 1 and scope 2: metered energy x base-year factors, process."""
    scenario = book.given.scenario
    scope1, scope2 = _base_process(book), 0.0
    for name, energy in scenario.base_year.metered.items():
        scope, factor = scenario.carriers[name].scope, base_factor(book, name, ledger)
        if scope == 1:
            scope1 += energy * factor
        elif scope == 2 and ledger == "market":
            scope2 += _unclaimed(book, name, energy, factor)
        elif scope == 2:
            scope2 += energy * factor
    return scope1, scope2


def base_factor(book: Book, name: str, ledger: str) -> float:
    """t per MWh in the base year: as stated for it, else the carrier's own in that year; in the
    market ledger of scope 2 the residual factor, where there is one."""
    scenario = book.given.scenario
    carrier, year = scenario.carriers[name], scenario.horizon.base_year
    own = in_year(carrier.factor, year, float) if carrier.factor is not None else None
    factor = scenario.base_year.factors.get(name, own if own is not None else 0.0)
    if carrier.scope != 2 or ledger != "market" or carrier.residual is None:
        return factor
    residual = in_year(carrier.residual, year, float)
    return factor if residual is None else residual


def _unclaimed(book: Book, name: str, energy: float, residual: float) -> float:
    """t of the base year by market: what contracts in force today bring has their factor, from the
    cleanest on, up to what was metered; the rest the residual factor."""
    cleaner = sorted(
        (contract.factor, smallest(contract))
        for key, contract in book.contracts.items()
        if key in book.given.scenario.contracts_in_force
        and contract.carrier == name
        and contract.factor < residual
    )
    tonnes = 0.0
    for factor, volume in cleaner:
        tonnes += factor * min(volume, energy)
        energy -= min(volume, energy)
    return tonnes + residual * energy


def _base_process(book: Book) -> float:
    """Process emissions of the base year [t]."""
    scenario, total = book.given.scenario, 0.0
    for source in scenario.process_emissions:
        amount = in_year(source.amount, scenario.horizon.base_year, float)
        first = source.amount.values.get(source.amount.first_given() or 0)
        total += amount if amount is not None else (first or 0.0)
    return total


def base_emissions(book: Book) -> float:
    """t of the base year in the policy's ledger."""
    return sum(base_by_scope(book, book.given.policy.ledger))


def check_base_year(book: Book, rows: Rows) -> None:
    """The base-year emissions that shares and gates refer to follow from the meters."""
    stored = float(book.stored.attrs.get("base_emissions", np.nan))
    base = base_emissions(book)
    rows.equal("base_emissions_from_meters", [stored], [base], [["base year"]], EXACT)
