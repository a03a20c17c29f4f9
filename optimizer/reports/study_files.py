"""What every study leaves in its folder: NAME.json, NAME.xlsx and NAME.html."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from optimizer import words
from optimizer.reports.study_page import Opening
from optimizer.reports.study_view import StudyView
from optimizer.reports.workbook import write_sheets
from optimizer.studies.decided import Decided


@dataclass(frozen=True)
class StudyFiles:
    """A study as its three files hold it: ``figures`` of the JSON, ``sheets`` of the workbook by
    the word that names them, those without rows left out, ``page`` as HTML. ``name``: of the
    files."""

    name: str
    figures: Mapping[str, Any]
    title: str
    sheets: Mapping[str, pd.DataFrame]
    page: str
    lang: str

    def write(self, folder: Path) -> None:
        """Write the three files."""
        text = json.dumps(self.figures, ensure_ascii=False, indent=1, allow_nan=False)
        (folder / f"{self.name}.json").write_text(text + "\n", encoding="utf-8")
        sheets = {key: sheet for key, sheet in self.sheets.items() if len(sheet)}
        write_sheets(folder / f"{self.name}.xlsx", sheets, self.title, self.lang)
        (folder / f"{self.name}.html").write_text(self.page, encoding="utf-8")


def money_of(view: StudyView) -> str:
    """The money of workbooks: currency and the year of its prices, such as CNY2025."""
    return f"{view.subject.currency}{view.subject.price_year}"


def frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows as a sheet; a cell that a row lacks stays empty, whole numbers stay whole."""
    return pd.DataFrame(list(rows)).astype(object)


def about(opening: Opening) -> pd.DataFrame:
    """The first sheet: the finding, and which money, tonnes, days and rules it is about."""
    return pd.DataFrame({opening.title: [opening.headline, *opening.about]}).astype(object)


def plans_sheet(view: StudyView, plans: Mapping[str, Decided], of: str) -> pd.DataFrame:
    """A row a plan and measure or contract: first year, largest size with its unit; ``of``: head of
    the column that names the plan."""
    rows = []
    for name, plan in plans.items():
        first, chosen = plan.first(), plan.chosen()
        rows += [
            {of: name, **thing(view, id), view.say("excel.first_year"): first[id],
             **sized(view, id, chosen[id])}
            for id in sorted(first, key=lambda id: (first[id], id))
        ]  # fmt: skip
    return frame(rows)


def thing(view: StudyView, id: str) -> dict[str, str]:
    """Id and name of a measure or contract, two columns."""
    return {view.say("excel.id"): id, view.say("word.measure"): view.name(id)}


def sized(view: StudyView, id: str, size: float | None) -> dict[str, Any]:
    """A size and its unit, two columns: that of the capacity, MWh a year of a contract."""
    unit = view.subject.units.get(id, "MWh/a")
    return {
        view.say("excel.largest_size"): size,
        view.say("excel.unit"): words.text_or(f"capacity_unit.{unit}", unit, view.lang),
    }
