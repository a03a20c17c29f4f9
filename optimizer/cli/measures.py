"""`decarb measures RUN`: what each measure of a stored plan is worth."""

from __future__ import annotations

import json
from pathlib import Path

import click

from optimizer.cli import options
from optimizer.words import text

EXAMPLES = """\b
Examples:
  decarb measures results/demo-1
  decarb measures results/demo-1 --json | jq '.items[] | {id, saving, tonnes}'
"""


@click.command("measures", epilog=EXAMPLES)
@click.argument("run", type=click.Path(exists=True, file_okay=False, path_type=Path))
@options.lang
@options.as_json
def command(run: Path, lang: str, as_json: bool) -> None:
    """Share the saving of the plan in RUN out among its measures and contracts.

    Each is left out, the others are kept and dispatched anew on representative days. The shares add
    up to what the plan saves in money and in tonnes; what the measures add to or take from each
    other is shown. The shares are stored in RUN, shown in its report and recomputed by
    `decarb verify`.
    """
    from optimizer import api

    def begins(number: int, count: int, name: str) -> None:
        click.echo(text("shares.progress", lang, number=number, count=count, name=name), err=True)

    found = api.measures(run, begins=begins, lang=lang)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print(run, lang)


def _print(run: Path, lang: str) -> None:
    """How the shares were found, and their table."""
    from optimizer.cli.tables import print_table
    from optimizer.reports.html import open_run
    from optimizer.reports.shares import block

    for part in block(open_run(run, lang)):
        for said in part.paragraphs:
            click.echo(said)
        assert part.table is not None
        click.echo()
        print_table(part.table.head, part.table.rows)
