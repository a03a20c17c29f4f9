"""Tables on a terminal."""

from __future__ import annotations

from collections.abc import Sequence


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table as wide as the terminal; into a pipe, one of 200 columns."""
    import sys

    from rich.console import Console
    from rich.table import Table

    shown = (heading.replace("[", r"\[") for heading in headings)
    table = Table(*shown, box=None, pad_edge=False, header_style="bold")
    for cells in rows:
        table.add_row(*(cell.replace("[", r"\[") for cell in cells))
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 200)
    console.print(table)
