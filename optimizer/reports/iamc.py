"""The run in the IAMC layout (Model, Scenario, Region, Variable, Unit, years), as iamc.csv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr

from optimizer import __version__
from optimizer.files.yaml_document import read_yaml
from optimizer.reports.tables import DIGITS
from optimizer.reports.valued import paid

SPECIES = {"CO2": ("CO2", "t CO2/yr"), "CO2e": ("Kyoto Gases", "t CO2-equiv/yr")}
"""The layout's name of what the scenario's tonnes stand for, and their unit."""
FORMULA = "=+-@\t\r"
"""What a spreadsheet takes for a formula, unless an apostrophe stands before it."""
Row = tuple[str, str, Any]


def write_iamc(
    run_dir: Path, plan: xr.Dataset, baseline: xr.Dataset, summary: Mapping[str, Any]
) -> Path:
    """Write iamc.csv: plan and baseline are two scenarios of one region, the site's grid region."""
    scenario = read_yaml(Path(run_dir) / "inputs" / "scenario.yaml").data
    region = str((scenario.get("site") or {}).get("grid_region") or summary["scenario"]["id"])
    region = f"'{region}" if region[0] in FORMULA else region
    rows = []
    for side, ds in (("plan", plan), ("baseline", baseline)):
        named = f"{summary['scenario']['id']} {side}"
        for variable, unit, values in _rows(ds, summary):
            rows.append((f"Decarb {__version__}", named, region, variable, unit, *values))
    years = [str(int(year)) for year in plan["year"].values]
    columns = ["Model", "Scenario", "Region", "Variable", "Unit", *years]
    file = Path(run_dir) / "iamc.csv"
    frame = pd.DataFrame(rows, columns=columns)
    frame.to_csv(file, index=False, float_format=DIGITS, lineterminator="\n")
    return file


def _rows(ds: xr.Dataset, summary: Mapping[str, Any]) -> Iterator[Row]:
    """(variable, unit, values by year) of one side."""
    species, unit = SPECIES[summary["gases"]]
    for variable, tonnes in _emissions(ds, summary["ledger"]):
        yield f"Emissions|{species}|{variable}", unit, tonnes
    yield "Carbon Removal", unit, ds["removal"].values
    if "credits" in ds:
        yield "Carbon Credits", unit, ds["credits"].sum("credit").values
    for carrier, values in _of(ds, "purchased", "carrier"):
        yield f"Final Energy|{carrier}", "MWh/yr", values
    money = f"{summary['currency']}_{summary['price_year']}/yr"
    if "measure" in ds.coords:
        units = dict(zip(_names(ds, "measure"), ds["capacity_unit"].values, strict=True))
        for measure, values in _of(ds, "installed", "measure"):
            yield f"Capacity|{measure}", str(units[measure]), values
        for measure, values in _of(ds, "overnight", "measure"):
            yield f"Investment|{measure}", money, values
    total = paid(ds)["cost"].transpose("line", "year").values.sum(axis=0)
    yield "Cost|Total", money, total


def _emissions(ds: xr.Dataset, ledger: str) -> Iterator[tuple[str, Any]]:
    """(levels of the variable, t by year): gross and scope 2 under both ledgers, net under the
    policy's."""
    scope1 = ds["scope1"].values
    yield "Scope 1", scope1
    for name in ("location", "market"):
        scope2 = ds[f"scope2_{name}"].values
        yield f"Scope 2|{name.title()}-based", scope2
        yield f"Gross|{name.title()}-based", scope1 + scope2
    yield f"Net|{ledger.title()}-based", ds["net"].values


def _names(ds: xr.Dataset, dim: str) -> list[str]:
    """English names; `|` divides levels of a variable, so that it can't stand inside a name."""
    coord = f"{dim}_name_en"
    shown = ds[coord].values if coord in ds else ds[dim].values
    return [str(name).replace("|", "/") for name in shown]


def _of(ds: xr.Dataset, variable: str, dim: str) -> Iterator[tuple[str, Any]]:
    """(name, values by year) of each member that is ever above zero."""
    values = ds[variable].transpose(dim, "year").values
    for name, row in zip(_names(ds, dim), values, strict=True):
        if row.any():
            yield name, row
