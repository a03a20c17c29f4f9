"""`decarb pareto FILE`: cost against emissions, from the least cost to the least emissions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli import options
from optimizer.cli.studying import FRONT, listening, results_of, study_options

if TYPE_CHECKING:
    from optimizer.studies.pareto import Front

EXAMPLES = """Examples:

\b
  decarb pareto scenarios/mill/scenario.yaml
  decarb pareto FILE --points 20 --out results/front
  decarb pareto FILE --by target-year --json | jq '.points[].plan.cost'
"""


@click.command("pareto", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--points", type=click.IntRange(min=2), default=10, show_default=True,
              help="Plans from the cheapest to the cleanest.")  # fmt: skip
@study_options
@options.lang
@options.as_json
def command(file: Path, points: int, **given: Any) -> None:
    """Find plans of the factory in FILE from the least cost to the least emissions.

    Carbon caps and credits are set aside: each plan is the cheapest that emits no more than a
    limit, then the cleanest at its cost. Budget, area and lead times hold. The plans are searched
    on typical days; `decarb solve` checks one on the full year.
    """
    from optimizer import api

    with results_of(file, given, FRONT) as plant, listening(plant, given["lang"]) as told:
        front = api.pareto(plant, points, told)
    if given["out"] is not None:
        api.store_study(front, given["out"], given["lang"], force=given["force"])
    if given["as_json"]:
        click.echo(json.dumps(front.as_dict(), ensure_ascii=False, indent=1))
    else:
        _print(front, given)


def _print(front: Front, given: dict[str, Any]) -> None:
    """The headline, the points, and where the page lies."""
    from optimizer.cli.tables import print_table
    from optimizer.reports.charts_pareto import headline, points_table, view_of

    view = view_of(front, given["lang"])
    table = points_table(view, front)
    click.echo(headline(view, front))
    click.echo(f"{view.costs} {view.tonnes}\n")
    print_table(table.head, table.rows)
    if given["out"] is not None:
        click.echo("\n" + view.say("study.stored", path=given["out"] / "pareto.html"))
