"""Tables of the loan file: cells that are text, numbers, or formulas with their value.

The page prints values; the workbook writes values, and formulas where there are some, each with the
value that it gives. A formula names cells as [grid.row.column]; [grid.first:last.column] is a range
of rows and [grid.*.column] all rows but a total.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from optimizer.reports import numbers
from optimizer.reports.blocks import Chart

Kind = Literal["text", "money", "number", "ratio", "share", "year", "fill"]
"""How a column is shown; `fill`: left empty for the reader to fill in."""

NOTHING: Final = 5e-4
"""A figure below it is a solver's rounding."""
EXCEL_FORMATS: Final[Mapping[str, str]] = {
    "money": "#,##0",
    "number": "#,##0.0##",
    "ratio": "0.00",
    "share": "0.0#%",
    "year": "0",
}


@dataclass(frozen=True)
class Num:
    """A number; `kind` where it is shown otherwise than its column. `formula` without the "="."""

    value: float | None
    formula: str = ""
    kind: Kind | None = None


Cell = str | float | int | Num | None


@dataclass(frozen=True)
class Column:
    """A column: its key in formulas, its head with a unit, how it is shown."""

    key: str
    head: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Grid:
    """A table. Rows by key; each as long as `columns`. `total`: key of the row that sums; `only`:
    where it stands, on the page, in the book, or (empty) on both."""

    key: str
    caption: str
    columns: Sequence[Column]
    rows: Mapping[str, Sequence[Cell]]
    total: str = ""
    only: Literal["", "page", "book"] = ""

    def __post_init__(self) -> None:
        for key, row in self.rows.items():
            if len(row) != len(self.columns):
                raise ValueError(f"{self.key}.{key}: {len(row)} cells, {len(self.columns)} columns")

    def keys(self) -> list[str]:
        """Keys of the rows that a range over all of them holds."""
        return [key for key in self.rows if key != self.total]

    def column(self, key: str) -> int:
        """Place of a column from 0; raises ValueError."""
        return [each.key for each in self.columns].index(key)


@dataclass(frozen=True)
class Prose:
    """A heading and paragraphs under it; `only`: on the page alone, or (empty) in the book too."""

    heading: str
    paragraphs: Sequence[str]
    only: Literal["", "page"] = ""


Block = Grid | Prose | Chart


@dataclass(frozen=True)
class Part:
    """A section of the page and a sheet of the workbook: `finding` answers its title."""

    id: str
    title: str
    sheet: str
    finding: str
    blocks: Sequence[Block] = field(default_factory=tuple)
    only: Literal["", "book"] = ""


def value_of(cell: Cell) -> str | float | int | None:
    """What a cell holds, its formula aside; None for a number that isn't one."""
    held = cell.value if isinstance(cell, Num) else cell
    return None if isinstance(held, float) and not math.isfinite(held) else held


def shown(cell: Cell, column: Column) -> str:
    """A cell as the page prints it."""
    held = value_of(cell)
    kind = cell.kind if isinstance(cell, Num) and cell.kind else column.kind
    if held is None:
        return "" if kind == "fill" else numbers.NOTHING
    if isinstance(held, str):
        return held
    if kind == "year":
        return str(int(held))
    if kind == "share":
        return numbers.percent(held)
    if kind == "ratio":
        return numbers.grouped(held, 2)
    if kind == "money" or abs(held) < NOTHING:
        return numbers.grouped(held)
    return numbers.significant(held)
