"""A run folder that can't be read gives one line; `decarb verify` ends with 0, 5 or 2."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from optimizer.cli import run as decarb
from optimizer.files.netcdf import read_netcdf, write_netcdf
from optimizer.plan.verify import UnreadableRun, verify


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _without_last_line(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")


def _without_flow(path: Path) -> None:
    data = read_netcdf(path)
    write_netcdf(data.drop_vars("flow"), path)


def _with_wild_day(path: Path) -> None:
    data = read_netcdf(path)
    data["day_of_period"].values[0] = 400
    write_netcdf(data, path)


DAMAGE: tuple[tuple[str, Callable[[Path], None], str], ...] = (
    ("plan.nc", Path.unlink, "there is no plan.nc"),
    ("plan.nc", _cut, "can't be read as netCDF"),
    ("plan.nc", _without_flow, "lacks the variable 'flow'"),
    ("plan.nc", _with_wild_day, "out of range"),
    ("baseline.nc", Path.unlink, "there is no baseline.nc"),
    ("summary.json", Path.unlink, "there is no summary.json"),
    ("summary.json", _cut, "can't be read as JSON"),
    ("summary.json", lambda p: _edit(p, '"year": 2026', '"jahr": 2026'), "not laid out"),
    ("inputs/scenario.yaml", Path.unlink, "scenario.yaml"),
    ("inputs/scenario.yaml", lambda p: _edit(p, "CNY\n", "cny\n"), "aren't valid"),
    ("inputs/scenario.yaml", lambda p: _edit(p, "[led, pv", "[lid, pv"), "'lid' is missing"),
    ("inputs/scenario.yaml", lambda p: _edit(p, "last: 2027, e", "last: 2028, e"), "2 years"),
    ("inputs/policies/reduce_first.yaml", Path.unlink, "'reduce_first' is missing"),
    ("inputs/series.csv", Path.unlink, "there is no series.csv"),
    ("inputs/series.csv", lambda p: _edit(p, "light [u]", "dark [u]"), "lacks the column 'light'"),
    ("inputs/series.csv", lambda p: _edit(p, "2,1,0,600", "2,x,0,600"), "can't be read as numbers"),
    ("inputs/series.csv", lambda p: _edit(p, "2,1,0,600", "2,,0,600"), "has a gap"),
    ("inputs/series.csv", _without_last_line, "729 rows, must be 730"),
)


@pytest.mark.parametrize(("file", "damage", "said"), DAMAGE)
def test_a_damaged_folder_is_one_line(
    own_run: Path,
    capfd: pytest.CaptureFixture[str],
    file: str,
    damage: Callable[..., None],
    said: str,
) -> None:
    """Proves that each kind of damage ends with code 2 and one line that names it, no traceback."""
    damage(own_run / file)
    assert decarb(["verify", str(own_run)]) == 2
    shown = capfd.readouterr()
    assert said in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""


def test_no_folder_is_told() -> None:
    """Proves that a wrong path is named as such, not as a missing file inside it."""
    with pytest.raises(UnreadableRun, match="no such run folder"):
        verify(Path("nowhere"))


def test_a_sound_run_ends_with_0(tiny_run: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Proves that the text says what was shown and what was not."""
    assert decarb(["verify", str(tiny_run)]) == 0
    shown = capfd.readouterr().out
    assert "break no rule" in shown
    assert "Not shown: that the inputs are true" in shown
    assert "4 of 4 input files are as recorded" in shown
    assert "FAILS" not in shown


def test_a_dearer_tariff_ends_with_5(own_run: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Proves that inputs are read, not the plan believed: gas at 301 instead of 300 CNY/MWh makes
    the gas line wrong by 21,900 MWh x 1 CNY, and the changed file is told by its hash."""
    _edit(own_run / "inputs" / "scenario.yaml", "{price: 300 CNY/MWh", "{price: 301 CNY/MWh")
    assert decarb(["verify", str(own_run)]) == 5
    shown = capfd.readouterr().out
    assert "FAILS cost_energy at [natural_gas (recurring), 2026]: off by 21900" in shown
    assert "scenario.yaml: sha256 changed" in shown


def test_json_holds_every_row(own_run: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Proves that --json is one object with rows, failures and hashes, and the same exit code."""
    _edit(own_run / "inputs" / "series.csv", "2,1,0,600", "2,1,0,601")
    assert decarb(["verify", str(own_run), "--json"]) == 5
    report = json.loads(capfd.readouterr().out)
    failed = [row["name"] for row in report["rows"] if not row["ok"]]
    assert failed == ["cost_energy", "baseline: cost_energy"]
    assert [check["file"] for check in report["hashes"] if not check["ok"]] == ["series.csv"]


def test_hashes_are_apart_from_the_rows(own_run: Path) -> None:
    """Proves that a comment added to an input breaks its hash and no row; a new file is told."""
    inputs = own_run / "inputs"
    path = inputs / "technology_catalog" / "all.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# a comment\n", encoding="utf-8")
    (inputs / "note.txt").write_text("new", encoding="utf-8")
    report = verify(own_run)
    assert report.ok
    notes = {check.file: check.note for check in report.hashes if not check.ok}
    assert notes == {"technology_catalog/all.yaml": "changed", "note.txt": "not in the manifest"}


def test_a_run_without_manifest_says_so(own_run: Path) -> None:
    """Proves that a missing manifest is a failed hash check, not a crash."""
    (own_run / "inputs" / "manifest.json").unlink()
    (check,) = verify(own_run).hashes
    assert not check.ok
    assert check.file == "manifest.json"


def test_the_verdict_is_in_the_readers_language(
    own_run: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Proves that --lang zh prints table, verdict, failures and hashes in Chinese; names of rows
    are those of docs/model.md in both."""
    assert decarb(["verify", str(own_run), "--lang", "zh"]) == 0
    shown = capfd.readouterr().out
    assert "均成立" in shown
    assert "基准情景（全部）" in shown
    assert "break no rule" not in shown
    _edit(own_run / "inputs" / "scenario.yaml", "{price: 300 CNY/MWh", "{price: 301 CNY/MWh")
    assert decarb(["verify", str(own_run), "--lang", "zh"]) == 5
    shown = capfd.readouterr().out
    assert "不成立 cost_energy，位置 [natural_gas (recurring), 2026]：偏差 21900" in shown
    assert "scenario.yaml：sha256 已改动" in shown
    assert "FAILS" not in shown


def test_the_table_stands_in_columns(own_run: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Proves that Chinese heads, two places a character, end where the figures below them end."""
    for lang in ("en", "zh"):
        decarb(["verify", str(own_run), "--lang", lang])
        lines = capfd.readouterr().out.splitlines()
        at = lines.index("") + 1
        wide = [sum(2 if east_asian_width(c) in "WF" else 1 for c in line) for line in lines]
        assert wide[at] == wide[at + 1] == 84
