"""A run on disk: plan.nc, baseline.nc, summary.json; read back as one object."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xarray as xr

from optimizer.errors import InputErrors, Problem
from optimizer.files.netcdf import read_netcdf

PLAN, BASELINE, SUMMARY = "plan.nc", "baseline.nc", "summary.json"
AUDIT, SHARES, LOAN = "audit.json", "shares.json", "loan.json"


@dataclass(frozen=True)
class Run:
    """A run folder in memory; ``audit`` and ``shares`` are None until `decarb audit` and `decarb
    measures` have made them."""

    path: Path
    plan: xr.Dataset
    baseline: xr.Dataset
    summary: dict[str, Any]
    audit: dict[str, Any] | None = None
    shares: dict[str, Any] | None = None


def read_summary(path: Path) -> dict[str, Any]:
    """summary.json of a run folder; OSError or ValueError where it can't be read."""
    figures: dict[str, Any] = json.loads((path / SUMMARY).read_text(encoding="utf-8"))
    return figures


def read_finding(path: Path, name: str) -> dict[str, Any] | None:
    """AUDIT or SHARES of a run folder, None where there is none; OSError or ValueError if
    damaged."""
    file = path / name
    if not file.is_file():
        return None
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def write_finding(path: Path, name: str, found: Mapping[str, Any]) -> None:
    """Put AUDIT, SHARES or LOAN into a run folder, whole or not at all."""
    fresh = path / f".{name}.part"
    try:
        text = json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False)
        fresh.write_text(text + "\n", encoding="utf-8")
        fresh.replace(path / name)
    finally:
        fresh.unlink(missing_ok=True)


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
        audit, shares = (read_finding(path, name) for name in (AUDIT, SHARES))
    except (OSError, ValueError, KeyError) as error:
        shown = Problem(
            str(path), 0, 0, "run", type(error).__name__, "a readable run folder", "It is damaged."
        )
        raise InputErrors([shown]) from error
    return Run(path, plan, baseline, summary, audit, shares)
