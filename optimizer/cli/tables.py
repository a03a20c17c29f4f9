"""Tables on a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence

NUMBER = re.compile(r"[≤≥<>±+−-]?\s*\d[\d\s.,]*([^\s\d-]\S{0,7})?")
"""A number, perhaps a limit or with a sign, and perhaps its unit."""


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table as wide as the terminal; into a pipe, one of 200 columns. Numbers flush right."""
    import sys

    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for at, heading in enumerate(headings):
        table.add_column(
            heading.replace("[", r"\["), justify="right" if _numeric(rows, at) else "left"
        )
    for cells in rows:
        table.add_row(*(cell.replace("[", r"\[") for cell in cells))
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 200)
    console.print(table)


def _numeric(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether most of what a column says are numbers; empty cells and dashes say nothing."""
    said = [row[column] for row in rows if row[column].strip() not in ("", "–")]
    numbers = [cell for cell in said if NUMBER.fullmatch(cell)]
    return 2 * len(numbers) > len(said)
