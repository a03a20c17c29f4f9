"""What the pack rests on: gap, typical days, how it was searched, digest, recomputation."""

from __future__ import annotations

from collections.abc import Sequence

from optimizer.reports import numbers
from optimizer.reports.committee.view import CommitteeView
from optimizer.reports.loan_file.grid import Cell, Column, Grid, Prose
from optimizer.reports.study_page import percent_of_gap


def finding(view: CommitteeView) -> str:
    """By how much the plan's cost may be off, and why."""
    unsure = view.sheet.unsure
    shown = {"unsure": unsure.total, "gap": unsure.gap, "days": unsure.days}
    return view.told("finding.rests", **{key: view.about(money) for key, money in shown.items()})


def searched(view: CommitteeView) -> Prose:
    """On which days, to which gap, in how many plans; whether the plan found anew is the same."""
    sheet, moves = view.sheet, view.sheet.moves
    said = [
        view.told(
            "rests.searched", periods=moves.subject.periods,
            gap=percent_of_gap(moves.subject.gap), tested=moves.tested,
        )
    ]  # fmt: skip
    lacks, has = (_names(view, ids) for ids in (sheet.lacks, sheet.has))
    if sheet.lacks or sheet.has:
        said.append(view.told("rests.differs", lacks=lacks, has=has))
    else:
        said.append(view.told("rests.same"))
    if sheet.unasked:
        drivers = view.view.say("list.separator").join(map(view.driver, sheet.unasked))
        said.append(view.told("rests.unasked", drivers=drivers))
    if view.studies.folders:
        files = (f"{folder.name}/{name}" for name, folder in view.studies.folders)
        joint = view.view.say("list.separator").join(files)
        said.append(view.told("rests.studies", studies=joint))
    return Prose(view.told("rests.heading"), said)


def _names(view: CommitteeView, ids: Sequence[str]) -> str:
    return view.view.say("list.separator").join(map(view.name, ids)) or numbers.NOTHING


def verified(view: CommitteeView) -> Prose:
    """Whether the run recomputes, what that shows and doesn't, and how to check again."""
    report, say = view.checked, view.view.say
    rows = sum(row.count for row in report.rows)
    said = [say("verify.holds", count=rows)] if report.ok else [
        say("verify.broken", failed=len(report.failed), count=len(report.rows)),
        *(
            say("verify.fails", name=row.name, where=row.where, deviation=f"{row.deviation:.6g}",
                tolerance=f"{row.tolerance:.3g}", failed=row.failed, count=row.count)
            for row in report.failed
        ),
    ]  # fmt: skip
    kept = sum(check.ok for check in report.hashes)
    said.append(say("verify.hashes", kept=kept, count=len(report.hashes)))
    said += [say("verify.not_shown"), view.told("rests.verify", run=view.view.summary["run"])]
    said.append(view.told("rests.digest", digest=view.digest.total))
    return Prose(say("loan_file.closing.verified"), said)


def digest(view: CommitteeView) -> Grid:
    """SHA-256 of each file of the run, and of their list; the page has that alone."""
    rows: dict[str, Sequence[Cell]] = {
        str(number): [name, value] for number, (name, value) in enumerate(view.digest.files.items())
    }
    rows["total"] = [view.view.say("loan_file.closing.total"), view.digest.total]
    columns = (Column("file", view.view.say("loan_file.closing.file")), Column("sha256", "SHA-256"))
    caption = view.view.say("loan_file.closing.digest")
    return Grid("digest", caption, columns, rows, total="total", only="book")
