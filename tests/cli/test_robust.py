"""`decarb robust` from the command line: figures, table and page in one folder."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from optimizer import cli
from tests.cli.solving import write_small
from tests.inputs.test_future_files import FILE


def test_decisions_are_stored_and_printed_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that stdout, robust.json and decisions.csv hold the same; that what stands in the
    shared year is one in both futures; and that the page speaks Chinese."""
    scenario, out = write_small(tmp_path), tmp_path / "found"
    futures = tmp_path / "futures.yaml"
    futures.write_text(FILE, encoding="utf-8")
    asked = ["robust", str(scenario), "--futures", str(futures), "--periods", "1"]
    assert cli.run([*asked, "--out", str(out), "--lang", "zh", "--json"]) == cli.FINE
    said = json.loads(capsys.readouterr().out)
    assert said == json.loads((out / "robust.json").read_text(encoding="utf-8"))
    table = pd.read_csv(out / "decisions.csv")
    assert list(table["decision"]) == ["expected", "regret", "future", "future"]
    means = [one["expected"] for one in said["decisions"]]
    assert list(table["expected [CNY2025]"]) == pytest.approx(means)
    best = said["decisions"][0]
    assert best["expected"] == min(one["expected"] for one in said["decisions"])
    assert best["expected"] == pytest.approx(0.75 * best["costs"][0] + 0.25 * best["costs"][1])
    assert best["bound"] == pytest.approx(best["expected"], rel=0.006)
    assert best["expected"] >= said["known_before"] * (1 - 0.005)
    now = [
        {id: years["2026"] for id, years in plan["standing"].items() if "2026" in years}
        for plan in best["plans"]
    ]
    assert now[0] == pytest.approx(now[1], rel=1e-6)
    assert "面向多种未来的当前决策" in (out / "robust.html").read_text(encoding="utf-8")
