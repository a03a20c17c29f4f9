"""A shipped factory's whole plan searched to a proven gap, by one method.

``python -m tests.benchmarks.own.search_case search.json out.json``. The matrix is the same for all
methods; what is timed is the search alone, from the matrix to the proof.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

import numpy as np

from optimizer.inputs.assemble import assemble
from optimizer.inputs.axis_choice import on_typical_days
from optimizer.inputs.case import Case
from optimizer.inputs.load import load
from optimizer.solve.stamp import stamp
from tests.benchmarks.searches import FULL_YEAR, Search

THREADS = 2


def case_of(search: Search) -> Case:
    """The factory on so many typical days and its extreme days, or on the full year."""
    full = assemble(load(Path(search.scenario)))
    return full if search.days == FULL_YEAR else on_typical_days(full, search.days)[0]


def main() -> None:
    given, out = Path(sys.argv[1]), Path(sys.argv[2])
    search = Search(**json.loads(given.read_text(encoding="utf-8")))
    solve = getattr(import_module(f"optimizer.solve.{search.method}"), f"solve_{search.method}")
    case = case_of(search)
    began = time.perf_counter()
    matrix = stamp(case)
    built = time.perf_counter() - began
    began = time.perf_counter()
    outcome = solve(matrix, gap=search.gap, time_limit=search.limit, threads=THREADS)
    searched = time.perf_counter() - began
    out.write_text(json.dumps(_found(outcome, matrix, built, searched)), encoding="utf-8")


def _found(outcome: Any, matrix: Any, built: float, searched: float) -> dict[str, Any]:
    return {
        "build": built,
        "search": searched,
        "ending": outcome.ending,
        "gap": outcome.gap if np.isfinite(outcome.gap) else None,
        "objective": outcome.objective if outcome.x is not None else None,
        "bound": outcome.bound if np.isfinite(outcome.bound) else None,
        "periods": matrix.shape[1],
        "size": [*matrix.rows.shape, matrix.rows.nnz],
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "versions": {"highspy": metadata.version("highspy")},
    }


if __name__ == "__main__":
    main()
