"""Where each cell of the loan file stands in its workbook, and formulas with real addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from xlsxwriter.utility import xl_rowcol_to_cell

from optimizer.reports.loan_file.grid import Block, Cell, Column, Grid, Part, Prose

Style = Literal["title", "finding", "heading", "head", "text", "cell", "total"]
NAMED: Final = re.compile(r"\[([^\[\].]+)\.([^\[\].]+)\.([^\[\].]+)\]")
ALL, TO = "*", ":"


@dataclass(frozen=True)
class Placed:
    """A cell at its place, rows and columns from 0; `column` says how a grid's cell is shown."""

    row: int
    at: int
    cell: Cell
    style: Style
    column: Column | None = None


@dataclass(frozen=True)
class Sheet:
    """A sheet with all that stands on it, and its grids with the row of their first line."""

    part: Part
    cells: Sequence[Placed]
    grids: Sequence[tuple[Grid, int]]


@dataclass(frozen=True)
class Layout:
    """All sheets in order."""

    sheets: Sequence[Sheet]

    def address(self, formula: str) -> str:
        """The formula with the addresses of the cells that it names; KeyError for an unknown."""
        return NAMED.sub(lambda found: self._place(found[1], found[2], found[3]), formula)

    def _place(self, grid: str, row: str, column: str) -> str:
        sheet, found, first = self._grids()[grid]
        at = found.column(column)
        keys, name = list(found.rows), "'" + sheet.part.sheet.replace("'", "''") + "'!"

        def cell(key: str) -> str:
            return str(xl_rowcol_to_cell(first + keys.index(key), at, row_abs=True, col_abs=True))

        if row != ALL and TO not in row:
            return name + cell(row)
        begin, _, end = row.partition(TO)
        if row == ALL and not found.keys():
            return "0"
        if row == ALL:
            begin, end = found.keys()[0], found.keys()[-1]
        return f"{name}{cell(begin)}:{cell(end)}"

    def _grids(self) -> dict[str, tuple[Sheet, Grid, int]]:
        return {g.key: (sheet, g, row) for sheet in self.sheets for g, row in sheet.grids}


def layout(parts: Sequence[Part]) -> Layout:
    """A sheet a part: title, finding, then its blocks one below the other."""
    return Layout([_sheet(part) for part in parts])


def _sheet(part: Part) -> Sheet:
    cells = [Placed(0, 0, part.title, "title"), Placed(1, 0, part.finding, "finding")]
    grids, row = [], 3
    for block in part.blocks:
        if isinstance(block, Grid | Prose) and block.only == "page":
            continue
        placed = list(_block(block, row))
        if isinstance(block, Grid):
            grids.append((block, row + 2))
        if placed:
            cells += placed
            row = placed[-1].row + 2
    return Sheet(part, cells, grids)


def _block(block: Block, row: int) -> Iterator[Placed]:
    """Heading, then paragraphs or a grid's head and rows; nothing of a picture."""
    if isinstance(block, Prose):
        yield Placed(row, 0, block.heading, "heading")
        for number, said in enumerate(block.paragraphs, start=1):
            yield Placed(row + number, 0, said, "text")
    if isinstance(block, Grid):
        yield Placed(row, 0, block.caption, "heading")
        for at, column in enumerate(block.columns):
            yield Placed(row + 1, at, column.head, "head", column)
        for number, (key, cells) in enumerate(block.rows.items(), start=row + 2):
            style: Style = "total" if key == block.total else "cell"
            for at, (cell, column) in enumerate(zip(cells, block.columns, strict=True)):
                yield Placed(number, at, cell, style, column)
