"""What a shipped factory must give: computed here, stored in results/reference/, compared in tests.

Two kinds. Exact figures come from data and from one linear problem, the baseline; they hold to the
solver's tolerance. The optimum is known only as an interval [bound, cost] that a search proves; any
other search of the same case must prove one that overlaps it.
"""

from __future__ import annotations

import json
import os
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from optimizer import api
from optimizer.inputs.axis_choice import on_typical_days
from optimizer.inputs.baseline import baseline_case
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.case import Case
from optimizer.plan.extract import extract
from optimizer.solve.matrix import Matrix
from optimizer.solve.parts import solve_parts
from optimizer.solve.solution import Solution
from optimizer.solve.stamp import stamp

ROOT: Final = Path(__file__).resolve().parents[2]
STORED: Final = ROOT / "results" / "reference"
DATA: Final = Path(os.environ.get("DECARB_TEST_DATA", ROOT.parent / "shared" / "data"))
MEASURED: Final = DATA / "iron_works_15min.csv"
FACTORIES: Final = ("auto_parts_jiangsu", "dairy_denmark", "laundry_denmark", "iron_works")
NEEDS_DATA: Final = frozenset({"iron_works"})
LIBRARIES: Final = ("pyomo", "highspy", "numpy", "scipy", "pandas", "xarray", "tsam", "pvlib")


def scenario_file(factory: str) -> Path:
    """The shipped scenario."""
    return ROOT / "scenarios" / factory / "scenario.yaml"


def data_of(factory: str) -> Path | None:
    """The folder of measured data for factories that need one."""
    return DATA if factory in NEEDS_DATA else None


def can_load(factory: str) -> bool:
    """Whether all series of a factory are at hand."""
    return factory not in NEEDS_DATA or MEASURED.is_file()


def bundle_of(factory: str) -> Bundle:
    """The loaded factory. Raises InputErrors."""
    return api.load(scenario_file(factory), data=data_of(factory))


@cache
def typical_case(factory: str) -> Case:
    """The case on the scenario's own number of typical days, extreme days on top."""
    bundle = bundle_of(factory)
    periods = bundle.scenario.time.periods
    assert periods != "full"
    return on_typical_days(api.assemble(bundle), periods)[0]


def exact_figures(factory: str) -> dict[str, Any]:
    """All that needs no search: base year, baseline, options and the problem's shape.

    Money of the scenario, present cost; emissions in t; `gross` in the ledger of the policy.
    """
    case = typical_case(factory)
    matrix = stamp(baseline_case(case))
    outcome = solve_parts(matrix)
    assert outcome.x is not None, f"{factory}: the baseline has no solution"
    gross = extract(Solution(matrix, outcome.x))["gross"].values
    return {
        "base_year": {
            "year": case.base.year,
            "ledger": case.policy.ledger,
            "emissions": case.policy.base_emissions,
            "scope1": case.base.scope1,
            "scope2_location": case.base.scope2_location,
            "scope2_market": case.base.scope2_market,
        },
        "baseline": {
            "npv": outcome.objective,
            "gross": {str(y): float(t) for y, t in zip(case.years, gross, strict=True)},
        },
        "units": [unit.id for unit in case.units],
        "measures": [measure.id for measure in case.measures],
        "contracts": [contract.id for contract in case.contracts],
        "credits": [credit.id for credit in case.credits],
        "axis": {"days": len(case.axis.weight), "steps": case.axis.steps, "hours": case.axis.dt},
        "problem": shape_of(stamp(case)),
    }


def shape_of(matrix: Matrix) -> dict[str, int]:
    """Rows, columns, whole columns and nonzeros of the problem that is searched."""
    rows, columns = matrix.rows.shape
    return {
        "rows": rows,
        "columns": columns,
        "whole_columns": int(matrix.integer.sum()),
        "nonzeros": matrix.rows.nnz,
    }


def versions() -> dict[str, str]:
    """What the figures were made with; told when they differ, never compared."""
    return {name: version(name) for name in LIBRARIES} | {"python": platform.python_version()}


def stored(factory: str) -> dict[str, Any]:
    """The reference file of a factory."""
    figures: dict[str, Any] = json.loads((STORED / f"{factory}.json").read_text(encoding="utf-8"))
    return figures
