"""A search cut short says only what holds: the known optimum lies between its two ends."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from optimizer.solve.closing import Search
from optimizer.solve.decomposed import run
from optimizer.solve.direct import solve_direct
from optimizer.solve.engine import Engine
from optimizer.solve.highs import Progress
from optimizer.solve.matrix import Matrix
from optimizer.solve.stamp import stamp
from tests.solve.agreeing import EXACT, brackets, decomposed
from tests.solve.random_cases import full_case


@pytest.fixture(scope="module")
def known() -> tuple[Matrix, float]:
    """A case with every component and its optimum, to 1e-6."""
    matrix = stamp(full_case(2))
    return matrix, solve_direct(matrix, gap=EXACT).objective


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.5, 1.0])
def test_a_time_limit_leaves_true_bounds(known: tuple[Matrix, float], seconds: float) -> None:
    """Proves bound <= optimum <= cost, wherever the limit falls, and a plan that holds if any."""
    matrix, optimum = known
    found = decomposed(matrix, gap=1e-8, time_limit=seconds)
    assert found.ending in ("time_limit", "optimal", "failed")
    brackets(matrix, found, optimum)


def pressing(monkeypatch: pytest.MonkeyPatch, engine: Engine, at: int) -> None:
    """Ctrl-C inside the visit of a number, its days dispatched and its cuts not yet taken."""
    visit, count = engine.blocks.dispatch, [0]

    def pressed(*args: Any) -> Any:
        count[0] += 1
        found = visit(*args)
        if count[0] == at:
            raise KeyboardInterrupt
        return found

    monkeypatch.setattr(engine.blocks, "dispatch", pressed)


def test_ctrl_c_at_any_visit_leaves_true_bounds(
    known: tuple[Matrix, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves the same for Ctrl-C at five visits drawn at random and the last, and that it ends the
    search.

    The bound of a search that was stopped later is no lower, nor its plan dearer: what was known is
    kept.
    """
    matrix, optimum = known
    bounds, costs = [], []
    whole = Search(Engine(matrix), 1e-5)
    assert run(whole).ending == "optimal"
    visits = np.arange(1, len(whole.engine.visits))  # the first is made with the engine
    drawn = np.random.default_rng(3).choice(visits[:-1], 5, replace=False)
    for at in [*sorted(drawn), visits[-1]]:
        search = Search(Engine(matrix), 1e-5)
        pressing(monkeypatch, search.engine, int(at))
        found = run(search)
        assert found.ending == "interrupted"
        brackets(matrix, found, optimum)
        bounds.append(found.bound)
        costs.append(found.objective)
    assert bounds == sorted(bounds)
    assert costs == sorted(costs, reverse=True)
    assert np.isfinite(costs[-1])


def test_progress_never_goes_back(known: tuple[Matrix, float]) -> None:
    """Proves that all that a listener is told is true of the optimum, and only improves."""
    matrix, optimum = known
    told: list[Progress] = []
    decomposed(matrix, on_progress=told.append)
    bounds = [p.bound for p in told if p.bound is not None]
    plans = [p.incumbent for p in told if p.incumbent is not None]
    assert bounds == sorted(bounds)
    assert plans == sorted(plans, reverse=True)
    assert bounds[-1] <= optimum * (1 + EXACT)
    assert not plans or plans[-1] >= optimum * (1 - EXACT)
