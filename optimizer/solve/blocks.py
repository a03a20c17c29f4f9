"""The dispatch of a plan, taken apart by days: small linear problems kept hot in memory.

Most storage is cyclic within the day, so once the yearly quantities that a step refers to (the
links) are given, the days of a year share nothing but the yearly totals. Those are not fixed but
priced: each day minimises sum of price x its share of each total.

The blocks hold the very rows and columns of the stamped matrix, permuted (block_making.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from optimizer.solve.hot import HotProblem
from optimizer.solve.matrix import Array

Indices = NDArray[np.int64]
SHORT: Final = 1e-7
"""MWh of unmet demand in a block that counts as none."""


@dataclass(frozen=True)
class Dispatched:
    """One year's dispatch at a plan.

    ``value``: least sum of price x total + shortage price x shortage; ``duals``: of the year's step
    rows in block order; ``x``: the dispatch in block order; ``shortage``: MWh (of demand, of billed
    peak) that the plan can't meet, by block.
    """

    value: float
    duals: Array
    x: Array
    shortage: Array
    above: Array


@dataclass
class Year:
    """What a year's blocks need and give. Shapes: R rows, C own columns, L links, K totals.

    ``links``: the yearly columns that the steps refer to, (L,); ``by_link``: their coefficients,
    (R, L); ``lower``, ``upper``: limits, (R,); ``totals``: yearly columns, (K,); ``rates``: each
    total's coefficients on the year's own columns, (K, C); ``constants``: (K,); ``largest``: the
    most that one MWh of a step adds to each total: 1, or the highest of a series of prices, (K,).
    """

    links: Indices
    by_link: Any
    lower: Array
    upper: Array
    totals: Indices
    rates: Any
    constants: Array
    largest: Array


@dataclass
class Block:
    """A few days. ``rows``, ``columns``: where they lie in a year's block order."""

    problem: HotProblem
    rows: slice
    columns: slice
    hours: Array
    peaks: slice

    def solve(
        self, cost: Array, peak: Array, lower: Array, upper: Array, shortage: float
    ) -> tuple[float, Array, Array, float, Array]:
        """(value, row duals, own columns, unmet MWh, MW above the billed peaks)."""
        width = self.columns.stop - self.columns.start
        self.problem.change_costs(
            np.concatenate([cost[self.columns], shortage * self.hours, peak[self.peaks]])
        )
        self.problem.change_rows(lower[self.rows], upper[self.rows])
        value, x, duals = self.problem.solve()
        above = width + len(self.hours)
        return value, duals, x[:width], float(self.hours @ x[width:above]), x[above:]


@dataclass
class Blocks:
    """All days of all years of a stamped matrix.

    ``family``: the number of each year's coefficients; ``blocks``: of each year, the very same for
    all of a family where they are days.
    """

    years: list[Year]
    family: list[int]
    blocks: list[list[Block]]
    pool: ThreadPoolExecutor

    def dispatch(
        self,
        x: Array,
        prices: Sequence[Array],
        peaks: Sequence[Array],
        shortage: Sequence[float],
        years: Sequence[int],
    ) -> dict[int, Dispatched]:
        """Every day of the years at the plan ``x`` (yearly columns).

        ``prices``: by year, money per unit of each total, (K,); ``shortage``: by year, money per
        MWh unmet. Raises SolverFailure where a day can't be solved.
        """
        limits = {y: self._limits(y, x) for y in years}
        costs = {y: prices[y] @ self.years[y].rates for y in years}
        sharing: dict[int, list[int]] = {}
        for y in years:
            sharing.setdefault(id(self.blocks[y]), []).append(y)
        jobs = [(b, members) for members in sharing.values() for b in self.blocks[members[0]]]

        def run(job: tuple[Block, list[int]]) -> list[Any]:
            block, members = job
            return [block.solve(costs[y], peaks[y], *limits[y], shortage[y]) for y in members]

        parts: dict[int, list[Any]] = {y: [] for y in years}
        for (_, members), solved in zip(jobs, self.pool.map(run, jobs), strict=True):
            for y, part in zip(members, solved, strict=True):
                parts[y].append(part)
        found = {y: _gathered(of_year) for y, of_year in parts.items()}
        return {
            y: Dispatched(value + float(prices[y] @ self.years[y].constants), *rest)
            for y, (value, *rest) in sorted(found.items())
        }

    def shortages(self, x: Array, year: int, short: Array) -> list[tuple[Block, Array, float]]:
        """Least shortage of the blocks that are short: (block, row duals, MWh) of each."""
        lower, upper = self._limits(year, x)
        blocks = [b for b, s in zip(self.blocks[year], short, strict=True) if s > SHORT]

        def run(block: Block) -> tuple[Block, Array, float]:
            nothing = np.zeros(self.years[year].rates.shape[1])
            free = np.zeros(block.peaks.stop)
            value, duals, *_ = block.solve(nothing, free, lower, upper, 1.0)
            return block, duals, value

        return list(self.pool.map(run, blocks))

    def _limits(self, year: int, x: Array) -> tuple[Array, Array]:
        given = self.years[year]
        shift = given.by_link @ x[given.links]
        return given.lower - shift, given.upper - shift


def _gathered(parts: Sequence[Any]) -> tuple[float, Array, Array, Array, Array]:
    values, duals, own, short, above = zip(*parts, strict=True)
    return (
        float(sum(values)), np.concatenate(duals), np.concatenate(own), np.array(short),
        np.concatenate(above),
    )  # fmt: skip
