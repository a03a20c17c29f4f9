"""Measured series with time stamps: what the stamps say is told, never mended."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from optimizer.errors import InputErrors
from optimizer.inputs.assemble import assemble
from optimizer.inputs.load import load
from tests.workspace import HOURS, put, small_scenario, write_workspace


def _stamped(folder: Path, skip: int | None = None, step_minutes: int = 60) -> Path:
    """The small workspace with a stamped column of 1 to 8760 kW; one hour may be left out."""
    scenario = small_scenario()
    scenario = put(scenario, "data.electricity_demand", {
        "file": "profiles/stamped.csv", "column": "kw", "unit": "kW", "step": "60 min",
        "time_column": "time",
    })  # fmt: skip
    path = write_workspace(folder, scenario)
    first = datetime(2025, 1, 1)
    rows = [
        f"{first + timedelta(minutes=step_minutes * h):%Y-%m-%d %H:%M},{h + 1}"
        for h in range(HOURS)
        if h != skip
    ]
    text = "time,kw\n" + "\n".join(rows) + "\n"
    (path.parent / "profiles" / "stamped.csv").write_text(text, encoding="utf-8")
    return path


def test_stamped_column_gives_its_values(tmp_path: Path) -> None:
    """Proves that a stamped column is read as it stands: 1 … 8760 kW are 0.001 … 8.76 MW."""
    case = assemble(load(_stamped(tmp_path)))
    read = case.series["electricity_demand"].reshape(-1)
    np.testing.assert_allclose(read, np.arange(1, HOURS + 1) / 1000, rtol=1e-12)


def test_missing_hour_is_told_at_its_line(tmp_path: Path) -> None:
    """Proves that a gap is told: hour 41 is left out, so line 43 (header, 41 rows) jumps by two."""
    with pytest.raises(InputErrors) as caught:
        assemble(load(_stamped(tmp_path, skip=41)))
    problem = caught.value.problems[0]
    assert (problem.file.endswith("stamped.csv"), problem.line) == (True, 43)


def test_stamps_must_agree_with_the_step(tmp_path: Path) -> None:
    """Proves that quarter-hour stamps under `step: 60 min` are refused, not read as hours."""
    with pytest.raises(InputErrors, match="stamps every 15 min"):
        assemble(load(_stamped(tmp_path, step_minutes=15)))
