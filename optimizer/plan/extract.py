"""Numbers -> Plan: a solved case as an xarray Dataset with units; layout in docs/plan_file.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from optimizer.inputs.case import CaptureUnit, Case, Name, StorageUnit
from optimizer.model.seam import hourly_contracts
from optimizer.model.seasons import season_stores
from optimizer.plan.borrowed import borrowed_variables
from optimizer.plan.bought_back import settle_bought_back
from optimizer.plan.cash import cash_coords, cash_lines, cash_variables
from optimizer.plan.causes import cause_variables, scope2_causes
from optimizer.plan.claims import settle_claims
from optimizer.plan.contracts import contract_coords
from optimizer.plan.energy_use import energy_use
from optimizer.plan.held import Facts, rule_coords, rule_variables, standing_units
from optimizer.plan.ledgers import (
    SCOPES,
    allowance_variables,
    ceiling_variables,
    cost_variables,
    ledger_variables,
)
from optimizer.plan.levels import level_variables
from optimizer.plan.shapes import Table, table
from optimizer.plan.value_chain import value_chain_coords, value_chain_variables
from optimizer.solve.solution import Solution

WHOLE = 1e-6
"""Whole decisions are stored rounded; the solver's own tolerance is the same."""


def extract(solution: Solution) -> xr.Dataset:
    """The plan of a solved case. Its decisions, dispatch, ledgers and costs, each with its unit."""
    case = solution.matrix.case
    settle_bought_back(solution)
    settle_claims(solution)
    variables: dict[str, Table] = _time(case)
    variables |= _measures(case, solution) | borrowed_variables(case, solution)
    variables |= _assets(case, solution)
    variables |= _purchases(case, solution)
    variables |= _credits(case, solution)
    variables |= _dispatch(case, solution)
    variables |= level_variables(solution)
    variables |= ledger_variables(case, solution)
    variables |= allowance_variables(case, solution)
    variables |= ceiling_variables(case, solution)
    variables |= cost_variables(case, solution)
    scopes = {name: variables[name][1] for name in SCOPES}
    variables |= value_chain_variables(case, solution, scopes)
    scopes["scope3"] = variables["scope3"][1].sum(axis=0)
    purchased = dict(zip([c.id for c in case.carriers], variables["purchased"][1], strict=True))
    energy = energy_use(case, solution, purchased)
    facts = Facts(scopes, energy, standing_units(case, solution))
    variables |= rule_variables(case, facts)
    causes = scope2_causes(case, solution, purchased)
    variables |= cause_variables(causes, len(case.years))
    cash = cash_lines(case, solution)
    variables |= cash_variables(case, cash)
    coords = _coords(case, solution) | rule_coords(case, facts) | cash_coords(case, cash)
    coords |= value_chain_coords(case)
    coords["cause"] = _ids(cause.id for cause in causes)
    return xr.Dataset(variables, coords=coords)


def _coords(case: Case, solution: Solution) -> dict[str, Any]:
    coords: dict[str, Any] = {
        "year": np.array(case.years),
        "period": np.arange(len(case.axis.weight)),
        "step": np.arange(case.axis.steps),
        "day": np.arange(365),
        "month": np.arange(1, 13),
        "unit": _ids(u.id for u in case.units if not isinstance(u, StorageUnit | CaptureUnit)),
        "storage": _ids(u.id for u in case.units if isinstance(u, StorageUnit)),
        "season_store": _ids(u.id for u in season_stores(case)),
        "capture": _ids(u.id for u in case.units if isinstance(u, CaptureUnit)),
        "grant": _ids(g.id for g in case.grants),
    }
    named: dict[str, Sequence[tuple[str, Name]]] = {
        "measure": [(m.id, m.name) for m in case.measures],
        "asset": [(a.id, a.name) for a in case.assets],
        "carrier": [(c.id, c.name) for c in case.carriers],
        "contract": [(g.id, g.name) for g in case.contracts],
        "credit": [(q.id, q.name) for q in case.credits],
        "use": [(s.id, s.name) for s in case.services],
    }
    named["use"] = [*named["use"], *((s.id, s.name) for s in case.process_sources)]
    for dim, items in named.items():
        coords[dim] = _ids(key for key, _ in items)
        coords[f"{dim}_name_en"] = (dim, _ids(name.en for _, name in items))
        coords[f"{dim}_name_zh"] = (dim, _ids(name.zh for _, name in items))
    coords["family"] = ("measure", _ids(m.family for m in case.measures))
    coords["kind"] = ("measure", _ids(m.kind for m in case.measures))
    coords["financing"] = ("measure", _ids(m.mode for m in case.measures))
    coords["capacity_unit"] = ("measure", _ids(m.unit for m in case.measures))
    coords["carrier_kind"] = ("carrier", _ids(c.kind for c in case.carriers))
    coords |= contract_coords(case)
    links = [(c.id, cooler) for c in case.carriers for cooler in c.serves]
    coords["link"] = _ids(f"{hot}>{cool}" for hot, cool in links)
    coords["link_from"] = ("link", _ids(hot for hot, _ in links))
    coords["link_to"] = ("link", _ids(cool for _, cool in links))
    if case.axis.kind == "typical":
        coords["key"] = _ids(case.series)
    coords["source"] = _ids(f"{ledger}:{item}" for ledger, item in solution.emissions())
    lines = list(solution.costs())
    coords["line"] = _ids(f"{line.cost_class}:{line.item}" for line in lines)
    coords["cost_class"] = ("line", _ids(line.cost_class for line in lines))
    coords["cost_item"] = ("line", _ids(line.item for line in lines))
    coords["timing"] = ("line", _ids(line.timing for line in lines))
    return coords


def _ids(texts: Any) -> np.ndarray:
    return np.array(list(texts), dtype=object)


def _time(case: Case) -> dict[str, Table]:
    axis = case.axis
    found = {
        "weight": table(("period",), axis.weight, "d/a"),
        "period_of_day": table(("day",), axis.period_of_day, "1"),
        "day_of_period": table(("period",), axis.day_of_period, "1"),
    }
    if axis.merged is not None:
        found["step_hours"] = table(("period", "step"), axis.step_hours, "h")
    if axis.kind == "typical":
        keys = list(case.series)
        found["series"] = (
            ("key", "period", "step"),
            np.stack([case.series[k] for k in keys])
            if keys
            else np.zeros((0, len(axis.weight), axis.steps)),
            {"units": "base unit of each key"},
        )
    return found


def _by_year(
    case: Case, values: Mapping[Any, float], ids: Sequence[str], whole: bool = False
) -> np.ndarray:
    """values[id, year] as an array (ids, Y); 0 where the model has no such variable."""
    array = np.array([[values.get((i, y), 0.0) for y in case.years] for i in ids], dtype=float)
    array = array.reshape(len(ids), len(case.years))
    return np.round(array) if whole else array


def _measures(case: Case, solution: Solution) -> dict[str, Table]:
    ids, dims = [m.id for m in case.measures], ("measure", "year")
    build, added = solution.yearly("build"), solution.yearly("added")
    installed, on = solution.yearly("installed"), solution.yearly("on")
    standing = {
        (m.id, y): installed.get((m.id, y), on.get((m.id, y), 0.0))
        for m in case.measures
        for y in case.years
    }
    grants = solution.yearly("grant")
    granted = [
        [[grants.get((g.id, i, y), 0.0) for y in case.years] for i in ids] for g in case.grants
    ]
    shape = (len(case.grants), len(ids), len(case.years))
    paid = solution.yearly("overnight")
    return {
        "build": table(dims, _by_year(case, build, ids, whole=True), "1"),
        "added": table(dims, _by_year(case, added, ids), "capacity_unit"),
        "installed": table(dims, _by_year(case, standing, ids), "capacity_unit"),
        "overnight": table(dims, _by_year(case, paid, ids), case.currency),
        "granted": table(
            ("grant", "measure", "year"), np.array(granted).reshape(shape), case.currency
        ),
        "remaining": table(("use", "year"), _remaining(case, solution), "1"),
    }


def _remaining(case: Case, solution: Solution) -> np.ndarray:
    left = solution.yearly("remaining")
    uses = [s.id for s in case.services] + [s.id for s in case.process_sources]
    return np.array([[left.get((u, y), 1.0) for y in case.years] for u in uses]).reshape(
        len(uses), len(case.years)
    )


def _assets(case: Case, solution: Solution) -> dict[str, Table]:
    ids, dims = [a.id for a in case.assets], ("asset", "year")
    states = ("asset_old", "asset_renewed", "asset_retired")
    return {
        s: table(dims, _by_year(case, solution.yearly(s), ids, whole=True), "1") for s in states
    }


def _purchases(case: Case, solution: Solution) -> dict[str, Table]:
    ids, dims = [g.id for g in case.contracts], ("contract", "year")
    peak = solution.yearly("peak")
    billed = {(c, y, b) for c, y, b in peak}

    def month(carrier: str, year: int, number: int) -> float:
        return peak.get((carrier, year, 0 if (carrier, year, 0) in billed else number), 0.0)

    peaks = [[[month(c.id, y, b) for b in range(1, 13)] for y in case.years] for c in case.carriers]
    return {
        "signed": table(dims, _by_year(case, solution.yearly("signed"), ids), "MWh/a"),
        "contracted": table(dims, _by_year(case, solution.yearly("contracted"), ids), "MWh/a"),
        "claimed": table(dims, _by_year(case, solution.yearly("claimed"), ids), "MWh"),
        "peak": table(("carrier", "year", "month"), np.array(peaks), "MW"),
        "bought_back": table(
            ("carrier", "year"),
            _by_year(case, solution.yearly("bought_back"), [c.id for c in case.carriers]),
            "MWh",
        ),
    }


def _credits(case: Case, solution: Solution) -> dict[str, Table]:
    ids = [q.id for q in case.credits]
    opened, free = solution.yearly("gate_open"), float(case.policy.gate_reduction is None)
    gate = np.round([opened.get(y, free) for y in case.years])
    return {
        "credits": table(("credit", "year"), _by_year(case, solution.yearly("credits"), ids), "t"),
        "gate_open": table(("year",), gate, "1"),
    }


def _dispatch(case: Case, solution: Solution) -> dict[str, Table]:
    shape = solution.matrix.shape

    def stack(dim: str, kind: str, names: Sequence[tuple[str, ...]], unit: str) -> Table:
        arrays = [np.maximum(solution.step(kind, *name), 0.0) for name in names]
        values = np.stack(arrays) if arrays else np.zeros((0, *shape))
        return table((dim, "year", "period", "step"), values, unit)

    units = [(u.id,) for u in case.units if not isinstance(u, StorageUnit | CaptureUnit)]
    stores = [(u.id,) for u in case.units if isinstance(u, StorageUnit)]
    plants = [(u.id,) for u in case.units if isinstance(u, CaptureUnit)]
    carriers = [(c.id,) for c in case.carriers]
    found = {"flow": stack("unit", "flow", units, "MW")}
    found |= {k: stack("storage", k, stores, "MW") for k in ("charge", "discharge")}
    found |= {k: stack("carrier", k, carriers, "MW") for k in ("import", "export", "vent")}
    found["delivered"] = stack("contract", "delivered", [(g.id,) for g in case.contracts], "MW")
    if hourly_contracts(case):
        found["matched"] = stack("contract", "matched", [(g.id,) for g in case.contracts], "MW")
    found["cascade"] = stack(
        "link", "cascade", [(c.id, d) for c in case.carriers for d in c.serves], "MW"
    )
    captured = ("captured_fossil", "captured_biogenic")
    return found | {k: stack("capture", k, plants, "tph") for k in captured}
