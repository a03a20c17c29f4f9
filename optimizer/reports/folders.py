"""Folders of studies, each whole or not at all: figures for machines, a workbook, a page."""

from __future__ import annotations

import json
from pathlib import Path

from optimizer.files.atomic import whole_folder
from optimizer.studies.comparison import Comparison
from optimizer.studies.cost_curve import CostCurve
from optimizer.studies.pareto import Front


def store_comparison(
    comparison: Comparison, out: Path, lang: str = "en", *, force: bool = False
) -> None:
    """comparison.json, comparison.xlsx and comparison.html in a folder, whole or not at all.

    Raises FileExistsError for a folder that is there, unless `force`.
    """
    from optimizer.reports.comparison_book import write_comparison_book
    from optimizer.reports.comparison_page import write_comparison_page

    with whole_folder(out, force=force) as folder:
        text = json.dumps(comparison.as_dict(), ensure_ascii=False, indent=1, allow_nan=False)
        (folder / "comparison.json").write_text(text + "\n", encoding="utf-8")
        write_comparison_book(comparison, lang, folder / "comparison.xlsx")
        write_comparison_page(comparison, lang, folder / "comparison.html")


def store_front(found: Front, out: Path, lang: str = "en", *, force: bool = False) -> None:
    """Write a front's folder, whole or not at all: pareto.json, pareto.csv, pareto.html."""
    from optimizer.reports.pareto_page import write_front

    with whole_folder(out, force=force) as folder:
        write_front(found, folder, lang)


def store_curve(found: CostCurve, out: Path, lang: str = "en", *, force: bool = False) -> None:
    """Write a curve's folder, whole or not at all: curve.json, tables, curve.html."""
    from optimizer.reports.curve_page import write_curve

    with whole_folder(out, force=force) as folder:
        write_curve(found, folder, lang)
