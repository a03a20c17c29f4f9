"""What a row of the table of bad inputs holds, and how it is written to disk."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.workspace import HOURS, put, small_measures, small_scenario, write_workspace

SCENARIO = "scenarios/small/scenario.yaml"
CATALOG = "technology_catalog/family.yaml"
SERIES = "scenarios/small/profiles/demand.csv"
PACKS = "scenarios/library/policies/"

Change = Mapping[str, Any]
Swap = tuple[str, str, str]
"""(file, a text that stands in it once or more, what the first of them becomes)"""
COLUMNS = ("electricity", "heat", "pv", "temperature")


@dataclasses.dataclass(frozen=True)
class Bad:
    """One mistake, and what a planner must be told of it.

    `field` and `says` are parts of one line on stderr that begins with `file`; `at` is a text of
    the very line that the message names (empty: the message names the file or option alone).
    """

    name: str
    says: str
    at: str = ""
    field: str = ""
    file: str = SCENARIO
    scenario: Change = dataclasses.field(default_factory=dict)
    measures: Change = dataclasses.field(default_factory=dict)
    policies: Mapping[str, Change] = dataclasses.field(default_factory=dict)
    swap: Sequence[Swap] = ()
    cells: Sequence[tuple[int, str, str]] = ()
    hours: int = HOURS
    links: Mapping[str, str] = dataclasses.field(default_factory=dict)
    files: Mapping[str, str] = dataclasses.field(default_factory=dict)
    gone: Sequence[str] = ()
    options: tuple[str, ...] = ()


def write(bad: Bad, folder: Path) -> Path:
    """Write the small workspace with the mistake in it; returns the scenario's path."""
    scenario, measures = small_scenario(), {"m": small_measures()}
    for path, value in bad.scenario.items():
        scenario = put(scenario, path, value)
    for path, value in bad.measures.items():
        measures = put(measures, f"m.{path}", value)
    file = write_workspace(folder, scenario, measures["m"], policies=bad.policies, hours=bad.hours)
    for name, old, new in bad.swap:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text, f"{bad.name}: {old!r} isn't in {name}"
        (folder / name).write_bytes(text.replace(old, new, 1).encode("utf-8", "surrogateescape"))
    for name, text in bad.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for name, target in bad.links.items():
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)
    for name in bad.gone:
        (folder / name).unlink()
    if bad.cells:
        _change_cells(folder / SERIES, bad.cells)
    return file


def _change_cells(path: Path, cells: Sequence[tuple[int, str, str]]) -> None:
    """Put other texts into single cells; hour h stands in line h + 2."""
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    for hour, column, text in cells:
        rows[hour + 1][COLUMNS.index(column)] = text
    path.write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")


def lines_with(folder: Path, name: str, text: str) -> set[int]:
    """Numbers, from 1, of the lines of a written file that hold `text`."""
    lines = (folder / name).read_text(encoding="utf-8", errors="replace").split("\n")
    return {number for number, line in enumerate(lines, start=1) if text in line}
