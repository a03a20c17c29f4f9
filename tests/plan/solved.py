"""Solves a plant with its builds given, and writes what a verifier needs of a run folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import xarray as xr

from optimizer.files.netcdf import write_netcdf
from optimizer.inputs.assemble import assemble
from optimizer.inputs.axis_choice import on_typical_days
from optimizer.inputs.baseline import baseline_case
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.case import Case
from optimizer.inputs.load import load
from optimizer.inputs.series_export import write_series_csv
from optimizer.plan.extract import extract
from optimizer.solve.direct import solve_direct
from optimizer.solve.edit import with_fixed
from optimizer.solve.solution import Solution
from optimizer.solve.stamp import stamp

FOLDERS = {
    "scenario": "",
    "policy": "policies",
    "factors": "emission_factors",
    "catalog": "technology_catalog",
}


def solved(case: Case, builds: Mapping[tuple[str, int], int] | None) -> xr.Dataset:
    """The cheapest plan of a case, its builds held where they are given (others at 0)."""
    matrix = stamp(case)
    if builds is not None:
        build = matrix.layer.model.build
        places = {key: matrix.column(build[key]) for key in build}
        held = {key: column for key, column in places.items() if column is not None}
        values = np.array([float(builds.get(key, 0)) for key in held])
        matrix = with_fixed(matrix, np.array(list(held.values())), values)
    outcome = solve_direct(matrix, gap=0.5, start=False)
    assert outcome.x is not None, "the plant of the test has no plan"
    solution = Solution(matrix, outcome.x)
    data = extract(solution)
    data.attrs |= {
        "dt": case.axis.dt,
        "net_present_cost": solution.net_present_cost(),
        "decision_cost": float(outcome.objective),
    }
    data.attrs["base_emissions"] = case.policy.base_emissions
    return data


def write_solved(scenario: Path, run: Path, builds: Mapping[tuple[str, int], int]) -> Path:
    """Solve a scenario on its typical days and write plan, baseline, inputs; return the folder."""
    bundle = load(scenario)
    full = assemble(bundle)
    time = bundle.scenario.time
    assert isinstance(time.periods, int)
    typical, _ = on_typical_days(full, time.periods, time.segments)
    _copy_inputs(bundle, full, run / "inputs")
    for name, case, held in (
        ("plan", typical, builds),
        ("baseline", baseline_case(typical), None),
    ):
        write_netcdf(solved(case, held), run / f"{name}.nc")
    (run / "summary.json").write_text(json.dumps({}), encoding="utf-8")
    return run


def _copy_inputs(bundle: Bundle, full: Case, inputs: Path) -> None:
    for folder in FOLDERS.values():
        (inputs / folder).mkdir(parents=True, exist_ok=True)
    for file in bundle.files:
        if file.role in FOLDERS:
            shutil.copy(file.path, inputs / FOLDERS[file.role] / file.path.name)
    write_series_csv(full, inputs / "series.csv")
