"""The inner master: plans that mix dispatches already found. Its optimum is an upper bound.

All that a plant can do in a year, as pairs of link values and totals, is a convex set. Any mix of
known pairs lies in it, and so does any plan whose links are at least as wide where more only
relaxes. The yearly layer over these mixes has only plans that hold; where some slack is still
needed they don't yet. Its duals price the totals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import scipy.sparse as sp

from optimizer.solve.blocks import Year
from optimizer.solve.hot import HotProblem
from optimizer.solve.matrix import Array
from optimizer.solve.yearly import Yearly

NEGLIGIBLE: Final = 1e-6
"""Scaled slack that counts as none."""


@dataclass(frozen=True)
class Point:
    """A dispatch that holds: values of a year's links and totals."""

    year: int
    links: Array
    totals: Array


@dataclass(frozen=True)
class Mixed:
    """An optimum of the inner master. ``holds``: no slack, so ``cost`` is an upper bound;
    ``shares``: of each point, in the order they were added."""

    cost: float
    x: Array
    holds: bool
    slack: float
    prices: list[Array]
    shares: Array


class Inner:
    """The yearly layer over mixes of points, kept hot."""

    def __init__(self, yearly: Yearly, years: Sequence[Year], dear: float) -> None:
        self.yearly, self.years = yearly, years
        self.points: list[Point] = []
        self._links = np.concatenate([y.links for y in years])
        self._totals = np.concatenate([y.totals for y in years])
        wider = np.concatenate([_wider_is_free(y) for y in years])
        self._make(wider, dear)

    def _make(self, wider: Array, dear: float) -> None:
        """Columns: yearly, slack of links and totals (+, then -), of shares (+). Rows: yearly,
        links, totals, shares."""
        y, links, totals = self.yearly, len(self._links), len(self._totals)
        self._height, self._links_at = y.rows.shape[0], y.rows.shape[0]
        self._totals_at, self._shares_at = self._height + links, self._height + links + totals
        columns = np.concatenate([self._links, self._totals])
        count, years = links + totals, len(self.years)
        pick = sp.csr_array((np.ones(count), (np.arange(count), columns)), (count, y.count))
        slack = sp.eye_array(count)
        rows = sp.vstack(
            [
                sp.hstack([y.scaled_rows(), sp.csr_array((self._height, 2 * count + years))]),
                sp.hstack([pick, slack, -slack, sp.csr_array((count, years))]),
                sp.hstack([sp.csr_array((years, y.count + 2 * count)), sp.eye_array(years)]),
            ],
            format="csr",
        )
        slack_cost = np.full(2 * count + years, dear * y.money)
        one_sided = np.concatenate([wider, np.zeros(totals, dtype=bool)])
        infinite, nothing = np.full(len(slack_cost), np.inf), np.zeros(len(slack_cost))
        ones = np.ones(years)
        limit = np.concatenate([np.zeros(count), ones])
        self._cost = np.concatenate([y.cost * y.columns * y.money, slack_cost])
        self._slack_cost = np.concatenate([np.zeros(y.count), slack_cost])
        self._lp = HotProblem(
            rows,
            cost=self._cost,
            col_lower=np.concatenate([y.lower / y.columns, nothing]),
            col_upper=np.concatenate([y.upper / y.columns, infinite]),
            row_lower=np.concatenate([y.row_lower * y.row_scale, limit]),
            row_upper=np.concatenate(
                [y.row_upper * y.row_scale, np.where(one_sided, np.inf, 0.0), ones]
            ),
        )
        self._slack = slice(y.count, y.count + 2 * count + years)

    def add(self, points: Sequence[Point]) -> None:
        """Further points: columns that take part in links, totals and their year's shares."""
        if not points:
            return
        y = self.yearly
        size = self._shares_at + len(self.years)
        indices, values, indptr = [], [], [0]
        for point in points:
            year = self.years[point.year]
            before = slice(0, point.year)
            at = self._links_at + sum(len(q.links) for q in self.years[before])
            after = self._totals_at + sum(len(q.totals) for q in self.years[before])
            index = [at + np.arange(len(year.links)), after + np.arange(len(year.totals))]
            value = [-point.links / y.columns[year.links], -point.totals / y.columns[year.totals]]
            indices.append(np.concatenate([*index, [self._shares_at + point.year]]))
            values.append(np.concatenate([*value, [1.0]]))
            indptr.append(indptr[-1] + len(values[-1]))
        columns: Any = sp.csc_array(
            (np.concatenate(values), np.concatenate(indices), indptr), (size, len(points))
        )
        nothing = np.zeros(len(points))
        self._lp.add_columns(columns, nothing)
        self._cost = np.concatenate([self._cost, nothing])
        self._slack_cost = np.concatenate([self._slack_cost, nothing])
        self.points += points

    def hold(self, whole: Array | None) -> None:
        """Hold the whole columns at values, or free them again with None; slack is free again."""
        y = self.yearly
        lower, upper = y.lower.copy(), y.upper.copy()
        if whole is not None:
            lower[y.integer] = upper[y.integer] = whole
        rest = self._lp.bounds
        self._lp.change_columns(
            np.concatenate([lower / y.columns, rest[0][y.count :]]),
            np.concatenate([upper / y.columns, np.full(len(rest[1]) - y.count, np.inf)]),
        )

    def close_slack(self) -> None:
        """No more slack, where a mix is known that needs none: it may cost more than slack does."""
        lower, upper = self._lp.bounds
        closed = upper.copy()
        closed[self._slack] = 0.0
        self._lp.change_columns(lower, closed)

    def mixed(self, *, free: bool = False) -> Mixed | None:
        """The cheapest plan over the points; None where even slack doesn't help.

        ``free``: only slack costs anything: the plan nearest to one that holds, and the prices of
        what keeps it from holding.
        """
        self._lp.change_costs(self._slack_cost if free else self._cost)
        if not self.points or self._lp.run() != "optimal":
            return None
        value, x, duals = self._lp.answer()
        y = self.yearly
        prices, at = [], self._totals_at
        for year in self.years:
            here = slice(at, at + len(year.totals))
            prices.append(duals[here] / y.columns[year.totals] / y.money)
            at = here.stop
        slack = float(x[self._slack].sum())
        return Mixed(
            cost=value / y.money + y.offset,
            x=x[: y.count] * y.columns,
            holds=slack < NEGLIGIBLE,
            slack=slack,
            prices=prices,
            shares=x[self._slack.stop :],
        )


def _wider_is_free(year: Year) -> Array:
    """Links of which more only relaxes: in one-sided rows alone, and on their slack side."""
    by_link = year.by_link.tocsc()
    count = len(year.links)
    column = np.repeat(np.arange(count), np.diff(by_link.indptr))
    at = by_link.indices
    over, under = np.isfinite(year.upper[at]), np.isfinite(year.lower[at])
    tightens = (over & (by_link.data > 0)) | (under & (by_link.data < 0))
    return np.asarray(np.bincount(column, tightens, count) == 0)
