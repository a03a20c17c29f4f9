"""What a compared plan is known by, wherever it comes from: its summary and its dataset."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import xarray as xr

from optimizer.names import VALUATION
from optimizer.studies.picked import Picked, picked, present_by_class


@dataclass(frozen=True)
class Figures:
    """What a plan is known by: ``summary`` as in summary.json; by year (Y,) ``cost``, all that is
    paid in money of the year, and ``gross``, t in each ledger; ``present``: what is paid, by class,
    money of the base year; ``picked``: what the plan has."""

    summary: dict[str, Any]
    cost: tuple[float, ...]
    gross: dict[str, tuple[float, ...]]
    present: dict[str, float] = field(default_factory=dict)
    picked: Picked = field(default_factory=Picked)


def figures_of(summary: dict[str, Any], plan: xr.Dataset) -> Figures:
    """The figures of a plan, from its summary and its dataset (docs/plan_file.md)."""
    scope1 = plan["scope1"].values
    gross = {
        ledger: tuple(map(float, scope1 + plan[f"scope2_{ledger}"].values))
        for ledger in ("location", "market")
    }
    paid = plan["cost"].isel(line=plan["cost_class"].values != VALUATION)
    cost = tuple(map(float, paid.sum("line").values))
    present = present_by_class(plan, summary["horizon"])
    return Figures(summary, cost, gross, present, picked(plan))
