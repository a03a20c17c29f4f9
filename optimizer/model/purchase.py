"""Purchase, yearly: contracts signed and claimed, and the peaks that demand charges bill."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyomo.environ as pyo

from optimizer.inputs.case import ContractOption
from optimizer.model.layer import YearlyLayer, named
from optimizer.model.resale import resold_carriers
from optimizer.model.seam import billed


def add_purchase(layer: YearlyLayer) -> None:
    """Contract volumes and claims; billed peaks."""
    _add_contracts(layer)
    _add_claims(layer)
    _add_kept_claims(layer)
    _add_peaks(layer)


def _signing_years(contract: ContractOption, layer: YearlyLayer) -> list[int]:
    return [v for v in layer.years if layer.at(v) >= contract.earliest]


def in_force_today(contract: ContractOption, layer: YearlyLayer, year: int) -> float:
    """What is left in a year of the volume in force before the first one [MWh/a]."""
    last = contract.last_in_force
    runs = contract.in_force and (last is None or layer.at(year) <= last)
    return contract.lower if runs else 0.0


def _add_contracts(layer: YearlyLayer) -> None:
    m = layer.model
    contracts = {g.id: g for g in layer.case.contracts}
    every = [(g, y) for g in contracts for y in layer.years]
    signings = [(g, v) for g, c in contracts.items() for v in _signing_years(c, layer)]
    today = {(g, y): in_force_today(contracts[g], layer, y) for g, y in every}
    lumpy = [(g, y) for g, y in every if contracts[g].lower > today[g, y]]
    m.signed = pyo.Var(signings, bounds=lambda _, g, v: (0, contracts[g].upper))
    m.contracted = pyo.Var(every, bounds=lambda _, g, y: (0, contracts[g].upper))
    m.in_force = pyo.Var(lumpy, domain=pyo.Binary)

    def volume(m: Any, g: str, y: int) -> Any:
        """A contract runs for its tenor: contracted = what is in force today + sum of what was
        signed in the last tenor years [MWh/a]."""
        running = [
            v for v in _signing_years(contracts[g], layer) if y - contracts[g].tenor < v <= y
        ]
        return m.contracted[g, y] == today[g, y] + sum(m.signed[g, v] for v in running)

    def smallest(m: Any, g: str, y: int) -> Any:
        """A contract in force has at least its smallest volume: contracted >= lower x in force
        [MWh/a]."""
        return m.contracted[g, y] >= contracts[g].lower * m.in_force[g, y]

    def none_without(m: Any, g: str, y: int) -> Any:
        """... and none where it isn't in force: contracted <= upper x in force [MWh/a]."""
        return m.contracted[g, y] <= contracts[g].upper * m.in_force[g, y]

    named(m, "contracted_is_signed", every, volume)
    named(m, "contract_above_smallest", lumpy, smallest)
    named(m, "contract_none_without", lumpy, none_without)


def _add_claims(layer: YearlyLayer) -> None:
    m = layer.model
    contracts = {g.id: g for g in layer.case.contracts}
    every = [(g, y) for g in contracts for y in layer.years]
    m.claimed = pyo.Var(every, bounds=(0, None))
    carriers = sorted({c.carrier for c in contracts.values()})

    def within_contract(m: Any, g: str, y: int) -> Any:
        """Only what is contracted, matched or delivered can be claimed: claimed <= contracted; <=
        matched, if hour by hour; <= delivered, if energy [MWh]."""
        if contracts[g].hourly:
            return m.claimed[g, y] <= m.total["matched", g, y]
        limit = m.total["delivered", g, y] if contracts[g].form == "energy" else m.contracted[g, y]
        return m.claimed[g, y] <= limit

    def within_imports(m: Any, c: str, y: int) -> Any:
        """Certificates beyond what is bought are worth nothing: sum claimed <= purchased [MWh]."""
        return _claims(layer, c, y) <= purchased(layer, c, y)

    named(m, "claims_within_contract", every, within_contract)
    named(
        m, "claims_within_imports", [(c, y) for c in carriers for y in layer.years], within_imports
    )


def _add_kept_claims(layer: YearlyLayer) -> None:
    """Of power that a store may sell on."""

    def within_kept(m: Any, c: str, y: int) -> Any:
        """Certificates of what leaves again aren't the site's: sum claimed <= purchased - (exported
        - first made here) [MWh]. What leaves is taken from own output first."""
        resold = m.total["export", c, y] - m.total["first_made", c, y]
        return _claims(layer, c, y) <= purchased(layer, c, y) - resold

    every = [(c, y) for c in resold_carriers(layer.case) for y in layer.years]
    named(layer.model, "claims_within_kept", every, within_kept)


def _claims(layer: YearlyLayer, carrier: str, year: int) -> Any:
    """Claims under all contracts for a carrier [MWh]."""
    contracts = (g.id for g in layer.case.contracts if g.carrier == carrier)
    return sum((layer.model.claimed[g, year] for g in contracts), 0.0)


def purchased(layer: YearlyLayer, carrier: str, year: int) -> Any:
    """Energy bought in a year, from the grid and by contract [MWh]."""
    m, case = layer.model, layer.case
    delivered = [g.id for g in case.contracts if g.carrier == carrier and g.form == "energy"]
    return m.total["import", carrier, year] + sum(m.total["delivered", g, year] for g in delivered)


def _add_peaks(layer: YearlyLayer) -> None:
    m, case = layer.model, layer.case
    charges = {c.id: c.purchase.demand_charge for c in billed(case) if c.purchase is not None}
    months = case.axis.months
    periods = range(len(case.axis.weight))
    bills = {
        c: range(1, 13) if charge is not None and charge.per == "month" else (0,)
        for c, charge in charges.items()
    }
    m.peak = pyo.Var(
        [(c, y, b) for c in charges for y in layer.years for b in bills[c]], bounds=(0, None)
    )
    m.peak_day = pyo.Var(
        [(c, y, p) for c in charges for y in layer.years for p in periods], bounds=(0, None)
    )

    def days(bill: int) -> list[int]:
        return [int(p) for p in np.flatnonzero(months[:, bill - 1])] if bill else [*periods]

    def covers(m: Any, c: str, y: int, b: int, p: int) -> Any:
        """A month's peak is at least that of every day in it: peak >= peak of the day [MW]."""
        return m.peak[c, y, b] >= m.peak_day[c, y, p]

    held = {b: days(b) for b in range(13)}
    index = [(c, y, b, p) for c in charges for y in layer.years for b in bills[c] for p in held[b]]
    named(m, "peak_covers_day", index, covers)
