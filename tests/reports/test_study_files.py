"""What every study leaves: three files of one name."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from optimizer.reports.folders import files_of, store_study
from optimizer.reports.study_files import StudyFiles, frame
from optimizer.words import text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_three_files_and_no_sheet_without_rows(tmp_path: Path, lang: str) -> None:
    """Proves the folder's layout; an empty table has no columns and would be an empty sheet."""
    sheets = {"plans": frame([{"a": 1.5}]), "thresholds": frame([])}
    StudyFiles("some", {"x": [1, None]}, "title", sheets, "<p>", lang).write(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "some.html", "some.json", "some.xlsx",
    ]  # fmt: skip
    assert json.loads((tmp_path / "some.json").read_text(encoding="utf-8")) == {"x": [1, None]}
    book = openpyxl.load_workbook(tmp_path / "some.xlsx")
    assert book.sheetnames == [text("excel.sheet.plans", lang)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_year_is_no_amount(tmp_path: Path, lang: str) -> None:
    """Proves that 2027 isn't shown as 2,027: neither as a year nor as the first one."""
    heads = [text(key, lang) for key in ("word.year", "excel.first_year", "excel.value")]
    sheets = {"plans": frame([dict.fromkeys(heads, 2027)])}
    StudyFiles("some", {}, "title", sheets, "", lang).write(tmp_path)
    (row,) = openpyxl.load_workbook(tmp_path / "some.xlsx").active.iter_rows(min_row=2)
    assert [cell.number_format for cell in row] == ["General", "General", "#,##0"]


def test_what_is_no_study_has_no_folder(tmp_path: Path) -> None:
    """Proves that a wrong object is refused before a folder is made."""
    with pytest.raises(TypeError, match="int is no study"):
        store_study(3, tmp_path / "out")
    with pytest.raises(TypeError):
        files_of(None, "en")
    assert not list(tmp_path.iterdir())
