"""Days solved apart are the year in one piece."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.solve.block_making import make_blocks
from optimizer.solve.edit import with_fixed
from optimizer.solve.engine import Engine
from optimizer.solve.highs import Solver
from optimizer.solve.stamp import stamp
from tests.solve.random_cases import full_case


@pytest.mark.parametrize("number", [1, 4, 14])
def test_the_days_of_a_plan_cost_what_the_whole_matrix_says(number: int) -> None:
    """Proves that blocks hold the rows and columns of the matrix, days one by one or two at once.

    All links of a plan are held, the yearly rows freed and the totals priced at random: the least
    cost of the stamped matrix is the sum over the days. A day with another day's peak, another
    year's demand or a total without its weight would differ.
    """
    matrix, rng = stamp(full_case(number)), np.random.default_rng(number)
    engine, height = Engine(matrix), len(matrix.yearly_rows)
    plan = Solver(matrix, relaxed=True).run()
    assert plan.x is not None
    x = plan.x[: engine.yearly.count]
    prices = [np.abs(cost) * rng.uniform(0.5, 2.0, len(cost)) for cost in engine.costs]
    cost, links = np.zeros(len(matrix.cost)), np.concatenate([y.links for y in engine.years])
    for year, price in zip(engine.years, prices, strict=True):
        cost[year.totals] = price
    days = np.array(sorted(engine.yearly.peaks), dtype=np.int64)
    held = with_fixed(
        matrix, np.concatenate([links, days]), engine.yearly.lifted(x)[[*links, *days]]
    )
    lower, upper = held.row_lower.copy(), held.row_upper.copy()
    lower[:height], upper[:height] = -np.inf, np.inf
    free = replace(held, cost=cost, offset=0.0, row_lower=lower, row_upper=upper)
    expected = Solver(free, relaxed=True).run()
    nothing, dear = [np.full(len(p), 1e6) for p in engine._peak_prices], [1e6] * len(prices)
    for together in (1, 2):
        blocks = make_blocks(matrix, days=together)
        found = blocks.dispatch(x, prices, nothing, dear, range(len(prices)))
        assert sum(f.value for f in found.values()) == pytest.approx(expected.objective, rel=1e-6)
