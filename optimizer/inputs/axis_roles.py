"""Which of a case's series choose the typical days, and what each is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.case import Case, ConverterUnit, Varying
from optimizer.inputs.profiles.extreme_days import Roles

Array = NDArray[np.float64]
METERED_PEAK = "metered peak of electricity"
"""Key, while days are chosen, of all electricity demand with what is metered above its means."""
ALIKE = 0.99
"""COPs whose correlation is higher follow one temperature; one of them stands for all."""


def followed(case: Case) -> tuple[dict[str, Array], Roles]:
    """Series (365, H) and their roles: demands, availabilities, prices, factor forms and contract
    shapes under their own keys; COPs (1 / the electricity a converter takes) and the metered peak
    of electricity under keys of their own.
    """
    kinds = {carrier.id: carrier.kind for carrier in case.carriers}
    demands = _demands(case, kinds)
    series = {key: case.series[key] for group in demands.values() for key in group}
    rest = {role: _keys(case, role) for role in ("availability", "price", "factor", "shape")}
    series |= {key: case.series[key] for group in rest.values() for key in group}
    cops, partners = _cops(case, kinds, demands["heat"])
    peak = _metered_peak(case, demands["electricity"])
    others = demands["other"]
    return series | cops | peak, Roles(
        electricity=tuple(demands["electricity"]),
        heat=partners,
        carriers={
            carrier: tuple(key for key, each in others.items() if each == carrier)
            for carrier in others.values()
        },
        pv=rest["availability"],
        cop=tuple(cops),
        price=rest["price"],
        plain=(*rest["factor"], *rest["shape"]),
        peak=tuple(peak),
        billing=_billing(case),
    )


def _billing(case: Case) -> Literal["month", "year"]:
    """How often the highest electricity counts: monthly only where a demand charge is monthly."""
    tariffs = [c.purchase for c in case.carriers if c.kind == "electricity"]
    charges = [tariff.demand_charge for tariff in tariffs if tariff is not None]
    monthly = any(charge is not None and charge.per == "month" for charge in charges)
    return "month" if monthly else "year"


def _keys(case: Case, role: str) -> tuple[str, ...]:
    return tuple(key for key in case.series if case.roles[key] == role)


def _demands(case: Case, kinds: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Demand key -> carrier, for electricity, heat and other carriers; each key once."""
    groups: dict[str, dict[str, str]] = {"electricity": {}, "heat": {}, "other": {}}
    seen: set[str] = set()
    for service in case.services:
        kind = kinds[service.carrier]
        if service.demand not in seen:
            groups[kind if kind in groups else "other"][service.demand] = service.carrier
        seen.add(service.demand)
    return groups


def _metered_peak(case: Case, electricity: Mapping[str, str]) -> dict[str, Array]:
    """All electricity demand plus its excess [MW]; nothing where none is metered finer."""
    services = [service for service in case.services if service.demand in electricity]
    excess = [case.series[s.excess] for s in services if s.excess is not None]
    if not excess:
        return {}
    means = [case.series[key] for key in electricity]
    return {METERED_PEAK: np.sum([*excess, *means], axis=0)}


def _cops(
    case: Case, kinds: Mapping[str, str], heat: Mapping[str, str]
) -> tuple[dict[str, Array], dict[str, str | None]]:
    """COPs under "<unit> COP", and for each heat demand the COP that could serve it, if any.

    That is the best converter's by its mean. Of the other COPs, those that vary are kept, one for
    all that follow the same temperature.
    """
    drives = {
        unit.id: _cop(case, drive)
        for unit in case.units
        if isinstance(unit, ConverterUnit) and (drive := _drive(unit, kinds)) is not None
    }
    partners = {key: _best(case, drives, carrier) for key, carrier in heat.items()}
    kept = {f"{unit} COP": drives[unit] for unit in partners.values() if unit is not None}
    for unit, values in drives.items():
        if np.ptp(values) > 0 and not any(_alike(values, other) for other in kept.values()):
            kept[f"{unit} COP"] = values
    return kept, {key: f"{unit} COP" if unit else None for key, unit in partners.items()}


def _drive(unit: ConverterUnit, kinds: Mapping[str, str]) -> Varying | None:
    """Electricity per unit of the reference flow; None for a unit that takes none."""
    if kinds.get(unit.reference) == "electricity":
        return None
    flows = [flow.ratio for flow in unit.inputs if kinds.get(flow.carrier) == "electricity"]
    return flows[0] if flows else None


def _cop(case: Case, drive: Varying) -> Array:
    """1 / drive, (365, H)."""
    if isinstance(drive, str):
        return 1.0 / case.series[drive]
    return np.full((len(case.axis.weight), case.axis.steps), 1.0 / drive)


def _best(case: Case, cops: Mapping[str, Array], carrier: str) -> str | None:
    """The converter with the highest mean COP whose heat is, or may serve, `carrier`."""
    hotter = {each.id for each in case.carriers if carrier in each.serves} | {carrier}
    able = [
        unit.id
        for unit in case.units
        if isinstance(unit, ConverterUnit) and unit.id in cops and unit.reference in hotter
    ]
    return max(able, key=lambda unit: float(cops[unit].mean()), default=None)


def _alike(left: Array, right: Array) -> bool:
    if np.ptp(right) == 0:
        return False
    return float(np.corrcoef(left.reshape(-1), right.reshape(-1))[0, 1]) > ALIKE
