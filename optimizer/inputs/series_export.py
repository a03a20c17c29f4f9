"""The case's series as a CSV file (docs/plan_file.md, `inputs/series.csv`)."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from optimizer.inputs.case import Case

UNITS = {
    "demand": "MW",
    "excess": "MW",
    "availability": "MW per capacity",
    "ratio": "MWh/MWh",
    "price": "money/MWh",
    "factor": "1",
    "shape": "MW/(MWh/a)",
}
"""Unit by role; `money` is replaced by the scenario's currency and price year."""


def series_unit(case: Case, key: str) -> str:
    """The unit of a series as a file shows it, such as "MW" or "CNY2025/MWh"."""
    money = f"{case.currency}{case.price_year}"
    return UNITS[case.roles[key]].replace("money", money)


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
