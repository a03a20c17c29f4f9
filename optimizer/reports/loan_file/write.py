"""Writes the loan file: loan.html and loan.xlsx, from the same parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from optimizer.loans.assess import Assessment
from optimizer.loans.stress import Stress, stress
from optimizer.plan.digest import run_digest
from optimizer.plan.verify import verify
from optimizer.reports.html import view_of
from optimizer.reports.loan_file.book import write_book
from optimizer.reports.loan_file.contents import parts
from optimizer.reports.loan_file.page import page
from optimizer.reports.loan_file.view import Asked, LoanView

PAGE, BOOK = "loan.html", "loan.xlsx"
TERMS = ("amount", "tenor", "rate")
"""Fields of a loan that may stand in place of the scenario's."""


def asked_today(packs: Sequence[str], terms: Mapping[str, str], lang: str) -> Asked:
    """A file of today; ``terms``: those that stand in place of the scenario's, as given."""
    return Asked(tuple(packs), date.today(), terms, lang)


def loan_view(found: Assessment, asked: Asked, stressed: Stress | None = None) -> LoanView:
    """The assessment with its run verified; raises OSError for a run that can't be read.

    ``stressed``: left out, the cases under stress that are arithmetic.
    """
    subject = found.subject
    run, lending = subject.run, subject.lending
    if stressed is None and lending is not None:
        stressed = stress(lending, subject.saved)
    view, checked = view_of(run, asked.lang), verify(run.path)
    return LoanView(found, view, asked, checked, run_digest(run.path), stressed)


def write_loan_file(
    found: Assessment, asked: Asked, folder: Path, stressed: Stress | None = None
) -> tuple[Path, Path]:
    """Write page and workbook into a folder, made if need be; returns where they lie."""
    view = loan_view(found, asked, stressed)
    made = parts(view)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PAGE).write_text(page(view, made), encoding="utf-8")
    return folder / PAGE, write_book(made, folder / BOOK, _properties(view))


def _properties(view: LoanView) -> dict[str, str]:
    """How the file was asked for, as a check of the workbook reads it."""
    asked = view.asked
    known = {"packs": " ".join(asked.packs), "dated": asked.dated.isoformat(), "lang": asked.lang}
    evidence = Path(view.subject.evidence.file).name
    return known | dict(asked.terms) | ({"evidence": evidence} if evidence else {})
