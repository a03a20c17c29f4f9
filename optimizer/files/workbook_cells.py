"""Reads an Excel workbook cell by cell: what is typed, and what each formula last gave."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import openpyxl

from optimizer.errors import InputErrors, Problem

LARGEST: Final = 50_000_000
"""Bytes that the parts of a workbook may unpack to."""
Value = str | float | None


@dataclass(frozen=True)
class CellRead:
    """A cell that isn't empty: its value, and its formula with the "=", if it has one.

    ``value`` is None where a formula was saved without what it gives.
    """

    value: Value
    formula: str = ""


@dataclass(frozen=True)
class Workbook:
    """Sheets in order, cells by address such as B7; and the file's own properties."""

    sheets: Mapping[str, Mapping[str, CellRead]]
    properties: Mapping[str, str]


def read_workbook(path: Path) -> Workbook:
    """Every cell of an .xlsx file; raises InputErrors for a file that is none or far too large."""
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                raise InputErrors([_problem(path, f"of at most {LARGEST:,} bytes unpacked")])
        typed = openpyxl.load_workbook(path)
        given = openpyxl.load_workbook(path, data_only=True)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile, SyntaxError) as error:
        raise InputErrors([_problem(path, "a readable .xlsx file")]) from error
    sheets = {sheet.title: _cells(sheet, given[sheet.title]) for sheet in typed.worksheets}
    properties = {each.name: str(each.value) for each in typed.custom_doc_props.props}
    return Workbook(sheets, properties)


def _cells(typed: Any, given: Any) -> dict[str, CellRead]:
    found: dict[str, CellRead] = {}
    for row in typed.iter_rows():
        for cell in row:
            if cell.value is None or cell.value == "":
                continue
            held = given[cell.coordinate].value
            formula = str(cell.value) if cell.data_type == "f" else ""
            found[cell.coordinate] = CellRead(_plain(held), formula)
    return found


def _plain(held: object) -> Value:
    """Text or a number; a date as people write it, true and false as 1 and 0."""
    if held is None or isinstance(held, str):
        return held
    if isinstance(held, datetime.datetime | datetime.date):
        return held.isoformat()
    return float(held) if isinstance(held, int | float) else str(held)


def _problem(path: Path, allowed: str) -> Problem:
    return Problem(str(path), 0, 0, "workbook", path.name, allowed)
