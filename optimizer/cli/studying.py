"""What commands that study cost against emissions have in common: options, progress, folders."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from optimizer.cli import options
from optimizer.cli.solving import Seconds, check_target, results_alone, told_in

if TYPE_CHECKING:
    from optimizer.inputs.bundle import Bundle
    from optimizer.studies.plant import Plant

FRONT = frozenset({"pareto.json"})
CURVE = frozenset({"curve.json"})
ALTERNATIVES = frozenset({"alternatives.json"})
MYOPIC = frozenset({"myopic.json"})
SENSITIVITY = frozenset({"sensitivity.json"})
ROBUST = frozenset({"robust.json"})
"""Files by which folders of each study are known."""
_BY = click.option(
    "--by", type=click.Choice(["discounted", "target-year"]), default="discounted",
    show_default=True, help="Tonnes of all years, or of the last planning year.",
)  # fmt: skip
_OPTIONS = (
    click.option("--out", type=click.Path(path_type=Path), help="Folder for its three files."),
    click.option("--force", is_flag=True, help="Replace an existing folder of such a study."),
    click.option("--periods", type=click.IntRange(1, 364),
                 help="Typical days; the scenario's by default."),
    click.option("--gap", type=click.FloatRange(0, 0.5, min_open=True), default=0.005,
                 show_default=True, help="Gap of each search, a share of the cost."),
    click.option("--time-limit", type=Seconds(), default=120, show_default=True,
                 help="Seconds for each search."),
    options.sets,
    options.data,
)  # fmt: skip


def search_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every study that searches plans on typical days."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def study_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The same, and which tonnes are traded against cost."""
    return _BY(search_options(command))


def typical_days(bundle: Bundle, asked: int | None) -> int | None:
    """Typical days as asked, None: the scenario's own number. Raises UsageError for neither."""
    if asked is None and bundle.scenario.time.periods == "auto":
        raise click.UsageError("the scenario leaves its typical days open: give --periods N")
    return asked


@contextmanager
def results_of(file: Path, given: dict[str, Any], known: frozenset[str]) -> Iterator[Plant]:
    """The plant in FILE; stdout is kept for results while it is studied.

    ``known``: files by which a folder of this study is known, that --force may replace.
    """
    with asked_of(file, given, known) as (plant, _):
        yield plant


@contextmanager
def asked_of(
    file: Path, given: dict[str, Any], known: frozenset[str]
) -> Iterator[tuple[Plant, Bundle]]:
    """The same with what was read, for options in the scenario's own money or years."""
    from optimizer import api

    if given["out"] is not None:
        check_target(given["out"], given["force"], known)
    bundle = api.load(file, data=given["data"], sets=tuple(given["sets"]))
    periods = typical_days(bundle, given["periods"])
    how = {"basis": given["by"].replace("-", "_")} if "by" in given else {}
    with results_alone(), told_in(given["lang"]):
        how |= {"gap": given["gap"], "time_limit": given["time_limit"]}
        yield api.plant_of(bundle, periods, **how), bundle


@contextmanager
def listening(plant: Plant, lang: str) -> Iterator[Callable[..., None]]:
    """Progress on stderr: a line for each plan that is looked for, and the search's own."""
    from optimizer.cli.progress import progress
    from optimizer.words import text

    names = {m.id: m.name for m in plant.case.measures} | {
        g.id: g.name for g in plant.case.contracts
    }

    def told(what: str, **values: Any) -> None:
        if what == "point" and values["limit"] is None:
            what = "cheapest" if values["number"] == 1 else "cleanest"
        if "limit" in values and values["limit"] is not None:
            values["limit"] = f"{values['limit']:,.0f}"
        if what == "goal":
            values["goal"] = text(f"alternatives.kind_{values['kind']}", lang)
        if "id" in values:
            values["name"] = getattr(names[values["id"]], lang)
        click.echo(text(f"study.begins_{what}", lang, **values), err=True)

    with progress(lang) as listener:
        plant.on_progress = listener.progress
        yield told


class Study(Protocol):
    """What every study can: show itself as JSON does."""

    def as_dict(self) -> dict[str, Any]:
        """Plain data."""


S = TypeVar("S", bound=Study)


def hand_over(found: S, given: dict[str, Any], say: Callable[[S, dict[str, Any]], None]) -> None:
    """Store a study where --out says, then print it: as JSON, or in words by ``say``."""
    if given["out"] is not None:
        from optimizer import api

        api.store_study(found, given["out"], given["lang"], force=given["force"])
    if given["as_json"]:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        say(found, given)


def say_stored(given: dict[str, Any], page: str) -> None:
    """Where the page lies, if the study was stored."""
    from optimizer.words import text

    if given["out"] is not None:
        click.echo("\n" + text("study.stored", given["lang"], path=given["out"] / page))
