"""`decarb alternatives FILE`: plans that cost little more than the cheapest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli import options
from optimizer.cli.studying import (
    ALTERNATIVES,
    hand_over,
    listening,
    results_of,
    say_stored,
    search_options,
)

if TYPE_CHECKING:
    from optimizer.studies.alternatives import Alternatives

EXAMPLES = """Examples:

\b
  decarb alternatives scenarios/mill/scenario.yaml
  decarb alternatives FILE --within 2 --unlike 5 --out results/alternatives
  decarb alternatives FILE --json | jq '.offers[] | select(.verdicts[0] == "must") | .id'
"""
PERCENT = 100


@click.command("alternatives", epilog=EXAMPLES)
@options.file
@click.option("--within", type=click.FloatRange(0, 100, min_open=True), multiple=True,
              default=(1.0, 2.0, 5.0), show_default=True,
              help="Percent above the least cost that is still good; once for each.")  # fmt: skip
@click.option("--unlike", type=click.IntRange(min=0), default=3, show_default=True,
              help="Plans as unlike those before them as can be.")  # fmt: skip
@search_options
@options.lang
@options.as_json
def command(file: Path, within: tuple[float, ...], unlike: int, **given: Any) -> None:
    """Find what must, can and can't be in a plan of FILE that costs little more than the least.

    Of all such plans: the fewest projects, the least capex, the least of each fuel, the least and
    most of each group of measures, and plans as unlike as can be. 'Must' and 'can't' are proven by
    bounds. All rules of the scenario hold; the plans are searched on typical days, `decarb solve`
    checks one on the full year.
    """
    from optimizer import api

    shares = tuple(sorted({percent / PERCENT for percent in within}))
    with results_of(file, given, ALTERNATIVES) as plant, listening(plant, given["lang"]) as told:
        found = api.alternatives(plant, shares, unlike, told)
    hand_over(found, given, _print)


def _print(found: Alternatives, given: dict[str, Any]) -> None:
    """The headline, both tables, and where the page lies."""
    from optimizer.cli.tables import print_table
    from optimizer.reports.charts_alternatives import (
        goals_table,
        headline,
        offers_table,
        view_of,
    )

    view = view_of(found, given["lang"])
    click.echo(f"{headline(view, found)}\n{view.costs}")
    for table in (offers_table(view, found), goals_table(view, found).table):
        assert table is not None
        click.echo()
        print_table(table.head, table.rows)
    say_stored(given, "alternatives.html")
