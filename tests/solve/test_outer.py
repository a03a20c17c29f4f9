"""The search of the outer master: what it begins with, and what its bound is worth."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.solve.cuts import Cut
from optimizer.solve.direct import solve_direct
from optimizer.solve.engine import Engine
from optimizer.solve.highs import Outcome, Solver
from optimizer.solve.hot import HotProblem
from optimizer.solve.outer import Outer
from optimizer.solve.stamp import stamp
from tests.everything import everything
from tests.solve.random_cases import full_case

NO_HURRY = 60.0


def visited(number: int) -> Engine:
    """An engine that has met the demand at its own optimum a few times."""
    engine = Engine(stamp(full_case(number)))
    for _ in range(4):
        bounded = engine.bounded()
        assert bounded is not None
        engine.meet(bounded.x)
        engine.visit(bounded.x, bounded.prices, bounded.x)
    return engine


def searched(engine: Engine, gap: float) -> Outcome:
    every = range(len(engine.outer.cuts))
    return engine.outer.search(every, gap=gap, start=None, seconds=NO_HURRY)


def test_a_search_begins_with_the_cheapest_plan_of_the_earlier_ones() -> None:
    """Proves that whole decisions found before are the start of the next search.

    On the same cuts a search for any plan at all, within 99 %, ends on the optimum that the search
    before it proved: its start. Begun with nothing it ends on what it meets first, 1.9 times as
    dear.
    """
    engine = visited(7)
    anything = searched(visited(7), 0.99).objective
    exact = searched(engine, 1e-6).objective
    assert anything > 1.01 * exact
    assert searched(engine, 0.99).objective == pytest.approx(exact, rel=1e-6)


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_the_bound_of_a_search_is_below_the_optimum_of_the_whole_problem(number: int) -> None:
    """Proves that nothing a search says of itself cuts a plan off: not its tolerances, and not that
    what stands is whole. A count of what stands that missed a build would raise the bound."""
    engine = visited(number)
    optimum = solve_direct(engine.matrix, gap=1e-6).objective
    found = searched(engine, 1e-6)
    assert found.bound <= optimum * (1 + 1e-6)
    assert found.x is not None
    standing = found.x[list(engine.yearly.named("on"))]
    assert np.abs(standing - np.round(standing)).max() < 1e-6


def test_prices_that_are_rounding_cut_nothing_off() -> None:
    """Proves that a cut at prices of 1e-9 is not scaled up to a row that counts.

    Duals are right to 1e-7, so below that a cut may say anything: here, that some 1e-9 of a total
    is at least 1. Taken at its word it asks for 10^9 MWh: the same said at a price of 1 is heard,
    and leaves no plan or one with so much.
    """
    engine = visited(0)
    before = engine.bounded()
    assert before is not None
    year = engine.years[0]
    first, nothing = np.zeros(len(year.totals)), np.zeros(len(year.links))
    dearest = int(np.argmax(engine.costs[0]))
    first[dearest] = 1.0
    engine.outer.add([Cut(0, 1e-9 * first, nothing, 1.0, None, slice(0))])
    after = engine.bounded()
    assert after is not None
    assert after.bound == before.bound
    engine.outer.add([Cut(0, first, nothing, 1e9, None, slice(0))])
    raised = engine.bounded()
    assert raised is None or raised.x[year.totals[dearest]] == pytest.approx(1e9)


def test_a_master_without_cuts_is_bounded_by_its_box_and_says_so() -> None:
    """Proves that a master whose cuts leave it open has a bound, a true one, and calls it loose.

    Without cuts nothing says what sold energy takes: sales grow without end, up to the box. Cuts
    found at other prices say as little. With those of visits the same master has the optimum of one
    that never had a box.
    """
    engine = visited(0)
    expected = engine.outer.relaxed()
    bare = Outer(engine.yearly, engine.years)
    open_ended = bare.relaxed()
    bare.add(engine.outer.cuts)
    bounded = bare.relaxed()
    assert expected is not None
    assert open_ended is not None
    assert bounded is not None
    assert (open_ended.loose, bounded.loose) == (True, False)
    assert open_ended.bound < bounded.bound == pytest.approx(expected.bound, rel=1e-9)


@pytest.mark.parametrize("said", ["unbounded", "solve error", "unknown"])
def test_a_master_without_an_end_keeps_its_bound(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """Proves that a false "unbounded" of HiGHS, or none of its endings, loses neither the bound nor
    the search.

    It has followed a direction that costs -1e-10 a unit, rounding of the duals, out of a master of
    2,130 rows whose optimum it found without presolve. Within the box that is 1e-10 * 1e5 of a
    scaled bound of 4,715: 2e-9 of it.
    """
    engine = visited(0)
    expected = engine.outer.relaxed()
    run, endings = HotProblem.run, iter([said])
    monkeypatch.setattr(HotProblem, "run", lambda lp: next(endings, None) or run(lp))
    found = engine.outer.relaxed()
    monkeypatch.undo()
    again = engine.outer.relaxed()
    assert expected is not None
    assert found is not None
    assert again is not None
    assert not found.loose
    assert found.bound == pytest.approx(expected.bound, rel=1e-6)
    assert again.bound == pytest.approx(expected.bound, rel=1e-9)


def test_a_search_ends_where_its_bound_is_enough() -> None:
    """Proves `end_at` stops a search as soon as nothing can cost less than what was asked: the
    bound is at or above it and true, and the gap of 0 that was wanted isn't closed.

    Without it this search goes on to its optimum.
    """
    matrix = stamp(everything())
    free = Solver(matrix)
    free.set(mip_rel_gap=0.0)
    optimum = free.run().objective
    asked = optimum - 0.05 * abs(optimum)
    solver = Solver(matrix)
    solver.set(mip_rel_gap=0.0)
    solver.end_at(asked)
    found = solver.run()
    assert found.ending == "optimal"
    assert asked <= found.bound < optimum - 1e-4 * abs(optimum)
