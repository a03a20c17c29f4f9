"""Plans priced by their dispatch: each visit leaves cuts below and a point above.

A visit dispatches every day of every year at a plan and at prices of the yearly totals. Each year
gives a cut to the outer master and, where all demand is met, a point to the inner one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from optimizer.solve.block_making import make_blocks
from optimizer.solve.blocks import Blocks, Dispatched
from optimizer.solve.cuts import SHORT, Cut, cuts_of, shortage_cuts
from optimizer.solve.inner import Inner, Mixed, Point
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.outer import Bounded, Outer
from optimizer.solve.yearly import Indices, yearly_of

DEAR: Final = 10.0
"""Unmet demand costs so many times the dearest total, and three times the dearest peak: enough to
be avoided where it can be. Where it can't, cuts without prices say so exactly."""
DEARER: Final = 3.0
"""... and so many times the dearest MWh where a total is itself money, by a series of prices."""
WIDE: Final = 1e4
"""Where the first visit stands in columns without a bound: peaks that bill nothing above them."""


@dataclass(frozen=True)
class Visit:
    """A plan (yearly columns) and prices by year at which days were dispatched, and where the cuts
    that it left begin and end."""

    x: Array
    prices: list[Array]
    cuts: tuple[int, int]


class Engine:
    """Both masters of a stamped matrix, and the days between them."""

    def __init__(
        self, matrix: Matrix, *, threads: int = 2, days: int = 1, blocks: Blocks | None = None
    ) -> None:
        """``blocks``: those of a matrix with the same steps, in this one's columns; then nothing
        is visited yet."""
        self.matrix = matrix
        self.blocks = blocks or make_blocks(matrix, days=days, threads=threads)
        self.years = self.blocks.years
        self.yearly = y = yearly_of(matrix, self.years)
        self.outer = Outer(y, self.years)
        self.costs = [y.cost[year.totals] for year in self.years]
        self._peak_columns, self._peak_prices = self._peaks()
        self._shortage = [
            max(DEAR, self._dearest(k, cost)) + 3 * float(peak.max(initial=0.0))
            for k, (cost, peak) in enumerate(zip(self.costs, self._peak_prices, strict=True))
        ]
        self.visits: list[Visit] = []
        self.centre: Array | None = None
        self.centre_prices: list[Array] = self.costs
        self._points: list[Point] = []
        self.inner: Inner | None = None
        if blocks is None:
            self.visit_widest()

    def visit_widest(self) -> None:
        """Dispatch the widest plan at what totals cost: with these cuts the outer master has a
        bound."""
        upper = self.yearly.upper
        self.visit(np.where(np.isfinite(upper), upper, WIDE), self.costs)

    def take(self, cuts: Sequence[Cut], points: Sequence[Point]) -> None:
        """Cuts and points found earlier, for the same steps, in the order of this one's links."""
        self.outer.add(cuts)
        self._keep(list(points))

    def _peaks(self) -> tuple[list[Indices], list[Array]]:
        """By year, for each day and billed carrier: the column of its peak, and what raising the
        bill costs [money/MW]."""
        y, periods = self.yearly, self.matrix.shape[1]
        days = {j: v.index() for j, v in y.named("peak_day").items()}
        carriers = sorted({index[0] for index in days.values()})
        count = periods * len(carriers)
        columns = [np.zeros(count, dtype=np.int64) for _ in self.years]
        prices = [np.zeros(count) for _ in self.years]
        for day, (carrier, year, period) in days.items():
            k = self.matrix.case.years.index(year)
            at = period * len(carriers) + carriers.index(carrier)
            months = y.peaks[day]
            columns[k][at] = months[0] if len(months) == 1 else day
            prices[k][at] = y.cost[months].sum()
        return columns, prices

    def _dearest(self, k: int, prices: Array) -> float:
        """What unmet demand of a year costs at least at prices of its totals [money/MWh]."""
        price = np.abs(prices)
        money = float((price * self.years[k].largest).max(initial=0.0))
        return max(DEAR * float(price.max(initial=0.0)), DEARER * money)

    def visit(self, x: Array, prices: Sequence[Array], at: Array | None = None) -> None:
        """Dispatch all days of plan ``x`` at prices; cuts of other years are kept where they cut
        off ``at``. Raises SolverFailure where a day can't be solved."""
        beyond = x if at is None else at
        first = len(self.outer.cuts)
        shortage = [
            max(least, self._dearest(k, price))
            for k, (least, price) in enumerate(zip(self._shortage, prices, strict=True))
        ]
        found = self.blocks.dispatch(x, prices, self._peak_prices, shortage, range(len(self.years)))
        cuts: list[Cut] = []
        points = []
        for y, year in found.items():
            cuts += cuts_of(self.blocks, y, prices[y], year, beyond)
            if year.shortage.sum() > SHORT:
                short = self.blocks.shortages(x, y, year.shortage)
                cuts += shortage_cuts(self.blocks, y, short, beyond)
            else:
                points.append(self._point(y, x, year))
        self.outer.add(cuts)
        self.visits.append(Visit(x, list(prices), (first, len(self.outer.cuts))))
        self._keep(points)

    def _point(self, y: int, x: Array, found: Dispatched) -> Point:
        """The dispatch as a point: its peaks are those that it needs."""
        raised, year = x.copy(), self.years[y]
        np.maximum.at(raised, self._peak_columns[y], x[self._peak_columns[y]] + found.above)
        totals = np.asarray(year.rates @ found.x) + year.constants
        return Point(y, raised[year.links], totals)

    def _keep(self, points: list[Point]) -> None:
        """Points to the inner master, which is made once the outer one says what money means."""
        self._points += points
        if self.inner is None:
            bounded = self.outer.relaxed()
            if bounded is None or bounded.loose:
                return
            money = float(np.abs(self.yearly.cost * bounded.x).sum())
            self.inner = Inner(self.yearly, self.years, max(money, 1.0))
        self.inner.add(self._points)
        self._points = []

    def meet(self, x: Array) -> bool:
        """Cuts of all days that a plan can't serve; whether there is none."""
        cuts: list[Cut] = []
        for y in range(len(self.years)):
            every = np.ones(len(self.blocks.blocks[y]))
            cuts += shortage_cuts(self.blocks, y, self.blocks.shortages(x, y, every), x)
        self.outer.add(cuts)
        return not cuts

    def bounded(self) -> Bounded | None:
        """The outer master's relaxation, its day peaks as high as their months allow."""
        found = self.outer.relaxed()
        if found is None:
            return None
        return replace(found, x=self.yearly.lifted(found.x))

    def mixed(self) -> Mixed | None:
        return None if self.inner is None else self.inner.mixed()

    def hold(self, whole: Array | None) -> None:
        """Hold the whole decisions in both masters, or free them with None."""
        self.outer.hold(whole)
        if self.inner is not None:
            self.inner.hold(whole)
