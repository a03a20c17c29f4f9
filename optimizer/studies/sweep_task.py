"""What goes to a worker of a sweep and comes back: little to import, for each worker does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from optimizer.inputs.change import Change

LOST: Final = "lost"
"""How the points of a task ended whose workers died again and again."""
Record = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """A few points, one after another: what a worker needs to know of them, and the ``key`` they
    are stored under. ``sets``: changes of all points; ``points``: those of each."""

    key: str
    scenario: Path
    data: Path | None
    sets: tuple[Change, ...]
    points: tuple[tuple[Change, ...], ...]
    periods: int | None
    gap: float
    time_limit: float | None


Records = list[Record]
"""A record a point of a task, in their order."""
Solve = Callable[[Task], Records]
Runner = Callable[[Sequence[Task]], Iterator[tuple[Task, Records]]]
"""Solves tasks somewhere and yields each as it is done."""
