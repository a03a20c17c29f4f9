"""Existing assets: old, renewed like with like, or retired."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.case import AssetOption
from optimizer.model.layer import YearlyLayer, hold, named


def add_assets(layer: YearlyLayer) -> None:
    """States by year, what each state has installed, and what moving between them costs."""
    m, years = layer.model, layer.years
    assets = {asset.id: asset for asset in layer.case.assets}
    every = [(a, y) for a in assets for y in years]
    later = [(a, y) for a, y in every if y > years[0]]

    m.asset_old = pyo.Var(every, domain=pyo.Binary)
    m.asset_renewed = pyo.Var(every, domain=pyo.Binary)
    m.asset_retired = pyo.Var(every, domain=pyo.Binary)

    def one_state(m: Any, a: str, y: int) -> Any:
        """An asset is old, renewed or retired: old + renewed + retired = 1 [1]."""
        return m.asset_old[a, y] + m.asset_renewed[a, y] + m.asset_retired[a, y] == 1

    def stays_renewed(m: Any, a: str, y: int) -> Any:
        """A renewed asset stays, its life being longer than the plan: renewed[y] >=
        renewed[y-1] [1]."""
        return m.asset_renewed[a, y] >= m.asset_renewed[a, y - 1]

    def stays_retired(m: Any, a: str, y: int) -> Any:
        """A retired asset doesn't come back: retired[y] >= retired[y-1] [1]."""
        return m.asset_retired[a, y] >= m.asset_retired[a, y - 1]

    named(m, "asset_in_one_state", every, one_state)
    named(m, "asset_stays_renewed", later, stays_renewed)
    named(m, "asset_stays_retired", later, stays_retired)
    for a, y in every:
        _restrict(layer, assets[a], y)
    _add_installed(layer, assets, every)
    _add_moving_costs(layer, assets, every)


def _restrict(layer: YearlyLayer, asset: AssetOption, year: int) -> None:
    """No old asset after its life; none renewed that can't be; the baseline follows the
    calendar."""
    m, standing = layer.model, layer.at(year) <= asset.last_old
    if not standing:
        hold(m.asset_old[asset.id, year], 0)
    if asset.renewed_unit is None:
        hold(m.asset_renewed[asset.id, year], 0)
    if not asset.free:
        hold(m.asset_old[asset.id, year], 1 if standing else 0)
        hold(m.asset_renewed[asset.id, year], 0 if standing or asset.renewed_unit is None else 1)


def _add_installed(
    layer: YearlyLayer, assets: dict[str, AssetOption], every: list[tuple[str, int]]
) -> None:
    def old(m: Any, a: str, y: int) -> Any:
        """The old unit has the asset's capacity while it is old: installed = capacity x old
        [capacity]."""
        return m.installed[assets[a].old_unit, y] == assets[a].capacity * m.asset_old[a, y]

    def renewed(m: Any, a: str, y: int) -> Any:
        """The renewed unit likewise: installed = capacity x renewed [capacity]."""
        return m.installed[assets[a].renewed_unit, y] == assets[a].capacity * m.asset_renewed[a, y]

    named(layer.model, "old_installed", every, old)
    named(
        layer.model,
        "renewed_installed",
        [(a, y) for a, y in every if assets[a].renewed_unit],
        renewed,
    )


def started(layer: YearlyLayer, state: Any, asset: str, year: int) -> Any:
    """1 in the year in which a state begins: state[y] - state[y-1] [1]."""
    before = state[asset, year - 1] if year > layer.years[0] else 0.0
    return state[asset, year] - before


def renewal_payment(layer: YearlyLayer, asset: AssetOption, year: int) -> Any:
    """Overnight cost of renewals that start in the year [money]."""
    return asset.renewal_capex * started(layer, layer.model.asset_renewed, asset.id, year)


def _add_moving_costs(
    layer: YearlyLayer, assets: dict[str, AssetOption], every: list[tuple[str, int]]
) -> None:
    """Dismantling when an asset is retired; resale if it still had life [money, one-off]."""
    for a, y in every:
        asset, retired = assets[a], started(layer, layer.model.asset_retired, a, y)
        if asset.dismantling:
            layer.cost("dismantling", a, y, asset.dismantling * retired, "one_off")
        if asset.resale and layer.at(y) <= asset.last_old:
            layer.cost("resale", a, y, -asset.resale * retired, "one_off")
