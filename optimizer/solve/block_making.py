"""Making the blocks: rows and columns of a stamped matrix, permuted year by year and day by day.

Years whose steps have the same coefficients share their blocks: they differ in limits only, and
a day's dual solution bounds the same day of each of them (cuts.py). Where a store is cyclic over
the year, a year is one block, with all that couples its days (seasonal.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from optimizer.solve.blocks import Block, Blocks, Indices, Year
from optimizer.solve.hot import HotProblem
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.peaks import covering_peaks
from optimizer.solve.seasonal import season_columns, season_rows

ELASTIC: Final = "carrier_balance"
"""Step rows that a plan too small for its demand breaks. With these and the peaks relaxed every day
has a dispatch: nothing runs, all demand is unmet."""
PEAK: Final = "peak_within_day"
"""Step rows that a day's peak above the billed one breaks, at the price of raising the bill."""


def make_blocks(matrix: Matrix, *, days: int = 1, threads: int = 2) -> Blocks:
    """The blocks of a stamped matrix, ``days`` days in each.

    With seasonal stores a year is one block, and no other year's: so long a chain of days takes ten
    times as many steps from another year's solution as from its own last one.
    """
    tied = bool(matrix.end_rows)
    days = matrix.shape[1] if tied else days
    found, inner = _years(matrix)
    family = _families(inner)
    elastic = _elastic(matrix)
    made: list[list[Block]] = []
    for y, like in enumerate(family):
        first = family.index(like)
        new = tied or first == y
        made.append(_make(matrix, inner[y], found[y], elastic, days) if new else made[first])
    return Blocks(found, family, made, ThreadPoolExecutor(threads))


def with_limits(blocks: Blocks, matrix: Matrix) -> Blocks:
    """The same days, still hot, for a problem whose steps have other limits or other coefficients
    of links, but the same of their own columns."""
    return replace(blocks, years=_years(matrix)[0])


def _years(matrix: Matrix) -> tuple[list[Year], list[Any]]:
    """What each year's blocks need, and the coefficients of its own columns in block order."""
    billed, found, inner = _billed(matrix), [], []
    for y, (rows, columns) in enumerate(_by_year(matrix)):
        inside = matrix.rows[rows]
        linked = sp.csr_array(inside[:, : len(matrix.yearly_columns)])
        inner.append(sp.csr_array(inside[:, columns]))
        own = np.isin(linked.indices, columns)
        linked.data[own] = 0.0
        linked.eliminate_zeros()
        linked.indices = billed[linked.indices]
        found.append(_year(matrix, y, rows, columns, linked))
    return found, inner


def _by_year(matrix: Matrix) -> list[tuple[Indices, Indices]]:
    """(rows, columns) of each year in block order: its days in turn, then what couples them."""
    years, periods, hours = matrix.shape
    first, start = len(matrix.yearly_columns), min(matrix.step_rows.values())
    rows = _by_day(len(matrix.step_rows), years * periods, hours) + start
    columns = _by_day(len(matrix.step_columns), years * periods, hours) + first
    return [
        (np.concatenate([own_rows, tied]), np.concatenate([own_columns, levels]))
        for own_rows, tied, own_columns, levels in zip(
            rows.reshape(years, -1),
            season_rows(matrix),
            columns.reshape(years, -1),
            season_columns(matrix),
            strict=True,
        )
    ]


def _billed(matrix: Matrix) -> Indices:
    """Yearly column that each yearly column is read as: a day's peak is that of the only month
    that it lies in, where it lies in one; lower it never helps."""
    read_as = np.arange(len(matrix.yearly_columns))
    for day, months in covering_peaks(matrix).items():
        if len(months) == 1:
            read_as[day] = months[0]
    return read_as


def _by_day(kinds: int, days: int, hours: int) -> Indices:
    """Order of (kind, day, hour) that brings each day together, hour by hour."""
    index = np.arange(kinds * days * hours).reshape(kinds, days, hours)
    return np.ascontiguousarray(index.transpose(1, 2, 0)).ravel()


def _year(matrix: Matrix, y: int, rows: Indices, columns: Indices, linked: Any) -> Year:
    names = list(matrix.total_rows)
    placed = np.array([matrix.total_rows[name] + y for name in names], dtype=np.int64)
    year = matrix.case.years[y]
    totals = [matrix.column(matrix.layer.model.total[(*name, year)]) for name in names]
    links = np.unique(linked.indices).astype(np.int64)
    rates = -sp.csr_array(matrix.rows[placed][:, columns])
    hours = np.repeat(matrix.case.axis.hours_a_year, len(matrix.step_columns))
    per_hour = abs(rates[:, : len(hours)]) / hours
    return Year(
        links=links,
        by_link=sp.csr_array(linked[:, links]),
        lower=matrix.row_lower[rows],
        upper=matrix.row_upper[rows],
        totals=np.array(totals, dtype=np.int64),
        rates=rates,
        constants=matrix.row_lower[placed],
        largest=np.asarray(per_hour.max(axis=1).todense()).ravel(),
    )


def _families(inner: Sequence[Any]) -> list[int]:
    """Number of the first year with the same coefficients, counted without holes."""
    found: list[int] = []
    leaders: list[Any] = []
    for one in inner:
        same = [
            k
            for k, other in enumerate(leaders)
            if np.array_equal(one.indptr, other.indptr)
            and np.array_equal(one.indices, other.indices)
            and np.array_equal(one.data, other.data)
        ]
        found.append(same[0] if same else len(leaders))
        if not same:
            leaders.append(one)
    return found


def _elastic(matrix: Matrix) -> tuple[Indices, Array]:
    """Rows of a year with slack (block order), and the hours each stands for."""
    _, periods, hours = matrix.shape
    kinds = len(matrix.step_rows)
    at = np.flatnonzero(np.tile(_kinds(matrix, ELASTIC), periods * hours))
    return at, np.repeat(matrix.case.axis.hours_a_year.ravel(), kinds)[at]


def _kinds(matrix: Matrix, prefix: str) -> NDArray[np.bool_]:
    """Which kinds of step rows bear a name, in the order of the rows."""
    names = sorted(matrix.step_rows, key=lambda n: matrix.step_rows[n])
    return np.array([name.startswith(prefix) for name in names])


def _peaks(matrix: Matrix, days: int, height: int) -> Any:
    """One column a day and billed carrier, -1 in each of its rows, days in turn; ``height`` rows
    in all."""
    hours, kinds = matrix.shape[2], len(matrix.step_rows)
    billed = np.flatnonzero(_kinds(matrix, PEAK))
    day, step, k = np.indices((days, hours, len(billed)))
    rows = ((day * hours + step) * kinds + billed[k]).ravel()
    columns = (day * len(billed) + k).ravel()
    shape = (height, days * len(billed))
    return sp.csr_array((np.full(len(rows), -1.0), (rows, columns)), shape=shape)


def _make(
    matrix: Matrix, inner: Any, year: Year, elastic: tuple[Indices, Array], days: int
) -> list[Block]:
    """One hot problem for every ``days`` days; what couples days is in the last."""
    _, periods, hours = matrix.shape
    height, width = (len(kinds) * hours for kinds in (matrix.step_rows, matrix.step_columns))
    made = []
    for p in range(0, periods, days):
        last = min(p + days, periods)
        ends = (last * height, last * width) if last < periods else inner.shape
        rows, columns = slice(p * height, ends[0]), slice(p * width, ends[1])
        a, b = np.searchsorted(elastic[0], (rows.start, rows.stop))
        part = inner[rows]
        part = sp.csr_array(
            (part.data, part.indices - columns.start, part.indptr),
            shape=(rows.stop - rows.start, columns.stop - columns.start),
        )
        slack = sp.csr_array(
            (np.ones(b - a), (elastic[0][a:b] - rows.start, np.arange(b - a))),
            shape=(part.shape[0], b - a),
        )
        above = _peaks(matrix, last - p, part.shape[0])
        billed = above.shape[1] // (last - p)
        total = part.shape[1] + b - a + above.shape[1]
        problem = HotProblem(
            sp.csr_array(sp.hstack([part, slack, above], format="csr")),
            cost=np.concatenate(
                [np.zeros(part.shape[1]), elastic[1][a:b], np.zeros(above.shape[1])]
            ),
            col_lower=np.zeros(total),
            col_upper=np.full(total, np.inf),
            row_lower=year.lower[rows],
            row_upper=year.upper[rows],
        )
        made.append(
            Block(problem, rows, columns, elastic[1][a:b], slice(p * billed, last * billed))
        )
    return made
