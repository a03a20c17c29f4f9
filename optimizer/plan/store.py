"""A run on disk: plan.nc, baseline.nc, summary.json; read back as one object."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xarray as xr

from optimizer.errors import InputErrors, Problem
from optimizer.files.netcdf import read_netcdf

PLAN, BASELINE, SUMMARY = "plan.nc", "baseline.nc", "summary.json"
LARGE = 10_000
"""Variables of more values are compressed."""


@dataclass(frozen=True)
class Run:
    """A run folder in memory."""

    path: Path
    plan: xr.Dataset
    baseline: xr.Dataset
    summary: dict[str, Any]


def write_dataset(dataset: xr.Dataset, path: Path) -> None:
    """One root group, h5netcdf; large variables compressed without loss."""
    encoding = {
        n: {"zlib": True, "complevel": 1} for n, v in dataset.data_vars.items() if v.size > LARGE
    }
    dataset.to_netcdf(path, engine="h5netcdf", encoding=encoding)


def read_summary(path: Path) -> dict[str, Any]:
    """summary.json of a run folder; OSError or ValueError where it can't be read."""
    figures: dict[str, Any] = json.loads((path / SUMMARY).read_text(encoding="utf-8"))
    return figures


def read_run(path: Path) -> Run:
    """The run in a folder. Raises InputErrors, one a missing or unreadable file."""
    problems = [
        Problem(
            str(path / name), 0, 0, "run", "", "a file of a run folder written by `decarb solve`"
        )
        for name in (PLAN, BASELINE, SUMMARY)
        if not (path / name).is_file()
    ]
    if problems:
        raise InputErrors(problems)
    try:
        summary = read_summary(path)
        plan, baseline = (read_netcdf(path / name) for name in (PLAN, BASELINE))
    except (OSError, ValueError, KeyError) as error:
        shown = Problem(
            str(path), 0, 0, "run", type(error).__name__, "a readable run folder", "It is damaged."
        )
        raise InputErrors([shown]) from error
    return Run(path, plan, baseline, summary)
