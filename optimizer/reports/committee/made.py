"""From a stored run to what the committee pack shows."""

from __future__ import annotations

from optimizer.plan.digest import run_digest
from optimizer.plan.store import Run
from optimizer.plan.verify import verify
from optimizer.reports.committee.view import CommitteeView
from optimizer.reports.html import view_of
from optimizer.studies.decision_sheet import DecisionSheet
from optimizer.studies.stored_study import Studies


def committee_view(run: Run, sheet: DecisionSheet, studies: Studies, lang: str) -> CommitteeView:
    """The run, verified, with its decision sheet. Raises OSError for a run that can't be read."""
    return CommitteeView(sheet, view_of(run, lang), studies, verify(run.path), run_digest(run.path))
