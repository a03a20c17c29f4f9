"""`decarb report RUN`: a stored plan's report, written again."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("report", epilog="Example:  decarb report results/demo-1 --lang zh")
@click.argument("run", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True,
              help="Language of the report.")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path),
              help="File to write; RUN/report.html if left out.")  # fmt: skip
def command(run: Path, lang: str, out: Path | None) -> None:
    """Write the report of the stored plan in folder RUN: one HTML file that opens offline."""
    from optimizer.reports.html import write_report

    click.echo(str(write_report(run, lang, out)))
