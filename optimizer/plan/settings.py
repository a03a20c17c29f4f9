"""How a plan is to be made, who is told of it, and what comes out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from optimizer.inputs.typical_periods import TypicalDays
from optimizer.solve.full_year import FullYear
from optimizer.solve.highs import Outcome, Progress
from optimizer.solve.solution import Solution


@dataclass(frozen=True)
class Settings:
    """How to solve. ``gap`` is a share of the cost; ``money_gap``, if given, an amount of money.

    ``segments``: steps a day of the typical days that are searched; None takes them as they are.
    """

    periods: int | Literal["full", "auto"]
    gap: float = 0.005
    money_gap: float | None = None
    time_limit: float | None = None
    full_year: bool = True
    threads: int = 2
    segments: int | None = None


@dataclass(frozen=True)
class Listener:
    """What is told of the progress: stages by name, and the search's incumbent and bound."""

    stage: Callable[[str], None] = lambda _: None
    progress: Callable[[Progress], None] | None = None


@dataclass
class Made:
    """A plan and its baseline on the same axis, and how they were found."""

    plan: Solution
    baseline: Solution
    search: Outcome
    typical: TypicalDays | None
    full_year: FullYear | None
    added_days: list[int]
    tightened: dict[tuple[str, int], float]
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass
class Clock:
    """Seconds by stage, and who is told of them."""

    seconds: dict[str, float]
    listener: Listener

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self.listener.stage(name)
        began = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - began
            self.seconds[name] = self.seconds.get(name, 0.0) + spent
