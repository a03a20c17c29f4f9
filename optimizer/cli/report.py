"""`decarb report RUN`: a stored plan's report, written again, or the pack for a committee."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from optimizer.cli import options
from optimizer.cli.solving import Seconds

EXAMPLES = """Examples:

\b
  decarb report results/demo-1 --lang zh
  decarb report results/demo-1 --for committee
  decarb report RUN --for committee --study results/curve --study results/front --out board
  decarb report RUN --for committee --lang zh --pdf --png
  decarb report RUN --for committee --json | jq '.decisions[] | {id, verdict, triggers}'
"""
COMMITTEE_ONLY = ("studies", "spread", "time_limit", "gap", "pdf", "png", "as_json")


@click.command("report", epilog=EXAMPLES)
@click.argument("run", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--for", "reader", type=click.Choice(["planner", "committee"]), default="planner",
              show_default=True, help="Who reads it.")  # fmt: skip
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True,
              help="Language of the report.")  # fmt: skip
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="File to write, RUN/report.html if left out; for a committee the folder, RUN.",
)
@click.option("--study", "studies", multiple=True, metavar="FOLDER",
              type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="What decarb curve, pareto or sensitivity stored, outside RUN.")  # fmt: skip
@click.option("--spread", type=click.FloatRange(0, 100, min_open=True, max_open=True), default=20,
              show_default=True, help="Percent by which each driver moves.")  # fmt: skip
@click.option("--time-limit", type=Seconds(), default=300, show_default=True,
              help="Seconds for all searches together.")  # fmt: skip
@click.option("--gap", type=click.FloatRange(0, 0.5, min_open=True), default=0.005,
              show_default=True, help="Gap of each search, a share of the cost.")  # fmt: skip
@click.option("--pdf", is_flag=True, help="Also print the page as PDF; needs a Chromium.")
@click.option("--png", is_flag=True, help="Also make a picture of each chart; needs a Chromium.")
@options.as_json
@click.pass_context
def command(
    ctx: click.Context, /, run: Path, reader: str, lang: str, out: Path | None, **given: Any
) -> None:
    """Write the report of the stored plan in folder RUN: one HTML file that opens offline.

    With --for committee, the pack for an investment committee: which projects to approve now, to
    prepare, or to wait for and at which trigger; the money asked by year; what is lost where a
    driver goes wrong; which could go either way. It finds the optimum anew without each project and
    with each driver moved, unless a stored study says it: of --study, or inside RUN. It writes
    committee.html, committee.xlsx and committee.json; all options but --lang and --out go with
    --for committee.
    """
    if reader == "committee":
        from optimizer.cli.report_committee import committee

        committee(run, lang, out, given)
        return
    from optimizer.reports.html import write_report

    said = click.core.ParameterSource.COMMANDLINE
    if any(ctx.get_parameter_source(name) is said for name in COMMITTEE_ONLY):
        raise click.UsageError("all options but --lang and --out go with --for committee")
    if out is not None and out.is_dir():
        raise click.UsageError(f"--out {out} is a folder; give the file to write")
    click.echo(str(write_report(run, lang, out)))
