"""The small plant as a case, or the problems that stop it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from optimizer.errors import InputErrors, Problem
from optimizer.inputs.assemble import assemble
from optimizer.inputs.case import Case
from optimizer.inputs.load import load
from tests.workspace import put, small_measures, small_scenario, write_workspace

NAME = {"en": "x", "zh": "x"}


def changed(**changes: Any) -> dict[str, Any]:
    """The small scenario with fields at dotted paths (`__` for the dot) put in place."""
    scenario = small_scenario()
    for path, value in changes.items():
        scenario = put(scenario, path.replace("__", "."), value)
    return scenario


def case_of(
    folder: Path,
    scenario: Mapping[str, Any] | None = None,
    measures: Sequence[Mapping[str, Any]] | None = None,
    columns: Mapping[str, Sequence[float]] | None = None,
) -> Case:
    """The assembled case; `columns` become profiles/own.csv."""
    path = write_workspace(folder, scenario, measures)
    if columns:
        rows = zip(*columns.values(), strict=True)
        text = "\n".join([",".join(columns), *(",".join(map(repr, row)) for row in rows)])
        (path.parent / "profiles" / "own.csv").write_text(text + "\n", encoding="utf-8")
    return assemble(load(path))


def problems_of(folder: Path, *args: Any, **kwargs: Any) -> tuple[Problem, ...]:
    """What stops the case; none if nothing does."""
    try:
        case_of(folder, *args, **kwargs)
    except InputErrors as errors:
        return errors.problems
    return ()


def measure(**fields: Any) -> dict[str, Any]:
    """The small plant's heat pump with top-level fields changed, under the id `made`."""
    return {**small_measures()[1], "id": "made", **fields}


def offering(*measures: Mapping[str, Any], **changes: Any) -> tuple[dict[str, Any], list[Any]]:
    """A scenario that offers only these measures, and the measures."""
    offer = {"offer": [each["id"] for each in measures]}
    return changed(measures=offer, **changes), [dict(each) for each in measures]
