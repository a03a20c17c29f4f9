"""`decarb curve FILE`: what a tonne costs: alone, along the optimal path, left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli import options
from optimizer.cli.studying import CURVE, listening, results_of, study_options

if TYPE_CHECKING:
    from optimizer.studies.cost_curve import CostCurve

EXAMPLES = """Examples:

\b
  decarb curve scenarios/mill/scenario.yaml --out results/curve
  decarb curve FILE --naive                  with the curve that adds measures up
  decarb curve FILE --by target-year --json | jq .interaction_loss
"""


@click.command("curve", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--steps", type=click.IntRange(min=1), default=12, show_default=True,
              help="Steps of the path from the cheapest plan to the cleanest.")  # fmt: skip
@click.option("--naive", is_flag=True, help="Add the naive curve, and who builds by it.")
@study_options
@options.lang
@options.as_json
def command(file: Path, steps: int, naive: bool, **given: Any) -> None:
    """Show what each tonne costs the factory in FILE, in three views on one baseline.

    Each measure alone; the optimal path from the cheapest plan to the cleanest, with what enters
    and leaves at each step; the plan without each of its measures. No curve is a build order: the
    plan's schedule stands beside it. Ranges say what the searches leave open.
    """
    from optimizer import api

    with results_of(file, given, CURVE) as plant, listening(plant, given["lang"]) as told:
        curve = api.curve(plant, steps, with_naive=naive, told=told)
    if given["out"] is not None:
        api.store_curve(curve, given["out"], given["lang"], force=given["force"])
    if given["as_json"]:
        click.echo(json.dumps(curve.as_dict(), ensure_ascii=False, indent=1))
    else:
        _print(curve, given)


def _print(curve: CostCurve, given: dict[str, Any]) -> None:
    """The headline, the tables of all views, and where the page lies."""
    from optimizer.cli.tables import print_table
    from optimizer.reports.charts_alone import alone_table, interaction, left_out_table
    from optimizer.reports.charts_curve import steps_table, view_of
    from optimizer.reports.curve_page import headline

    view = view_of(curve, given["lang"])
    click.echo(headline(view, curve))
    click.echo(f"{view.costs} {view.tonnes} {view.per_tonne_unit}")
    found = [steps_table(view, curve), alone_table(view, curve), left_out_table(view, curve)]
    loss = interaction(view, curve)
    if loss is not None and loss.table is not None:
        found.append(loss.table)
    for table in found:
        click.echo(f"\n{table.caption}")
        print_table(table.head, table.rows)
    if given["out"] is not None:
        click.echo("\n" + view.say("study.stored", path=given["out"] / "curve.html"))
