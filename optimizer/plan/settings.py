"""How a plan is to be made, who is told of it, and what comes out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from optimizer.inputs.typical_periods import TypicalDays
from optimizer.solve.full_year import FullYear
from optimizer.solve.highs import Outcome, Progress
from optimizer.solve.live import LiveSearch
from optimizer.solve.matrix import Matrix
from optimizer.solve.solution import Solution


@dataclass(frozen=True)
class Settings:
    """How to solve. ``gap`` is a share of the cost; ``money_gap``, if given, an amount of money.

    ``segments``: steps a day of the typical days that are searched; None takes them as they are.
    ``method``: 'auto' decomposes large problems and hands small ones over whole.
    """

    periods: int | Literal["full", "auto"]
    gap: float = 0.005
    money_gap: float | None = None
    time_limit: float | None = None
    full_year: bool = True
    threads: int = 2
    segments: int | None = None
    method: Literal["auto", "direct", "decomposed"] = "auto"


@dataclass(frozen=True)
class Tried:
    """One resolution that 'auto' tried, and what its plan costs on the full year.

    ``days``: periods searched, extreme days included; ``gap``: that of the search on them, a share;
    both, ``cost`` and ``saving`` (against the baseline) are None where no plan was found.
    """

    periods: int
    segments: int | None
    seconds: float
    days: int | None = None
    gap: float | None = None
    cost: float | None = None
    saving: float | None = None


@dataclass(frozen=True)
class Listener:
    """What is told of the progress: stages by name, the search's incumbent and bound, and of
    'auto' all that was tried so far."""

    stage: Callable[[str], None] = lambda _: None
    progress: Callable[[Progress], None] | None = None
    tried: Callable[[Sequence[Tried]], None] = lambda _: None


@dataclass
class Made:
    """A plan and its baseline on the same axis, and how they were found.

    ``segments``: steps of a day that the search saw, None where none were merged; ``tried``: what
    'auto' chose from, coarsest first; ``marginals``: what the last unit of a rule costs
    (plan/marginal.py).
    """

    plan: Solution
    baseline: Solution
    search: Outcome
    typical: TypicalDays | None
    full_year: FullYear | None
    added_days: list[int]
    tightened: dict[tuple[str, Any], float]
    seconds: dict[str, float] = field(default_factory=dict)
    segments: int | None = None
    tried: tuple[Tried, ...] = ()
    marginals: dict[tuple[str, int], float] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """What plans made before have left for this one; None: to be made anew.

    ``baseline``: that of a case with the same baseline, on the same axis; ``full_year``: the full
    year of the same case; ``search``: what searches of cases with the same plant found out.
    """

    baseline: Solution | None = None
    full_year: Matrix | None = None
    search: LiveSearch | None = None


NOTHING_KEPT = Kept()


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
