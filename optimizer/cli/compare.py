"""`decarb compare`: plans of policies, what-ifs, scenarios or stored runs, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli import INTERRUPTED, STOPPED_OR_SOLVER_FAILURE, options
from optimizer.cli.solving import Periods, Seconds, check_target, results_alone, settings_from
from optimizer.cli.studying import hand_over

if TYPE_CHECKING:
    from optimizer.api import Settings
    from optimizer.inputs.bundle import Bundle
    from optimizer.studies.comparison import Comparison

COMPARISON = frozenset({"comparison.json"})
"""File by which a folder of a comparison is known."""
EXAMPLES = """Examples:

\b
  decarb compare scenarios/mill/scenario.yaml
  decarb compare FILE --policies scenario,none,cn_zero_carbon_factory_2026
  decarb compare FILE --policies none,iso_14068_1+sbti_v2 --json
  decarb compare FILE --ceiling "300 CNY/t"
  decarb compare FILE --whatifs scenarios/auto_parts_jiangsu/whatifs.yaml --out results/whatifs
  decarb compare scenarios/mill/scenario.yaml scenarios/dairy/scenario.yaml
  decarb compare results/mill-1 results/mill-2
"""


@click.command("compare", epilog=EXAMPLES)
@click.argument(
    "places",
    metavar="PLACE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True),
)
@click.option("--policies", metavar="A,B,…",
              help="Packs, stacks (A+B) or `scenario`; by default that and all packs.")  # fmt: skip
@click.option(
    "--whatifs",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File of named changes; the plan of each beside that of the scenario.",
)
@click.option("--keep-own-limits", is_flag=True,
              help="Let the scenario's own limits hold beside every pack.")  # fmt: skip
@click.option("--ceiling", metavar="PRICE",
              help="Splits what remains into residual and unabated; limits no plan.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Folder for figures and page.")
@click.option("--force", is_flag=True, help="Replace an existing comparison folder.")
@click.option("--periods", type=Periods(), help="Typical days; the scenario's by default.")
@click.option("--gap", default="0.005", show_default=True, help="Share (0.005, 0.5%) or money.")
@click.option("--time-limit", type=Seconds(), help="Seconds for the search of each plan.")
@click.option("--full-year/--no-full-year", default=True, help="Dispatch the plans on 8760 hours.")
@options.sets
@options.data
@options.lang
@options.as_json
@click.pass_context
def command(ctx: click.Context, /, places: tuple[Path, ...], **given: Any) -> None:
    """Set plans of one factory side by side: what each costs, leaves and offsets, what changes in
    the plan, when, and why it costs more.

    PLACE is one scenario file, for its plans under several policies or with --whatifs; several
    scenario files, for a plan each; or run folders, of which nothing is solved.

    A pack of policies is taken alone: caps and credit rules that the scenario writes itself are set
    aside, save in the plan of `scenario` or with --keep-own-limits. What no plan can keep is a
    result, with its reason. The abatement ceiling of its policy splits what a plan leaves, or else
    --ceiling, such as "300 CNY/t": a yardstick that changes no plan. Ends with 4 if a search
    stopped before it found a plan.
    """
    if given["out"] is not None:
        check_target(given["out"], given["force"], COMPARISON)
    comparison = _compared(places, given)
    hand_over(comparison, given, _print)
    if comparison.interrupted:
        ctx.exit(INTERRUPTED)
    if any(plan.status == "stopped" for plan in comparison.plans):
        ctx.exit(STOPPED_OR_SOLVER_FAILURE)


def _compared(places: tuple[Path, ...], given: dict[str, Any]) -> Comparison:
    """All plans, with progress on stderr."""
    from optimizer import api
    from optimizer.cli.progress import progress
    from optimizer.words import text

    _check(places, given)
    if places[0].is_dir():
        return api.compare_runs(places)
    lang, file = given["lang"], places[0]
    inputs = api.Inputs(given["data"], tuple(given["sets"]))

    def begins(number: int, count: int, name: str) -> None:
        line = text("compare.begins", lang, number=number, count=count, policy=name)
        click.echo(line, err=True)

    def settings_of(bundle: Bundle) -> Settings:
        return settings_from(bundle, given)

    with progress(lang) as listener, results_alone():
        if given["whatifs"] is not None:
            whatifs = given["whatifs"]
            return api.compare_whatifs(file, whatifs, settings_of, inputs, listener, begins)
        if len(places) > 1:
            return api.compare_scenarios(places, settings_of, inputs, listener, begins)
        policies = _policies(file, given["policies"])
        question = api.Question(
            file, policies, inputs.data, inputs.sets, given["keep_own_limits"], given["ceiling"]
        )
        return api.compare_policies(question, settings_of, listener, begins)


def _check(places: tuple[Path, ...], given: dict[str, Any]) -> None:
    """Refuse places of two kinds, and options that say nothing of the kind that is given."""
    folders = [place.is_dir() for place in places]
    if any(folders) and not all(folders):
        raise click.UsageError("give run folders or scenario files, not both")
    if len(places) == 1 and folders[0]:
        raise click.UsageError("one run is no comparison: give two or more")
    of_policies = ("policies", "keep_own_limits", "ceiling")
    one_file = len(places) == 1 and not folders[0]
    silent = [*of_policies, "whatifs"] if not one_file else []
    if given["whatifs"] is not None:
        silent += of_policies
    said = [f"--{name.replace('_', '-')}" for name in silent if given[name]]
    if said:
        raise click.UsageError(f"{said[0]} goes with one scenario file and its policies alone")


def _policies(file: Path, asked: str | None) -> tuple[str, ...]:
    """The policies that are asked for, each once; the scenario's own, none and all packs else."""
    from optimizer import api

    if asked is None:
        return api.all_policies(file)
    names = tuple(dict.fromkeys(name.strip() for name in asked.split(",")))
    if not all(names):
        raise click.BadParameter("names stand between commas", param_hint="--policies")
    return names


def _print(comparison: Comparison, given: dict[str, Any]) -> None:
    """The table of policies, reasons, what a reader must know, and where the page lies."""
    from optimizer.cli.tables import print_table
    from optimizer.reports.comparison import CompareView, notes, policies_table, without_plan
    from optimizer.reports.comparison_changes import told

    view = CompareView(comparison, given["lang"])
    table = policies_table(view)
    print_table(table.head, table.rows)
    if comparison.kind != "policies":
        click.echo("\n".join(["", *told(view)]))
    for block in without_plan(view):
        click.echo("\n".join(["", block.heading, *(f"  {line}" for line in block.paragraphs)]))
    click.echo("\n" + "\n".join(notes(view)))
    if given["out"] is not None:
        click.echo(view.say("show.report", path=given["out"] / "comparison.html"))
