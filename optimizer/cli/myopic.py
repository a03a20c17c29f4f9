"""`decarb myopic FILE`: deciding year by year, against knowing the future."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli import options
from optimizer.cli.studying import (
    MYOPIC,
    hand_over,
    listening,
    results_of,
    say_stored,
    search_options,
)

if TYPE_CHECKING:
    from optimizer.studies.myopic import Foresight

EXAMPLES = """Examples:

\b
  decarb myopic scenarios/mill/scenario.yaml
  decarb myopic FILE --set tariffs.natural_gas.price.2030="0.6 CNY/kWh" --out results/myopic
  decarb myopic FILE --json | jq '.myopic[].missed'
"""


@click.command("myopic", epilog=EXAMPLES)
@options.file
@search_options
@options.lang
@options.as_json
def command(file: Path, **given: Any) -> None:
    """Decide the factory in FILE year by year, as if every later year were like this one, and say
    what knowing the future is worth.

    Twice: with the caps, targets and gates of later years known, and without. What was decided
    stays; the plan is then run in the years as they come. A cap that can't be kept any more is a
    result. Budget and ages of equipment are known throughout. Searched on typical days.
    """
    from optimizer.studies.myopic import foresight

    with results_of(file, given, MYOPIC) as plant, listening(plant, given["lang"]) as told:
        found = foresight(plant, told)
    hand_over(found, given, _print)


def _print(found: Foresight, given: dict[str, Any]) -> None:
    """The headline, what either way costs or misses, what starts when."""
    from optimizer.cli.tables import print_table
    from optimizer.reports.charts_myopic import headline, schedule, view_of, worth_table

    view = view_of(found, given["lang"])
    click.echo(f"{headline(view, found)}\n{view.costs}")
    for table in (worth_table(view, found), schedule(view, found).table):
        assert table is not None
        click.echo()
        print_table(table.head, table.rows)
    say_stored(given, "myopic.html")
