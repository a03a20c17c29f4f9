"""`decarb audit RUN`: whether a stored plan leaves out what is cheaper than the ceiling."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from optimizer.cli import CHECK_FAILED
from optimizer.words import text, text_or

EXAMPLES = """\b
Examples:
  decarb audit results/demo-1
  decarb audit results/demo-1 --measure battery_2h --gap 0.0002
  decarb audit results/demo-1 --json | jq '.measures[] | {measure, verdict}'
"""


@click.command("audit", epilog=EXAMPLES)
@click.argument("run", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--measure", "measures", multiple=True, metavar="ID", help="Only this one; repeat it."
)
@click.option("--gap", type=click.FloatRange(0, 1, min_open=True, max_open=True), default=0.001,
              show_default=True, help="Gap of each search; smaller tells more.")  # fmt: skip
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), default=300.0,
              show_default=True, help="Seconds for all searches together.")  # fmt: skip
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print audit.json, nothing else.")
@click.pass_context
def command(ctx: click.Context, /, run: Path, lang: str, as_json: bool, **options: Any) -> None:
    """Audit the plan in RUN against its abatement ceiling, measure by measure.

    Each measure that isn't built, not to its limit, or later than it could be, is forced: first
    with the other whole decisions held, then with all free. The audit is stored in RUN, shown in
    its report and recomputed by `decarb verify`; with --measure it is only printed. Ends with 0 if
    it holds, 5 if a cheaper plan was found or something is too close to tell, 2 if RUN has no
    ceiling.
    """
    from optimizer import api

    def begins(number: int, count: int, name: str) -> None:
        said = text_or(f"audit.step.{name}", name, lang)
        click.echo(text("audit.progress", lang, number=number, count=count, name=said), err=True)

    found = api.audit(run, begins=begins, lang=lang, **options)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print(run, found, lang)
    if found["outcome"] != "holds":
        ctx.exit(CHECK_FAILED)


def _print(run: Path, found: dict[str, Any], lang: str) -> None:
    """Outcome, what the mode guarantees, the certificate, a line a measure."""
    from optimizer.cli.tables import print_table
    from optimizer.reports.audit import lines, measure_table
    from optimizer.reports.html import open_run

    view = replace(open_run(run, lang), audit=found)
    for said in lines(view):
        click.echo(said)
    table = measure_table(view)
    if table.rows:
        click.echo()
        print_table(table.head, table.rows)
