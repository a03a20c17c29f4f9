"""Evaluates a workbook's formulas, as a spreadsheet would on recalculation, in a few lines.

Knows what our workbooks use: + - * / ^, comparisons, text in quotes, cells and ranges with their
sheet, and SUM, SUMIF (of what is above 0), MIN, MAX, AVERAGE, IF, OR, ROUND, NPV. Anything else
raises ValueError.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl

TOKEN = re.compile(
    r"""\s*(?:(?P<cell>'(?:[^']|'')+'!\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)"""
    r"""|(?P<number>\d+\.?\d*(?:[eE][-+]?\d+)?)|(?P<text>"[^"]*")|(?P<name>[A-Z]+)(?=\()"""
    r"""|(?P<sign><>|<=|>=|[-+*/^()<>=,]))"""
)
COMPARE = {"=": operator.eq, "<>": operator.ne, "<": operator.lt, ">": operator.gt,
           "<=": operator.le, ">=": operator.ge}  # fmt: skip


class Book:
    """A workbook whose every formula is worked out anew; `stored` is what the file says."""

    def __init__(self, path: Path) -> None:
        self.formulas = openpyxl.load_workbook(path)
        self.stored = openpyxl.load_workbook(path, data_only=True)
        self.known: dict[tuple[str, str], Any] = {}

    def cells(self) -> Iterator[tuple[str, str]]:
        """(sheet, cell) of every formula."""
        for sheet in self.formulas:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        yield sheet.title, cell.coordinate

    def value(self, sheet: str, cell: str) -> Any:
        """Number or text of a cell, 0 for nothing."""
        if (sheet, cell) not in self.known:
            held = self.formulas[sheet][cell].value
            live = isinstance(held, str) and held.startswith("=")
            self.known[sheet, cell] = Formula(self, held[1:]).read() if live else held
        return self.known[sheet, cell]

    def change(self, sheet: str, cell: str, value: Any) -> None:
        """Put another value into a cell and forget what followed from the old one."""
        self.formulas[sheet][cell].value = value
        self.known.clear()

    def range(self, place: str) -> list[Any]:
        """Values of 'Sheet'!$A$1 or 'Sheet'!$A$1:$A$9."""
        sheet, _, cells = place.rpartition("!")
        name = sheet[1:-1].replace("''", "'")
        found = self.formulas[name][cells.replace("$", "")]
        rows = found if isinstance(found, tuple) else ((found,),)
        return [self.value(name, cell.coordinate) for row in rows for cell in row]


class Formula:
    """Reads one formula from left to right; `IF` looks at what it needs alone."""

    def __init__(self, book: Book, text: str) -> None:
        self.book, self.text, self.at, self.dead = book, text, 0, 0

    def read(self) -> Any:
        """The value of the whole formula."""
        found = self.compared()
        if self.text[self.at :].strip():
            raise ValueError(f"can't read {self.text[self.at :]!r} of {self.text!r}")
        return found

    def next(self, *signs: str) -> str | None:
        """The next token if it is one of these signs."""
        match = TOKEN.match(self.text, self.at)
        if match and match["sign"] in signs:
            self.at = match.end()
            return match["sign"]
        return None

    def compared(self) -> Any:
        left = self.summed()
        sign = self.next(*COMPARE)
        if sign is None:
            return left
        right = self.summed()
        if self.dead:
            return False
        if right == "" or left == "":
            left, right = ("" if each is None else each for each in (left, right))
        return COMPARE[sign](left, right)

    def summed(self) -> Any:
        found = self.multiplied()
        while sign := self.next("+", "-"):
            right = self.multiplied()
            found = 0 if self.dead else number(found) + number(right) * (1 if sign == "+" else -1)
        return found

    def multiplied(self) -> Any:
        found = self.powered()
        while sign := self.next("*", "/"):
            right = self.powered()
            if self.dead:
                found = 0
            else:
                found = (
                    number(found) * number(right) if sign == "*" else number(found) / number(right)
                )
        return found

    def powered(self) -> Any:
        found = -number(self.powered()) if self.next("-") else self.atom()
        while self.next("^"):
            right = self.atom()
            found = 0 if self.dead else number(found) ** number(right)
        return found

    def atom(self) -> Any:
        match = TOKEN.match(self.text, self.at)
        if match is None:
            raise ValueError(f"can't read {self.text[self.at :]!r} of {self.text!r}")
        self.at = match.end()
        if match["number"]:
            return float(match["number"])
        if match["text"]:
            return match["text"][1:-1]
        if match["name"]:
            return self.called(match["name"])
        if match["cell"]:
            if self.dead:
                return 0
            found = self.book.range(match["cell"])
            return found if ":" in match["cell"] else found[0]
        if match["sign"] != "(":
            raise ValueError(f"can't read {match['sign']!r} of {self.text!r}")
        inner = self.compared()
        self.next(")")
        return inner

    def called(self, name: str) -> Any:
        self.next("(")
        if name == "IF":
            return self.chosen()
        values = [self.compared()]
        while self.next(","):
            values.append(self.compared())
        self.next(")")
        return 0 if self.dead else FUNCTIONS[name](values)

    def chosen(self) -> Any:
        kept = bool(self.compared())
        found = []
        for wanted in (kept, not kept):
            self.next(",")
            self.dead += not wanted
            found.append(self.compared())
            self.dead -= not wanted
        self.next(")")
        return found[0] if kept else found[1]


def number(value: Any) -> float:
    """A cell as a number; an empty one counts 0."""
    return 0.0 if value is None else float(value)


def flat(values: list[Any]) -> list[float]:
    """All numbers of arguments and ranges; text and empty cells of ranges don't count."""
    inner = [each for value in values for each in (value if isinstance(value, list) else [value])]
    return [float(each) for each in inner if isinstance(each, int | float)]


FUNCTIONS: dict[str, Callable[[list[Any]], Any]] = {
    "SUM": lambda values: sum(flat(values)),
    "MIN": lambda values: min(flat(values)),
    "MAX": lambda values: max(flat(values)),
    "AVERAGE": lambda values: sum(flat(values)) / len(flat(values)),
    "SUMIF": lambda values: sum(
        each for kept, each in zip(values[0], values[2], strict=True) if float(kept) > 0
    ),
    "OR": any,
    "ROUND": lambda values: round(values[0], int(values[1])),
    "NPV": lambda values: sum(
        value / (1 + values[0]) ** t for t, value in enumerate(flat(values[1:]), start=1)
    ),
}
