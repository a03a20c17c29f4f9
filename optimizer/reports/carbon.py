"""Emissions by source, and what a plan emits less than its baseline, source by source.

Sources add up to gross emissions by construction: fuels are purchased energy x factor, scope 2 is
stored, captured tonnes are stored, and the process takes what is left of scope 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from optimizer.reports.inputs_copy import InputsCopy

Numbers = NDArray[np.float64]
PROCESS, SCOPE2, CAPTURE, CONTRACTS = "process", "scope2", "capture", "contracts"
ROUNDING = 1e-6  # share of gross under which a source is not drawn


@dataclass(frozen=True)
class Source:
    """`tonnes` by year (Y,) of a fuel (`carrier` set) or of a source that the model names."""

    name: str
    carrier: str | None
    tonnes: Numbers


def gross_by_source(ds: xr.Dataset, inputs: InputsCopy, ledger: str) -> list[Source]:
    """Gross emissions by source, t a year; captured tonnes are negative."""
    years = [int(y) for y in ds["year"].values]
    fuels = []
    for carrier in (str(c) for c in ds["carrier"].values):
        if inputs.scenario["carriers"][carrier].get("scope") == 1:
            factor = np.array([inputs.factor(carrier, y) for y in years])
            bought = ds["purchased"].sel(carrier=carrier).values
            fuels.append(Source(carrier, carrier, bought * factor))
    captured = _captured(ds)
    burnt = sum((fuel.tonnes for fuel in fuels), start=np.zeros(len(years)))
    rest = ds["scope1"].values - burnt + captured
    scope2 = ds[f"scope2_{ledger}"].values
    named = [(SCOPE2, scope2), (PROCESS, rest), (CAPTURE, -captured)]
    size = ROUNDING * max(float(np.abs(ds["gross"].values).max()), 1.0)
    found = fuels + [Source(name, None, tonnes) for name, tonnes in named]
    return [source for source in found if np.abs(source.tonnes).max() > size]


def reductions(
    plan: xr.Dataset, baseline: xr.Dataset, inputs: InputsCopy, ledger: str
) -> list[Source]:
    """Baseline less plan by source, t a year; they add up to the whole difference.

    In the market ledger, what contracts change beyond the location ledger is a source of its own.
    """
    before = {s.name: s for s in gross_by_source(baseline, inputs, ledger)}
    after = {s.name: s for s in gross_by_source(plan, inputs, ledger)}
    none = np.zeros(plan.sizes["year"])
    found = []
    for name in dict.fromkeys([*before, *after]):
        carrier = (before.get(name) or after[name]).carrier
        old, new = (side[name].tonnes if name in side else none for side in (before, after))
        found.append(Source(name, carrier, old - new))
    if ledger == "location":
        return found
    return [part for source in found for part in _split_scope2(source, plan, baseline)]


def _split_scope2(source: Source, plan: xr.Dataset, baseline: xr.Dataset) -> list[Source]:
    """Scope 2 in the market ledger: less energy at the grid's factor, then what contracts add."""
    if source.name != SCOPE2:
        return [source]
    energy = baseline["scope2_location"].values - plan["scope2_location"].values
    return [Source(SCOPE2, None, energy), Source(CONTRACTS, None, source.tonnes - energy)]


def _captured(ds: xr.Dataset) -> Numbers:
    """Captured fossil and process CO2, t a year: sum of weight x dt x t/h."""
    if "captured_fossil" not in ds:
        return np.zeros(ds.sizes["year"])
    hours = ds["weight"] * float(ds.attrs["dt"])
    total = (ds["captured_fossil"] * hours).sum(["capture", "period", "step"])
    return np.asarray(total.transpose("year").values, dtype=float)
