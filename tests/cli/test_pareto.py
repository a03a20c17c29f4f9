"""`decarb pareto` from the command line: figures, table and page in one folder."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from optimizer import cli
from tests.workspace import small_scenario, write_workspace


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_workspace(tmp_path_factory.mktemp("front"), small_scenario())


def test_a_front_is_stored_and_printed_alike(
    scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that stdout, pareto.json and the workbook hold the same points, each with its plan,
    and that the page says in Chinese which tonnes are counted."""
    out = tmp_path / "front"
    asked = ["pareto", str(scenario), "--periods", "1", "--points", "3", "--out", str(out)]
    assert cli.run([*asked, "--lang", "zh", "--json"]) == cli.FINE
    said = json.loads(capsys.readouterr().out)
    assert said == json.loads((out / "pareto.json").read_text(encoding="utf-8"))
    table = pd.read_excel(out / "pareto.xlsx", sheet_name=1)
    tonnes = [point["plan"]["tonnes"] for point in said["points"]]
    assert tonnes == sorted(tonnes, reverse=True)
    assert list(table.iloc[:, 1]) == pytest.approx(tonnes)
    assert all(point["plan"]["built"] for point in said["points"])
    assert "折现到2025年" in (out / "pareto.html").read_text(encoding="utf-8")


def test_a_folder_of_other_things_is_never_replaced(scenario: Path, tmp_path: Path) -> None:
    """Proves that --force spares a folder that holds no front: it is refused before any search."""
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    asked = ["pareto", str(scenario), "--out", str(tmp_path), "--force"]
    assert cli.run(asked) == cli.INPUT_OR_USAGE
    assert (tmp_path / "thesis.txt").exists()
