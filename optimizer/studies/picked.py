"""What a plan has, and what it costs by class, as its dataset tells (docs/plan_file.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import xarray as xr

from optimizer.names import VALUATION

NOTHING: Final = 1e-6
"""A size that counts as none."""
SIZED: Final = {"measure": "installed", "contract": "contracted", "credit": "credits"}
"""Dimension -> variable by year: capacity, MWh/a, t."""


@dataclass(frozen=True)
class Picked:
    """Measures, contracts and credits of a plan by id: the largest ``size``, the first year.

    ``assets``: those renewed or retired, and when; ``names`` by language; ``units``: of sizes.
    """

    sizes: Mapping[str, float] = field(default_factory=dict)
    since: Mapping[str, int] = field(default_factory=dict)
    assets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    names: Mapping[str, dict[str, str]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)

    def chosen(self) -> dict[str, float]:
        """The largest size of each."""
        return dict(self.sizes)

    def first(self) -> dict[str, int]:
        """The first year of each."""
        return dict(self.since)


def picked(plan: xr.Dataset) -> Picked:
    """What stands, is contracted or cancelled at any time."""
    years = plan["year"].values
    sizes, since = dict[str, float](), dict[str, int]()
    names, units = dict[str, dict[str, str]](), dict[str, str]()
    for dim, variable in SIZED.items():
        for k, id in enumerate(map(str, plan[dim].values)):
            by_year = plan[variable].values[k]
            names[id] = _name(plan, dim, k)
            units[id] = {"contract": "MWh/a", "credit": "t"}.get(dim) or str(
                plan["capacity_unit"].values[k]
            )
            if by_year.max(initial=0.0) > NOTHING:
                sizes[id] = float(by_year.max())
                since[id] = int(years[np.argmax(by_year > NOTHING)])
    names |= {str(id): _name(plan, "asset", k) for k, id in enumerate(plan["asset"].values)}
    return Picked(sizes, since, _assets(plan), names, units)


def _name(plan: xr.Dataset, dim: str, k: int) -> dict[str, str]:
    return {lang: str(plan[f"{dim}_name_{lang}"].values[k]) for lang in ("en", "zh")}


def _assets(plan: xr.Dataset) -> dict[str, dict[str, int]]:
    """Asset -> what becomes of it -> the first year of that."""
    found: dict[str, dict[str, int]] = {}
    for fate in ("renewed", "retired"):
        for k, id in enumerate(map(str, plan["asset"].values)):
            on = plan[f"asset_{fate}"].values[k] > 0.5
            if on.any():
                found.setdefault(id, {})[fate] = int(plan["year"].values[np.argmax(on)])
    return found


def present_by_class(plan: xr.Dataset, horizon: Mapping[str, Any]) -> dict[str, float]:
    """Present value of what is paid, by cost class [money of the base year]; ``horizon`` as in
    summary.json.

    Sum of cost x D_t, D_t = (1 + r)^-(t - base year); recurring cost of the last planning year
    comes back in each tail year; what is paid at a year's start counts a year more.
    """
    terms, years = plan["cash"].attrs, plan["year"].values
    rate, base = float(terms["discount_rate"]), int(terms["base_year"])
    discount = (1.0 + rate) ** -(years - base).astype(float)
    weight = discount.copy()
    if horizon["end"] == "extended":
        tail = np.arange(years[-1], horizon["evaluate_to"] + 1) - base
        weight[-1] = ((1.0 + rate) ** -tail.astype(float)).sum()
    weights = {"recurring": weight, "one_off": discount}
    found: dict[str, float] = {}
    cost = plan["cost"].transpose("line", "year").values
    lines = zip(plan["cost_class"].values, plan["timing"].values, cost, strict=True)
    for kind, timing, amount in lines:
        if kind != VALUATION:
            worth = float(amount @ weights.get(str(timing), discount * (1.0 + rate)))
            found[str(kind)] = found.get(str(kind), 0.0) + worth
    return found
