"""Where energy comes from and goes to: yearly balances and single days, from plan.nc and inputs/.

Converter flows are ratio x reference flow (docs/model.md, section 4). A flow is (from, to, MW) on
(period, step); ends are tagged ids such as ("carrier", "steam") or ("unit", "boiler").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from optimizer import units
from optimizer.inputs.profiles.heat_pump import cop
from optimizer.reports.inputs_copy import InputsCopy
from optimizer.schema.series import CopModel

Numbers = NDArray[np.float64]
End = tuple[str, str]
SMALL = 1e-6  # MW: below it a flow is rounding of the solver


@dataclass(frozen=True)
class Flow:
    """`power` MW (period, step) from one end to another."""

    start: End
    end: End
    power: Numbers


def flows(ds: xr.Dataset, inputs: InputsCopy, year: int) -> list[Flow]:
    """Every flow of the year that isn't zero throughout, end uses excluded."""
    at = ds.sel(year=year)
    found = [*_traded(at, inputs), *_stored(at, inputs)]
    for unit, flow in _each(at, "flow", "unit"):
        if np.abs(flow).max() > SMALL:
            found += _converted(ds, inputs, unit, flow)
    return [flow for flow in found if np.abs(flow.power).max() > SMALL]


def net_supply(found: list[Flow], carrier: str) -> Numbers | float:
    """MW (period, step) that the flows leave for the end uses of a carrier."""
    node = ("carrier", carrier)
    into = sum((f.power for f in found if f.end == node), start=np.zeros(()))
    out = sum((f.power for f in found if f.start == node), start=np.zeros(()))
    return into - out


def yearly_energy(ds: xr.Dataset, power: Numbers | float) -> float:
    """MWh a year of a power on (period, step): sum of weight x hours x MW."""
    hours = ds["weight"].values[:, None] * step_hours(ds)
    return float(np.sum(hours * power))


def step_hours(ds: xr.Dataset) -> Numbers:
    """Length of each step [h], (period, step): equal, unless the plan stores segments of a day."""
    if "step_hours" in ds:
        found: Numbers = ds["step_hours"].transpose("period", "step").values
        return found
    return np.full((ds.sizes["period"], ds.sizes["step"]), float(ds.attrs["dt"]))


def starts(lengths: Numbers) -> Numbers:
    """Hour of the day at which each step begins, from the lengths of a day's steps [h]."""
    found: Numbers = np.cumsum(lengths) - lengths
    return found


def end_uses(ds: xr.Dataset, inputs: InputsCopy, year: int, carrier: str) -> dict[str, float]:
    """MWh a year of each service of a carrier: demand x activity x remaining."""
    hours = float(ds.attrs["dt"])
    found: dict[str, float] = {}
    for service in inputs.scenario["services"]:
        if service["carrier"] == carrier:
            left = 1.0
            if service["id"] in _ids(ds, "use"):
                left = float(ds["remaining"].sel(use=service["id"], year=year))
            activity = inputs.activity(_share(service.get("fixed_share", 0.0)), year)
            demand = float(inputs.series[service["demand"]].sum()) * hours
            found[service["id"]] = demand * activity * left
    return found


def _traded(at: xr.Dataset, inputs: InputsCopy) -> Iterator[Flow]:
    trades = (_each(at, name, "carrier") for name in ("import", "export", "vent"))
    for (carrier, bought), (_, sold), (_, vented) in zip(*trades, strict=True):
        node = ("carrier", carrier)
        yield Flow(("bought", carrier), node, bought)
        yield Flow(node, ("sold", carrier), sold)
        yield Flow(node, ("vented", carrier), vented)
    for contract, power in _each(at, "delivered", "contract"):
        if contract in inputs.measures:
            end = ("carrier", inputs.measures[contract]["carrier"])
            yield Flow(("contract", contract), end, power)
    for link, power in _each(at, "cascade", "link"):
        one = at.sel(link=link)
        ends = [("carrier", str(one[f"link_{side}"].values)) for side in ("from", "to")]
        yield Flow(ends[0], ends[1], power)


def _stored(at: xr.Dataset, inputs: InputsCopy) -> Iterator[Flow]:
    ways = (_each(at, name, "storage") for name in ("charge", "discharge"))
    for (store, charge), (_, discharge) in zip(*ways, strict=True):
        node, unit = ("carrier", inputs.technology(store)["carrier"]), ("unit", store)
        yield Flow(node, unit, charge)
        yield Flow(unit, node, discharge)


def _converted(ds: xr.Dataset, inputs: InputsCopy, unit: str, flow: Numbers) -> Iterator[Flow]:
    tech, node = inputs.technology(unit), ("unit", unit)
    if "output" in tech:
        yield Flow(node, ("carrier", tech["output"]), flow)
        return
    for carrier, given in (tech.get("inputs") or {}).items():
        yield Flow(("carrier", carrier), node, flow * _ratio(ds, inputs, unit, carrier, given))
    for carrier, given in (tech.get("outputs") or {}).items():
        yield Flow(node, ("carrier", carrier), flow * _ratio(ds, inputs, unit, carrier, given))


def _ratio(
    ds: xr.Dataset, inputs: InputsCopy, unit: str, carrier: str, given: Any
) -> Numbers | float:
    """MWh of the carrier per MWh of reference flow: a number, or by step where it follows a COP."""
    if not isinstance(given, dict):
        return float(given)
    if "ratio" in given:
        return float(given["ratio"])
    if "efficiency" in given:
        return 1.0 / float(given["efficiency"])
    form, model = next(iter(given.items()))
    if "source" in model:
        return _constant_cop_ratio(form, model)
    return _on_axis(ds, inputs, f"{unit}.{carrier}.ratio")


def _constant_cop_ratio(form: str, model: dict[str, Any]) -> float:
    """1/COP of the drive (`cop`) or 1 - 1/COP of the heat source (`cop_source`), source fixed."""
    sink, source = (units.parse_temperature(model[key]) for key in ("sink", "source"))
    largest = float(model.get("maximum", CopModel.model_fields["maximum"].default))
    drive = 1.0 / float(cop(sink, source, _share(model["quality"]), largest))
    return drive if form == "cop" else 1.0 - drive


def _on_axis(ds: xr.Dataset, inputs: InputsCopy, key: str) -> Numbers:
    """A series on the plan's axis (period, step): as stored, else its representative days."""
    if "series" in ds and key in ds["key"].values:
        return np.asarray(ds["series"].sel(key=key).values, dtype=float)
    days = ds["day_of_period"].values.astype(int)
    return np.asarray(inputs.series[key].reshape(365, -1)[days], dtype=float)


def _share(given: Any) -> float:
    return units.parse(given, "1").value if isinstance(given, str) else float(given)


def _each(at: xr.Dataset, name: str, dim: str) -> Iterator[tuple[str, Numbers]]:
    """Members of `dim` and their power (period, step); none where the plan lacks the variable."""
    if name in at and dim in at.coords:
        yield from zip(_ids(at, dim), at[name].transpose(dim, "period", "step").values, strict=True)


def _ids(ds: xr.Dataset, dim: str) -> list[str]:
    return [str(i) for i in ds[dim].values] if dim in ds.coords else []
