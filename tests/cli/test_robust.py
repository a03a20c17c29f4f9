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
    """Proves that stdout, robust.json and the workbook hold the same; that what stands in the
    shared year is one in both futures; and that the page speaks Chinese."""
    scenario, out = write_small(tmp_path), tmp_path / "found"
    futures = tmp_path / "futures.yaml"
    futures.write_text(FILE, encoding="utf-8")
    asked = ["robust", str(scenario), "--futures", str(futures), "--periods", "1"]
    assert cli.run([*asked, "--out", str(out), "--lang", "zh", "--json"]) == cli.FINE
    said = json.loads(capsys.readouterr().out)
    assert said == json.loads((out / "robust.json").read_text(encoding="utf-8"))
    book = pd.read_excel(out / "robust.xlsx", sheet_name=None)
    assert list(book) == ["说明", "决策", "未来", "方案"]
    assert [one["kind"] for one in said["decisions"]] == ["expected", "regret", "future", "future"]
    means = [one["expected"] for one in said["decisions"]]
    assert list(book["决策"]["平均 [CNY2025]"]) == pytest.approx(means)
    assert list(book["未来"]["权重"]) == [0.75, 0.25]
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
