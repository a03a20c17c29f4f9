"""Writes what a run folder holds of the plan and of all that went in (docs/plan_file.md)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import xarray as xr

from optimizer.files.hashes import sha256_of
from optimizer.files.netcdf import write_netcdf
from optimizer.files.yaml_writer import write_yaml
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.case import Case
from optimizer.inputs.series_export import write_series_csv
from optimizer.plan.store import BASELINE, PLAN, SUMMARY

FOLDERS = {
    "policy": "policies",
    "attestation": "attestations",
    "factors": "emission_factors",
    "catalog": "technology_catalog",
    "references": "technology_catalog",
    "series": "series",
}


def write_plan(
    folder: Path, plan: xr.Dataset, baseline: xr.Dataset, figures: dict[str, Any]
) -> None:
    """plan.nc, baseline.nc and summary.json."""
    write_netcdf(plan, folder / PLAN)
    write_netcdf(baseline, folder / BASELINE)
    text = json.dumps(figures, ensure_ascii=False, indent=1, allow_nan=False)
    (folder / SUMMARY).write_text(text + "\n", encoding="utf-8")


def write_inputs(folder: Path, bundle: Bundle, full: Case) -> None:
    """inputs/: the scenario as solved, copies of all files, the year's series, a manifest."""
    target = folder / "inputs"
    target.mkdir()
    write_yaml(bundle.scenario_document.data, target / "scenario.yaml")
    origins: dict[str, str] = {"scenario.yaml": bundle.scenario_document.shown_as}
    for source in bundle.files:
        if source.role != "scenario":
            copy = target / FOLDERS[source.role] / source.path.name
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(source.path, copy)
            origins[copy.relative_to(target).as_posix()] = source.shown_as
    write_series_csv(full, target / "series.csv")
    origins["series.csv"] = "made from the measured columns and shapes above"
    _write_manifest(target, origins, full)


def _write_manifest(target: Path, origins: dict[str, str], full: Case) -> None:
    files = [
        {"file": name, "sha256": sha256_of(target / name), "origin": origin}
        for name, origin in sorted(origins.items())
    ]
    manifest = {"files": files, "derived": list(full.derived)}
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (target / "manifest.json").write_text(text + "\n", encoding="utf-8")
