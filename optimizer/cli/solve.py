"""`decarb solve FILE`: the cheapest plan of a scenario, stored with its report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from optimizer.cli import INTERRUPTED
from optimizer.cli import options as shared
from optimizer.cli.solving import (
    Periods,
    Seconds,
    check_target,
    results_alone,
    settings_from,
    told_in,
)

RUN = frozenset({"summary.json", "plan.nc"})
"""Files by which a run folder is known."""

EXAMPLES = """Examples:

\b
  decarb solve scenarios/mill/scenario.yaml
  decarb solve FILE --periods 12 --gap 1%          more typical days, looser gap
  decarb solve FILE --periods auto                 as few typical days as do
  decarb solve FILE --gap "200000 CNY"             a gap in money
  decarb solve FILE --set budget.capex.2027="8 MCNY" --out results/more-budget
  decarb solve FILE --rule-costs                   also what each binding rule costs
  decarb solve FILE --data DIR --json | jq .npv    series from DIR; figures only
"""


@click.command("solve", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Run folder; results/<scenario>-<n>.")
@click.option("--periods", type=Periods(), help="Typical days; the scenario's by default.")
@click.option("--step", type=click.Choice(["15", "30", "60"]), help="Minutes of a step.")
@click.option("--segments", type=click.IntRange(min=1), metavar="N",
              help="Merge a typical day's steps to N of unequal length.")  # fmt: skip
@click.option("--gap", default="0.005", show_default=True, help="Share (0.005, 0.5%) or money.")
@click.option("--method", type=click.Choice(["auto", "direct", "decomposed"]), default="auto",
              show_default=True, help="In one piece, or decomposed (auto: if large).")  # fmt: skip
@click.option("--time-limit", type=Seconds(),
              help="Seconds for the search and, if no plan exists, for why.")  # fmt: skip
@click.option("--full-year/--no-full-year", default=True, help="Dispatch the plan on 8760 hours.")
@click.option("--rule-costs", is_flag=True,
              help="Find the optimum without each binding rule too.")  # fmt: skip
@shared.sets
@shared.data
@shared.lang
@click.option("--force", is_flag=True, help="Replace an existing run folder.")
@click.option("--json", "as_json", is_flag=True, help="Print summary.json, nothing else.")
@click.pass_context
def command(ctx: click.Context, /, file: Path, **options: Any) -> None:
    """Find the cheapest way for the factory in FILE to keep its carbon trajectory.

    Stores plan, report and a copy of all inputs in the run folder, whose name is the last line
    printed. A time limit or Ctrl-C keeps the best plan so far, marked as not proven.
    """
    run = solved(file, **options)
    if options["as_json"]:
        click.echo((run.path / "summary.json").read_text(encoding="utf-8").rstrip("\n"))
    else:
        from optimizer.cli.show import print_run

        print_run(run, options["lang"])
        click.echo(str(run.path))
    if run.summary["stopped_by"] == "interrupted":
        ctx.exit(INTERRUPTED)


def solved(file: Path, **options: Any) -> Any:
    """Load, solve and store with progress on stderr; returns the run."""
    from optimizer import api
    from optimizer.cli.progress import progress
    from optimizer.words import text
    from optimizer.workspace import workspace_of

    sets = tuple(options["sets"]) + _time_sets(options)
    if file.is_dir():
        raise click.UsageError(f"{file} is a folder; name the scenario's file in it")
    bundle = api.load(file, data=options["data"], sets=sets)
    out = options["out"] or api.next_run(results_of(workspace_of(file)), bundle.scenario.id)
    check_target(out, options["force"], RUN)
    lang = options["lang"]
    if bundle.unheld:
        items = ", ".join(bundle.unheld)
        click.echo(text("cli.validate.unheld", lang, items=items), err=True)
    with progress(lang) as listener, told_in(lang), results_alone():
        job = api.Job(
            scenario=file,
            out=out,
            data=options["data"],
            sets=sets,
            settings=settings_from(bundle, options),
            lang=lang,
            force=options["force"],
            rule_costs=bool(options.get("rule_costs")),
            listener=listener,
        )
        return api.solve(job, bundle)


def _time_sets(options: dict[str, Any]) -> tuple[str, ...]:
    """The options of the clock as changes of the scenario, which knows what goes together."""
    sets: tuple[str, ...] = ()
    if options["step"]:
        sets += (f"time.step={options['step']} min",)
    if options.get("segments"):
        sets += (f"time.segments={options['segments']}",)
        if options["periods"] is not None:
            sets += (f"time.periods={options['periods']}",)
    return sets


def results_of(workspace: Path) -> Path:
    """The results folder of a workspace; beside the caller where that can't be written."""
    import os

    return workspace / "results" if os.access(workspace, os.W_OK) else Path("results")
