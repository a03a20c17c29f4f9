"""A first phase in which nothing costs anything but slack: a plan that holds, or a proof of none.

While the inner master still needs slack, its prices weigh what that costs against all else, and
cuts at such prices may never show that a promise can't be kept. With slack as the only cost the
prices speak of the promises alone: either the slack goes, or the cuts leave the outer master no
plan. Cuts and points of either phase are valid in both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from optimizer.solve.engine import Engine
from optimizer.solve.matrix import Array
from optimizer.solve.outer import Bounded

ROUNDS: Final = 40


def find_held(
    engine: Engine, bounded: Bounded, enough: float, check: Callable[[], None]
) -> Bounded | None:
    """The outer optimum after a first phase; None where no plan keeps the cuts, which proves that
    there is none. Where slack is left after so many rounds, neither is known.

    Visits take turns between the plan nearest to one that holds, which brings points, and the outer
    optimum, which brings cuts. It ends where the bound reaches ``enough``, or by ``check``.
    """
    found: Bounded | None = bounded
    for k in range(ROUNDS):
        check()
        nearest = None if engine.inner is None else engine.inner.mixed(free=True)
        if found is None or nearest is None or found.bound >= enough:
            break
        if nearest.holds and engine.inner is not None:
            engine.inner.close_slack()
            break
        at = engine.yearly.lifted(nearest.x) if k % 2 == 0 else found.x
        engine.visit(at, [_sized(price, engine.costs) for price in nearest.prices], found.x)
        found = engine.bounded()
    return found


def _sized(prices: Array, costs: Sequence[Array]) -> Array:
    """Prices as large as costs are: those of slack are a direction only, and a dispatch at prices
    near HiGHS's tolerance says nothing (cuts.FAINT)."""
    largest = max(1.0, *(float(np.abs(cost).max(initial=0.0)) for cost in costs))
    top = float(np.abs(prices).max(initial=0.0))
    return prices * np.exp2(np.round(np.log2(largest / top))) if top > 0 else prices
