"""`decarb robust FILE --futures FILE`: one decision now for several futures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli import options
from optimizer.cli.solving import check_target, results_alone, told_in
from optimizer.cli.studying import ROBUST, hand_over, say_stored, search_options, typical_days

if TYPE_CHECKING:
    from optimizer.studies.two_stage import TwoStage

EXAMPLES = """Examples:

\b
  decarb robust scenarios/mill/scenario.yaml --futures scenarios/mill/futures.yaml
  decarb robust FILE --futures futures.yaml --tail 10 --out results/robust
  decarb robust FILE --futures futures.yaml --json | jq '.decisions[] | {kind, of, most_regret}'
"""
PERCENT = 100


@click.command("robust", epilog=EXAMPLES)
@options.file
@click.option("--futures", "future_file", required=True,
              type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Ways the world may go: docs/annotated_futures.yaml.")  # fmt: skip
@click.option("--tail", type=click.FloatRange(0, 100, min_open=True), default=20.0,
              show_default=True, help="Percent of the weight that is the downside.")  # fmt: skip
@search_options
@options.lang
@options.as_json
def command(file: Path, future_file: Path, tail: float, **given: Any) -> None:
    """Decide now for several futures of the factory in FILE (two-stage).

    What stands up to a year is the same in all futures; what comes later is decided in each. Two
    decisions are searched, each with a bound: the least expected cost, and the least largest regret
    against each future's own best plan. Beside them what each future's own best decision comes to
    in the others, and the mean cost of the worst share. Searched on typical days.
    """
    if given["out"] is not None:
        check_target(given["out"], given["force"], ROBUST)
    with results_alone(), told_in(given["lang"]):
        found = _found(file, future_file, tail / PERCENT, given)
    hand_over(found, given, _print)


def _found(file: Path, future_file: Path, tail: float, given: dict[str, Any]) -> TwoStage:
    """Read the futures and study them, telling stderr what is searched."""
    from optimizer import api
    from optimizer.cli.progress import progress
    from optimizer.inputs.future_files import read_futures
    from optimizer.studies.futures import Search
    from optimizer.words import text

    lang = given["lang"]
    read = read_futures(future_file, file, given["data"], tuple(given["sets"]))
    periods = typical_days(read.futures[0][2], given["periods"])

    def told(what: str, **values: Any) -> None:
        if what == "proposal":
            values["goal"] = text(f"robust.{values['aim']}", lang)
        if what == "future":
            values["name"] = values["name"][lang]
        click.echo(text(f"study.begins_{what}", lang, **values), err=True)

    with progress(lang) as listener:
        search = Search(given["gap"], given["time_limit"], listener.progress)
        return api.robust(read, periods, search, tail, told)


def _print(found: TwoStage, given: dict[str, Any]) -> None:
    """The headline, the table, and where the page lies."""
    from optimizer.cli.tables import print_table
    from optimizer.reports.charts_robust import costs_note, costs_table, headline, view_of

    view = view_of(found, given["lang"])
    table = costs_table(view, found)
    click.echo(f"{headline(view, found)}\n{view.costs}\n")
    click.echo(table.caption)
    print_table(table.head, table.rows)
    click.echo(f"\n{costs_note(view, found)}")
    say_stored(given, "robust.html")
