"""Reads a stored plan into plain arrays, looked up by id, so that order never matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from optimizer.files.netcdf import read_netcdf

Array = NDArray[np.float64]

DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("build", "added", "installed", "overnight", "borrowed"), ("measure", "year")),
    **dict.fromkeys(("asset_old", "asset_renewed", "asset_retired"), ("asset", "year")),
    "remaining": ("use", "year"),
    **dict.fromkeys(("signed", "contracted", "claimed"), ("contract", "year")),
    "credits": ("credit", "year"),
    "granted": ("grant", "measure", "year"),
    "peak": ("carrier", "year", "month"),
    "flow": ("unit", "year", "period", "step"),
    **dict.fromkeys(("charge", "discharge", "level"), ("storage", "year", "period", "step")),
    "level_by_day": ("season_store", "year", "day"),
    **dict.fromkeys(("import", "export", "vent"), ("carrier", "year", "period", "step")),
    **dict.fromkeys(("delivered", "matched"), ("contract", "year", "period", "step")),
    "cascade": ("link", "year", "period", "step"),
    **dict.fromkeys(
        ("captured_fossil", "captured_biogenic"), ("capture", "year", "period", "step")
    ),
    **dict.fromkeys(
        (
            "scope1",
            "scope2_location",
            "scope2_market",
            "gross",
            "removal",
            "net",
            "gate_open",
            "power_used",
        ),
        ("year",),
    ),
    **dict.fromkeys(("gross_cap", "net_target", "offset_share", "offset_share_bound"), ("year",)),
    **dict.fromkeys(
        (
            "carbon_covered",
            "carbon_allocated",
            "allowances_bought",
            "cbam_embedded",
            "cbam_certificates",
            "credits_used",
            "gross_at_ceiling",
        ),
        ("year",),
    ),
    **dict.fromkeys(("rule_value", "rule_per", "rule_limit"), ("rule", "year")),
    **dict.fromkeys(("made", "footprint"), ("year",)),
    "scope3": ("category", "year"),
    "material_need": ("material", "year"),
    "procured": ("material_contract", "year"),
    "cost": ("line", "year"),
    "cash": ("cash_line", "cash_year"),
    "remaining_value": ("cash_line",),
    **dict.fromkeys(("purchased", "unmet", "bought_back"), ("carrier", "year")),
    "emitted": ("source", "year"),
    **dict.fromkeys(("cause_energy", "cause_location", "cause_market"), ("cause", "year")),
}
"""Variables of plan.nc and their dimensions, as docs/plan_file.md lists them."""
TEXTS = ("link_from", "link_to", "cost_class", "cost_item", "timing", "cash_class", "cash_item",
         "cash_timing")  # fmt: skip
"""Coordinates that are read as texts."""
DAYS = 365
FIXED = ("year", "period", "step", "month", "line", "link", "cash_line")
"""Dimensions that aren't looked up by id: a row of another plant can't stand in them."""


class UnreadableRun(OSError):
    """The folder is no run, or a file in it is missing or damaged; the text says which and how."""


@dataclass(frozen=True)
class Stored:
    """plan.nc (or baseline.nc): `years`, the time axis, and arrays by name.

    dt: hours of a step of the series; hours (P, S): of each step of the plan, one or more of those.
    """

    name: str
    years: tuple[int, ...]
    dt: float
    hours: Array
    weight: Array
    period_of_day: NDArray[np.int64]
    day_of_period: NDArray[np.int64]
    steps: int
    ids: Mapping[str, tuple[str, ...]]
    arrays: Mapping[str, Array]
    labels: Mapping[str, tuple[str, ...]]
    attrs: Mapping[str, Any]

    @property
    def day_steps(self) -> int:
        """Steps of `dt` in a day."""
        return round(24.0 / self.dt)

    def on_steps(self, values: Array) -> Array:
        """(P, S) from (P, day_steps): the mean over the series' steps that each step holds."""
        if values.shape[1] == self.steps:
            return values
        last = np.cumsum(np.round(self.hours / self.dt), axis=1).astype(np.int64)
        if (last[:, -1] != values.shape[1]).any() or (np.diff(last, prepend=0) < 1).any():
            raise UnreadableRun(f"{self.name}: the steps of a day don't hold its {len(values.T)}")
        sums = np.cumsum(np.pad(values, ((0, 0), (1, 0))), axis=1)
        ends = np.take_along_axis(sums, np.pad(last, ((0, 0), (1, 0))), axis=1)
        found: Array = np.diff(ends, axis=1) / np.diff(last, axis=1, prepend=0)
        return found

    def get(self, name: str, ids: Sequence[str] = ()) -> Array:
        """A variable with its first dimension in the order of `ids`; an id not stored is all 0."""
        dims = DIMENSIONS[name]
        values = self._raw(name)
        return values if dims[0] in FIXED else self._taken(values, dims[0], ids, axis=0)

    def grants(self, grants: Sequence[str], measures: Sequence[str]) -> Array:
        """`granted` as (grant, measure, year) in the order given."""
        by_grant = self._taken(self._raw("granted"), "grant", grants, axis=0)
        return self._taken(by_grant, "measure", measures, axis=1)

    def strangers(self, dim: str, known: Sequence[str]) -> tuple[str, ...]:
        """Ids stored in a dimension that the inputs don't know."""
        return tuple(name for name in self.ids.get(dim, ()) if name not in known)

    def _raw(self, name: str) -> Array:
        if name in self.arrays:
            return self.arrays[name]
        sizes = {"year": len(self.years), "period": len(self.weight), "step": self.steps}
        sizes |= {"month": 12, "day": DAYS, "line": len(self.ids.get("line", ()))}
        shape = [sizes.get(dim, len(self.ids.get(dim, ()))) for dim in DIMENSIONS[name]]
        if name in ("charge", "cascade", "bought_back", "matched") or 0 in shape:
            return np.zeros(shape)
        raise UnreadableRun(f"{self.name} lacks the variable '{name}'")

    def _taken(self, values: Array, dim: str, ids: Sequence[str], axis: int) -> Array:
        place = {name: number for number, name in enumerate(self.ids.get(dim, ()))}
        shape = list(values.shape)
        shape[axis] = 1
        padded = np.concatenate([values, np.zeros(shape)], axis=axis)
        order = [place.get(name, values.shape[axis]) for name in ids]
        return np.take(padded, np.array(order, np.int64), axis=axis)


def read_stored(path: Path) -> Stored:
    """plan.nc as arrays; raises UnreadableRun if it is missing, damaged or lacks its time axis."""
    name = path.name
    try:
        data = read_netcdf(path)
    except FileNotFoundError:
        raise UnreadableRun(f"{path}: there is no {name}; is this a run folder?") from None
    except Exception as error:  # h5py raises many kinds for a damaged file
        raise UnreadableRun(f"{path}: can't be read as netCDF ({_short(error)})") from None
    try:
        return as_stored(name, data)
    except (KeyError, ValueError, TypeError) as error:
        raise UnreadableRun(f"{path}: not laid out as a plan ({_short(error)})") from None


def as_stored(name: str, data: xr.Dataset) -> Stored:
    """A dataset laid out as docs/plan_file.md says; KeyError or ValueError where it is not."""
    ids = {
        str(dim): tuple(str(value) for value in data[dim].values)
        for dim in data.dims
        if dim in data.coords and dim not in ("period", "step", "day", "month", "year")
    }
    arrays = {
        key: data[key].transpose(*dims).values.astype(np.float64)
        for key, dims in DIMENSIONS.items()
        if key in data
    }
    if "series" in data:
        series = data["series"].transpose("key", "period", "step")
        keys = data["key"].values if "key" in data.coords else str(series.attrs["keys"]).split()
        rows = zip(keys, series.values, strict=True)
        arrays |= {f"series:{key}": values.astype(np.float64) for key, values in rows}
    labels = {key: tuple(str(v) for v in data[key].values) for key in TEXTS if key in data}
    steps = data.sizes.get("step", 0)
    period_of_day = data["period_of_day"].values.astype(np.int64)
    day_of_period = data["day_of_period"].values.astype(np.int64)
    if period_of_day.shape != (DAYS,) or not steps:
        raise ValueError("needs 365 days and at least one step a day")
    for found, limit in ((period_of_day, len(day_of_period)), (day_of_period, DAYS)):
        if found.min() < 0 or found.max() >= limit:
            raise ValueError("a day or period of the time axis is out of range")
    dt = float(data.attrs["dt"]) if "dt" in data.attrs else 24.0 / steps
    hours = np.full((len(day_of_period), steps), dt)
    if "step_hours" in data:
        hours = data["step_hours"].transpose("period", "step").values.astype(np.float64)
    return Stored(
        name=name,
        years=tuple(int(year) for year in data["year"].values),
        dt=dt,
        hours=hours,
        weight=data["weight"].values.astype(np.float64),
        period_of_day=period_of_day,
        day_of_period=day_of_period,
        steps=steps,
        ids=ids,
        arrays=arrays,
        labels=labels,
        attrs=dict(data.attrs),
    )


def _short(error: Exception) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:120]}"
