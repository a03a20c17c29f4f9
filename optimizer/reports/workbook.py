"""The run as an Excel workbook: sheets that a person can read and sum."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pandas as pd
import xarray as xr
import xlsxwriter

from optimizer.reports.tables import frames
from optimizer.words import LANGUAGES, text, text_or

# Text stays text: a name that begins with "=" is never a formula, an address never a link.
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
CREATED = datetime.datetime(2000, 1, 1)  # fixed, so that the same run gives the same file
NARROW, WIDE = 9, 48  # letters
PERCENT = "[%]"
YEAR = tuple(text(key, lang) for key in ("word.year", "excel.first_year") for lang in LANGUAGES)
WHOLE, FINE, SHARE = "#,##0", "#,##0.0###", "0.0#%"
SHARES = ("offset_share", "offset_share_bound", "additional_share")
LARGE = 1000.0  # from here on a number is shown without decimals


def write_workbook(
    run_dir: Path,
    plan: xr.Dataset,
    baseline: xr.Dataset,
    summary: Mapping[str, Any],
    lang: str = "en",
) -> Path:
    """Write plan.xlsx: summary, years, ledgers, contracts, build, costs, cash flow, energy, in the
    words of `lang`."""
    file = Path(run_dir) / "plan.xlsx"
    tables = frames(plan, baseline, summary)
    costs = _by_year(tables["costs"], ["case", "class", "item", "timing"])
    sheets = {
        "summary": _summary(summary, lang),
        "years": headed(_years(summary), lang),
        "ledgers": headed(worded(tables["ledgers"], plan, lang), lang),
        "contracts": headed(worded(tables["contracts"], plan, lang), lang),
        "build": headed(worded(_build(tables["build"], summary), plan, lang), lang),
        "costs": headed(worded(costs, plan, lang), lang),
        "cash_flow": headed(worded(tables["cash_flow"], plan, lang), lang),
        "energy": headed(worded(tables["energy"], plan, lang), lang),
    }
    return write_sheets(file, sheets, str(summary["run"]), lang)


def write_sheets(file: Path, sheets: Mapping[str, pd.DataFrame], title: str, lang: str) -> Path:
    """Write a workbook of frames; the keys name sheets as words excel.sheet.<key> do."""
    with xlsxwriter.Workbook(str(file), OPTIONS) as book:
        book.set_properties({"created": CREATED, "title": title})
        look = {"bold": True, "text_wrap": True, "bottom": 1, "valign": "bottom"}
        head = book.add_format({**look, "bg_color": "#EEF1F4"})
        formats = {name: book.add_format({"num_format": name}) for name in (WHOLE, FINE, SHARE)}
        plain = book.add_format()
        for name, frame in sheets.items():
            sheet = book.add_worksheet(text(f"excel.sheet.{name}", lang))
            _write_sheet(sheet, frame, head, {**formats, "": plain})
    return file


def _write_sheet(sheet: Any, frame: pd.DataFrame, head: Any, formats: Mapping[str, Any]) -> None:
    """Header, rows, widths that fit the text, header frozen, filter on."""
    sheet.freeze_panes(1, 0)
    shares = ["%" in row for row in frame.itertuples(index=False, name=None)]
    for column, title in enumerate(frame.columns):
        sheet.write_string(0, column, str(title), head)
        cells = list(frame.iloc[:, column])
        longest = max((len(_shown(c)) for c in cells), default=0)
        words = max((len(_shown(word)) for word in str(title).split()), default=0)
        sheet.set_column(column, column, min(max(longest + 2, words + 2, NARROW), WIDE))
        for row, (cell, share) in enumerate(zip(cells, shares, strict=True), start=1):
            _write_cell(sheet, row, column, cell, _format(title, cell, share), formats)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)


def _write_cell(
    sheet: Any, row: int, column: int, cell: Any, shown: str, formats: Mapping[str, Any]
) -> None:
    """A number with its format, text as text, nothing for None and nan."""
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        sheet.write_string(row, column, str(cell))
    else:
        sheet.write_number(row, column, cell, formats[shown])


def _format(title: Any, cell: Any, share: bool) -> str:
    """Number format of a cell: none for a year, a percentage where its unit is %, in the title or,
    ``share``, in its row."""
    if title in YEAR or isinstance(cell, bool) or not isinstance(cell, int | float):
        return ""
    if str(title).endswith(PERCENT) or share:
        return SHARE
    return WHOLE if abs(cell) >= LARGE or cell == 0 else FINE


def _shown(cell: Any) -> str:
    """About what Excel shows; a Chinese character is as wide as two letters."""
    shown = f"{cell:,.1f}" if isinstance(cell, float) else str(cell)
    return shown + " " * sum(east_asian_width(letter) in "WF" for letter in shown)


def _summary(summary: Mapping[str, Any], lang: str) -> pd.DataFrame:
    """What the plan costs and how well that is known: one row a figure."""
    money = f"{summary['currency']}{summary['price_year']}"
    scenario, npv = summary["scenario"], summary["npv"]
    horizon = summary["horizon"]
    rows: Sequence[tuple[str, Any, str]] = [
        ("run", summary["run"], ""),
        ("scenario", scenario[f"name_{lang}"], ""),
        ("status", text_or(f"status.{summary['status']}", summary["status"], lang), ""),
        ("npv_baseline", npv["baseline"], money),
        ("npv_plan", npv["plan"], money),
        ("npv_saving", npv["saving"], money),
        *_worth(summary["worth"], lang),
        ("searched", summary["decision_cost"], money),
        ("valuation", summary.get("valuation"), money),
        ("bound", summary["bound"], money),
        ("gap", summary["gap"], "%"),
        ("gap_asked", summary.get("gap_asked"), "%"),
        ("gap_money", summary["gap_money"], money),
        ("axis", text_or(f"axis_name.{summary['axis']}", summary["axis"], lang), ""),
        ("method", text_or(f"method.{summary['method']}", summary["method"], lang), ""),
        ("tail_share", summary["tail_share"], "%"),
        ("ledger", text(f"ledger.{summary['ledger']}", lang), ""),
        ("gases", summary["gases"], ""),
        ("horizon", f"{horizon['first']}–{horizon['last']}", ""),
        ("end", text_or(f"excel.end.{horizon['end']}", horizon["end"], lang), ""),
    ]
    told = [(text(f"excel.{key}", lang), value, unit) for key, value, unit in rows]
    head = [text(f"excel.{key}", lang) for key in ("figure", "value", "unit")]
    return pd.DataFrame(told, columns=head).astype(object)


def _worth(worth: Mapping[str, Any], lang: str) -> list[tuple[str, Any, str]]:
    """Rate of return and payback before and, where there is a tax, after it; why there is none."""
    found = []
    for figures, after in ((worth, ""), (worth["after_tax"], "_after_tax")):
        for name, unit in (("irr", "%"), ("payback", "a")) if figures is not None else ():
            value, reason = figures[name]["value"], figures[name]["reason"]
            told = unit if reason is None else text(f"worth.reason.{reason}", lang)
            found.append((f"{name}{after}", value, told))
    return found


def headed(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The frame with its heads in words, such as "Gross cap [t]" for gross_cap [t]."""
    heads = []
    for title in map(str, frame.columns):
        name, space, unit = title.partition(" ")
        word = text_or(f"excel.{name}", text_or(f"word.{name}", name, lang), lang)
        heads.append(f"{word}{space}{unit}")
    return frame.set_axis(heads, axis=1)


def worded(frame: pd.DataFrame, plan: xr.Dataset, lang: str) -> pd.DataFrame:
    """The frame with case, cost class, timing, kind and carrier in words; ids of items stay."""
    shown = frame.copy().astype(object)
    for column, group in (
        ("case", "word"),
        ("class", "cost"),
        ("timing", "excel.timing"),
        ("kind", "cli.kind"),
        ("cause", "excel.cause"),
        ("form", "contract"),
        ("matching", "contract"),
    ):
        if column in shown:
            shown[column] = [text_or(f"{group}.{cell}", cell, lang) for cell in shown[column]]
    for column in ("traceable", "additional"):
        if column in shown:
            shown[column] = [
                text("word.yes" if cell else "word.no", lang) for cell in shown[column]
            ]
    if "carrier" in shown:
        names = dict(zip(plan["carrier"].values, plan[f"carrier_name_{lang}"].values, strict=True))
        shown["carrier"] = [str(names.get(cell, cell)) for cell in shown["carrier"]]
    return shown


def _years(summary: Mapping[str, Any]) -> pd.DataFrame:
    """All yearly figures; t, the scenario's money, and shares. Gross emissions stand under both
    ledgers by name."""
    money = f"{summary['currency']}{summary['price_year']}"
    units = {**dict.fromkeys(("capex", "opex", "budget", "grants"), money),
             **dict.fromkeys(SHARES, "%")}  # fmt: skip
    rows = [
        {k if k == "year" else f"{k} [{units.get(k, 't')}]": v for k, v in row.items()}
        for row in ({k: v for k, v in row.items() if k != "gross"} for row in summary["years"])
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
    unit = amount.partition(" ")[2]
    wide.columns = [c if isinstance(c, str) else f"{c} {unit}" for c in wide.columns]
    return wide
