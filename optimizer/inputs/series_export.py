"""The case's series as a CSV file (docs/plan_file.md, `inputs/series.csv`)."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from optimizer.inputs.case import Case, ConverterUnit, GeneratorUnit
from optimizer.names import AREA, unit_for_export

UNITS = {
    "demand": "MW",
    "excess": "MW",
    "availability": "1",
    "ratio": "MWh/MWh",
    "price": "money/MWh",
    "factor": "1",
    "shape": "MW/(MWh/a)",
}
"""Unit by role; `money` becomes the scenario's currency and price year. An availability is per MW
of capacity, or per m2: then its unit is MW/m2."""


def series_unit(case: Case, key: str) -> str:
    """The unit of a series as a file shows it, such as "MW" or "CNY2025/MWh"."""
    if key in _per_area(case):
        return "MW/m2"
    return unit_for_export(UNITS[case.roles[key]], case.currency, case.price_year)


def _per_area(case: Case) -> set[str]:
    """Availabilities of units whose capacity is an area."""
    capacity_unit = {measure.id: measure.unit for measure in case.measures}
    for asset in case.assets:
        capacity_unit |= {asset.old_unit: asset.unit, asset.renewed_unit or "": asset.unit}
    return {
        unit.availability
        for unit in case.units
        if isinstance(unit, ConverterUnit | GeneratorUnit)
        and isinstance(unit.availability, str)
        and capacity_unit.get(unit.id) == AREA
    }


def write_series_csv(case_full: Case, path: Path) -> None:
    """One column a series, headed `key [unit]`, one row a step of the year (365 x H).

    Numbers are written so that reading them gives the same floats. Raises ValueError for a case
    that isn't on the full year.
    """
    if case_full.axis.kind != "full":
        raise ValueError("series are written from the case on the full year")
    keys = sorted(case_full.series)
    columns = [case_full.series[key].reshape(-1) for key in keys]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([f"{key} [{series_unit(case_full, key)}]" for key in keys])
        writer.writerows(np.column_stack(columns).tolist())
