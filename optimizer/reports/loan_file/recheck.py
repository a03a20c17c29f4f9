"""A run's workbook made anew, to compare one from elsewhere with: plan.xlsx or the loan file."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from xlsxwriter.utility import xl_rowcol_to_cell

from optimizer.errors import InputErrors, Problem
from optimizer.files.workbook_cells import Workbook, read_workbook
from optimizer.loans.run import assess_run
from optimizer.plan.store import Run, read_run
from optimizer.reports.loan_file.book import write_book
from optimizer.reports.loan_file.contents import DISPATCHED, parts
from optimizer.reports.loan_file.grid import Part
from optimizer.reports.loan_file.layout import layout
from optimizer.reports.loan_file.view import Asked
from optimizer.reports.loan_file.write import TERMS, loan_view
from optimizer.reports.workbook import write_workbook
from optimizer.reports.workbook_check import Address, WorkbookCheck, compare
from optimizer.words import LANGUAGES, text
from optimizer.workspace import workspace_of


def check_workbook(run: Path, file: Path, evidence: Path | None = None) -> WorkbookCheck:
    """Compare every cell of plan.xlsx or of a loan file's workbook with the run in a folder.

    ``evidence``: the file that the loan file rests on. Raises InputErrors for a file that isn't a
    workbook of either kind, or where the evidence isn't given.
    """
    found, stored = read_workbook(file), read_run(run)
    with tempfile.TemporaryDirectory() as folder:
        if "packs" in found.properties:
            return _of_loan(stored, found, file, evidence, Path(folder))
        lang = _language(found, file)
        made = write_workbook(Path(folder), stored.plan, stored.baseline, stored.summary, lang)
        return compare(found, read_workbook(made), ())


def _language(found: Workbook, file: Path) -> str:
    for lang in LANGUAGES:
        if text("excel.sheet.summary", lang) in found.sheets:
            return lang
    allowed = "plan.xlsx of a run or loan.xlsx of decarb loan --file"
    raise InputErrors([Problem(str(file), 0, 0, "workbook", file.name, allowed)])


def _of_loan(
    run: Run, found: Workbook, file: Path, evidence: Path | None, folder: Path
) -> WorkbookCheck:
    """The loan file asked for in the same way, without the cases that a solver dispatched."""
    asked = _asked(found, file)
    if found.properties.get("evidence") and evidence is None:
        name = found.properties["evidence"]
        hint = f"The workbook rests on {name}."
        raise InputErrors([Problem("--evidence", 0, 0, "", "", "the file of evidence", hint)])
    assessed = assess_run(
        run, asked.packs, workspace_of(run.path), terms=asked.terms, evidence=evidence
    )
    made = parts(loan_view(assessed, asked))
    number = len(made)
    sheet = f"{number} {text(f'loan_file.sheet.{DISPATCHED}', asked.lang)}"
    again = read_workbook(write_book(made, folder / file.name))
    return compare(found, again, open_cells(made), [sheet])


def _asked(found: Workbook, file: Path) -> Asked:
    """How the workbook says that it was asked for; raises InputErrors where that can't be."""
    given = found.properties
    try:
        dated, lang = date.fromisoformat(given["dated"]), given["lang"]
    except (KeyError, ValueError):
        dated, lang = date.min, ""
    if lang not in LANGUAGES:
        allowed = "with the properties that decarb loan --file gives it"
        raise InputErrors([Problem(str(file), 0, 0, "workbook", file.name, allowed)])
    terms = {name: given[name] for name in TERMS if given.get(name)}
    return Asked(tuple(given["packs"].split()), dated, terms, lang)


def open_cells(made: Sequence[Part]) -> set[Address]:
    """Sheet and cell of everything that is left for a reader to fill in."""
    return {
        (sheet.part.sheet, xl_rowcol_to_cell(each.row, each.at))
        for sheet in layout(made).sheets
        for each in sheet.cells
        if each.style == "cell" and each.column is not None and each.column.kind == "fill"
    }
