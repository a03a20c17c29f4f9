"""Where names stand beside marks of a scatter, so that none covers another or a mark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from unicodedata import east_asian_width

Box = tuple[float, float, float, float]
"""Left, right, lower and upper end [px]."""

WIDE, HIGH = 760.0, 290.0
"""Of the picture's plot, about [px]."""
LETTER, LINE = 5.6, 13.0
"""Of a Latin letter's width and a line's height in names [px]; a Chinese one takes two letters."""
MARK: Final = 7.0
"""Half the width of a mark, and its distance from a name [px]."""
SIDES: Final = ("top right", "bottom right", "top left", "bottom left")


def sides(
    marks: Mapping[str, tuple[float, float]], names: Mapping[str, str]
) -> dict[str, str | None]:
    """Where the name of each mark stands, in the order of ``names``: the first of SIDES at which it
    meets no mark and no name before it and stays within the picture, None where there is none.

    ``marks``: x and y of all marks in their own units, x from 0 on; ``names``: of those to be named
    by the ids of their marks.
    """
    right = max((x for x, _ in marks.values()), default=0.0) or 1.0
    low, high = (end((y for _, y in marks.values()), default=0.0) for end in (min, max))
    at = {
        id: (WIDE * x / right, HIGH * (y - low) / ((high - low) or 1.0))
        for id, (x, y) in marks.items()
    }
    taken = [(x - MARK, x + MARK, y - MARK, y + MARK) for x, y in at.values()]
    found: dict[str, str | None] = {}
    for id, name in names.items():
        boxes = {side: _box(side, *at[id], _width(name)) for side in SIDES}
        free = [side for side, box in boxes.items() if _inside(box) and not _meets(box, taken)]
        found[id] = free[0] if free else None
        if free:
            taken.append(boxes[free[0]])
    return found


def _width(name: str) -> float:
    """Of a name [px]."""
    return LETTER * sum(2 if east_asian_width(letter) in "WF" else 1 for letter in name)


def _box(side: str, x: float, y: float, width: float) -> Box:
    """Of a name on a side of a mark; plotly sets it above or below, begun or ended at its edge."""
    left = x + MARK if side.endswith("right") else x - MARK - width
    lower = y + MARK if side.startswith("top") else y - MARK - LINE
    return left, left + width, lower, lower + LINE


def _inside(box: Box) -> bool:
    """Whether a name doesn't run out of the picture to the left or right."""
    return box[0] >= 0 and box[1] <= WIDE


def _meets(box: Box, taken: list[Box]) -> bool:
    """Whether a box has a point in common with one of others."""
    return any(
        box[0] < other[1] and other[0] < box[1] and box[2] < other[3] and other[2] < box[3]
        for other in taken
    )
