"""A small, plausible run folder, made by arithmetic instead of a solver.

A factory with steam from two gas boilers, drives and lighting. The plan adds a heat pump in 2028,
PV in 2026, LED lamps in 2026 and a green-power contract in 2029; 2 % of the base year is offset
from 2029. Units: MW, MWh, t, CNY. Eight typical days of 24 hours.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from optimizer.files.netcdf import write_netcdf
from tests.reports import fake_texts
from tests.reports.fake_cash import with_cash
from tests.reports.fake_texts import ASSETS, CARRIERS, MEASURES, USES

INPUTS = Path(__file__).parent / "fake_inputs"
YEARS = [2026, 2027, 2028, 2029, 2030]
BASE_YEAR = 2025
PERIODS, STEPS = 8, 24
WEIGHT = np.array([46.0] * 7 + [43.0])  # the last period takes the last 43 days
RATE, LIFE = 0.06, 15
GAS_FACTOR = 0.202
GRID = np.array([0.56, 0.55, 0.53, 0.51, 0.49])
PROCESS = 900.0
BOILER_EFFICIENCY = 0.9
COP = 2.6
LED_SHARE = 0.5
BUILT = {  # year, size, overnight cost
    "led": (2026, 1.0, 0.9e6),
    "rooftop_pv": (2026, 4.0, 14.0e6),
    "heat_pump": (2028, 3.0, 15e6),
}
GREEN = {2029: 4000.0, 2030: 6000.0}
CREDITS = {2029: 500.0, 2030: 560.0}
Numbers = NDArray[np.float64]


def shapes() -> dict[str, Numbers]:
    """MW (or share) of a typical day in each period, (P, H)."""
    hour = np.arange(STEPS)
    shift = np.where((hour >= 6) & (hour < 22), 1.0, 0.45)
    season = 1 + 0.15 * np.cos(2 * np.pi * np.arange(PERIODS) / PERIODS)
    sun = np.clip(np.sin(np.pi * (hour - 6) / 12), 0, None)
    light = 0.45 + 0.3 * (1 - np.cos(2 * np.pi * np.arange(PERIODS) / PERIODS)) / 2
    return {
        "motors_load": np.outer(np.ones(PERIODS), 3.2 * shift),
        "lighting_load": np.outer(season, 0.4 * shift),
        "steam_load": np.outer(season, 6.0 * shift),
        "pv_roof": np.outer(light, sun),
    }


def _capital_recovery() -> float:
    return RATE / (1 - (1 + RATE) ** -LIFE)


def dispatch(planned: bool) -> dict[str, Numbers]:
    """Flows (Y, P, H): heat pump first, boilers for the rest, PV before the grid."""
    s, shape = shapes(), (len(YEARS), PERIODS, STEPS)
    stands = {m: np.array([planned and y >= BUILT[m][0] for y in YEARS], float) for m in BUILT}
    lamps = (1 - LED_SHARE * stands["led"])[:, None, None] * s["lighting_load"]
    pump = np.minimum(s["steam_load"], 3.0 * stands["heat_pump"][:, None, None])
    boiler = s["steam_load"] - pump
    sun = 4.0 * stands["rooftop_pv"][:, None, None] * s["pv_roof"]
    load = s["motors_load"] + lamps + pump / COP
    own = np.minimum(sun, load)
    return {
        "heat_pump": pump, "boiler_a": 0.6 * boiler, "boiler_b": 0.4 * boiler,
        "rooftop_pv": sun, "import": load - own, "export": sun - own,
        "gas": boiler / BOILER_EFFICIENCY, "lighting": np.broadcast_to(lamps, shape),
    }  # fmt: skip


def _year(power: Numbers) -> Numbers:
    return np.einsum("yph,p->y", power, WEIGHT)


def dataset(planned: bool) -> xr.Dataset:
    """plan.nc (or baseline.nc) as docs/plan_file.md lays it out, the parts that reports read."""
    d = dispatch(planned)
    ny = len(YEARS)
    zero = np.zeros((len(CARRIERS), ny, PERIODS, STEPS))
    bought, sold = zero.copy(), zero.copy()
    bought[0], sold[0], bought[1] = d["import"], d["export"], d["gas"]
    units = ["heat_pump", "rooftop_pv", "boiler_a", "boiler_b.renewed"]
    flow = np.stack([d[u.split(".")[0]] for u in units])
    step = ("year", "period", "step")
    remaining = np.ones((len(USES), ny))
    remaining[1] = 1 - LED_SHARE * planned
    ds = xr.Dataset(
        {
            "flow": (("unit", *step), flow, {"units": "MW"}),
            "import": (("carrier", *step), bought, {"units": "MW"}),
            "export": (("carrier", *step), sold, {"units": "MW"}),
            "vent": (("carrier", *step), zero, {"units": "MW"}),
            "remaining": (("use", "year"), remaining, {"units": "1"}),
            "weight": (("period",), WEIGHT, {"units": "d"}),
            "day_of_period": (("period",), np.arange(PERIODS) * 46 + 15),
            "period_of_day": (("day",), np.minimum(np.arange(365) // 46, PERIODS - 1)),
        },
        coords={"year": YEARS, "unit": units, **fake_texts.coords()},
        attrs={"dt": 1.0, "currency": "CNY", "price_year": 2025, "axis": "typical"},
    )
    return _with_years(ds, d, planned)


def _with_years(ds: xr.Dataset, d: dict[str, Numbers], planned: bool) -> xr.Dataset:
    """Add what a year has one value of: builds, ledgers, costs."""
    ny = len(YEARS)
    build, installed, overnight = (np.zeros((len(MEASURES), ny)) for _ in range(3))
    for m, (year, size, capex) in BUILT.items() if planned else ():
        i, v = list(MEASURES).index(m), YEARS.index(year)
        build[i, v], installed[i, v:], overnight[i, v] = 1, size, capex
    green = np.array([GREEN.get(y, 0.0) * planned for y in YEARS])
    credits = np.array([CREDITS.get(y, 0.0) * planned for y in YEARS])
    purchased = np.zeros((len(CARRIERS), ny))
    purchased[0], purchased[1] = _year(d["import"]), _year(d["gas"])
    scope1 = GAS_FACTOR * purchased[1] + PROCESS
    location = GRID * purchased[0]
    market = GRID * (purchased[0] - green)
    by = {
        "build": (("measure", "year"), build, "1"),
        "installed": (("measure", "year"), installed, "MW"),
        "added": (("measure", "year"), np.diff(installed, axis=1, prepend=0), "MW"),
        "overnight": (("measure", "year"), overnight, "money"),
        "asset_old": (("asset", "year"), np.array([[1.0] * 5, [1, 1, 0, 0, 0]]), "1"),
        "asset_renewed": (("asset", "year"), np.array([[0.0] * 5, [0, 0, 1, 1, 1]]), "1"),
        "asset_retired": (("asset", "year"), np.zeros((len(ASSETS), ny)), "1"),
        "purchased": (("carrier", "year"), purchased, "MWh"),
        "contracted": (("contract", "year"), green[None], "MWh/a"),
        "claimed": (("contract", "year"), green[None], "MWh"),
        "credits": (("credit", "year"), credits[None], "t"),
        "scope1": (("year",), scope1, "t"),
        "scope2_location": (("year",), location, "t"),
        "scope2_market": (("year",), market, "t"),
        "gross": (("year",), scope1 + market, "t"),
        "removal": (("year",), np.zeros(ny), "t"),
        "net": (("year",), scope1 + market - credits, "t"),
    }
    sources = {
        "scope1:natural_gas": GAS_FACTOR * purchased[1],
        "scope1:kiln": np.full(ny, PROCESS),
        "scope2_location:electricity": location,
        "scope2_market:electricity": market,
    }
    own = _year(d["rooftop_pv"]) - _year(d["export"])
    unclaimed, none = purchased[0] - green, np.zeros(ny)
    causes = {
        "electricity:unclaimed": (unclaimed, GRID * unclaimed, GRID * unclaimed),
        "electricity:contract:green_power": (green, GRID * green, none),
        "electricity:own": (own, none, none),
        "electricity:export": (_year(d["export"]), none, none),
    }
    for column, (name, unit) in enumerate((("energy", "MWh"), ("location", "t"), ("market", "t"))):
        values = np.stack([parts[column] for parts in causes.values()])
        by[f"cause_{name}"] = (("cause", "year"), values, unit)
    ds = ds.assign_coords(cause=list(causes))
    by["emitted"] = (("source", "year"), np.stack(list(sources.values())), "t")
    ds = ds.assign_coords(source=list(sources))
    for name, (dims, values, unit) in by.items():
        ds[name] = xr.DataArray(values, dims=dims, attrs={"units": unit})
    return _with_costs(ds, d, overnight, green, credits)


def _with_costs(
    ds: xr.Dataset, d: dict[str, Numbers], overnight: Numbers, green: Numbers, credits: Numbers
) -> xr.Dataset:
    """Add cost(line, year); prices: 620 and 380 CNY/MWh, 60 CNY/MWh premium, 80 CNY/t."""
    capital = _capital_recovery() * np.cumsum(overnight, axis=1)
    lines = [("capital", m, capital[i]) for i, m in enumerate(MEASURES) if capital[i].any()]
    lines += [
        ("capital", "boiler_b", np.array([0, 0, 1, 1, 1]) * 180_000.0),
        ("fixed_om", "boiler_a", np.full(len(YEARS), 120_000.0)),
        ("energy", "electricity", 620.0 * ds["purchased"].values[0]),
        ("energy", "natural_gas", 380.0 * ds["purchased"].values[1]),
        ("demand_charge", "electricity", 12 * 40_000.0 * d["import"].max(axis=(1, 2))),
        ("export", "electricity", -300.0 * _year(d["export"])),
        ("carbon", "scope1", 90.0 * ds["scope1"].values),
        ("contracts", "green_power", 60.0 * green),
        ("credits", "cookstoves", 80.0 * credits),
    ]
    values = np.stack([c for *_, c in lines])
    ds["cost"] = xr.DataArray(values, dims=("line", "year"), attrs={"units": "money"})
    named = {"cost_class": [c for c, *_ in lines], "cost_item": [i for _, i, _ in lines]}
    named["timing"] = ["recurring"] * len(lines)
    coords = {k: ("line", v) for k, v in named.items()}
    ds = ds.assign_coords(line=[f"{c}.{i}" for c, i, _ in lines], **coords)
    return with_cash(ds, BUILT if overnight.any() else {})


def series_csv() -> pd.DataFrame:
    """The full year: each day of the year takes its period's shape; columns `key [unit]`."""
    period = np.minimum(np.arange(365) // 46, PERIODS - 1)
    units = {"pv_roof": "1"}
    table = {f"{k} [{units.get(k, 'MW')}]": v[period].ravel() for k, v in shapes().items()}
    table["heat_pump.electricity.ratio [1]"] = np.full(365 * STEPS, 1 / COP)
    return pd.DataFrame(table)


def write_fake_run(folder: Path, **changes: Any) -> Path:
    """Write the run into `folder`; `changes` replace keys of summary.json. Returns `folder`."""
    plan, baseline = dataset(planned=True), dataset(planned=False)
    inputs = folder / "inputs"
    shutil.copytree(INPUTS, inputs)
    write_netcdf(plan, folder / "plan.nc")
    write_netcdf(baseline, folder / "baseline.nc")
    summary = {**fake_texts.summary(plan, baseline), **changes}
    (folder / "summary.json").write_text(json.dumps(summary, ensure_ascii=False), encoding="utf-8")
    series_csv().to_csv(inputs / "series.csv", index=False)
    return folder
