"""Allowances under an emissions trading scheme, and CBAM certificates for exports.

Both prices are 0 or more, so a purchase that isn't below what is owed is what is owed.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.case import Case, EmissionPart
from optimizer.model.layer import YearlyLayer, named
from optimizer.model.seam import captures


def add_carbon_prices(layer: YearlyLayer) -> None:
    """What the carbon price and CBAM count, and what must be bought for it [t]."""
    _add_allowances(layer)
    _add_certificates(layer)


def _add_allowances(layer: YearlyLayer) -> None:
    m, carbon = layer.model, layer.case.carbon
    if carbon is None:
        return
    m.carbon_covered = pyo.Expression(
        layer.years, rule=lambda _, y: emitted_of(layer, carbon.covers, y)
    )
    if carbon.free_allocation is None or carbon.surplus == "sold":
        return
    free = carbon.free_allocation
    m.allowances_bought = pyo.Var(layer.years, bounds=(0, None))

    def covered(m: Any, y: int) -> Any:
        """What isn't allocated is bought, and what is left over is worth nothing: bought >=
        covered emissions - free allocation [t]."""
        return m.allowances_bought[y] >= m.carbon_covered[y] - float(free[layer.at(y)])

    named(m, "allowances_cover_emissions", layer.years, covered)


def _add_certificates(layer: YearlyLayer) -> None:
    m, cbam = layer.model, layer.case.cbam
    if cbam is None:
        return
    m.cbam_embedded = pyo.Expression(
        layer.years, rule=lambda _, y: emitted_of(layer, cbam.covers, y)
    )
    m.cbam_certificates = pyo.Var(layer.years, bounds=(0, None))

    def owed(m: Any, y: int) -> Any:
        """Exports owe what they embed beyond the benchmark that is still free: certificates >=
        exported share x (embedded - free) [t]. What was paid at home isn't taken off."""
        i = layer.at(y)
        above = m.cbam_embedded[y] - float(cbam.free[i])
        return m.cbam_certificates[y] >= float(cbam.exported[i]) * above

    named(m, "certificates_cover_exports", layer.years, owed)


def allowances(layer: YearlyLayer, year: int) -> Any:
    """Allowances bought; below 0 where a surplus is sold [t]."""
    m, carbon = layer.model, layer.case.carbon
    if carbon is None or carbon.free_allocation is None:
        return 0.0
    if carbon.surplus == "worthless":
        return m.allowances_bought[year]
    return m.carbon_covered[year] - float(carbon.free_allocation[layer.at(year)])


def emitted_of(layer: YearlyLayer, parts: Set[EmissionPart], year: int) -> Any:
    """Emissions of some parts of the site, captured fossil CO2 taken off [t]; scope 2 by
    location."""
    kinds = source_parts(layer.case)
    return sum(
        (
            by_year[year]
            for (scope, source), by_year in layer.emissions.items()
            if (scope == "scope1" and kinds[source] in parts)
            or (scope == "scope2_location" and "scope2" in parts)
        ),
        0.0,
    )


def source_parts(case: Case) -> dict[str, EmissionPart]:
    """Part of scope 1 of each source: carriers are fuel; a capture plant is what it takes from,
    and where it takes from both, both are covered or neither is."""
    parts: dict[str, EmissionPart] = {carrier.id: "fuel" for carrier in case.carriers}
    parts |= {source.id: "process" for source in case.process_sources}
    return parts | {unit.id: "fuel" if unit.units else "process" for unit in captures(case)}
