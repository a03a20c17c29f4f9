"""`decarb myopic FILE`: deciding year by year, against knowing the future."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli import options
from optimizer.cli.studying import MYOPIC, listening, results_of, search_options

if TYPE_CHECKING:
    from optimizer.studies.myopic import Foresight

EXAMPLES = """Examples:

\b
  decarb myopic scenarios/mill/scenario.yaml
  decarb myopic FILE --set tariffs.natural_gas.price.2030="0.6 CNY/kWh" --out results/myopic
  decarb myopic FILE --json | jq '.myopic[].missed'
"""


@click.command("myopic", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
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
    from optimizer import api
    from optimizer.studies.myopic import foresight

    with results_of(file, given, MYOPIC) as plant, listening(plant, given["lang"]) as told:
        found = foresight(plant, told)
    if given["out"] is not None:
        api.store_study(found, given["out"], given["lang"], force=given["force"])
    if given["as_json"]:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        _print(found, given)


def _print(found: Foresight, given: dict[str, Any]) -> None:
    """The headline, what either way costs or misses, what starts when."""
    from optimizer.cli.tables import print_table
    from optimizer.reports.charts_myopic import headline, schedule, view_of, worth_table

    view = view_of(found, given["lang"])
    click.echo(f"{headline(view, found)}\n{view.costs}\n")
    for table in (worth_table(view, found), schedule(view, found).table):
        assert table is not None
        print_table(table.head, table.rows)
        click.echo()
    if given["out"] is not None:
        click.echo(view.say("study.stored", path=given["out"] / "myopic.html"))
