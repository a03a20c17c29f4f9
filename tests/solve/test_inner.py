"""Mixes of dispatches are plans: the inner master never promises what a plant can't do."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from optimizer.solve.closing import Search, relax
from optimizer.solve.edit import with_fixed
from optimizer.solve.engine import Engine
from optimizer.solve.highs import Solver
from optimizer.solve.inner import Mixed
from optimizer.solve.stamp import stamp
from tests.solve.random_cases import full_case


@pytest.mark.parametrize("number", [1, 4, 8])
def test_a_mix_has_a_dispatch_that_costs_no_more(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves the upper bound: sizes of a mix, held in the whole matrix, cost at most the mix.

    A link taken for one that may be wider (a store's size, whose lowest level grows with it), or a
    peak left out of a point, would promise a plan that has no dispatch at that cost. More points
    never cost more.
    """
    matrix = stamp(full_case(number))
    engine = Engine(matrix)
    mixes, mixed = [], engine.mixed

    def recorded() -> Mixed | None:
        found = mixed()
        if found is not None and found.holds:
            mixes.append(found)
        return found

    monkeypatch.setattr(engine, "mixed", recorded)
    relax(Search(engine, 1e-4), held=False)
    assert len(mixes) > 2
    for mix in mixes:
        columns = np.array([j for name in ("installed", "remaining") for j in named(engine, name)])
        held = Solver(with_fixed(matrix, columns, mix.x[columns]), relaxed=True).run()
        assert held.ending == "optimal"
        assert held.objective <= mix.cost + 1e-6 * abs(mix.cost)
    assert all(b.cost <= a.cost + 1e-6 * abs(a.cost) for a, b in pairwise(mixes))


def named(engine: Engine, component: str) -> list[int]:
    return sorted(engine.yearly.named(component))
