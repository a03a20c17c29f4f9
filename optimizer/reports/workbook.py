"""The run as an Excel workbook: five sheets that a person can read and sum."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr
import xlsxwriter

from optimizer.reports.tables import frames

# Text stays text: a name that begins with "=" is never a formula, an address never a link.
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
CREATED = datetime.datetime(2000, 1, 1)  # fixed, so that the same run gives the same file
NARROW, WIDE = 9, 48
WHOLE, FINE = "#,##0", "#,##0.0###"
LARGE = 1000.0  # from here on a number is shown without decimals


def write_workbook(
    run_dir: Path, plan: xr.Dataset, baseline: xr.Dataset, summary: Mapping[str, Any]
) -> Path:
    """Write plan.xlsx: summary, years, build, costs, energy."""
    file = Path(run_dir) / "plan.xlsx"
    tables = frames(plan, baseline, summary)
    sheets = {
        "summary": _summary(summary),
        "years": _years(summary),
        "build": _build(tables["build"], summary),
        "costs": _by_year(tables["costs"], ["case", "class", "item", "timing"]),
        "energy": tables["energy"],
    }
    with xlsxwriter.Workbook(str(file), OPTIONS) as book:
        book.set_properties({"created": CREATED, "title": str(summary["run"])})
        head = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "bottom": 1,
                "valign": "bottom",
                "bg_color": "#EEF1F4",
            }
        )
        formats = {name: book.add_format({"num_format": name}) for name in (WHOLE, FINE)}
        plain = book.add_format()
        for name, frame in sheets.items():
            _write_sheet(book.add_worksheet(name), frame, head, {**formats, "": plain})
    return file


def _write_sheet(sheet: Any, frame: pd.DataFrame, head: Any, formats: Mapping[str, Any]) -> None:
    """Header, rows, widths that fit the text, header frozen, filter on."""
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(frame.columns):
        sheet.write_string(0, column, str(title), head)
        cells = list(frame.iloc[:, column])
        longest = max((len(_shown(c)) for c in cells), default=0)
        words = max(map(len, str(title).split()), default=0)
        sheet.set_column(column, column, min(max(longest + 2, words + 2, NARROW), WIDE))
        for row, cell in enumerate(cells, start=1):
            _write_cell(sheet, row, column, cell, title == "year", formats)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)


def _write_cell(
    sheet: Any, row: int, column: int, cell: Any, is_year: bool, formats: Mapping[str, Any]
) -> None:
    """A number with its format, text as text, nothing for None and nan."""
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        sheet.write_string(row, column, str(cell))
    else:
        shown = "" if is_year else (WHOLE if abs(cell) >= LARGE or cell == 0 else FINE)
        sheet.write_number(row, column, cell, formats[shown])


def _shown(cell: Any) -> str:
    return f"{cell:,.1f}" if isinstance(cell, float) else str(cell)


def _summary(summary: Mapping[str, Any]) -> pd.DataFrame:
    """What the plan costs and how well that is known: one row a figure."""
    money = f"{summary['currency']}{summary['price_year']}"
    scenario, npv = summary["scenario"], summary["npv"]
    rows: Sequence[tuple[str, Any, str]] = [
        ("run", summary["run"], ""),
        ("scenario", scenario["name_en"], ""),
        ("scenario (zh)", scenario["name_zh"], ""),
        ("status", summary["status"], ""),
        ("net present cost, baseline", npv["baseline"], money),
        ("net present cost, plan", npv["plan"], money),
        ("net present saving", npv["saving"], money),
        ("lower bound", summary["bound"], money),
        ("gap", summary["gap"], "1"),
        ("gap in money", summary["gap_money"], money),
        ("time axis", summary["axis"], ""),
        ("method", summary["method"], ""),
        ("share of the tail in net present cost", summary["tail_share"], "1"),
        ("horizon", f"{summary['horizon']['first']}–{summary['horizon']['last']}", ""),
        ("end of horizon", summary["horizon"]["end"], ""),
    ]
    return pd.DataFrame(rows, columns=["figure", "value", "unit"]).astype(object)


def _years(summary: Mapping[str, Any]) -> pd.DataFrame:
    """All yearly figures; t, the scenario's money, and shares."""
    money = f"{summary['currency']}{summary['price_year']}"
    units = {**dict.fromkeys(("capex", "opex", "budget"), money),
             **dict.fromkeys(("offset_share", "offset_share_bound"), "1")}  # fmt: skip
    rows = [
        {k if k == "year" else f"{k} [{units.get(k, 't')}]": v for k, v in row.items()}
        for row in summary["years"]
    ]
    return pd.DataFrame(rows).astype(object)


def _build(frame: pd.DataFrame, summary: Mapping[str, Any]) -> pd.DataFrame:
    """The builds with names in both languages."""
    shown = frame.copy().astype(object)
    for i, key in enumerate(("name_en", "name_zh")):
        shown.insert(2 + i, key, [row[key] for row in summary["build"]])
    return shown


def _by_year(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Long to wide: a column a year, in the order in which the lines come."""
    amount = str(frame.columns[-1])
    wide = frame.pivot_table(index=keys, columns="year", values=amount, sort=False).reset_index()
    wide.columns = [c if isinstance(c, str) else f"{c} {amount}" for c in wide.columns]
    return wide
