"""`decarb curve` from the command line: three views, tables and a page in one folder."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from optimizer import cli
from tests.workspace import small_scenario, write_workspace


def test_a_curve_is_stored_and_printed_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that stdout and curve.json hold the same views, that every measure on offer is among
    those alone, and that the page draws what is counted twice only where it is asked for."""
    scenario, out = write_workspace(tmp_path, small_scenario()), tmp_path / "curve"
    asked = ["curve", str(scenario), "--periods", "1", "--steps", "2", "--naive", "--lang", "zh"]
    assert cli.run([*asked, "--out", str(out), "--json"]) == cli.FINE
    said = json.loads(capsys.readouterr().out)
    assert said == json.loads((out / "curve.json").read_text(encoding="utf-8"))
    assert sorted(one["id"] for one in said["standalone"]) == [
        "heat_pump", "motor_saving", "pv_roof"
    ]  # fmt: skip
    steps = pd.read_csv(out / "tables" / "steps.csv")
    ends = [said["path"][k]["cost"] for k in (0, -1)]
    assert steps["cost"].sum() == pytest.approx(ends[1] - ends[0])
    assert "重复计算" in (out / "curve.html").read_text(encoding="utf-8")
