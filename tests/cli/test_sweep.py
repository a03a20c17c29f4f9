"""`decarb sweep` from the command line: points, one Dataset, a second run that goes on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from optimizer import cli
from optimizer.files.netcdf import read_netcdf
from optimizer.studies import sweep_workers
from tests.cli.solving import write_small


def test_a_grid_is_solved_stored_and_gone_on_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that stdout, sweep.nc, sweep.json and the workbook hold the same points;
    dearer gas costs more; that it says how fast it was, one worker having one search at a time at
    most; and that the same command solves nothing again, in Chinese too."""
    scenario, out = write_small(tmp_path), tmp_path / "swept"
    asked = ["sweep", str(scenario), "--grid", "tariffs.natural_gas.price*=1,2", "--periods", "1",
             "--workers", "1", "--out", str(out)]  # fmt: skip
    assert cli.run([*asked, "--json"]) == cli.FINE
    said = capsys.readouterr()
    assert re.search(
        r"2 points solved in \d+\.\d min: \d+\.\d a minute, [01]\.\d searches", said.err
    )
    points = json.loads(said.out)["points"]
    assert [point["changes"] for point in points] == [
        {"tariffs.natural_gas.price*=": "1"},
        {"tariffs.natural_gas.price*=": "2"},
    ]
    found = read_netcdf(out / "sweep.nc")
    assert list(found["cost"].values) == [point["cost"] for point in points]
    assert points[0]["cost"] < points[1]["cost"]
    assert list(found["changed"].values[:, 0]) == ["1", "2"]
    stored = json.loads((out / "sweep.json").read_text(encoding="utf-8"))
    assert stored["points"] == points
    table = pd.read_excel(out / "sweep.xlsx", sheet_name="Points")
    assert list(table["Decision cost [CNY2025]"]) == pytest.approx([p["cost"] for p in points])
    assert list(table["Price of natural gas ×"]) == [1, 2]
    gross = [list(point["emissions"].values()) for point in points]
    assert found["gross"].values.tolist() == gross
    for point, built in zip(points, found["built"].values, strict=True):
        sizes = [sum(point["builds"].get(m, {}).values()) for m in found["measure"].values]
        assert list(built) == sizes
    monkeypatch.setattr(sweep_workers, "_until_broken", None)
    assert cli.run([*asked, "--lang", "zh"]) == cli.FINE
    again = capsys.readouterr()
    assert "分钟求解" not in again.err
    headline = again.out.splitlines()[0]
    assert "2个点中2个有方案" in headline
    assert headline in (out / "sweep.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "asked",
    [
        [],
        ["--sample", "3"],
        ["--range", "output*=1..2"],
        ["--grid", "output*=1,2", "--sample", "3", "--range", "output*=1..2"],
        ["--grid", "output*=1,much"],
    ],
)
def test_points_that_are_none_are_refused(tmp_path: Path, asked: list[str]) -> None:
    """Proves exit code 2 for no points, half a sample, two ways at once, a factor that is none."""
    scenario = write_small(tmp_path)
    assert cli.run(["sweep", str(scenario), *asked, "--out", str(tmp_path / "x")]) == (
        cli.INPUT_OR_USAGE
    )
    assert not (tmp_path / "x").exists()


def test_another_folder_is_left_alone(tmp_path: Path) -> None:
    """Proves that a sweep writes into no folder that holds something else."""
    scenario, thesis = write_small(tmp_path / "w"), tmp_path / "thesis"
    thesis.mkdir()
    (thesis / "thesis.txt").write_text("mine", encoding="utf-8")
    asked = ["sweep", str(scenario), "--grid", "output*=1,2", "--out", str(thesis)]
    assert cli.run(asked) == cli.INPUT_OR_USAGE
    assert [file.name for file in thesis.iterdir()] == ["thesis.txt"]
