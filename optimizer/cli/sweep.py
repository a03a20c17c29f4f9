"""`decarb sweep FILE`: many points of one scenario."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli import options
from optimizer.cli.solving import Seconds, results_alone
from optimizer.words import text

if TYPE_CHECKING:
    from optimizer.studies.sweep_points import Points
    from optimizer.studies.sweep_task import Runner
    from optimizer.studies.swept import Swept

POINTS = "points"
"""Folder of what is done; a folder of a sweep is known by it."""
EXAMPLES = """Examples:

\b
  decarb sweep FILE --grid "tariffs.natural_gas.price*=0.5,1,2" --grid "budget.capex*=0.5,1"
  decarb sweep FILE --sample 200 --range "output*=0.8..1.2" --out results/output
  decarb sweep FILE --points points.csv --scheduler tcp://127.0.0.1:8786
  decarb sweep FILE --grid "measures.offer-=pv_rooftop,battery_2h" --json | jq '.points[].cost'
"""


@click.command("sweep", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--grid", multiple=True, metavar="CHANGE,VALUE…", help="PATH=A,B or PATH*=A,B.")
@click.option("--sample", type=click.IntRange(min=1), help="Points of a Latin hypercube.")
@click.option("--range", "ranges", multiple=True, metavar="CHANGE..", help="PATH*=LOW..HIGH.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the sample.")
@click.option("--points", "table", help="CSV: a column a change, a row a point.",
              type=click.Path(path_type=Path, exists=True, dir_okay=False))  # fmt: skip
@click.option("--workers", type=click.IntRange(min=1), help="Processes; one a core by default.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask cluster, such as tcp://host:8786.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("results/sweep"),
              show_default=True, help="Folder; what it holds isn't solved again.")  # fmt: skip
@click.option("--periods", type=click.IntRange(1, 364), help="Typical days; the scenario's.")
@click.option("--gap", type=click.FloatRange(0, 0.5, min_open=True), default=0.005,
              show_default=True, help="Gap of each search, a share of the cost.")  # fmt: skip
@click.option("--time-limit", type=Seconds(), default=600, show_default=True,
              help="Seconds for each point; one that needs more may differ.")  # fmt: skip
@click.option("--set", "sets", multiple=True, metavar="CHANGE", help="Change of every point.")
@options.data
@options.lang
@options.as_json
def command(file: Path, **given: Any) -> None:
    """Solve many points of the scenario in FILE, on typical days.

    Points are a grid (every combination), a Latin hypercube over ranges, or the rows of a CSV;
    changes are written as --set takes them. Stopped, the same command goes on where it was. A point
    without a plan is a result. The folder holds sweep.nc, one xarray Dataset, with a workbook and a
    page.
    """
    from optimizer.files.netcdf import write_netcdf
    from optimizer.reports.folders import files_of

    _check(given)
    with results_alone():
        swept = _swept(file, given)
    write_netcdf(swept.table, given["out"] / "sweep.nc")
    files_of(swept, given["lang"]).write(given["out"])
    if given["as_json"]:
        click.echo(json.dumps(swept.as_dict(), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        _print(swept, given)


def _check(given: dict[str, Any]) -> None:
    """Raises UsageError for options that don't go together, or another's folder."""
    ways = [bool(given["grid"]), given["sample"] is not None, given["table"] is not None]
    if sum(ways) != 1:
        raise click.UsageError("give one of --grid, --sample with --range, and --points")
    if (given["sample"] is not None) != bool(given["ranges"]):
        raise click.UsageError("--sample and --range need each other")
    out = given["out"]
    if out.exists() and not (out.is_dir() and (not any(out.iterdir()) or (out / POINTS).is_dir())):
        raise click.UsageError(f"{out} holds something else than a sweep")


def _swept(file: Path, given: dict[str, Any]) -> Swept:
    from optimizer import api
    from optimizer.cli.studying import typical_days
    from optimizer.inputs.change import parse_change
    from optimizer.studies.sweep import Asked

    sets = tuple(map(parse_change, given["sets"]))
    bundle = api.load(file, data=given["data"], sets=sets)
    asked = Asked(
        file.resolve(), given["data"], sets, typical_days(bundle, given["periods"]), given["gap"],
        given["time_limit"],
    )  # fmt: skip
    points, runner = _points(given), _runner(given)
    pace = _Pace()
    with _bar(given["lang"]) as told:
        swept = api.sweep(asked, points, given["out"] / POINTS, runner, pace.told_beside(told))
    pace.tell(swept, given["lang"])
    return swept


@dataclass
class _Pace:
    """How fast this command's own points were solved; ``stored``: those that were there before."""

    began: float = field(default_factory=time.perf_counter)
    stored: int | None = None

    def told_beside(self, told: Callable[[int, int], None]) -> Callable[[int, int], None]:
        def heard(done: int, count: int) -> None:
            self.stored = done if self.stored is None else self.stored
            told(done, count)

        return heard

    def tell(self, swept: Swept, lang: str) -> None:
        """On stderr: points a minute and, where none were stored, searches at a time: seconds of
        all searches over those of the command."""
        solved, spent = len(swept.records) - (self.stored or 0), time.perf_counter() - self.began
        if solved > 0:
            at_once = sum(record.get("seconds", 0.0) for record in swept.records) / spent
            values = {"minutes": f"{spent / 60:.1f}", "rate": f"{60 * solved / spent:.1f}"}
            key = "sweep.pace_on" if self.stored else "sweep.pace"
            click.echo(text(key, lang, count=solved, at_once=f"{at_once:.1f}", **values), err=True)


def _points(given: dict[str, Any]) -> Points:
    from optimizer.studies.sweep_points import from_table, grid, latin_hypercube

    if given["grid"]:
        return grid(given["grid"])
    if given["table"] is not None:
        return from_table(given["table"])
    return latin_hypercube(given["ranges"], given["sample"], given["seed"])


def _runner(given: dict[str, Any]) -> Runner:
    """Where points are solved."""
    from optimizer.studies.sweep import solve_task
    from optimizer.studies.sweep_workers import dask_cluster, processes

    if given["scheduler"] is None:
        return processes(solve_task, given["workers"])
    return dask_cluster(solve_task, given["scheduler"])


@contextmanager
def _bar(lang: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on stderr; without a terminal nothing but its end."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(text("sweep.progress", lang), total=None)
        yield lambda done, count: bar.update(task, completed=done, total=count)


def _print(swept: Swept, given: dict[str, Any]) -> None:
    """The headline, each measure's share of plans, points without a plan, where all lies."""
    from optimizer.cli.tables import print_table
    from optimizer.reports.charts_sweep import headline, measures_table, view_of, without_plan

    view = view_of(swept, given["lang"])
    table = measures_table(view, swept)
    click.echo(f"{headline(view, swept)}\n{view.costs}\n")
    print_table(table.head, table.rows)
    for line in without_plan(view, swept):
        click.echo(line)
    click.echo("\n" + view.say("sweep.stored", path=given["out"] / "sweep.nc"))
    click.echo(view.say("study.stored", path=given["out"] / "sweep.html"))
