"""What a workbook's comparison with its run says on a terminal."""

from __future__ import annotations

import click

from optimizer.reports.workbook_check import WorkbookCheck
from optimizer.words import text


def print_check(check: WorkbookCheck, lang: str) -> None:
    """Each cell that differs by sheet, cell and name, then the count and what wasn't compared."""
    for each in check.differences:
        click.echo(text("verify.workbook.differs", lang, **vars(each)))
    for where in check.added:
        click.echo(text("verify.workbook.added", lang, where=where))
    for sheet in check.taken:
        click.echo(text("verify.workbook.taken", lang, sheet=sheet))
    counts = {"compared": check.compared, "differ": len(check.differences), "filled": check.filled}
    key = "holds" if check.ok else "broken"
    click.echo(text(f"verify.workbook.{key}", lang, **counts))
