"""Makes the committee pack of a stored run: page, workbook, and the sheet for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from optimizer.plan.digest import run_digest
from optimizer.plan.store import Run
from optimizer.plan.verify import verify
from optimizer.reports.committee.contents import parts
from optimizer.reports.committee.page import page
from optimizer.reports.committee.pictures import write_pdf, write_pictures
from optimizer.reports.committee.view import CommitteeView
from optimizer.reports.html import view_of
from optimizer.reports.loan_file.book import write_book
from optimizer.studies.decision_sheet import DecisionSheet
from optimizer.studies.stored_study import Studies

PAGE, BOOK, SHEET = "committee.html", "committee.xlsx", "committee.json"


def committee_view(run: Run, sheet: DecisionSheet, studies: Studies, lang: str) -> CommitteeView:
    """The run, verified, with its decision sheet. Raises OSError for a run that can't be read."""
    return CommitteeView(sheet, view_of(run, lang), studies, verify(run.path), run_digest(run.path))


def write_committee(
    view: CommitteeView, folder: Path, *, pdf: bool = False, png: bool = False
) -> Iterator[Path]:
    """Write committee.html, committee.xlsx and committee.json into a folder, made if need be; with
    a browser committee.pdf and pictures too. Raises ExtraMissing where those are asked without."""
    made = parts(view)
    folder.mkdir(parents=True, exist_ok=True)
    told = json.dumps(view.sheet.as_dict(), ensure_ascii=False, indent=1, allow_nan=False)
    (folder / SHEET).write_text(told + "\n", encoding="utf-8")
    (folder / PAGE).write_text(page(view, made), encoding="utf-8")
    yield from (folder / PAGE, write_book(made, folder / BOOK), folder / SHEET)
    if pdf:
        yield write_pdf(folder / PAGE)
    if png:
        yield from write_pictures(view, made, folder)
