"""The cash flow of a plan against its baseline, read from the two stored datasets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from optimizer.plan.cash import YEAR_START

Array = NDArray[np.float64]
Key = tuple[str, str, str]
"""Class, item, timing."""


def cash_flow(plan: xr.Dataset, baseline: xr.Dataset) -> xr.Dataset:
    """`plan`, `baseline` and `difference` (line, year): money in above 0, money out below, real.

    `difference` is what the plan earns: plan - baseline. Also `remaining` of each (line), worth at
    the end of the last year of the lives that what was paid still covers; it is no cash. Lines read
    class:item, with coords `cash_class`, `item`, `timing` (year_start or year_end). Years are the
    planning years and the tail's; attr `last` is the last planning year. Attrs `discount_rate`,
    `base_year`, `currency`. A line that one side lacks is 0 there.
    """
    sides = {"plan": _lines(plan), "baseline": _lines(baseline)}
    keys = list(dict.fromkeys([*sides["plan"], *sides["baseline"]]))
    years = plan["cash_year"].values
    nothing = (np.zeros(len(years)), 0.0)
    data: dict[str, Any] = {}
    for side, lines in sides.items():
        found = [lines.get(key, nothing) for key in keys]
        amounts = np.array([amount for amount, _ in found]).reshape(len(keys), len(years))
        data[side] = (("line", "year"), amounts)
        data[f"remaining_{side}"] = (("line",), np.array([left for _, left in found], float))
    data["difference"] = (("line", "year"), data["plan"][1] - data["baseline"][1])
    data["remaining_difference"] = (
        ("line",),
        data["remaining_plan"][1] - data["remaining_baseline"][1],
    )
    return xr.Dataset(data, coords=_coords(keys, years), attrs=_attrs(plan))


def _lines(ds: xr.Dataset) -> Mapping[Key, tuple[Array, float]]:
    """(class, item, timing) -> amounts by year and what remains."""
    told = (map(str, ds[name].values) for name in ("cash_class", "cash_item", "cash_timing"))
    amounts = ds["cash"].transpose("cash_line", "cash_year").values
    keys = zip(*told, strict=True)
    values = zip(amounts, map(float, ds["remaining_value"].values), strict=True)
    return dict(zip(keys, values, strict=True))


def _coords(keys: list[Key], years: Array) -> dict[str, Any]:
    columns = list(zip(*keys, strict=True)) if keys else [(), (), ()]
    texts = dict(zip(("cash_class", "item", "timing"), columns, strict=True))
    named = {name: ("line", np.array(column, dtype=object)) for name, column in texts.items()}
    line = np.array([f"{kind}:{item}" for kind, item, _ in keys], dtype=object)
    return {"line": line, "year": years, **named}


def _attrs(plan: xr.Dataset) -> dict[str, Any]:
    cash = plan["cash"].attrs
    return {
        "currency": str(cash["units"]),
        "discount_rate": float(cash["discount_rate"]),
        "base_year": int(cash["base_year"]),
        "last": int(plan["year"].values[-1]),
    }


def by_timing(flow: xr.Dataset, side: str = "difference") -> tuple[Array, Array]:
    """Money at the start and at the end of each year, all lines together, (T,) each."""
    amounts = flow[side].transpose("line", "year").values
    at_start = flow["timing"].values == YEAR_START
    start, end = amounts[at_start].sum(axis=0), amounts[~at_start].sum(axis=0)
    return np.asarray(start), np.asarray(end)


def discount_factors(flow: xr.Dataset) -> tuple[Array, Array]:
    """Present worth in the base year of 1 at the start and at the end of each year, (T,) each."""
    rate, ends = flow.attrs["discount_rate"], flow["year"].values - flow.attrs["base_year"]
    end = (1.0 + rate) ** -ends.astype(float)
    return end * (1.0 + rate), end


def present_value(flow: xr.Dataset, side: str = "difference") -> Array:
    """Present worth of each year's money, (T,): their sum is the net present value."""
    start, end = by_timing(flow, side)
    at_start, at_end = discount_factors(flow)
    return start * at_start + end * at_end


def remaining_value(flow: xr.Dataset, side: str = "difference") -> float:
    """Present worth of the lives that remain after the last year."""
    return float(flow[f"remaining_{side}"].sum()) * float(discount_factors(flow)[1][-1])
