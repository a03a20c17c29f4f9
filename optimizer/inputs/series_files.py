"""Where the measured series of a scenario lie: in the workspace, or in the folder of --data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from optimizer.errors import InputErrors, Problem
from optimizer.files.paths import resolve_inside
from optimizer.inputs.bundle import Bundle
from optimizer.schema.scenario import Scenario
from optimizer.schema.series import FileSeries

_GIVE = "Give the folder that holds it: --data DIR."


def named_series(scenario: Scenario) -> Iterator[tuple[str, FileSeries]]:
    """The keys of `data` that are read from files."""
    for key, series in scenario.data.items():
        if isinstance(series, FileSeries):
            yield key, series


def resolve_series_file(bundle: Bundle, series: FileSeries) -> Path:
    """The file of a measured series, which exists; InputErrors with its place in the scenario.

    A workspace file is looked for in the scenario's folder, then from the workspace's root; a file
    of `source: data` in the folder given by --data. A name that leads out of these is refused.
    """
    loc = _loc(bundle, series)
    if series.source == "data" and bundle.data is None:
        raise InputErrors([_not_there(bundle, loc, series, _GIVE)])
    try:
        for folder in _folders(bundle, series):
            if (path := resolve_inside(folder, series.file)).is_file():
                return path
    except ValueError as error:
        inside = (
            "a file inside the data folder"
            if series.source == "data"
            else ("a file inside the scenario's folder or the workspace")
        )
        raise InputErrors([bundle.problem(loc, inside, str(error), found=series.file)]) from None
    raise InputErrors([_not_there(bundle, loc, series, _hint(bundle, series))])


def shown_series_file(bundle: Bundle, series: FileSeries) -> str:
    """The name that people see: from the workspace's root, or from the data folder."""
    path = resolve_series_file(bundle, series)
    root = bundle.root.resolve()
    if series.source == "workspace" and path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    return series.file


def _loc(bundle: Bundle, series: FileSeries) -> tuple[str | int, ...]:
    keys = [key for key, each in bundle.scenario.data.items() if each is series]
    return ("data", keys[0], "file") if keys else ("data",)


def _folders(bundle: Bundle, series: FileSeries) -> tuple[Path, ...]:
    if series.source == "data" and bundle.data is not None:
        return (bundle.data,)
    return (bundle.scenario_document.path.parent, bundle.root)


def _hint(bundle: Bundle, series: FileSeries) -> str:
    if series.source == "data":
        return f"The folder of --data ({bundle.data}) doesn't hold it."
    return "It is looked for in the scenario's folder and in the workspace."


def _not_there(
    bundle: Bundle, loc: tuple[str | int, ...], series: FileSeries, hint: str
) -> Problem:
    """One line: what is missing, where it comes from, how to give it."""
    origin = f" It comes from: {series.origin}." if series.origin else ""
    return bundle.problem(loc, "a file that exists", hint + origin, found=series.file)
