"""Cuts that a live search keeps over a change prove nothing false."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from optimizer.inputs import case as c
from optimizer.solve.direct import solve_direct
from optimizer.solve.engine import Engine
from optimizer.solve.live import LiveSearch
from optimizer.solve.stamp import stamp
from tests.everything import everything
from tests.solve.test_survival import EXACT, SURVIVE, carriers, series


def stale(case: c.Case, changed: c.Case) -> float:
    """Bound of the changed case's master that wrongly keeps the cuts of another."""
    engine = Engine(stamp(changed))
    cuts = Engine(stamp(case)).outer.cuts
    live = LiveSearch()
    live.solve(stamp(case), 1e-3)
    engine.outer.add([*cuts, *live.engines[0].outer.cuts])
    bounded = engine.bounded()
    return np.inf if bounded is None else bounded.bound


HALF: dict[str, Callable[[c.Case], c.Case]] = {
    "demand": lambda k: series(series(k, "hot", 0.5), "warm", 0.5),
    "COP": lambda k: series(k, "hp.electricity.ratio", 0.5),
}
"""Half the demand for heat; half the electricity for it."""


@pytest.mark.parametrize(("change", "kept"), [("demand", True), ("COP", False)])
def test_a_cut_kept_over_a_change_of_steps_proves_what_is_false(change: str, kept: bool) -> None:
    """Proves the table is needed: half the demand for heat (or half the electricity that it takes),
    the old cuts as they were, and a bound above the optimum; the live search, asked the same, ends
    below it. Of the demand it keeps cuts, but shifted; of the COP none.

    Cuts of the full demand say how much heat must be made; the smaller plant needs no such thing.
    """
    case = everything()
    changed = HALF[change](case)
    best = solve_direct(stamp(changed), gap=EXACT).objective
    assert stale(case, changed) > best * (1.01 if change == "demand" else 1 + EXACT)
    live = LiveSearch()
    live.solve(stamp(case), 1e-3)
    found = live.solve(stamp(changed), 1e-3)
    assert found.outcome.bound <= best * (1 + EXACT)
    assert found.outcome.objective >= best * (1 - EXACT)
    assert found.outcome.gap <= 1e-3
    assert (found.kept > 0) == kept


@pytest.fixture(scope="module")
def live() -> LiveSearch:
    """One search that all of the next tests ask, in any order."""
    search = LiveSearch()
    search.solve(stamp(everything()), 1e-3)
    return search


@pytest.mark.parametrize(
    ("change", "factor"),
    [("price of a fuel", 0.5), ("level of the tariff", 0.7), ("variable O&M", 0.8)],
)
def test_a_fall_of_prices_gives_no_false_bound(
    change: str, factor: float, live: LiveSearch
) -> None:
    """Proves kept cuts stay true when what they were found at becomes cheaper.

    With emissions as the only link, cuts kept over gas at -20 % claimed 67,723 for an optimum of
    61,735; here each bought MWh is a total that the master prices itself.
    """
    case = everything()
    cheaper = SURVIVE[change](carriers(case, lambda p: replace(p, level=p.level * factor)))
    found = live.solve(stamp(cheaper), 1e-3)
    best = solve_direct(stamp(cheaper), gap=EXACT).objective
    assert found.kept > 0
    assert found.outcome.bound <= best + EXACT * abs(best)
    assert found.outcome.objective >= best - EXACT * abs(best)
