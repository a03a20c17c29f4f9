"""Cuts: what the dispatch of a year can never beat, as a row of the yearly layer.

For prices mu of the year's totals l, and dual solutions u >= 0 (<= 0) of the step rows' lower
(upper) limits, weak duality gives for every plan x and every dispatch of it

    mu . l  >=  u . limits - (u . by_link) x + mu . constants,

since no reduced cost of a step column is negative. With u from a dispatch that was solved at
x_bar the row is tight there. With mu = 0 it says which plans can meet the demand at all.
No price, cost or cap of the yearly layer is in it, and u stays a dual solution whatever the limits
and the links' coefficients are: survival.py says what that is worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import scipy.sparse as sp

from optimizer.solve.blocks import Block, Blocks, Dispatched, Year
from optimizer.solve.matrix import Array
from optimizer.solve.yearly import Yearly

LEAST: Final = 1e-7
"""A coefficient smaller than so much of the row's largest is replaced by its worst contribution:
HiGHS's presolve has taken wrong bounds from rows with coefficients near its tolerance."""
FAINT: Final = 64.0
"""Money per scaled unit below which a priced cut says nothing: its duals are right to HiGHS's 1e-7
only, some 1e-3 money over a year's columns. Prices of 1e-9, rounding of a first phase, gave cuts
that were all noise and, scaled up to 1, took plans away."""
WIDEST: Final = 1e4
"""Scaled value that a column without a bound is taken to stay below where a coefficient goes: ten
TWh, and what they cost at most. A bill of 14 million, taken for ten at most, once made a bound
0.08 % too high."""


KEPT_ROWS: Final = 2**16
"""Step rows of a year up to which a cut keeps its dual solution (24 typical days have some 24,000,
8,760 hours 360,000)."""


@dataclass(frozen=True)
class Cut:
    """prices . totals - slope . links >= least, in the columns of one year (true units).

    ``duals``: of the step rows ``rows`` (block order), from which it follows for any limits and any
    coefficients of links (``shifted``); None where there are too many to keep.
    """

    year: int
    prices: Array
    slope: Array
    least: float
    duals: Array | None
    rows: slice

    @property
    def priced(self) -> bool:
        """Whether it bounds totals; else it bounds the plans that can meet the demand."""
        return bool(self.prices.any())

    def slack(self, year: Year, x: Array) -> float:
        """How far a plan (with its totals) is above the cut; negative: the cut excludes it."""
        return float(self.prices @ x[year.totals] - self.slope @ x[year.links]) - self.least

    def shifted(self, given: Year) -> Cut | None:
        """The same for other limits and coefficients of links, in their order: the duals bound any
        of them as long as the year's own columns have the same coefficients."""
        if self.duals is None:
            return None
        return cut_from(self.year, given, self.prices, self.duals, self.rows)


def cut_from(year: int, given: Year, prices: Array, duals: Array, rows: slice) -> Cut:
    """The cut of a dual solution of some step rows (block order) for one year."""
    lower, upper = given.lower[rows], given.upper[rows]
    kept = duals if len(given.lower) <= KEPT_ROWS else None
    limits = np.where(duals > 0, lower, upper)
    duals = np.where(np.isfinite(limits), duals, 0.0)
    least = float(duals[duals != 0] @ limits[duals != 0])
    whole = rows.stop - rows.start == len(given.lower)
    slope = -np.asarray(duals @ (given.by_link if whole else given.by_link[rows]))
    return Cut(year, prices, slope, least + float(prices @ given.constants), kept, rows)


def cuts_of(blocks: Blocks, year: int, prices: Array, found: Dispatched, at: Array) -> list[Cut]:
    """The cut of a priced dispatch, and the same for every other year of the family that it cuts
    off at ``at``."""
    whole = slice(0, len(found.duals))
    return _for_family(blocks, year, prices, found.duals, whole, at)


def shortage_cuts(
    blocks: Blocks, year: int, found: Sequence[tuple[Block, Array, float]], at: Array
) -> list[Cut]:
    """One cut for each block that is short at a plan whatever it costs."""
    cuts: list[Cut] = []
    nothing = np.zeros(len(blocks.years[year].totals))
    for block, duals, short in found:
        if short > SHORT:
            cuts += _for_family(blocks, year, nothing, duals, block.rows, at)
    return cuts


SHORT: Final = 1e-6
"""MWh of demand that count as unmet."""


def _for_family(
    blocks: Blocks, year: int, prices: Array, duals: Array, rows: slice, at: Array
) -> list[Cut]:
    cuts = [cut_from(year, blocks.years[year], prices, duals, rows)]
    for other, family in enumerate(blocks.family):
        if other != year and family == blocks.family[year]:
            cut = cut_from(other, blocks.years[other], prices, duals, rows)
            if cut.slack(blocks.years[other], at) < -1e-6 * max(1.0, abs(cut.least)):
                cuts.append(cut)
    return cuts


def cut_rows(
    cuts: Sequence[Cut], yearly: Yearly, years: Sequence[Year]
) -> tuple[Any, Array, Array]:
    """(rows, lower limits, scales) in scaled columns, each row's largest coefficient near 1; empty
    rows without a limit for cuts that say nothing."""
    indptr, indices, values, least, scales = [0], [], [], [], []
    for cut in cuts:
        year = years[cut.year]
        columns = np.concatenate([year.totals, year.links])
        scaled = np.concatenate([cut.prices, -cut.slope]) * yearly.columns[columns]
        row, limit = _without_least(scaled, cut.least, columns, yearly)
        if cut.priced and np.abs(row).max() < FAINT:
            row, limit = np.zeros(len(row)), -np.inf
        kept = row != 0
        scale = 2.0 ** -np.round(np.log2(np.abs(row).max(initial=1e-300)))
        indices.append(columns[kept])
        values.append(row[kept] * scale)
        least.append(limit * scale)
        scales.append(scale)
        indptr.append(indptr[-1] + int(kept.sum()))
    rows = sp.csr_array(
        (np.concatenate([[], *values]), np.concatenate([[], *indices]).astype(np.int64), indptr),
        shape=(len(cuts), yearly.count),
    )
    return rows, np.array(least), np.array(scales)


def _without_least(row: Array, least: float, columns: Array, yearly: Yearly) -> tuple[Array, float]:
    """The row without its tiny coefficients, lowered by the most that these can contribute."""
    tiny = (np.abs(row) < LEAST * np.abs(row).max(initial=0.0)) & (row != 0)
    if not tiny.any():
        return row, least
    at = columns[tiny]
    lower = np.maximum(yearly.lower[at] / yearly.columns[at], -WIDEST)
    upper = np.minimum(yearly.upper[at] / yearly.columns[at], WIDEST)
    most = np.maximum(row[tiny] * lower, row[tiny] * upper)
    return np.where(tiny, 0.0, row), least - float(np.maximum(most, 0.0).sum())
