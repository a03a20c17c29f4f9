"""What commands that search for plans have in common: their options and where results go."""

from __future__ import annotations

import math
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from optimizer.api import Settings
    from optimizer.inputs.bundle import Bundle


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


def check_target(out: Path, force: bool, files: frozenset[str]) -> None:
    """Refuse, before any search, a result folder that couldn't be put in its place.

    With `force` only a folder that holds `files`, or nothing, is replaced: never one of other
    things.
    """
    if out.exists() or out.is_symlink():
        if not force:
            raise click.UsageError(f"{out} exists already; --force replaces it")
        known = out.is_dir() and not out.is_symlink() and _holds(out, files)
        if not known:
            raise click.UsageError(f"{out} is no run folder; --force replaces nothing else")
    parent = next(folder for folder in out.absolute().parents if folder.exists())
    try:
        with tempfile.TemporaryDirectory(dir=parent, prefix=".decarb-"):
            pass
    except OSError as error:
        raise click.UsageError(f"{out} can't be written: {error.strerror}") from None


def _holds(folder: Path, files: frozenset[str]) -> bool:
    """Whether a folder is empty, or holds all the files by which a result is known."""
    held = {path.name for path in folder.iterdir()}
    return not held or files <= held


@contextmanager
def results_alone() -> Iterator[None]:
    """Keep stdout for results: HiGHS prints there at Ctrl-C, and ends the process at the fifth."""
    try:
        with redirect_stdout(sys.stderr):
            yield
    except SystemExit:
        raise KeyboardInterrupt from None


@contextmanager
def told_in(lang: str) -> Iterator[None]:
    """Why there is no plan, in the reader's language."""
    from optimizer.errors import NoPlan
    from optimizer.solve.promises import BrokenPromise, Reason
    from optimizer.words import text

    try:
        yield
    except NoPlan as none:
        said = [r.said(lang) if isinstance(r, Reason) else str(r) for r in none.reasons]
        named = any(isinstance(reason, BrokenPromise) for reason in none.reasons)
        title = "baseline" if none.baseline else "title" if named else "title_bare"
        reasons = said or [text("no_plan.unexplained", lang)]
        raise NoPlan(reasons, title=text(f"no_plan.{title}", lang)) from none


def settings_from(bundle: Bundle, options: Mapping[str, Any]) -> Settings:
    """The scenario's settings with those of the command line; UsageError for a wrong gap."""
    from optimizer import api

    share, money = _gap(options["gap"], bundle.scenario.currency)
    settings = api.settings_of(
        bundle,
        periods=options["periods"],
        gap=share,
        money_gap=money,
        time_limit=options["time_limit"],
        full_year=options["full_year"],
        method=options.get("method"),
    )
    if settings.periods == "auto" and options.get("rule_costs"):
        raise click.UsageError("--rule-costs needs one time axis: a number of typical days")
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
