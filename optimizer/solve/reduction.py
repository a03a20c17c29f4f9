"""What rows settle by themselves: columns that they hold at one value, rows that say nothing more.

A unit that isn't built can't run, so that its flows, its store and its outputs are known without a
solver. Once a portfolio is held, that is three quarters of a year's columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from optimizer.solve.matrix import Array

Flags = NDArray[np.bool_]
Indices = NDArray[np.int64]
EQUAL: Final = 1e-12
"""Limits so near, relative to their size, leave one value."""
BROKEN: Final = 1e-6
"""What a row of fixed columns may be beyond its limit, relative to its terms: values come from a
solver, whose own tolerance is a tenth of that."""
MOST_ROUNDS: Final = 50


@dataclass(frozen=True)
class Settled:
    """``lower``, ``upper``: bounds that columns have by themselves and by the rows that are left
    out; ``rows``: those that still say something, ascending; ``broken``: no values keep them."""

    lower: Array
    upper: Array
    rows: Indices
    broken: bool

    @property
    def fixed(self) -> Flags:
        """Columns of one value, ``lower``."""
        return _equal(self.lower, self.upper)


@dataclass
class _Open:
    """Entries (row, column, value) of open rows in columns that aren't fixed; limits of all rows
    without what fixed columns take."""

    row: Indices
    column: Indices
    value: Array
    least: Array
    most: Array

    def keep(self, entries: Flags) -> None:
        self.row, self.column = self.row[entries], self.column[entries]
        self.value = self.value[entries]

    def substitute(self, lower: Array, upper: Array) -> None:
        """Fixed columns leave the rows."""
        fixed = _equal(lower, upper)[self.column]
        at = self.column[fixed]
        taken = np.bincount(self.row[fixed], self.value[fixed] * lower[at], len(self.least))
        self.least, self.most = self.least - taken, self.most - taken
        self.keep(~fixed)


def settle(rows: Any, lower: Array, upper: Array, row_lower: Array, row_upper: Array) -> Settled:
    """Reduce row_lower <= rows x <= row_upper, lower <= x <= upper until nothing more follows.

    Rows of one open column become its bounds; rows that hold only with every column at one of its
    bounds put it there; rows that can't be broken go (Andersen and Andersen, Mathematical
    Programming 71 (1995) 221). ``rows``: compressed by row.
    """
    lower, upper = lower.copy(), upper.copy()
    height = rows.shape[0]
    numbers = np.repeat(np.arange(height), np.diff(rows.indptr))
    left = _Open(numbers, rows.indices.astype(np.int64), rows.data, row_lower, row_upper)
    alive = np.ones(height, dtype=bool)
    for _ in range(MOST_ROUNDS):
        left.substitute(lower, upper)
        done = _one_round(left, lower, upper, height)
        if not done.any():
            break
        alive &= ~done
        left.keep(~done[left.row])
    alive &= np.bincount(left.row, minlength=height) > 0
    open_ = ~_equal(lower, upper)
    known = np.bincount(numbers, open_[rows.indices], height) == 0
    broken = _crossed(lower, upper) or beyond(
        rows[known], lower, row_lower[known], row_upper[known]
    )
    return Settled(lower, upper, np.flatnonzero(alive), broken)


def _crossed(lower: Array, upper: Array) -> bool:
    """Whether a column has no value left."""
    finite = np.isfinite(lower) & np.isfinite(upper)
    beyond = lower[finite] - upper[finite]
    return bool((beyond > BROKEN * np.maximum(1.0, np.abs(lower[finite]))).any())


def beyond(rows: Any, x: Array, least: Array, most: Array) -> bool:
    """Whether rows of fixed columns are beyond their limits."""
    fixed = np.where(np.isfinite(x), x, 0.0)
    value = rows @ fixed
    spare = BROKEN * np.maximum(1.0, abs(rows) @ np.abs(fixed))
    return bool(((value < least - spare) | (value > most + spare)).any())


def _one_round(left: _Open, lower: Array, upper: Array, height: int) -> Flags:
    """Rows that are settled now; tightens ``lower`` and ``upper`` in place by what they say."""
    column, value = left.column, left.value
    up = value > 0
    below = np.where(up, value * lower[column], value * upper[column])
    above = np.where(up, value * upper[column], value * lower[column])
    lowest = np.bincount(left.row, below, height).astype(np.float64)
    highest = np.bincount(left.row, above, height).astype(np.float64)
    counts = np.bincount(left.row, minlength=height)
    at_most = (counts > 0) & _equal(lowest, left.most)
    at_least = (counts > 0) & _equal(left.least, highest)
    single = (counts == 1) & ~at_most & ~at_least
    free = (counts > 0) & (lowest >= left.least) & (highest <= left.most)
    _push(left, at_most, lower, upper, down=True)
    _push(left, at_least & ~at_most, lower, upper, down=False)
    e = np.flatnonzero(single[left.row])
    r, v = left.row[e], value[e]
    np.maximum.at(lower, column[e], np.where(v > 0, left.least[r], left.most[r]) / v)
    np.minimum.at(upper, column[e], np.where(v > 0, left.most[r], left.least[r]) / v)
    done: Flags = at_most | at_least | single | free
    return done


def _push(left: _Open, rows: Flags, lower: Array, upper: Array, *, down: bool) -> None:
    """Every column of some rows to the bound at which the row is lowest (or highest)."""
    e = rows[left.row]
    at_lower = e & ((left.value > 0) == down)
    at_upper = e & ~at_lower
    upper[left.column[at_lower]] = lower[left.column[at_lower]]
    lower[left.column[at_upper]] = upper[left.column[at_upper]]


def _equal(a: Array, b: Array) -> Flags:
    """Where a finite upper limit ``b`` leaves one value above ``a``, or rounding put it below."""
    with np.errstate(invalid="ignore"):
        size = np.maximum(1.0, np.abs(a))
        near: Flags = (b - a <= EQUAL * size) & (a - b <= BROKEN * size)
    return near & np.isfinite(a) & np.isfinite(b)
