"""What goes to a worker of a sweep and comes back: little to import, for each worker does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from optimizer.inputs.change import Change

LOST: Final = "lost"
"""How a point ended whose worker died again and again."""
Record = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """One point: what a worker needs to know of it, and the ``key`` it is stored under."""

    key: str
    scenario: Path
    data: Path | None
    changes: tuple[Change, ...]
    periods: int | None
    gap: float
    time_limit: float | None


Solve = Callable[[Task], Record]
Runner = Callable[[Sequence[Task]], Iterator[tuple[Task, Record]]]
"""Solves tasks somewhere and yields each as it is done."""
