"""`decarb pareto FILE`: cost against emissions, from the least cost to the least emissions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli import options
from optimizer.cli.studying import (
    FRONT,
    hand_over,
    listening,
    results_of,
    say_stored,
    study_options,
)

if TYPE_CHECKING:
    from optimizer.studies.pareto import Front

EXAMPLES = """Examples:

\b
  decarb pareto scenarios/mill/scenario.yaml
  decarb pareto FILE --points 20 --out results/front
  decarb pareto FILE --by target-year --json | jq '.points[].plan.cost'
"""


@click.command("pareto", epilog=EXAMPLES)
@options.file
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
    hand_over(front, given, _print)


def _print(front: Front, given: dict[str, Any]) -> None:
    """The headline, the points, and where the page lies."""
    from optimizer.cli.tables import print_table
    from optimizer.reports.charts_pareto import headline, points_table, view_of

    view = view_of(front, given["lang"])
    table = points_table(view, front)
    click.echo(headline(view, front))
    click.echo(f"{view.costs} {view.tonnes}\n")
    print_table(table.head, table.rows)
    say_stored(given, "pareto.html")
