"""Whether a workbook's cells are those of a run: each is compared with the workbook made anew."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from optimizer.files.workbook_cells import CellRead, Value, Workbook

Address = tuple[str, str]
"""Sheet and cell, such as ("Costs", "B7")."""
TYPED, WORKED_OUT = 1e-9, 1e-6
"""Share of a number within which it is the same, as typed in or as a spreadsheet's own arithmetic
gives it; of the latter also the same of 1."""
PLACE: Final = re.compile(r"([A-Z]+)(\d+)")
SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True)
class Difference:
    """A cell that isn't the run's: where, what it is called, what it holds, what the run gives."""

    sheet: str
    cell: str
    name: str
    found: str
    expected: str


@dataclass(frozen=True)
class WorkbookCheck:
    """``compared`` cells; ``filled``: of those left open, how many hold something; ``added``: text
    beside the run's own, by address; ``taken``: sheets that no recomputation gives."""

    compared: int
    differences: tuple[Difference, ...]
    filled: int = 0
    added: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every cell is the run's."""
        return not self.differences

    def as_dict(self) -> dict[str, Any]:
        """Plain data for --json."""
        return {
            "ok": self.ok,
            "compared": self.compared,
            "filled": self.filled,
            "added": list(self.added),
            "taken": list(self.taken),
            "differences": [vars(each) for each in self.differences],
        }


def compare(
    found: Workbook, made: Workbook, open_cells: Collection[Address], taken: Collection[str] = ()
) -> WorkbookCheck:
    """A workbook against the one made anew from the run.

    ``open_cells`` may be filled in; ``taken`` sheets of the workbook aren't looked at.
    """
    differences: list[Difference] = []
    added, filled = [], 0
    for sheet, cells in made.sheets.items():
        other = found.sheets.get(sheet, {})
        differences += _changed(sheet, other, cells)
    for sheet, cells in found.sheets.items():
        if sheet in taken:
            continue
        known = made.sheets.get(sheet, {})
        for cell, read in cells.items():
            if (sheet, cell) in open_cells:
                filled += 1
            elif cell not in known and not read.formula and isinstance(read.value, str):
                added.append(f"{sheet}!{cell}")
            elif cell not in known:
                name = _name(cells, cell)
                differences.append(Difference(sheet, cell, name, _shown(read), ""))
    compared = sum(len(cells) for cells in made.sheets.values())
    seen = tuple(sheet for sheet in found.sheets if sheet in taken)
    return WorkbookCheck(compared, tuple(differences), filled, tuple(added), seen)


def _changed(
    sheet: str, found: Mapping[str, CellRead], made: Mapping[str, CellRead]
) -> Iterator[Difference]:
    for cell, expected in made.items():
        read = found.get(cell)
        if read is None or not _same(read, expected):
            shown = "" if read is None else _shown(read)
            yield Difference(sheet, cell, _name(made, cell), shown, _shown(expected))


def _same(read: CellRead, expected: CellRead) -> bool:
    """A formula must be the same one; what it gives too, unless it was saved without, or the run
    leaves it empty until something is filled in."""
    if _plain(read.formula) != _plain(expected.formula):
        return False
    if expected.formula and (read.value is None or expected.value in (None, "")):
        return True
    return _equal(read.value, expected.value, WORKED_OUT if expected.formula else TYPED)


def _equal(read: Value, expected: Value, near: float) -> bool:
    if isinstance(read, float) and isinstance(expected, float):
        return abs(read - expected) <= near * (abs(expected) + (near == WORKED_OUT))
    return str(read or "").strip() == str(expected or "").strip()


def _plain(formula: str) -> str:
    """A formula without spaces, in capitals."""
    return SPACES.sub("", formula).upper()


def _shown(read: CellRead) -> str:
    value = f"{read.value:.10g}" if isinstance(read.value, float) else str(read.value or "")
    return f"{read.formula} ({value})" if read.formula else value


def _name(cells: Mapping[str, CellRead], cell: str) -> str:
    """What a cell is called: the first text of its row, and the nearest text above it."""
    match = PLACE.fullmatch(cell)
    assert match is not None
    column, row = match[1], int(match[2])
    beside = cells.get(f"A{row}") if column != "A" else None
    above = (cells.get(f"{column}{r}") for r in range(row - 1, 0, -1))
    words = (each for each in above if each and isinstance(each.value, str) and not each.formula)
    head = next(words, None)
    told = [_shown(each) for each in (beside, head) if each is not None]
    return " / ".join(told)
