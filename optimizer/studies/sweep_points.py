"""Points of a sweep: a full grid, a Latin hypercube or the rows of a table, each a list of changes.

Written in the vocabulary of `--set` (inputs/change.py): path=a,b,c or path*=a,b,c on a grid;
path*=low..high, or path=low..high with a unit, for a sample.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scipy.stats import qmc

from optimizer.errors import InputErrors, Problem
from optimizer.inputs.change import Change, Operator, parse_change, read_factor

_RANGE: Final = re.compile(r"\s*([0-9.]+(?:e[+-]?[0-9]+)?)\s*\.\.\s*([0-9.]+(?:e[+-]?[0-9]+)?)(.*)")
DIGITS: Final = 6
"""Significant digits of sampled figures: as many as a file of points would show."""
LISTED: Final = "values between commas, such as tariffs.natural_gas.price*=0.5,1,2"
RANGED: Final = "low..high, such as tariffs.natural_gas.price*=0.5..2 or budget.capex=1..9 MCNY"


@dataclass(frozen=True)
class Axis:
    """One thing that a sweep varies: its path and operator, as a column is headed."""

    path: str
    operator: Operator

    def __str__(self) -> str:
        return f"{self.path}{self.operator}"


@dataclass(frozen=True)
class Points:
    """``rows``: of each point the operand of each axis, as written."""

    axes: tuple[Axis, ...]
    rows: tuple[tuple[str, ...], ...]

    def changes(self, point: int) -> tuple[Change, ...]:
        """The changes of one point. Raises InputErrors for a factor that is none."""
        pairs = zip(self.axes, self.rows[point], strict=True)
        return tuple(_change(axis, operand, f"point {point}") for axis, operand in pairs)


def _change(axis: Axis, operand: str, origin: str) -> Change:
    value = read_factor(operand, axis.path, origin) if axis.operator == "*=" else operand
    return Change(axis.path, axis.operator, value, origin)


def grid(settings: Sequence[str]) -> Points:
    """Every combination of the values, the last axis fastest. Raises InputErrors."""
    lists = []
    for setting in settings:
        axis, operand, origin = _split(setting, "--grid")
        values = [value.strip() for value in operand.split(",")]
        if not all(values) or len(set(values)) < len(values):
            raise InputErrors([Problem(origin, 0, 0, axis.path, operand, f"different {LISTED}")])
        for value in values:
            _change(axis, value, origin)
        lists.append((axis, values))
    return _points([axis for axis, _ in lists], itertools.product(*(v for _, v in lists)))


def latin_hypercube(settings: Sequence[str], count: int, seed: int) -> Points:
    """So many points: each range cut into as many equal parts, one point in each part of each.

    McKay, Beckman and Conover 1979; the same seed gives the same points. Raises InputErrors.
    """
    axes, ranges = [], []
    for setting in settings:
        axis, operand, origin = _split(setting, "--range")
        found = _RANGE.fullmatch(operand)
        low, high = (read_factor(found[k], axis.path, origin) for k in (1, 2)) if found else (0, 0)
        if found is None or not low < high or (axis.operator == "*=" and found[3].strip()):
            raise InputErrors([Problem(origin, 0, 0, axis.path, operand, RANGED)])
        axes.append(axis)
        ranges.append((low, high, found[3].rstrip()))
    shares = qmc.LatinHypercube(len(axes), rng=seed).random(count)
    rows = (
        tuple(
            f"{low + share * (high - low):.{DIGITS}g}{unit}"
            for share, (low, high, unit) in zip(row, ranges, strict=True)
        )
        for row in shares.tolist()
    )
    return _points(axes, rows)


def from_table(path: Path) -> Points:
    """The points of a CSV: a column a change, headed by its path and operator ("=" where it has
    none), a row a point. Raises InputErrors with file and line."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = [(line, row) for line, row in enumerate(csv.reader(file), start=1) if any(row)]
    if len(table) < 2:
        raise InputErrors([Problem(path.as_posix(), 1, 0, "", "no rows", "a head and a row")])
    head = [_headed(cell, path) for cell in table[0][1]]
    problems = []
    for line, row in table[1:]:
        if len(row) != len(head):
            told = f"{len(row)} cells"
            problems.append(Problem(path.as_posix(), line, 0, "", told, f"{len(head)} cells"))
            continue
        for axis, cell in zip(head, row, strict=True):
            try:
                _change(axis, cell.strip(), f"{path.as_posix()}:{line}")
            except InputErrors as errors:
                problems += errors.problems
    if problems:
        raise InputErrors(problems)
    return _points(head, ([cell.strip() for cell in row] for _, row in table[1:]))


def _headed(cell: str, path: Path) -> Axis:
    text = cell.strip()
    if not text.endswith("="):
        text += "="
    return _split(f"{text}1", f"{path.as_posix()}:1")[0]


def _split(setting: str, option: str) -> tuple[Axis, str, str]:
    """(axis, operand as written, origin). Raises InputErrors."""
    path, operator, operand = re.split(r"([*-]?=)", setting, maxsplit=1) if "=" in setting else (
        setting, "", "",
    )  # fmt: skip
    if not operator:
        parse_change(setting, option)
    found: Operator = "*=" if operator == "*=" else "-=" if operator == "-=" else "="
    return Axis(path.strip(), found), operand, f"{option} {setting}"


def _points(axes: Sequence[Axis], rows: object) -> Points:
    names = [str(axis) for axis in axes]
    for name in names:
        if names.count(name) > 1:
            raise InputErrors([Problem(name, 0, 0, "", "twice", "each path once")])
    return Points(tuple(axes), tuple(tuple(row) for row in rows))  # type: ignore[attr-defined]
