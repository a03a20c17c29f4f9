"""The dispatch of a plan, taken apart by days: small linear problems kept hot in memory.

Most storage is cyclic within the day, so once the yearly quantities that a step refers to (the
links) are given, the days of a year share nothing but the yearly totals. Those are not fixed but
priced: each day minimises sum of price x its share of each total.

Years whose steps have the same coefficients share their blocks: they differ in limits only, and
a day's dual solution bounds the same day of each of them (cuts.py). Where a store is cyclic over
the year, a year is one block, with all that couples its days (seasonal.py).

The blocks hold the very rows and columns of the stamped matrix, permuted.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from optimizer.solve.hot import HotProblem
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.peaks import covering_peaks
from optimizer.solve.seasonal import season_columns, season_rows

Indices = NDArray[np.int64]
ELASTIC: Final = "carrier_balance"
"""Step rows that a plan too small for its demand breaks. With these and the peaks relaxed every day
has a dispatch: nothing runs, all demand is unmet."""
PEAK: Final = "peak_within_day"
"""Step rows that a day's peak above the billed one breaks, at the price of raising the bill."""
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
    total's coefficients on the year's own columns, (K, C); ``constants``: (K,).
    """

    links: Indices
    by_link: Any
    lower: Array
    upper: Array
    totals: Indices
    rates: Any
    constants: Array


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


def make_blocks(matrix: Matrix, *, days: int = 1, threads: int = 2) -> Blocks:
    """The blocks of a stamped matrix, ``days`` days in each.

    With seasonal stores a year is one block, and no other year's: so long a chain of days takes ten
    times as many steps from another year's solution as from its own last one.
    """
    tied = bool(matrix.end_rows)
    days = matrix.shape[1] if tied else days
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
    family = _families(inner)
    elastic = _elastic(matrix)
    made: list[list[Block]] = []
    for y, like in enumerate(family):
        first = family.index(like)
        new = tied or first == y
        made.append(_make(matrix, inner[y], found[y], elastic, days) if new else made[first])
    return Blocks(found, family, made, ThreadPoolExecutor(threads))


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
    return Year(
        links=links,
        by_link=sp.csr_array(linked[:, links]),
        lower=matrix.row_lower[rows],
        upper=matrix.row_upper[rows],
        totals=np.array(totals, dtype=np.int64),
        rates=-sp.csr_array(matrix.rows[placed][:, columns]),
        constants=matrix.row_lower[placed],
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
