"""`decarb solve FILE`: the cheapest plan of a scenario, stored with its report."""

from __future__ import annotations

import math
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli import INTERRUPTED

if TYPE_CHECKING:
    from optimizer.api import Settings
    from optimizer.inputs.bundle import Bundle

EXAMPLES = """Examples:

\b
  decarb solve scenarios/mill/scenario.yaml
  decarb solve FILE --periods 12 --gap 1%          more typical days, looser gap
  decarb solve FILE --periods auto                 as few typical days as do
  decarb solve FILE --gap "200000 CNY"             a gap in money
  decarb solve FILE --set budget.capex.2027="8 MCNY" --out results/more-budget
  decarb solve FILE --data DIR --json | jq .npv    series from DIR; figures only
"""


class Seconds(click.FloatRange):
    """Seconds from 1 up; neither nan nor infinity."""

    def __init__(self) -> None:
        super().__init__(min=1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """A finite number, at least 1."""
        seconds = super().convert(value, param, ctx)
        if not math.isfinite(seconds):
            self.fail(f"got {value!r}, must be a number of seconds; none is no limit", param, ctx)
        return seconds


class Periods(click.ParamType[Any]):
    """A number of typical days, `full` for all, or `auto` for as few as do."""

    name = "N|full|auto"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """1 to 364, or one of the words."""
        if value in ("full", "auto") or isinstance(value, int):
            return value
        if re.fullmatch("[0-9]{1,3}", str(value)) and 1 <= int(value) <= 364:
            return int(value)
        self.fail(
            f"got {value!r}, must be a number of typical days from 1 to 364, 'full' or 'auto'",
            param,
            ctx,
        )


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
@click.option("--time-limit", type=Seconds(), help="Seconds for the search.")
@click.option("--full-year/--no-full-year", default=True, help="Dispatch the plan on 8760 hours.")
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Change one field.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of series not shipped.")
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
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
    out = options["out"] or api.next_run(_results(workspace_of(file)), bundle.scenario.id)
    check_target(out, options["force"])
    lang = options["lang"]
    if bundle.unheld:
        items = ", ".join(bundle.unheld)
        click.echo(text("cli.validate.unheld", lang, items=items), err=True)
    with progress(lang) as listener, _told_in(lang), _results_alone():
        job = api.Job(
            scenario=file,
            out=out,
            data=options["data"],
            sets=sets,
            settings=_settings(bundle, options),
            lang=lang,
            force=options["force"],
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


def check_target(out: Path, force: bool) -> None:
    """Refuse, before any search, a run folder that couldn't be put in its place.

    With `force` only a run, or an empty folder, is replaced: never a folder of other things.
    """
    if out.exists() or out.is_symlink():
        if not force:
            raise click.UsageError(f"{out} exists already; --force replaces it")
        run = out.is_dir() and not out.is_symlink() and _is_run(out)
        if not run:
            raise click.UsageError(f"{out} is no run folder; --force replaces nothing else")
    parent = next(folder for folder in out.absolute().parents if folder.exists())
    try:
        with tempfile.TemporaryDirectory(dir=parent, prefix=".decarb-"):
            pass
    except OSError as error:
        raise click.UsageError(f"{out} can't be written: {error.strerror}") from None


def _is_run(folder: Path) -> bool:
    """Whether a folder is empty, or holds a plan as `solve` stores it."""
    held = {path.name for path in folder.iterdir()}
    return not held or {"summary.json", "plan.nc"} <= held


@contextmanager
def _results_alone() -> Iterator[None]:
    """Keep stdout for results: HiGHS prints there at Ctrl-C, and ends the process at the fifth."""
    try:
        with redirect_stdout(sys.stderr):
            yield
    except SystemExit:
        raise KeyboardInterrupt from None


@contextmanager
def _told_in(lang: str) -> Iterator[None]:
    """Why there is no plan, in the reader's language."""
    from optimizer.errors import NoPlan
    from optimizer.solve.promises import BrokenPromise
    from optimizer.words import text

    try:
        yield
    except NoPlan as none:
        said = [r.said(lang) if isinstance(r, BrokenPromise) else str(r) for r in none.reasons]
        title = text("no_plan.baseline" if none.baseline else "no_plan.title", lang)
        raise NoPlan(said or [text("no_plan.unexplained", lang)], title=title) from none


def _results(workspace: Path) -> Path:
    """The results folder of a workspace; beside the caller where that can't be written."""
    import os

    return workspace / "results" if os.access(workspace, os.W_OK) else Path("results")


def _settings(bundle: Bundle, options: dict[str, Any]) -> Settings:
    from optimizer import api

    share, money = _gap(options["gap"], bundle.scenario.currency)
    settings = api.settings_of(
        bundle,
        periods=options["periods"],
        gap=share,
        money_gap=money,
        time_limit=options["time_limit"],
        full_year=options["full_year"],
        method=options["method"],
    )
    if settings.periods == "auto" and not settings.full_year:
        raise click.UsageError("--periods auto compares plans on the full year: no --no-full-year")
    return settings


def _gap(text: str, currency: str) -> tuple[float, float | None]:
    """(share, money) from '0.005', '0.5%', '0.5 %' or '200000 CNY'."""
    from optimizer import units

    plain = text.replace("%", " %").replace("  ", " ").strip()
    try:
        share = units.parse(plain, "1").value
    except units.UnitError:
        pass
    else:
        if not 0 < share < 1:
            raise click.UsageError(f"--gap: got {text!r}, must be between 0 and 1")
        return share, None
    try:
        money = units.parse(plain, "money")
    except units.UnitError as error:
        raise click.UsageError(
            f"--gap: got {text!r}, must be a share such as 0.005"
            f" or money such as '200000 {currency}'"
        ) from error
    if money.currency != currency or money.value <= 0:
        raise click.UsageError(f"--gap: got {text!r}, must be an amount of {currency} above 0")
    return 0.0, money.value
