"""`decarb alternatives` from the command line: figures, tables and page in one folder."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from optimizer import cli
from tests.cli.solving import write_small


def test_alternatives_are_stored_and_printed_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that stdout, alternatives.json and both tables hold the same, that every good plan
    costs no more than its limit, that both halves of a verdict are told, and that the page speaks
    Chinese."""
    scenario, out = write_small(tmp_path), tmp_path / "found"
    asked = ["alternatives", str(scenario), "--periods", "1", "--within", "5", "--unlike", "1"]
    assert cli.run([*asked, "--out", str(out), "--lang", "zh", "--json"]) == cli.FINE
    said = json.loads(capsys.readouterr().out)
    assert said == json.loads((out / "alternatives.json").read_text(encoding="utf-8"))
    offers, plans = (pd.read_csv(out / f"{name}.csv") for name in ("offers", "plans"))
    assert list(offers["id"]) == ["pv_roof", "heat_pump", "motor_saving"]
    assert list(offers["within_0.05"]) == [o["verdicts"][0] for o in said["offers"]]
    most = said["least"]["cost"] * 1.05
    assert (plans["decision_cost [CNY2025]"] <= most * (1 + 1e-6)).all()
    assert set(plans["goal"]) == {"projects", "capex", "bought", "least", "most", "unlike"}
    page = (out / "alternatives.html").read_text(encoding="utf-8")
    assert "成本相近的方案" in page
    assert "情景的全部规则有效" in page


def test_a_verdict_without_share_is_refused(tmp_path: Path) -> None:
    """Proves that a good plan must be allowed to cost something more: 0 % is no alternative."""
    scenario = write_small(tmp_path)
    assert cli.run(["alternatives", str(scenario), "--within", "0"]) == cli.INPUT_OR_USAGE
