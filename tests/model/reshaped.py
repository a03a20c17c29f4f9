"""The same case in other money, under other names, in another order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np

from optimizer.inputs import case as c
from optimizer.inputs.time_axis import TimeAxis

MONEY = {
    "slope", "intercept", "fixed_om", "fixed_om_lump", "renewal_capex", "renewal_fixed_om",
    "book_value", "resale", "dismantling", "level", "adder", "price", "cap", "capex", "variable_om",
    "per_capacity", "per_build",
}  # fmt: skip
"""Fields that hold money, whatever they hold it for."""
WORDS = {
    "kind", "type", "renewal", "form", "pay", "ledger", "export_treatment", "offset_basis", "end",
    "per", "unit", "family", "currency", "roles", "name", "mode",
}  # fmt: skip
"""Fields whose strings are words of the model, not ids."""
LISTS = (
    "carriers", "services", "process_sources", "units", "measures", "savings", "assets",
    "contracts", "credits", "grants",
)  # fmt: skip


def _changed(value: Any, change: Callable[[str, Any], Any]) -> Any:
    """The object with every field changed, nested ones included."""
    found = {}
    for field in fields(value):
        inner = getattr(value, field.name)
        found[field.name] = change(field.name, _inner(inner, change))
    return replace(value, **found)


def _inner(value: Any, change: Callable[[str, Any], Any]) -> Any:
    if is_dataclass(value) and not isinstance(value, TimeAxis):
        return _changed(value, change)
    if isinstance(value, tuple):
        return tuple(_inner(v, change) for v in value)
    return value


def scaled(case: c.Case, factor: float) -> c.Case:
    """All money times a factor, as another currency would have it."""

    def times(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(times(v) for v in value)
        return value * factor if isinstance(value, float | int | np.ndarray) else value

    def change(name: str, value: Any) -> Any:
        return times(value) if name in MONEY else value

    changed: c.Case = _changed(case, change)
    return changed


def renamed(case: c.Case) -> c.Case:
    """Every id replaced by one that sorts the other way round."""
    ids = {o.id for name in LISTS if name != "savings" for o in getattr(case, name)}
    ids |= set(case.series) | set(case.area)
    new = {old: f"x{len(ids) - at:04d}" for at, old in enumerate(sorted(ids))}

    def name_of(value: Any) -> Any:
        if isinstance(value, str):
            return new.get(value, value)
        if isinstance(value, tuple):
            return tuple(name_of(v) for v in value)
        if isinstance(value, Mapping):
            return {new.get(k, k): v for k, v in value.items()}
        return value

    def change(field: str, value: Any) -> Any:
        return value if field in WORDS else name_of(value)

    changed: c.Case = _changed(case, change)
    return changed


def reordered(case: c.Case) -> c.Case:
    """Every list from its other end."""
    return replace(case, **{name: getattr(case, name)[::-1] for name in LISTS})
