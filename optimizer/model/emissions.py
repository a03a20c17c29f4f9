"""Carbon ledgers: scope 1, scope 2 by location and by market, gross, removal, net."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.case import CarrierOption
from optimizer.model.bought_back import bought_back, sold_generation
from optimizer.model.layer import YearlyLayer, named
from optimizer.model.purchase import purchased
from optimizer.model.savings import savings_by_use
from optimizer.model.seam import captures


def add_emissions(layer: YearlyLayer) -> None:
    """Register every source of every ledger, then sum them in equalities."""
    m, years = layer.model, layer.years
    m.gross = pyo.Var(years, domain=pyo.Reals)
    m.net = pyo.Var(years, domain=pyo.Reals)
    m.removal = pyo.Var(years, bounds=(0, None))
    for year in years:
        _register(layer, year)
    ledger = f"scope2_{layer.case.policy.ledger}"

    def gross(m: Any, y: int) -> Any:
        """Inside the boundary, before any credit: gross = scope 1 + scope 2 of the policy's
        ledger [t]."""
        return m.gross[y] == layer.emitted("scope1", y) + layer.emitted(ledger, y)

    def removal(m: Any, y: int) -> Any:
        """Captured biogenic CO2 that stays stored: removal = sum durability x captured [t]."""
        stored = (
            unit.durability * m.total["captured_biogenic", unit.id, y]
            for unit in captures(layer.case)
        )
        return m.removal[y] == sum(stored, 0.0)

    def net(m: Any, y: int) -> Any:
        """What is left after removals and credits: net = gross - removal - sum credits [t]."""
        return m.net[y] == m.gross[y] - m.removal[y] - sum(
            (m.credits[q.id, y] for q in layer.case.credits), 0.0
        )

    named(m, "gross_is_sum", years, gross)
    named(m, "removal_is_sum", years, removal)
    named(m, "net_is_sum", years, net)


def _register(layer: YearlyLayer, year: int) -> None:
    m, case = layer.model, layer.case
    for carrier in case.carriers:
        if carrier.purchase is not None and carrier.scope == 1:
            tonnes = float(carrier.factor[layer.at(year)]) * purchased(layer, carrier.id, year)
            layer.emit("scope1", carrier.id, year, tonnes)
        if carrier.purchase is not None and carrier.scope == 2:
            layer.emit("scope2_location", carrier.id, year, _by_location(layer, carrier, year))
            layer.emit("scope2_market", carrier.id, year, _by_market(layer, carrier, year))
    for source in case.process_sources:
        layer.emit("scope1", source.id, year, process_tonnes(layer, source.id, year))
    for unit in captures(case):
        layer.emit("scope1", unit.id, year, -m.total["captured_fossil", unit.id, year])


def process_tonnes(layer: YearlyLayer, source: str, year: int) -> Any:
    """Process emissions after measures: amount x remaining [t]."""
    amount = next(
        float(s.amount[layer.at(year)]) for s in layer.case.process_sources if s.id == source
    )
    return amount * (
        layer.model.remaining[source, year] if source in savings_by_use(layer.case) else 1.0
    )


def _export(layer: YearlyLayer, carrier: CarrierOption, year: int, total: str) -> Any:
    if carrier.sale is None or layer.case.policy.export_treatment == "none":
        return 0.0
    return layer.model.total[total, carrier.id, year]


def _by_location(layer: YearlyLayer, carrier: CarrierOption, year: int) -> Any:
    """Imports, contracts included, at the grid's factor [t]."""
    factor = float(carrier.factor[layer.at(year)])
    if carrier.factor_series is None:
        bought, sold = purchased(layer, carrier.id, year), _export(layer, carrier, year, "export")
    else:
        bought = layer.model.total["import_shaped", carrier.id, year]
        sold = _export(layer, carrier, year, "export_shaped")
    return factor * (bought - sold)


def _by_market(layer: YearlyLayer, carrier: CarrierOption, year: int) -> Any:
    """Unclaimed imports at the residual factor, as own generation whose certificates are sold;
    claims at their contract's [t]."""
    m, residual = layer.model, float(carrier.residual[layer.at(year)])
    contracts = [g for g in layer.case.contracts if g.carrier == carrier.id]
    claims = sum((m.claimed[g.id, year] for g in contracts), 0.0)
    at_contract = sum((g.factor * m.claimed[g.id, year] for g in contracts), 0.0)
    unclaimed = (
        purchased(layer, carrier.id, year) - claims - _export(layer, carrier, year, "export")
    )
    return residual * (unclaimed + _without_certificates(layer, carrier, year)) + at_contract


def _without_certificates(layer: YearlyLayer, carrier: CarrierOption, year: int) -> Any:
    """Own generation that counts as bought, its certificates being sold [MWh]: what is used on
    site; where exports are taken off, those too, for what they displace is claimed elsewhere."""
    if layer.case.policy.export_treatment == "none":
        return bought_back(layer, carrier.id, year)
    return sold_generation(layer, carrier.id, year)
