"""Cuts of other demands, outputs, availabilities and limits: as true as those found at them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.solve.block_making import with_limits
from optimizer.solve.cuts import Cut
from optimizer.solve.engine import Engine
from optimizer.solve.live import LiveSearch
from optimizer.solve.matrix import Matrix
from optimizer.solve.stamp import stamp
from optimizer.solve.survival import survival, surviving
from tests.everything import everything
from tests.solve.test_survival import EXACT, SHIFT, carriers, series


@pytest.fixture(scope="module")
def solved() -> Engine:
    """The engine of a solved case."""
    search = LiveSearch()
    search.solve(stamp(everything()), 1e-3)
    return search.engines[0]


def shifted_cuts(found: Engine, changed: Matrix) -> tuple[Engine, list[Cut]]:
    """An engine of a changed problem without cuts of its own, and those of another, shifted."""
    kept = survival(found.matrix, changed)
    engine = Engine(changed, blocks=with_limits(found.blocks, changed))
    sides = (found.matrix, found.years), (changed, engine.years)
    return engine, surviving(kept, *sides, found.outer.cuts, [])[0]


def random_plan(engine: Engine, rng: np.random.Generator) -> np.ndarray:
    """Yearly values between the bounds, mostly wide, so that most days are served."""
    y = engine.yearly
    lower = np.where(np.isfinite(y.lower), y.lower, 0.0)
    upper = np.where(np.isfinite(y.upper), y.upper, 1e3)
    return lower + (upper - lower) * rng.uniform(0.3, 1.0, y.count) ** 0.3


def above(engine: Engine, cut: Cut, x: np.ndarray) -> float | None:
    """By how much a cut exceeds what the year's dispatch of a plan really costs at its prices (a
    cut without any: 0 where all demand is met), as a share; None where some demand isn't met."""
    year, k = engine.years[cut.year], cut.year
    zero = [np.zeros_like(p) for p in engine._peak_prices]
    prices = [cut.prices if y == k else np.zeros(len(q.totals)) for y, q in enumerate(engine.years)]
    dear = [1e9] * len(engine.years)
    free = engine.blocks.dispatch(x, prices, zero, dear, [k])[k]
    if free.shortage.sum() > 1e-9 or free.above.sum() > 1e-9:
        return None
    said = cut.least + float(cut.slope @ x[year.links])
    return (said - free.value) / max(1.0, abs(free.value), abs(cut.least))


@pytest.mark.parametrize("seed", range(4))
def test_a_shifted_cut_is_never_above_the_truth(seed: int, solved: Engine) -> None:
    """Proves that a dual solution bounds the dispatch under any demand, output, availability and
    limit: of a random change, at random plans, every shifted cut is at or below what dispatch costs
    there, solved anew; and some touch it.

    Unshifted, cuts of the demand of 100 % are above the cost of serving 90 %.
    """
    rng, case = np.random.default_rng(seed), everything()
    for key in ("hot", "warm", "sun"):
        case = series(case, key, rng.uniform(0.85, 1.1))
    factor = rng.uniform(0.9, 1.1, 3)
    case = replace(
        case, services=tuple(replace(s, activity=s.activity * factor) for s in case.services)
    )
    case = carriers(case, lambda p: replace(p, limit=rng.uniform(8, 12)), "gas")
    engine, cuts = shifted_cuts(solved, stamp(case))
    assert len(cuts) == len(solved.outer.cuts)
    checked = []
    for cut in cuts[:: max(1, len(cuts) // 40)]:
        for _ in range(3):
            excess = above(engine, cut, random_plan(engine, rng))
            if excess is not None:
                assert excess < EXACT
                checked.append(excess)
    assert len(checked) > 20


def test_a_cut_shifted_by_nothing_is_the_same(solved: Engine) -> None:
    """Proves `shifted` rebuilds a cut from its duals alone: least and slope to the last digits."""
    for cut in solved.outer.cuts:
        again = cut.shifted(solved.years[cut.year])
        assert again is not None
        assert again.least == cut.least
        assert np.array_equal(again.slope, cut.slope)


def test_without_duals_a_cut_is_not_shifted(solved: Engine) -> None:
    """Proves cuts of a year too long to keep its duals (8,760 hours) are dropped, not kept as they
    are: those of another demand would be false."""
    cut = replace(solved.outer.cuts[0], duals=None)
    assert cut.shifted(solved.years[cut.year]) is None
    kept = survival(solved.matrix, stamp(SHIFT["output"][0](everything())))
    sides = (solved.matrix, solved.years), (solved.matrix, solved.years)
    assert surviving(kept, *sides, [cut], []) == ([], [])
