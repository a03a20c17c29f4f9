"""`decarb show RUN`: a stored plan on the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from rich.table import Table as RichTable

    from optimizer.plan.store import Run
    from optimizer.reports.blocks import Table
    from optimizer.reports.view import View

WIDTH_OF_PIPE = 120  # columns, where the output isn't a terminal


@click.command("show", epilog="Example:  decarb show results/demo-1 --json | jq .npv")
@click.argument("run", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True,
              help="Language of names and words.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print summary.json, nothing else.")
def command(run: Path, lang: str, as_json: bool) -> None:
    """Print the stored plan in folder RUN: headline, years, builds, assets, worth, rules."""
    from optimizer.reports.html import open_run

    view = open_run(run, lang)
    if as_json:
        click.echo(json.dumps(view.summary, ensure_ascii=False, indent=2))
        return
    _print(view, run)


def print_run(run: Run, lang: str) -> None:
    """What `decarb show` prints of a run."""
    from optimizer.reports.html import view_of

    _print(view_of(run, lang), run.path)


def _print(view: View, run: Path) -> None:
    """Headline, what the search reached, tables and where the report lies."""
    from rich.console import Console

    from optimizer.reports import search
    from optimizer.reports.page_one import headline

    console = Console(highlight=False, markup=False, soft_wrap=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, width=WIDTH_OF_PIPE)
    console.print(headline(view), style="bold")
    for said in (search.sentence(view), search.on_every_day(view)):
        if said:
            console.print(said)
    for table in _tables(view):
        console.print()
        console.print(_drawn(table))
    report = run / "report.html"
    if report.exists():
        console.print(f"\n{view.say('show.report', path=report)}")


def _tables(view: View) -> Iterator[Table]:
    """The tables that have rows."""
    from optimizer.reports.borrowed import borrowed_table
    from optimizer.reports.charts_build import build_table
    from optimizer.reports.charts_carbon import path_table
    from optimizer.reports.page_one import binding_table
    from optimizer.reports.section_why import asset_table
    from optimizer.reports.shares import shares_table
    from optimizer.reports.worth import worth_table

    found = [
        path_table(view),
        build_table(view),
        asset_table(view),
        borrowed_table(view),
        worth_table(view),
    ]
    if view.shares is not None:
        found.append(shares_table(view))
    for table in (*found, binding_table(view)):
        if table.rows:
            yield table


def _drawn(table: Table) -> RichTable:
    """The same table for a terminal; names are text, never markup."""
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    drawn = RichTable(title=Text(table.caption), title_justify="left", box=box.SIMPLE_HEAD)
    for column, head in enumerate(table.head):
        justify: Literal["left", "right"] = "right" if column in table.numeric else "left"
        drawn.add_column(Text(head, overflow="fold"), justify=justify, overflow="fold")
    for row in table.rows:
        drawn.add_row(*map(Text, row))
    return drawn
