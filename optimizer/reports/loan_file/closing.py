"""The end of the file: what was recomputed, what that shows, the digest, and who signs."""

from __future__ import annotations

from pathlib import Path

from optimizer.files.hashes import sha256_of
from optimizer.reports.loan_file.grid import Cell, Column, Grid, Prose
from optimizer.reports.loan_file.view import LoanView

SIGNED = ("name", "function", "organisation", "place", "date", "signature")


def verified(view: LoanView) -> Prose:
    """Whether the run recomputes, and what that does and doesn't show."""
    report, failed = view.checked, view.checked.failed
    said: list[str] = []
    if report.ok:
        said.append(view.told("closing.holds"))
    else:
        said.append(view.view.say("verify.broken", failed=len(failed), count=len(report.rows)))
        said += [
            view.view.say(
                "verify.fails", name=row.name, where=row.where, deviation=f"{row.deviation:.6g}",
                tolerance=f"{row.tolerance:.3g}", failed=row.failed, count=row.count,
            )
            for row in failed
        ]  # fmt: skip
    kept = sum(check.ok for check in report.hashes)
    said.append(view.view.say("verify.hashes", kept=kept, count=len(report.hashes)))
    said += [view.view.say("verify.not_shown"), view.told("closing.not_shown")]
    said.append(view.told("closing.again", run=view.subject.run.path.name))
    return Prose(view.told("closing.verified"), said)


def digest(view: LoanView) -> Grid:
    """SHA-256 of each file of the run, and of their list: what is signed."""
    rows: dict[str, list[Cell]] = {
        str(number): [name, value] for number, (name, value) in enumerate(view.digest.files.items())
    }
    rows["total"] = [view.told("closing.total"), view.digest.total]
    columns = (Column("file", view.told("closing.file")), Column("sha256", "SHA-256"))
    return Grid("digest", view.told("closing.digest"), columns, rows, total="total")


def basis(view: LoanView) -> Grid:
    """What the file was made from and how it was asked for."""
    asked, evidence = view.asked, view.subject.evidence.file
    named = f"{Path(evidence).name}, SHA-256 {sha256_of(Path(evidence))}" if evidence else "–"
    rows: dict[str, list[Cell]] = {
        "run": [view.told("basis.run"), view.subject.run.path.name],
        "dated": [view.told("basis.dated"), asked.dated.isoformat()],
        "lang": [view.told("basis.lang"), view.lang],
        "packs": [view.told("basis.packs"), ", ".join(asked.packs)],
    }
    for name in ("amount", "tenor", "rate"):
        rows[name] = [view.told(f"basis.{name}"), asked.terms.get(name, "–")]
    rows["evidence"] = [view.told("basis.evidence"), named]
    for pack in view.facts["packs"]:
        file = view.told("basis.pack", file=pack["file"])
        rows[f"pack_{pack['id']}"] = [file, pack["sha256"]]
    columns = (Column("item", view.told("item")), Column("value", view.told("value")))
    return Grid("basis", view.told("basis.table"), columns, rows)


def signature(view: LoanView) -> Grid:
    """Who signs for the borrower that the digest is that of the run behind this file."""
    rows: dict[str, list[Cell]] = {key: [view.told(f"sign.{key}"), None] for key in SIGNED}
    columns = (Column("item", view.told("sign.borrower")), Column("entry", "", "fill"))
    said = view.told("sign.said", digest=view.digest.total)
    return Grid("signature", said, columns, rows)
