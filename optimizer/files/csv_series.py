"""Reads columns of numbers from CSV files; every cell that is no number is named, none is mended.

In the Problems of a CSV file the line counts from 1 at the header, the column is the number of the
field, and the field is the column's name.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from optimizer.errors import InputErrors, Problem, nearest
from optimizer.files.text_file import read_text
from optimizer.files.yaml_reader import one_line

LARGEST_FILE = 200_000_000  # bytes
KEPT = 2_000_000  # characters: what a text of this length holds is remembered
MOST_PROBLEMS = 20  # a file; the last one says how many more there are

_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")


@dataclass(frozen=True)
class Table:
    """All cells as text, in the order of the file: row r of `cells` stands in line r + 2."""

    shown_as: str
    delimiter: str
    cells: pd.DataFrame

    def problem(self, row: int, column: str, found: str, allowed: str, hint: str = "") -> Problem:
        """A Problem in the cell at `row` (from 0) of `column`."""
        number = list(self.cells.columns).index(column) + 1
        return Problem(self.shown_as, row + 2, number, column, one_line(found), allowed, hint)

    def text(self, column: str) -> list[str]:
        """The cells of `column`; raises InputErrors if there is no such column."""
        names = list(self.cells.columns)
        if column in names:
            return [str(cell) for cell in self.cells[column]]
        guess = nearest(column, names)
        hint = f'Did you mean "{guess}"?' if guess else ""
        if len(names) == 1 and (other := re.search(r"[;\t,|]", names[0])):
            hint = f"The file seems to be separated by {other.group()!r}."
        listed = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
        raise InputErrors(
            [Problem(self.shown_as, 1, 1, column, "", f"one of its columns: {listed}", hint)]
        )

    def numbers(self, column: str) -> NDArray[np.float64]:
        """The cells of `column` as finite numbers, shape (rows,); raises InputErrors."""
        text = self.text(column)
        problems = [
            self._not_a_number(row, column, cell)
            for row, cell in enumerate(text)
            if not _NUMBER.fullmatch(cell) or not math.isfinite(float(cell))
        ]
        raise_if_any(problems)
        return np.array([float(cell) for cell in text], dtype=np.float64)

    def _not_a_number(self, row: int, column: str, cell: str) -> Problem:
        hint = ""
        if not cell.strip():
            hint = "Fill the gap; an unknown value is not taken as 0."
        elif re.fullmatch(r"[-+]?[0-9.]*,[0-9]+", cell):
            hint = "Write a decimal point, and nothing between thousands."
        elif cell != cell.strip():
            hint = "Remove the spaces around it."
        found = cell if cell.strip() else "an empty cell"
        return self.problem(row, column, found, "a finite number", hint)


def read_column(
    path: Path, column: str, *, shown_as: str, delimiter: str = ","
) -> NDArray[np.float64]:
    """One column of finite numbers, float64, shape (rows,), in the unit that the file has.

    Raises InputErrors naming line and column: missing file or column, empty cell, text, nan, inf,
    another encoding than UTF-8, rows longer or shorter than the header.
    """
    text = read_text(path, shown_as, LARGEST_FILE)
    if len(text) > KEPT:
        return _parsed(text, shown_as, delimiter).numbers(column)
    return _numbers(text, shown_as, delimiter, column).copy()


def read_table(path: Path, *, shown_as: str, delimiter: str = ",") -> Table:
    """The whole file as text, after a check that each row has as many cells as the header.

    Raises InputErrors as `read_column` does, also for doubled or empty column names and no rows.
    """
    text = read_text(path, shown_as, LARGEST_FILE)
    return (_parsed if len(text) > KEPT else _table)(text, shown_as, delimiter)


def _parsed(text: str, shown_as: str, delimiter: str) -> Table:
    lines = io.StringIO(text, newline=None).read().removesuffix("\n").split("\n")
    if len(lines) < 2:
        found = "no rows" if lines[0] else "an empty file"
        raise InputErrors([Problem(shown_as, 0, 0, "", found, "a header and at least one row")])
    header = _fields(lines[0], delimiter)
    problems = _header_problems(header, shown_as)
    for number, line in enumerate(lines, start=1):
        count = len(_fields(line, delimiter)) if '"' in line else line.count(delimiter) + 1
        if line.count('"') % 2:
            allowed = "a row whose quotes close in the same line"
            problems.append(Problem(shown_as, number, 1, "", one_line(line), allowed))
        elif count != len(header):
            found = "an empty line" if not line.strip() else f"{count} cells"
            allowed = f"{len(header)} cells as in the header"
            problems.append(Problem(shown_as, number, 1, "", found, allowed))
    raise_if_any(problems)
    cells = pd.read_csv(
        io.StringIO(text),
        sep=delimiter,
        engine="c",
        dtype=str,
        keep_default_na=False,
        na_filter=False,
        skip_blank_lines=False,
        index_col=False,
    )
    return Table(shown_as, delimiter, cells)


_table = lru_cache(maxsize=4)(_parsed)
"""Columns of one file are asked for one after the other."""


@lru_cache(maxsize=32)
def _numbers(text: str, shown_as: str, delimiter: str, column: str) -> NDArray[np.float64]:
    return _table(text, shown_as, delimiter).numbers(column)


def raise_if_any(problems: Iterable[Problem]) -> None:
    """Raises InputErrors with the first problems and the number of those left out, if any."""
    found = sorted(set(problems))
    if len(found) > MOST_PROBLEMS:
        last = found[MOST_PROBLEMS - 1]
        more = f"{len(found) - MOST_PROBLEMS + 1} more problems of this file from here on"
        found = found[: MOST_PROBLEMS - 1]
        found.append(Problem(last.file, last.line, last.column, "", more, "none"))
    if found:
        raise InputErrors(found)


def _fields(line: str, delimiter: str) -> list[str]:
    """The cells of one line; none if a cell is longer than Python's reader allows."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [""])
    except csv.Error:
        return []


def _header_problems(header: list[str], shown_as: str) -> list[Problem]:
    """Column names that are empty, doubled, or numbers (then the header is likely missing)."""
    problems = []
    for number, name in enumerate(header, start=1):
        if not name.strip() or name != name.strip():
            found = name or "an empty name"
            problems.append(
                Problem(shown_as, 1, number, "", found, "a column name without spaces around it")
            )
        elif name in header[: number - 1]:
            problems.append(Problem(shown_as, 1, number, name, name, "a name that occurs once"))
        elif _NUMBER.fullmatch(name):
            hint = "The first line holds the names of the columns."
            problems.append(Problem(shown_as, 1, number, "", name, "a column name", hint))
    return problems
