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
    """Proves that stdout, alternatives.json and the workbook hold the same, that every good plan
    costs no more than its limit, that both halves of a verdict are told, and that the page speaks
    Chinese."""
    scenario, out = write_small(tmp_path), tmp_path / "found"
    asked = ["alternatives", str(scenario), "--periods", "1", "--within", "5", "--unlike", "1"]
    assert cli.run([*asked, "--out", str(out), "--lang", "zh", "--json"]) == cli.FINE
    said = json.loads(capsys.readouterr().out)
    assert said == json.loads((out / "alternatives.json").read_text(encoding="utf-8"))
    book = pd.read_excel(out / "alternatives.xlsx", sheet_name=None)
    assert list(book) == ["说明", "必须、可以、不能", "目标", "方案"]
    offers, goals = book["必须、可以、不能"].set_index("标识"), book["目标"]
    verdicts = {"must": "必须", "can": "可以", "cannot": "不能", "open": "未定"}
    for offer in said["offers"]:
        row = offers.loc[offer["id"]]
        assert row["5\u202f%以内"] == verdicts[offer["verdicts"][0]]
        assert row["有它的最低成本方案，至多 [CNY2025]"] == pytest.approx(offer["with_cost"])
    most = said["least"]["cost"] * 1.05
    assert (goals["决策成本 [CNY2025]"] <= most * (1 + 1e-6)).all()
    assert list(goals["数值"]) == pytest.approx([plan["value"] for plan in said["plans"]])
    kinds = {plan["kind"] for plan in said["plans"]}
    assert kinds == {"projects", "capex", "bought", "least", "most", "unlike"}
    assert set(book["方案"]["方案"]) <= {"成本最低", *goals["方案"]}
    page = (out / "alternatives.html").read_text(encoding="utf-8")
    assert "成本相近的方案" in page
    assert "情景的全部规则有效" in page


def test_a_verdict_without_share_is_refused(tmp_path: Path) -> None:
    """Proves that a good plan must be allowed to cost something more: 0 % is no alternative."""
    scenario = write_small(tmp_path)
    assert cli.run(["alternatives", str(scenario), "--within", "0"]) == cli.INPUT_OR_USAGE
