"""The report lists factors of libraries with source and trust."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from optimizer.errors import InputErrors
from optimizer.reports.factors import factors
from optimizer.reports.html import open_run
from tests.factor_libraries import grid
from tests.workspace import write_yaml

WRITTEN = "factor: 0.55 kg/kWh"
NAMED = """factor: {library: grid, region: jiangsu, purpose: location, year: 2023, projection:
    {change: 2 %/a, source: An institute, trust: unconfirmed}}"""


def named(run_folder: Path, folder: Path) -> Path:
    """A copy of the made-up run whose grid factor is named, with its library."""
    run = folder / "run"
    shutil.copytree(run_folder, run)
    file = run / "inputs" / "scenario.yaml"
    text = file.read_text(encoding="utf-8")
    assert WRITTEN in text
    file.write_text(text.replace(WRITTEN, NAMED), encoding="utf-8")
    (run / "inputs" / "emission_factors").mkdir()
    write_yaml(run / "inputs" / "emission_factors" / "grid.yaml", grid())
    return run


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("Electricity", "factor", "grid, Jiangsu, location-based, 2023", "An office, 2024",
                "2.00", "a year (An institute)", "unconfirmed")),
        ("zh", ("电力", "江苏", "基于位置", "An institute", "未确认")),
    ],
)  # fmt: skip
def test_a_factor_of_a_library_is_listed(
    run_folder: Path, tmp_path: Path, lang: str, words: tuple[str, ...]
) -> None:
    """Proves the row: what was named, 0.5 kg/kWh, source, projection, and the worse trust."""
    table = factors(open_run(named(run_folder, tmp_path), lang)).table
    assert table is not None
    (row,) = table.rows
    said = " | ".join(row)
    for word in words:
        assert word in said
    assert row[2] == "0.5\u202fkg/kWh"


def test_a_run_that_lacks_its_library_says_so(run_folder: Path, tmp_path: Path) -> None:
    """Proves that a missing library is an error with a place, never an empty table."""
    run = named(run_folder, tmp_path)
    shutil.rmtree(run / "inputs" / "emission_factors")
    with pytest.raises(InputErrors, match=r"electricity\.factor\.library"):
        factors(open_run(run, "en"))


def test_a_run_without_libraries_says_so(run_folder: Path) -> None:
    """Proves that a reader isn't left to guess where the factors stand."""
    block = factors(open_run(run_folder, "en"))
    assert block.table is None
    assert "none was looked up" in block.paragraphs[0]
