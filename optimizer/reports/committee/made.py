"""Makes the committee pack of a stored run: page, workbook, and the sheet for programs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from optimizer.files.hashes import sha256_of
from optimizer.plan.digest import run_digest
from optimizer.plan.store import Run
from optimizer.plan.verify import verify
from optimizer.reports.committee.contents import parts
from optimizer.reports.committee.page import page
from optimizer.reports.committee.pictures import write_pdf, write_pictures
from optimizer.reports.committee.view import CommitteeView
from optimizer.reports.html import view_of
from optimizer.reports.loan_file.book import write_book
from optimizer.schema.reading import read_as
from optimizer.studies.committee import Asked
from optimizer.studies.decision_sheet import DecisionSheet
from optimizer.studies.stored_study import Studies

PAGE, BOOK, SHEET = "committee.html", "committee.xlsx", "committee.json"


def key_of(run: Run, asked: Asked, studies: Studies) -> str:
    """SHA-256 of all that a decision sheet follows from: the run, how it was asked, the studies."""
    files = [sha256_of(folder / name) for name, folder in studies.folders]
    told = json.dumps([run_digest(run.path).total, asdict(asked), files])
    return hashlib.sha256(told.encode("utf-8")).hexdigest()


def known_sheet(folder: Path, key: str) -> DecisionSheet | None:
    """The sheet of the same key that a folder holds; None where it holds none, or a damaged one."""
    try:
        stored = json.loads((folder / SHEET).read_text(encoding="utf-8"))
        return read_as(DecisionSheet, stored) if stored["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def committee_view(run: Run, sheet: DecisionSheet, studies: Studies, lang: str) -> CommitteeView:
    """The run, verified, with its decision sheet. Raises OSError for a run that can't be read."""
    return CommitteeView(sheet, view_of(run, lang), studies, verify(run.path), run_digest(run.path))


def write_committee(
    view: CommitteeView, folder: Path, key: str, *, pdf: bool = False, png: bool = False
) -> Iterator[Path]:
    """Write committee.html, committee.xlsx and committee.json into a folder, made if need be; with
    a browser committee.pdf and pictures too; ``key``: of the sheet. Raises ExtraMissing where those
    are asked without a browser."""
    made = parts(view)
    folder.mkdir(parents=True, exist_ok=True)
    stored = {**view.sheet.as_dict(), "key": key}
    told = json.dumps(stored, ensure_ascii=False, indent=1, allow_nan=False)
    (folder / SHEET).write_text(told + "\n", encoding="utf-8")
    (folder / PAGE).write_text(page(view, made), encoding="utf-8")
    yield from (folder / PAGE, write_book(made, folder / BOOK), folder / SHEET)
    if pdf:
        yield write_pdf(folder / PAGE)
    if png:
        yield from write_pictures(view, made, folder)
