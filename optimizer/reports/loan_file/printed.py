"""Parts as a page prints them: finished text of each cell, and how it is set."""

from __future__ import annotations

from collections.abc import Sequence

from optimizer.reports.blocks import Chart
from optimizer.reports.loan_file.grid import (
    Block,
    Cell,
    Column,
    Grid,
    Part,
    Prose,
    shown,
    value_of,
)

WORDS = ("text", "fill")
Printed = list[tuple[Part, list[dict[str, object]]]]
"""Each part with its blocks as the template reads them."""


def printed(parts: Sequence[Part]) -> Printed:
    """What stands on the page; the book's own parts and grids are left out."""
    return [
        (part, [_block(block) for block in part.blocks if not _for_book(block)])
        for part in parts
        if part.only != "book"
    ]


def charts_of(parts: Sequence[Part]) -> list[Chart]:
    """All pictures, in order."""
    return [block for part in parts for block in part.blocks if isinstance(block, Chart)]


def _for_book(block: object) -> bool:
    return isinstance(block, Grid) and block.only == "book"


def _block(block: Block) -> dict[str, object]:
    """What the template prints: kind, and finished text of each cell."""
    if isinstance(block, Chart):
        return {"kind": "chart", "chart": block}
    if isinstance(block, Prose):
        return {"kind": "prose", "heading": block.heading, "paragraphs": block.paragraphs}
    rows = [
        (key == block.total, [_cell(c, col) for c, col in zip(row, block.columns, strict=True)])
        for key, row in block.rows.items()
    ]
    head = [(column.head, _look(None, column), column.key) for column in block.columns]
    return {"kind": "grid", "id": block.key, "caption": block.caption, "head": head, "rows": rows}


def _cell(cell: Cell, column: Column) -> tuple[str, str]:
    """What is printed, and how."""
    return shown(cell, column), _look(cell, column)


def _look(cell: Cell, column: Column) -> str:
    """`n` for numbers, set flush right; words in a column of numbers may wrap."""
    if column.kind in WORDS:
        return column.kind
    return "words" if isinstance(value_of(cell), str) else "n"
