"""Between the masters: visits that close the gap, whole decisions held or relaxed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from optimizer.solve.engine import Engine
from optimizer.solve.first_phase import find_held
from optimizer.solve.highs import Progress
from optimizer.solve.inner import Mixed
from optimizer.solve.matrix import Array
from optimizer.solve.outer import Bounded

INWARD: Final = 0.5
"""Weight of the inner plan in the next visit; halved where that cuts nothing off."""
LEAST_WEIGHT: Final = 0.1
RELAX_ROUNDS, HELD_ROUNDS, MEETINGS = 80, 12, 8
STALLED, SLOW = 5, 0.3
"""Rounds of the relaxation that together raise the bound by less than so much of its tolerance: the
whole decisions matter more now."""
RELAX_SHARE, HELD_SHARE = 1 / 3, 1 / 4
"""Of the gap asked for: what the relaxation and a held plan are closed to."""
CUT_OFF: Final = 1e-7
"""Scaled violation that counts."""


class OutOfTime(Exception):
    """The time limit ended a search."""


@dataclass
class Search:
    """One search: what to stop at, and the best bound and plan so far.

    ``hurry``: nothing is closed further once the gap asked for is proven. Otherwise a plan and a
    search of whole decisions are finished: those who ask about changes begin with what they leave.
    """

    engine: Engine
    gap: float
    money_gap: float = 0.0
    ends: float = np.inf
    began: float = field(default_factory=time.perf_counter)
    on_progress: Callable[[Progress], None] | None = None
    hurry: bool = False
    bound: float = -np.inf
    cost: float = np.inf
    best: Array | None = None
    relaxed: Mixed | None = None

    @property
    def closed(self) -> bool:
        """Whether the gap asked for is proven."""
        if self.best is None:
            return False
        return self.cost - self.bound <= self._spare

    @property
    def enough(self) -> float:
        """The bound at which a search may end in a hurry, the gap asked for being proven."""
        return self.cost - self._spare if self.hurry and self.best is not None else np.inf

    @property
    def _spare(self) -> float:
        return max(self.gap * abs(self.cost), self.money_gap)

    def tolerance(self, share: float) -> float:
        """A share of the gap asked for, relative to the cost that is known [1]."""
        known = abs(self.cost) if self.best is not None else abs(self.bound)
        relative = self.money_gap / known if np.isfinite(known) and known > 0 else 0.0
        return share * max(self.gap, relative)

    def check(self) -> None:
        """Tell the listener, and stop at the limit."""
        now = time.perf_counter()
        if self.on_progress is not None:
            known = self.cost if self.best is not None else None
            bound = self.bound if np.isfinite(self.bound) else None
            self.on_progress(Progress(known, bound, now - self.began))
        if now > self.ends:
            raise OutOfTime

    def raise_bound(self, bound: float) -> None:
        self.bound = max(self.bound, bound)

    def take(self, mixed: Mixed | None) -> None:
        """A plan that holds, with whole decisions held, is an incumbent."""
        if mixed is not None and mixed.holds and mixed.cost < self.cost:
            self.cost, self.best = mixed.cost, mixed.x

    @property
    def worth(self) -> float:
        """Cost that a plan must be below to be worth closing further."""
        if self.best is None:
            return np.inf
        return self.cost - self.tolerance(HELD_SHARE) * abs(self.cost)


def relax(
    search: Search, *, held: bool, patience: int = STALLED
) -> tuple[Bounded | None, Mixed | None]:
    """Close the gap between the masters, whole decisions held or relaxed; their last optima.

    ``patience``: rounds of the relaxation that together raise the bound little before it ends. None
    for the outer optimum: no plan keeps its cuts. Where no mix holds, a first phase finds one or
    shows that there is none: for a held plan at once, for the relaxation if none came by itself.
    """
    engine = search.engine
    if not held:
        bounded, mixed = _closed(search, held=False, patience=patience)
    else:
        mixed = engine.mixed()
        bounded = _met(search, mixed, held=True, often=True)
    if bounded is None or (mixed is not None and mixed.holds and not held):
        return bounded, mixed
    if mixed is None or not mixed.holds:
        if held and bounded.bound >= search.worth:
            return bounded, mixed
        enough = search.worth if held else np.inf
        bounded, mixed = find_held(engine, bounded, enough, search.check), engine.mixed()
        if bounded is None or mixed is None or not mixed.holds:
            return bounded, mixed
    return _closed(search, held=held, patience=patience)


def _closed(
    search: Search, *, held: bool, patience: int = STALLED
) -> tuple[Bounded | None, Mixed | None]:
    """Visits between the masters until they meet. Ends early where a held plan can't be the best,
    and where the relaxation moves too little."""
    bounded: Bounded | None = None
    mixed = search.engine.mixed()
    weight, bounds = INWARD, []
    for k in range(HELD_ROUNDS if held else RELAX_ROUNDS):
        search.check()
        bounded = _met(search, mixed, held=held, often=held or k < MEETINGS)
        if bounded is None or (held and bounded.bound >= search.worth):
            return bounded, mixed
        if held:
            search.take(mixed)
        else:
            search.raise_bound(bounded.bound)
        if search.hurry and search.closed:
            break
        weight, mixed = _between(search, bounded, mixed, weight)
        bounds.append(bounded.bound)
        tolerance = search.tolerance(HELD_SHARE if held else RELAX_SHARE) * abs(bounded.bound)
        if mixed is not None and mixed.holds and mixed.cost - bounded.bound < tolerance:
            break
        if not held and _stalled(bounds, SLOW * tolerance, patience):
            break
    return bounded, mixed


def _stalled(bounds: Sequence[float], little: float, patience: int) -> bool:
    """Whether the last rounds together raised the bound by less than ``little``; with all patience
    not before MEETINGS of them."""
    first = MEETINGS if patience == STALLED else patience
    return len(bounds) > first and bounds[-1] - bounds[-patience - 1] < little


def _met(search: Search, mixed: Mixed | None, *, held: bool, often: bool) -> Bounded | None:
    """The outer optimum, with cuts until it serves every day; not once there is an inner one."""
    engine = search.engine
    bounded = engine.bounded()
    if not often or (mixed is not None and mixed.holds):
        return bounded
    for _ in range(MEETINGS):
        if bounded is None or (held and bounded.bound >= search.worth) or engine.meet(bounded.x):
            break
        bounded = engine.bounded()
    return bounded


def _between(
    search: Search, bounded: Bounded, mixed: Mixed | None, weight: float
) -> tuple[float, Mixed | None]:
    """A visit between the outer and the inner plan; the next weight and the new inner optimum."""
    engine = search.engine
    x, prices = bounded.x, bounded.prices
    inner = mixed if mixed is not None and mixed.holds else None
    centre = engine.centre if inner is None else engine.yearly.lifted(inner.x)
    if centre is not None:
        other = engine.centre_prices if inner is None else inner.prices
        x = weight * centre + (1 - weight) * x
        prices = [weight * a + (1 - weight) * b for a, b in zip(other, prices, strict=True)]
    first = len(engine.outer.cuts)
    engine.visit(x, prices, bounded.x)
    if engine.outer.slacks(bounded.x)[first:].min() < -CUT_OFF:
        return INWARD, engine.mixed()
    return (weight / 2 if weight > LEAST_WEIGHT else 0.0), engine.mixed()
