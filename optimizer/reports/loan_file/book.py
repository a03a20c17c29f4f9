"""The loan file as a workbook: each sum a formula that the reader can change and follow."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from unicodedata import east_asian_width

import xlsxwriter

from optimizer.reports.loan_file.grid import EXCEL_FORMATS, Kind, Num, Part, value_of
from optimizer.reports.loan_file.layout import Layout, Placed, Sheet, layout

# Text stays text: a name that begins with "=" is never a formula, an address never a link.
OPTIONS: Final = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
CREATED: Final = datetime.datetime(2000, 1, 1)  # fixed, so that the same run gives the same file
NARROW, WIDE, LANDSCAPE_A4 = 10, 46, 9
LINE: Final = 15.0
"""Points."""
STYLES: Final[Mapping[str, dict[str, object]]] = {
    "title": {"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"},
    "finding": {"font_size": 11, "text_wrap": True, "valign": "top"},
    "heading": {"bold": True, "font_size": 11},
    "head": {"bold": True, "text_wrap": True, "bottom": 1, "valign": "bottom",
             "bg_color": "#EEF1F4"},
    "text": {"text_wrap": True, "valign": "top"},
    "cell": {"valign": "top", "text_wrap": True},
    "total": {"bold": True, "top": 1, "valign": "top"},
}  # fmt: skip
SPREAD: Final[Mapping[str, float]] = {"title": 1.4, "finding": 1.0, "text": 1.0}
"""Styles of sentences, with the size of their letters."""
FILLED_IN: Final = {"bg_color": "#FFF8E1", "border": 1, "border_color": "#D5DAE0"}
RIGHT: Final = {"align": "right"}


def write_book(
    parts: Sequence[Part], file: Path, properties: Mapping[str, str] | None = None
) -> Path:
    """Write the workbook; returns where it lies. ``properties``: of the file, by name."""
    placed = layout(parts)
    with xlsxwriter.Workbook(str(file), OPTIONS) as book:
        book.set_properties({"created": CREATED, "title": parts[0].title})
        for name, value in (properties or {}).items():
            book.set_custom_property(name, value, "text")
        formats: dict[tuple[str, str], Any] = {}
        for sheet in placed.sheets:
            _write_sheet(book, sheet, placed, formats)
    return file


def _write_sheet(book: Any, sheet: Sheet, placed: Layout, formats: dict[Any, Any]) -> None:
    page = book.add_worksheet(sheet.part.sheet)
    page.set_landscape()
    page.set_paper(LANDSCAPE_A4)
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)
    widths = _widths(sheet)
    for at, width in widths.items():
        page.set_column(at, at, width)
    for each in sheet.cells:
        if each.style in SPREAD:
            _spread(page, each, widths)
        kind: Kind = each.column.kind if each.column is not None else "text"
        if isinstance(each.cell, Num) and each.cell.kind:
            kind = each.cell.kind
        if (each.style, kind) not in formats:
            formats[each.style, kind] = book.add_format(_look(each.style, kind))
        _write(page, each, placed, formats[each.style, kind])


def _spread(page: Any, each: Placed, widths: Mapping[int, float]) -> None:
    """A sentence runs over all columns, on as many lines as it needs."""
    size = SPREAD[each.style]
    lines = math.ceil(size * _length(each.cell) / max(sum(widths.values()), WIDE))
    page.set_row(each.row, size * LINE * max(lines, 1))
    if len(widths) > 1:
        page.merge_range(each.row, 0, each.row, max(widths), "")


def _look(style: str, kind: Kind) -> dict[str, object]:
    """Format of a cell by where it stands and what it shows."""
    look = {**STYLES[style]}
    if style in ("cell", "total") and kind in EXCEL_FORMATS:
        look["num_format"] = EXCEL_FORMATS[kind]
    if style == "cell" and kind == "fill":
        look |= FILLED_IN
    return look | RIGHT if style == "head" and kind in EXCEL_FORMATS else look


def _write(page: Any, each: Placed, placed: Layout, look: Any) -> None:
    """A formula with its value, a number, text as text; an empty cell keeps its look."""
    held = value_of(each.cell)
    if isinstance(each.cell, Num) and each.cell.formula:
        formula = "=" + placed.address(each.cell.formula)
        page.write_formula(each.row, each.at, formula, look, "" if held is None else held)
    elif held is None:
        page.write_blank(each.row, each.at, None, look)
    elif isinstance(held, str):
        page.write_string(each.row, each.at, held, look)
    else:
        page.write_number(each.row, each.at, held, look)


def _widths(sheet: Sheet) -> dict[int, float]:
    """Width of each column that a grid uses: its longest text, within bounds."""
    found: dict[int, float] = {}
    for each in sheet.cells:
        if each.column is not None:
            held = value_of(each.cell)
            words = held.split() if each.style == "head" and isinstance(held, str) else [held]
            longest = max((_length(word) for word in words), default=0)
            found[each.at] = max(found.get(each.at, NARROW), min(longest + 2, WIDE))
    return found


def _length(held: object) -> int:
    """About as many letters as Excel shows; a Chinese character is as wide as two."""
    text = f"{held:,.1f}" if isinstance(held, float) else str(held or "")
    return len(text) + sum(east_asian_width(letter) in "WF" for letter in text)
