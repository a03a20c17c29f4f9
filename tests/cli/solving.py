"""A plant that solves in under a second, for tests of the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer import api, cli
from tests.workspace import put, small_scenario, write_workspace

QUICK = ("--periods", "1", "--no-full-year")


def small(**changes: Any) -> dict[str, Any]:
    """The small plant over 2026 and 2027 with its tail to 2030; `budget__capex` is budget.capex."""
    scenario = put(put(small_scenario(), "horizon.last", 2027), "horizon.evaluate_to", 2030)
    factor = {2026: "0.53 kg/kWh", 2027: "0.5 kg/kWh"}
    scenario = put(scenario, "carriers.electricity.factor", factor)
    for path, value in changes.items():
        scenario = put(scenario, path.replace("__", "."), value)
    return scenario


def write_small(folder: Path, **changes: Any) -> Path:
    """Write the workspace; the path of its scenario."""
    return write_workspace(folder, small(**changes))


def without_reports(patch: pytest.MonkeyPatch) -> None:
    """Leave out what takes most of a quick solve and has tests of its own."""
    patch.setattr(api, "_write_reports", lambda folder, job: None)


def solve(scenario: Path, *options: str) -> int:
    """The exit code of a quick solve."""
    return cli.run(["solve", str(scenario), *QUICK, *options])
