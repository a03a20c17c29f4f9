"""`decarb demo`: the shipped factory, solved, reported and verified."""

from __future__ import annotations

from pathlib import Path

import click

from optimizer.cli import CHECK_FAILED
from optimizer.cli.solving import Seconds

SCENARIO = "auto_parts_jiangsu"
SECONDS = 60.0
"""Time of the demo's search; the gap reached is stated."""


@click.command("demo", epilog="Example:  decarb demo --lang zh")
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="Run folder; results/<scenario>-<n>.")
@click.option("--time-limit", type=Seconds(), default=SECONDS, show_default=True,
              help="Seconds for the search.")  # fmt: skip
@click.pass_context
def command(ctx: click.Context, lang: str, out: Path | None, time_limit: float) -> None:
    """Solve the shipped auto-parts factory, write its report, verify it: no input needed."""
    from optimizer.cli.show import print_run
    from optimizer.cli.solve import solved
    from optimizer.cli.verify import print_verdict
    from optimizer.words import text
    from optimizer.workspace import shipped_workspace

    file = shipped_workspace() / "scenarios" / SCENARIO / "scenario.yaml"
    run = solved(
        file, out=out, periods=None, step=None, gap="0.005", method="auto", time_limit=time_limit,
        full_year=True, sets=(), data=None, lang=lang, force=False,
    )  # fmt: skip
    print_run(run, lang)
    passed = print_verdict(run.path, lang)
    click.echo(text("demo.open", lang, report=str(run.path / "report.html")))
    click.echo(str(run.path))
    if not passed:
        ctx.exit(CHECK_FAILED)
