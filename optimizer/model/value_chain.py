"""Emissions before the site's gate: scope 3 of bought energy, materials and their transport.

Categories as in the GHG Protocol's standard on the value chain: 1 purchased goods, 3 energy before
it is bought, 4 inbound transport. A contract on a material buys it from a supplier that emits less,
at a premium; the rest comes from today's.
"""

from __future__ import annotations

from typing import Any, Final

import pyomo.environ as pyo

from optimizer.inputs.value_chain import MaterialOption
from optimizer.model.layer import YearlyLayer, named
from optimizer.model.purchase import purchased

GOODS, ENERGY, TRANSPORT = "scope3_1", "scope3_3", "scope3_4"
CATEGORIES: Final = (GOODS, ENERGY, TRANSPORT)
"""Names under which sources of each category are registered."""


def add_value_chain(layer: YearlyLayer) -> None:
    """procured[g, y] in tonnes; every source of scope 3 that the case has factors for."""
    _add_procurement(layer)
    for year in layer.years:
        for carrier in layer.case.carriers:
            if carrier.upstream is not None and carrier.purchase is not None:
                factor = float(carrier.upstream[layer.at(year)])
                layer.emit(ENERGY, carrier.id, year, factor * purchased(layer, carrier.id, year))
        for material in layer.case.materials:
            _register(layer, material, year)
        _add_premiums(layer, year)


def _add_procurement(layer: YearlyLayer) -> None:
    contracts = {g.id: g for g in layer.case.material_contracts}
    index = [(g, y) for g in contracts for y in layer.years]

    def bounds(_: Any, g: str, y: int) -> tuple[float, float | None]:
        """None before the contract's first year, none beyond what is available [t]."""
        at = layer.at(y)
        return 0, 0 if at < contracts[g].earliest else contracts[g].available[at]

    layer.model.procured = pyo.Var(index, bounds=bounds)
    needs = {m.id: m.need for m in layer.case.materials}
    bought = sorted({g.material for g in contracts.values()})

    def within_need(_: Any, k: str, y: int) -> Any:
        """No more is bought than is used: sum procured <= need [t]."""
        return _procured(layer, k, y) <= float(needs[k][layer.at(y)])

    named(
        layer.model, "procured_within_need", [(k, y) for k in bought for y in layer.years],
        within_need,
    )  # fmt: skip


def _procured(layer: YearlyLayer, material: str, year: int) -> Any:
    contracts = [g.id for g in layer.case.material_contracts if g.material == material]
    return sum((layer.model.procured[g, year] for g in contracts), 0.0)


def _register(layer: YearlyLayer, material: MaterialOption, year: int) -> None:
    """factor x (need - procured) + sum factor_g x procured, and the way of all of it [t]."""
    m, i = layer.model, layer.at(year)
    need, factor = float(material.need[i]), float(material.factor[i])
    tonnes = factor * (need - _procured(layer, material.id, year))
    for g in layer.case.material_contracts:
        if g.material == material.id:
            tonnes += float(g.factor[i]) * m.procured[g.id, year]
    layer.emit(GOODS, material.id, year, tonnes)
    if material.transport.any():
        layer.emit(TRANSPORT, material.id, year, float(material.transport[i]) * need)


def _add_premiums(layer: YearlyLayer, year: int) -> None:
    """Premium x what is procured [money]."""
    for g in layer.case.material_contracts:
        premium = float(g.price[layer.at(year)]) * layer.model.procured[g.id, year]
        layer.cost("contracts", g.id, year, premium)
