"""`decarb curve FILE`: what a tonne costs: alone, along the optimal path, left out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli import options
from optimizer.cli.studying import CURVE, asked_of, hand_over, listening, say_stored, study_options

if TYPE_CHECKING:
    from optimizer.studies.cost_curve import CostCurve
    from optimizer.studies.plant import Plant

INTERNAL = "--internal-price", "price"
"""Option and name of an internal carbon price, for messages."""
EXAMPLES = """Examples:

\b
  decarb curve scenarios/mill/scenario.yaml --out results/curve
  decarb curve FILE --naive                  with the curve that adds measures up
  decarb curve FILE --by target-year --json | jq .interaction_loss
  decarb curve FILE --internal-price "100 CNY/t" --internal-price "300 CNY/t"
"""


@click.command("curve", epilog=EXAMPLES)
@options.file
@click.option("--steps", type=click.IntRange(min=1), default=12, show_default=True,
              help="Steps of the path from the cheapest plan to the cleanest.")  # fmt: skip
@click.option("--naive", is_flag=True, help="Add the naive curve, and who builds by it.")
@click.option(
    "--internal-price",
    "prices",
    multiple=True,
    metavar="PRICE",
    help='Such as "300 CNY/t"; twice for a band. The scenario\'s own by default.',
)
@click.option(
    "--lock-in",
    "year",
    type=int,
    metavar="YEAR",
    help="Year up to which rules are known to a second plan; the middle one by default.",
)
@study_options
@options.lang
@options.as_json
def command(
    file: Path, steps: int, naive: bool, prices: tuple[str, ...], year: int | None, **given: Any
) -> None:
    """Show what each tonne costs the factory in FILE, in three views on one baseline.

    Each measure alone; the optimal path from the cheapest plan to the cleanest, with what enters
    and leaves at each step; the plan without each of its measures. No curve is a build order: the
    plan's schedule stands beside it. Ranges say what the searches leave open.
    """
    from optimizer import api
    from optimizer.inputs.valuation import given_price

    with asked_of(file, given, CURVE) as (plant, bundle), listening(plant, given["lang"]) as told:
        _check_year(year, plant)
        asked = [given_price(bundle.scenario, price, *INTERNAL) for price in prices]
        curve = api.curve(plant, steps, with_naive=naive, prices=asked, year=year, told=told)
    hand_over(curve, given, _print)


def _check_year(year: int | None, plant: Plant) -> None:
    """Refuse a year after which there is no planning year."""
    years = plant.case.years[:-1]
    if year is not None and year not in years:
        allowed = ", ".join(map(str, years)) or "none: there is a single planning year"
        raise click.BadParameter(f"{year}; allowed: {allowed}", param_hint="--lock-in")


def _print(curve: CostCurve, given: dict[str, Any]) -> None:
    """The headline, the tables of all views, and where the page lies."""
    from optimizer.cli.tables import print_table
    from optimizer.reports.charts_alone import alone_table, interaction
    from optimizer.reports.charts_curve import view_of
    from optimizer.reports.charts_left_out import left_out_table
    from optimizer.reports.charts_lock_in import lock_in_said
    from optimizer.reports.charts_schedule import schedule
    from optimizer.reports.curve_page import headline
    from optimizer.reports.curve_prices import at_prices
    from optimizer.reports.curve_steps import steps_table

    view = view_of(curve, given["lang"])
    click.echo(headline(view, curve))
    click.echo(f"{view.costs} {view.tonnes} {view.per_tonne_unit}")
    blocks = (at_prices(view, curve), schedule(view, curve), interaction(view, curve))
    found = [steps_table(view, curve), alone_table(view, curve), left_out_table(view, curve)]
    found += [block.table for block in blocks if block is not None and block.table is not None]
    for table in found:
        click.echo(f"\n{table.caption}")
        print_table(table.head, table.rows)
    if curve.lock_in is not None:
        click.echo("\n" + lock_in_said(view, curve.lock_in))
    say_stored(given, "curve.html")
