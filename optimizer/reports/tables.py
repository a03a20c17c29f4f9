"""The run as plain tables for other programs: ids, base units, full precision, units in headers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from optimizer.plan.cash_flow import cash_flow
from optimizer.reports import borrowed, footprint, valued
from optimizer.reports.allowances import TONNES
from optimizer.reports.carbon import causes
from optimizer.reports.charts_day import JANUARY, JULY
from optimizer.reports.energy import starts, step_hours
from optimizer.reports.valued import paid

DIGITS = "%.10g"
LEDGER = ("baseline", "gross", "gross_location", "gross_market", "net", "credits", "removal",
          "scope1", "scope2_location", "scope2_market", "gross_cap", "net_target")  # fmt: skip
SHARES = ("offset_share", "offset_share_bound")
TRADES = ("import", "export", "vent")
STORES = ("charge", "discharge")


def write_tables(
    run_dir: Path, plan: xr.Dataset, baseline: xr.Dataset, summary: Mapping[str, Any]
) -> list[Path]:
    """Write tables/*.csv into the run folder; returns what was written."""
    folder = Path(run_dir) / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, frame in frames(plan, baseline, summary).items():
        file = folder / f"{name}.csv"
        frame.to_csv(file, index=False, float_format=DIGITS, encoding="utf-8", lineterminator="\n")
        written.append(file)
    return written


def frames(
    plan: xr.Dataset, baseline: xr.Dataset, summary: Mapping[str, Any]
) -> dict[str, pd.DataFrame]:
    """Every table by name: emissions, ledgers, contracts, build, costs, energy, dispatch_days,
    credits; allowances where there is a carbon price or CBAM, valuation where something is only
    valued, borrowed where a loan counted, footprint where there is a product."""
    sides = {"plan": plan, "baseline": baseline}
    money = f"{summary['currency']}{summary['price_year']}"
    found = {
        "emissions": emissions(summary),
        "ledgers": pd.concat([ledgers(ds, side) for side, ds in sides.items()]),
        "contracts": contracts(plan, money),
        "build": build(plan, summary, money),
        "costs": pd.concat([costs(ds, side, money) for side, ds in sides.items()]),
        "cash_flow": cash(plan, baseline, money),
        "energy": pd.concat([energy(ds, side) for side, ds in sides.items()]),
        "dispatch_days": dispatch_days(plan),
        "credits": _credits(summary, money),
    }
    more = {
        "allowances": pd.concat([allowances(ds, side) for side, ds in sides.items()]),
        "valuation": valued.frame(plan, money),
        "borrowed": borrowed.frame(summary),
        "footprint": pd.concat(
            [footprint.frame(ds, side, summary["ledger"]) for side, ds in sides.items()]
        ),
    }
    return found | {name: frame for name, frame in more.items() if not frame.empty}


def emissions(summary: Mapping[str, Any]) -> pd.DataFrame:
    """A row a planning year; `baseline`, `gross` and `net` in the ledger named, tonnes of the
    gases named; empty where no rule sets a limit."""
    rows = [
        {"year": row["year"], "ledger": summary["ledger"], "gases": summary["gases"],
         **{f"{k} [t]": row[k] for k in LEDGER},
         **{f"{k} [1]": row[k] for k in SHARES}}
        for row in summary["years"]
    ]  # fmt: skip
    return pd.DataFrame(rows)


def ledgers(ds: xr.Dataset, side: str) -> pd.DataFrame:
    """A row a year and cause of scope 2: its energy, and its tonnes in each ledger."""
    rows = [
        (side, int(year), cause.kind, cause.item, cause.energy[i], cause.location[i],
         cause.market[i])
        for cause in causes(ds)
        for i, year in enumerate(ds["year"].values)
    ]  # fmt: skip
    columns = ["case", "year", "cause", "item", "energy [MWh]", "location [t]", "market [t]"]
    return pd.DataFrame(rows, columns=columns)


def contracts(plan: xr.Dataset, money: str) -> pd.DataFrame:
    """A row a contract and year in which it is in force: amounts, what it is, what it costs."""
    told = zip(plan["cost_class"].values, plan["cost_item"].values, strict=True)
    costs = zip(told, plan["cost"].transpose("line", "year").values, strict=True)
    paid = {str(item): cost for (kind, item), cost in costs if kind == "contracts"}
    rows: list[tuple[object, ...]] = []
    for contract in map(str, plan["contract"].values):
        at = plan.sel(contract=contract)
        texts = [str(at[f"contract_{key}"].values) for key in ("form", "matching")]
        flags = [int(at[f"contract_{key}"]) for key in ("traceable", "additional")]
        cost = paid.get(contract, np.zeros(plan.sizes["year"]))
        for i, year in enumerate(plan["year"].values):
            amounts = [float(at[key][i]) for key in ("contracted", "claimed")]
            if amounts[0] > 0:
                rows.append((contract, int(year), *texts, *flags, *amounts, float(cost[i])))
    columns = ["contract", "year", "form", "matching", "traceable", "additional",
               "contracted [MWh/a]", "claimed [MWh]", f"cost [{money}]"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def build(plan: xr.Dataset, summary: Mapping[str, Any], money: str) -> pd.DataFrame:
    """A row a build."""
    columns = [
        "year",
        "measure",
        "kind",
        "family",
        "financing",
        "capacity",
        "unit",
        f"capex [{money}]",
    ]
    rows = []
    for row in summary["build"]:
        at = plan.sel(measure=row["measure"])
        told = tuple(str(at[key].values) for key in ("kind", "family", "financing"))
        values = (row["year"], row["measure"], *told, row["capacity"], row["unit"], row["capex"])
        rows.append(dict(zip(columns, values, strict=True)))
    return pd.DataFrame(rows, columns=columns)


def costs(ds: xr.Dataset, side: str, money: str) -> pd.DataFrame:
    """A row a cost line that is paid and year, undiscounted."""
    ds = paid(ds)
    values = ds["cost"].transpose("line", "year").values
    told = (map(str, ds[c].values) for c in ("cost_class", "cost_item", "timing"))
    lines = list(zip(*told, strict=True))
    rows = [
        (side, *line, int(year), float(amount))
        for line, row in zip(lines, values, strict=True)
        for year, amount in zip(ds["year"].values, row, strict=True)
    ]
    columns = ["case", "class", "item", "timing", "year", f"amount [{money}]"]
    return pd.DataFrame(rows, columns=columns)


def cash(plan: xr.Dataset, baseline: xr.Dataset, money: str) -> pd.DataFrame:
    """A row a line and year of what is paid and received, tail included; in above 0, out below."""
    flow = cash_flow(plan, baseline)
    told = (map(str, flow[c].values) for c in ("cash_class", "item", "timing"))
    sides = ("plan", "baseline", "difference")
    amounts = [flow[side].transpose("line", "year").values for side in sides]
    rows = [
        (*line, int(year), *(float(values[i, j]) for values in amounts))
        for i, line in enumerate(zip(*told, strict=True))
        for j, year in enumerate(flow["year"].values)
    ]
    columns = ["class", "item", "timing", "year", *(f"{side} [{money}]" for side in sides)]
    return pd.DataFrame(rows, columns=columns)


def energy(ds: xr.Dataset, side: str) -> pd.DataFrame:
    """A row a carrier and year: bought (contracts included), imported, exported, vented."""
    hours = ds["weight"] * xr.DataArray(step_hours(ds), dims=("period", "step"))
    yearly = {"purchased": ds["purchased"]}
    yearly |= {name: (ds[name] * hours).sum(["period", "step"]) for name in TRADES}
    values = {f"{k} [MWh]": v.transpose("carrier", "year").values for k, v in yearly.items()}
    rows = [
        {"case": side, "carrier": str(carrier), "year": int(year),
         **{column: float(of[i, j]) for column, of in values.items()}}
        for i, carrier in enumerate(ds["carrier"].values)
        for j, year in enumerate(ds["year"].values)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def dispatch_days(plan: xr.Dataset) -> pd.DataFrame:
    """Every flow of the last year on the days that stand for mid-January and mid-July, MW."""
    last, lengths = plan["year"].values[-1], step_hours(plan)
    rows = []
    for month, day in (("january", JANUARY), ("july", JULY)):
        period = int(plan["period_of_day"].values[day])
        at, hours = plan.sel(year=last).isel(period=period), starts(lengths[period])
        for what, name, power in _powers(at):
            hourly = zip(hours, power, strict=True)
            rows += [(month, float(hour), what, name, float(mw)) for hour, mw in hourly]
    return pd.DataFrame(rows, columns=["day", "hour", "what", "id", "power [MW]"])


def _powers(at: xr.Dataset) -> Iterator[tuple[str, str, np.ndarray[Any, Any]]]:
    dims = {"flow": "unit", **dict.fromkeys(TRADES, "carrier"), **dict.fromkeys(STORES, "storage")}
    for what, dim in dims.items():
        if what in at:
            for name in at[dim].values:
                power = at[what].sel({dim: name}).values
                if np.abs(power).max() > 0:
                    yield what, str(name), power


def allowances(ds: xr.Dataset, side: str) -> pd.DataFrame:
    """A row a year of what a carbon price and CBAM count; empty where there is neither."""
    known = {f"{name} [t]": ds[name].values for name in TONNES if name in ds}
    if not known:
        return pd.DataFrame()
    return pd.DataFrame({"case": side, "year": ds["year"].values, **known})


def _credits(summary: Mapping[str, Any], money: str) -> pd.DataFrame:
    columns = ["year", "credit", "amount [t]", f"cost [{money}]"]
    rows = [(c["year"], c["credit"], c["tonnes"], c["cost"]) for c in summary["credits"]]
    return pd.DataFrame(rows, columns=columns)
