"""Emissions by source, and what a plan emits less than its baseline, source by source.

Sources are those that the model registered, stored in plan.nc as `emitted` under "ledger:item".
Gross emissions are their sum over scope 1 and scope 2 of the policy's ledger, by construction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import xarray as xr
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Kind = Literal["scope1", "scope2", "contracts"]
ROUNDING = 1e-6  # share of gross under which a source is not drawn


@dataclass(frozen=True)
class Source:
    """`tonnes` by year (Y,) of an item: a carrier, a process source or a capture plant."""

    kind: Kind
    item: str
    tonnes: Numbers


def gross_by_source(ds: xr.Dataset, ledger: str) -> list[Source]:
    """Gross emissions by source, t a year; captured tonnes are negative."""
    found = [
        *(Source("scope1", item, tonnes) for item, tonnes in _emitted(ds, "scope1").items()),
        *(Source("scope2", i, t) for i, t in _emitted(ds, f"scope2_{ledger}").items()),
    ]
    return _visible(found, ds)


def reductions(plan: xr.Dataset, baseline: xr.Dataset, ledger: str) -> list[Source]:
    """Baseline less plan by source, t a year; they add up to the whole difference.

    In the market ledger scope 2 is two sources a carrier: less energy at the grid's own factor, and
    what contracts and the residual mix change beyond that.
    """
    found = [Source("scope1", i, t) for i, t in _less(plan, baseline, "scope1").items()]
    energy = _less(plan, baseline, "scope2_location")
    found += [Source("scope2", item, tonnes) for item, tonnes in energy.items()]
    if ledger == "market":
        market = _less(plan, baseline, "scope2_market")
        found += [Source("contracts", i, t - energy[i]) for i, t in market.items()]
    return _visible(found, baseline)


@dataclass(frozen=True)
class Cause:
    """Energy [MWh] that both ledgers of scope 2 count, and its tonnes in each, by year (Y,).

    `kind`: unclaimed, contract (then `item` is its id), own or export; else `item` is the carrier.
    """

    kind: str
    item: str
    energy: Numbers
    location: Numbers
    market: Numbers


def causes(ds: xr.Dataset) -> list[Cause]:
    """What the plan stores by cause; their tonnes add up to the two ledgers of scope 2."""
    columns = [
        ds[f"cause_{name}"].transpose("cause", "year").values
        for name in ("energy", "location", "market")
    ]
    found = []
    for i, cause in enumerate(ds["cause"].values):
        carrier, kind, *contract = str(cause).split(":")
        found.append(Cause(kind, (contract or [carrier])[0], *(column[i] for column in columns)))
    return found


def _less(plan: xr.Dataset, baseline: xr.Dataset, register: str) -> dict[str, Numbers]:
    """Baseline less plan of each item of a register; an item that one side lacks is 0 there."""
    before, after = _emitted(baseline, register), _emitted(plan, register)
    none = np.zeros(plan.sizes["year"])
    items = dict.fromkeys([*before, *after])
    return {item: before.get(item, none) - after.get(item, none) for item in items}


def _emitted(ds: xr.Dataset, register: str) -> dict[str, Numbers]:
    """Tonnes by year of each item of `scope1`, `scope2_location` or `scope2_market`."""
    values = ds["emitted"].transpose("source", "year").values
    found: dict[str, Numbers] = {}
    for source, tonnes in zip(ds["source"].values, values, strict=True):
        name, _, item = str(source).partition(":")
        if name == register:
            found[item] = np.asarray(tonnes, dtype=float)
    return found


def _visible(sources: list[Source], ds: xr.Dataset) -> list[Source]:
    """Sources above rounding; what is dropped is too small to change a printed sum."""
    size = ROUNDING * max(float(np.abs(ds["gross"].values).max()), 1.0)
    return [source for source in sources if np.abs(source.tonnes).max() > size]
