"""What judging a stored assessment again says on a terminal."""

from __future__ import annotations

import click

from optimizer.loans.rejudged import Rejudged
from optimizer.words import text


def print_judged(found: Rejudged, lang: str) -> None:
    """Each value that differs by its path, then whether the packs still say what is stored."""
    for each in found.differences:
        click.echo(text("verify.loan.differs", lang, **vars(each)))
    if found.stale:
        click.echo(text("verify.loan.stale", lang))
    else:
        counts = {"compared": found.compared, "differ": len(found.differences)}
        click.echo(text(f"verify.loan.{'holds' if found.ok else 'broken'}", lang, **counts))
    if not found.documents and not found.stale:
        click.echo(text("verify.loan.documents", lang))
