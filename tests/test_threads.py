"""One thread below numpy, so that numbers don't hang on how many there are."""

from __future__ import annotations

from pathlib import Path

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from optimizer.solve.decomposed import solve_decomposed
from optimizer.solve.live import LiveSearch
from optimizer.solve.stamp import stamp
from optimizer.studies import sweep
from optimizer.threads import one_thread
from tests.everything import everything


def counts() -> set[int]:
    """Threads of each library that shares products out."""
    return {pool["num_threads"] for pool in threadpool_info()}


def test_products_are_summed_in_one_order() -> None:
    """Proves that within the context nothing is shared out, and that it ends with it.

    On a machine with one core all have one thread anyway: two are asked for first.
    """
    with threadpool_limits(limits=2):
        before = counts()
        with one_thread():
            assert counts() == {1}
        assert counts() == before
        assert 2 in before


def test_points_and_searches_are_solved_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves that a sweep's task, a live search and a cold one have one thread, whatever the
    process has.

    Two kinds of workers, of one thread and of two, found plans of 129.03 and 128.79 million for
    the same point of one scenario, each within its gap of 1 %.
    """
    seen: list[set[int]] = []

    def looked(*given: object, **named: object) -> None:
        seen.append(counts())
        raise InterruptedError

    task = sweep.Task("key", Path("scenario.yaml"), None, (), (), None, 0.01, None)
    with threadpool_limits(limits=2):
        monkeypatch.setattr(sweep, "Live", looked)
        with pytest.raises(InterruptedError):
            sweep.solve_task(task)
        monkeypatch.setattr("optimizer.solve.live.Engine", looked)
        with pytest.raises(InterruptedError):
            LiveSearch().solve(stamp(everything()), 0.01)
        monkeypatch.setattr("optimizer.solve.decomposed.Engine", looked)
        with pytest.raises(InterruptedError):
            solve_decomposed(stamp(everything()), gap=0.01)
    assert seen == [{1}, {1}, {1}]
