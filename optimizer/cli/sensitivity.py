"""`decarb sensitivity FILE`: what the plan hangs on, by optima found again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli import options
from optimizer.cli.studying import (
    SENSITIVITY,
    hand_over,
    listening,
    results_of,
    say_stored,
    search_options,
)

if TYPE_CHECKING:
    from optimizer.inputs.change import Change
    from optimizer.studies.drivers import Driver
    from optimizer.studies.plant import Plant
    from optimizer.studies.sensitivity import Sensitivity

EXAMPLES = """Examples:

\b
  decarb sensitivity scenarios/mill/scenario.yaml
  decarb sensitivity FILE --spread 30 --out results/sensitivity
  decarb sensitivity FILE --driver output --driver tariffs.natural_gas.price=0.5:2
  decarb sensitivity FILE --morris 6 --json | jq '.measures[] | select(.kind == "always") | .id'
"""
PERCENT = 100


def trajectories_asked(ctx: click.Context, option: click.Parameter, count: int) -> int:
    """None or two and more. Raises BadParameter."""
    if count == 1:
        raise click.BadParameter("one trajectory tells no spread: give two or more", ctx, option)
    return count


@click.command("sensitivity", epilog=EXAMPLES)
@options.file
@click.option(
    "--spread",
    type=click.FloatRange(0, 100, min_open=True, max_open=True),
    default=20,
    show_default=True,
    help="Percent by which each driver moves down and up.",
)
@click.option(
    "--driver",
    "asked",
    multiple=True,
    metavar="PATH[=LOW:HIGH]",
    help="A driver in place of those that the scenario has; once for each.",
)
@click.option(
    "--bisections",
    type=click.IntRange(0, 6),
    default=2,
    show_default=True,
    help="How often the range in which a measure enters or leaves is halved.",
)
@click.option(
    "--morris",
    type=click.IntRange(0, 100),
    default=0,
    show_default=True,
    callback=trajectories_asked,
    help="Trajectories of elementary effects: all drivers together; two or more.",
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True,
              help="Of the points of the trajectories.")  # fmt: skip
@search_options
@options.lang
@options.as_json
def command(file: Path, **given: Any) -> None:
    """Move each driver of FILE (output, prices, factors, capex, budget, caps, discount rate) down
    and up, find the optimum again, and say what the cost and the measures hang on.

    A measure is in every plan tested; leaves the plan when a driver passes a threshold; enters when
    one does (a hedge); goes either way, for near-equal plans swap it; or is in none. Differences of
    cost are the intervals that the searches prove. All rules of the scenario hold; the plans are
    searched on typical days. With --morris N all drivers move together along N random trajectories
    of elementary effects.
    """
    from optimizer.studies.sensitivity import Asked, sensitivity

    with results_of(file, given, SENSITIVITY) as plant, listening(plant, given["lang"]) as told:
        drivers = _drivers(file, given)
        asked = Asked(given["bisections"], given["morris"], given["seed"])
        found = sensitivity(_plants(file, given, plant), drivers, asked, told)
    hand_over(found, given, _print)


def _plants(file: Path, given: dict[str, Any], plant: Plant) -> Any:
    """The plant with changes; all share what the first one's searches find out."""
    from optimizer import api

    def changed(changes: Sequence[Change]) -> Plant:
        if not changes:
            return plant
        bundle = api.load(file, data=given["data"], sets=(*given["sets"], *changes))
        return api.plant_of(
            bundle, given["periods"], basis=plant.basis, gap=plant.gap,
            time_limit=plant.time_limit, on_progress=plant.on_progress, live=plant.live,
        )  # fmt: skip

    return changed


def _drivers(file: Path, given: dict[str, Any]) -> tuple[Driver, ...]:
    """Those asked for, or those that the scenario has. Raises InputErrors for a path that leads
    nowhere, before anything is solved."""
    from optimizer import api
    from optimizer.studies.drivers import driver_at, drivers_of, with_figures

    spread = given["spread"] / PERCENT
    bundle = api.load(file, data=given["data"], sets=tuple(given["sets"]))
    known = drivers_of(bundle.scenario, spread)
    drivers = tuple(
        driver_at(*_range(text, spread), known) for text in dict.fromkeys(given["asked"])
    )
    for driver in drivers or known:
        for factor in (driver.low, driver.high):
            changes = (*given["sets"], driver.change(factor))
            api.load(file, data=given["data"], sets=changes)
    return with_figures(drivers or known, bundle)


def _range(text: str, spread: float) -> tuple[str, float, float]:
    """Path, lowest and highest factor of "path" or "path=0.5:2"."""
    found = re.fullmatch(r"([^=]+)(?:=([0-9.]+):([0-9.]+))?", text)
    try:
        assert found is not None
        path = found[1].strip()
        ends = (float(found[2]), float(found[3])) if found[2] else (1 - spread, 1 + spread)
    except (AssertionError, ValueError):
        raise click.BadParameter(f"got {text!r}, must be PATH or PATH=LOW:HIGH",
                                 param_hint="--driver") from None  # fmt: skip
    if not ends[0] < 1 < ends[1]:
        said = f"got {text!r}, must have factors below and above 1, such as 0.8:1.2"
        raise click.BadParameter(said, param_hint="--driver")
    return path, *ends


def _print(found: Sensitivity, given: dict[str, Any]) -> None:
    """The headline, the tornado as a table, what becomes of each measure, effects."""
    from optimizer.cli.tables import print_table
    from optimizer.reports.charts_morris import effects_table
    from optimizer.reports.charts_sensitivity import (
        headline,
        swings_table,
        view_of,
    )
    from optimizer.reports.sensitivity_words import roles_table

    view = view_of(found, given["lang"])
    click.echo(f"{headline(view, found)}\n{view.costs}")
    tables = [swings_table(view, found), roles_table(view, found)]
    if found.morris:
        tables.append(effects_table(view, found))
    for table in tables:
        click.echo()
        print_table(table.head, table.rows)
    say_stored(given, "sensitivity.html")
