"""What of a decomposed search stays true when its case changes.

Cuts and points speak of the step layer alone: how links and yearly totals hang together. No price,
cost, cap or budget of the yearly layer is in them. A cut is a dual solution of a year's steps, and
which solutions there are hangs on the coefficients of the steps' own columns and of the totals, not
on limits nor on what a link counts for: with other ones the same solution gives another cut, as
true as the first (Cut.shifted). What differs is found here, coefficient by coefficient, and not
concluded from what was changed.

| what differs in a year's steps | what stays of that year |
| --- | --- |
| nothing: prices (of all that is a total), caps, ETS, credits, budget, capex, O&M, discount rate, sizes on offer, measures held at nothing | cuts and points |
| limits, and coefficients of links: demand, output, availability, a limit on imports | cuts, shifted by their duals; no points, since a dispatch of other demands holds no longer |
| coefficients of the steps' own columns or of totals, which limits there are: efficiency, COP, the shape of a tariff, typical days, another measure; with seasonal stores anything at all | nothing |
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from optimizer.solve.blocks import Blocks, Year
from optimizer.solve.cuts import Cut
from optimizer.solve.inner import Point
from optimizer.solve.matrix import Matrix
from optimizer.solve.peaks import covering_peaks

Change = Literal["same", "limits", "coefficients"]
SAME: Final[Change] = "same"
OTHER: Final[Change] = "coefficients"
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Survival:
    """``years``: what differs in each year's steps; ``differs``: the names of the step rows and
    totals that do, or of what makes two problems incomparable."""

    years: tuple[Change, ...]
    differs: tuple[str, ...] = ()

    @property
    def everything(self) -> bool:
        """Whether all cuts and points stay."""
        return all(change == "same" for change in self.years)

    @property
    def duals(self) -> bool:
        """Whether every dual solution of the steps is still one."""
        return OTHER not in self.years


def survival(old: Matrix, new: Matrix) -> Survival:
    """Compare the step layers of two stamped problems, year by year."""
    apart = _incomparable(old, new)
    if apart:
        return Survival((OTHER,) * new.shape[0], apart)
    names = [*old.step_rows, *(" ".join(total) for total in old.total_rows)]
    own, links = _coefficients_differ(old, new)
    moved, other = _limits_differ(old, new)
    values, limits = _by_kind(old, own | other), _by_kind(old, links | moved)
    years = tuple(_change(values[:, y], limits[:, y]) for y in range(old.shape[0]))
    differ = np.flatnonzero((values | limits).any(axis=1))
    return Survival(years, tuple(names[k] for k in differ))


def _change(values: Flags, limits: Flags) -> Change:
    if values.any():
        return OTHER
    return "limits" if limits.any() else SAME


def _incomparable(old: Matrix, new: Matrix) -> tuple[str, ...]:
    """What of the two step layers has another shape."""
    pairs: dict[str, tuple[Any, Any]] = {
        "years": (old.case.years, new.case.years),
        "periods and steps": (old.shape, new.shape),
        "step columns": (list(old.step_columns), list(new.step_columns)),
        "step rows": (list(old.step_rows), list(new.step_rows)),
        "totals": (list(old.total_rows), list(new.total_rows)),
        "seasonal stores": (list(old.end_rows), list(new.end_rows)),
    }
    apart = tuple(name for name, (a, b) in pairs.items() if a != b)
    if apart:
        return apart
    hours = (old.case.axis.hours_a_year, new.case.axis.hours_a_year)
    if not np.array_equal(*hours):
        return ("hours a year of each step",)
    if _months(old) != _months(new):
        return ("days of each billed peak",)
    order = (old.case.axis.period_of_day, new.case.axis.period_of_day)
    return ("order of the days",) if old.end_rows and not np.array_equal(*order) else ()


def _months(matrix: Matrix) -> dict[str, list[str]]:
    name = matrix.yearly_names
    peaks = covering_peaks(matrix)
    return {name[day]: sorted(name[month] for month in months) for day, months in peaks.items()}


def _steps(matrix: Matrix) -> slice:
    """The step and total rows."""
    first = min([*matrix.step_rows.values(), *matrix.total_rows.values()])
    return slice(first, min(matrix.end_rows.values(), default=matrix.rows.shape[0]))


def _coefficients_differ(old: Matrix, new: Matrix) -> tuple[Flags, Flags]:
    """Which step and total rows have another coefficient of a column of their own, and which of a
    link. What totals and seasonal stores hold counts as their own."""
    a, b = old.rows[_steps(old)], _renamed(old, new)
    if np.array_equal(a.indptr, b.indptr) and np.array_equal(a.indices, b.indices):
        at = np.flatnonzero(a.data != b.data)
        rows, columns = np.searchsorted(a.indptr, at, side="right") - 1, a.indices[at]
    else:
        difference = sp.csr_array(a - b)
        difference.eliminate_zeros()
        rows, columns = difference.tocoo().coords
    steps = len(old.step_rows) * int(np.prod(old.shape))
    link = (columns < len(old.yearly_columns)) & (rows < steps) & (not old.end_rows)
    own, links = np.zeros(a.shape[0], dtype=bool), np.zeros(a.shape[0], dtype=bool)
    own[rows[~link]], links[rows[link]] = True, True
    return own, links


def _renamed(old: Matrix, new: Matrix) -> Any:
    """The step and total rows of ``new`` in the columns of ``old``; what the yearly layer of
    ``old`` hasn't got lies behind them."""
    rows, width = new.rows[_steps(new)], len(old.cost)
    moved = column_of(old, new)
    if len(new.cost) == width and np.array_equal(moved, np.arange(len(moved))):
        return rows
    unknown = moved < 0
    moved[unknown] = width + np.flatnonzero(unknown)
    steps = np.arange(len(new.cost) - len(moved)) + len(old.yearly_columns)
    translated = np.concatenate([moved, steps])[rows.indices]
    found = sp.csr_array((rows.data, translated, rows.indptr), (rows.shape[0], width + len(moved)))
    found.sort_indices()
    return sp.csr_array(found[:, :width]) if not unknown.any() else _checked(found, width)


def _checked(found: Any, width: int) -> Any:
    """Without columns that no row refers to; one that is referred to shows as a difference."""
    beyond = found[:, width:]
    strange = np.repeat(np.arange(beyond.shape[0]), np.diff(beyond.indptr))
    kept = sp.csr_array(found[:, :width])
    if len(strange):
        marks = (np.full(len(strange), np.inf), (strange, np.zeros_like(strange)))
        kept = sp.csr_array(kept + sp.csr_array(marks, shape=kept.shape))
    return kept


def _limits_differ(old: Matrix, new: Matrix) -> tuple[Flags, Flags]:
    """Which step and total rows have another limit, and which a limit more or less (or, with
    seasonal stores, another one)."""
    a, b = _steps(old), _steps(new)
    pairs = (old.row_lower[a], new.row_lower[b]), (old.row_upper[a], new.row_upper[b])
    moved = np.logical_or(*[x != y for x, y in pairs])
    other = np.logical_or(*[np.isfinite(x) != np.isfinite(y) for x, y in pairs])
    return moved, moved if old.end_rows else other


def _by_kind(matrix: Matrix, rows: Flags) -> Flags:
    """Flags of the step and total rows -> of (kind of row, year)."""
    years, size = matrix.shape[0], int(np.prod(matrix.shape))
    steps = len(matrix.step_rows)
    first = rows[: steps * size].reshape(steps, years, -1).any(axis=2)
    return np.concatenate([first, rows[steps * size :].reshape(-1, years)])


def column_of(old: Matrix, new: Matrix) -> NDArray[np.int64]:
    """For each yearly column of ``new`` the column of the same name in ``old``, or -1."""
    known = {name: j for j, name in enumerate(old.yearly_names)}
    return np.array([known.get(name, -1) for name in new.yearly_names], dtype=np.int64)


def renamed_blocks(blocks: Blocks, old: Matrix, new: Matrix) -> Blocks:
    """The same days, still hot, for a problem with the same steps whose yearly columns moved."""
    back = column_of(new, old)
    years = [replace(y, links=back[y.links], totals=back[y.totals]) for y in blocks.years]
    return replace(blocks, years=years)


def surviving(
    kept: Survival,
    old: tuple[Matrix, Sequence[Year]],
    new: tuple[Matrix, Sequence[Year]],
    cuts: Sequence[Cut],
    points: Sequence[Point],
) -> tuple[list[Cut], list[Point]]:
    """Cuts and points of the years whose steps are the same, and shifted cuts of those with other
    limits, in the new order of links."""
    moved = column_of(*[matrix for matrix, _ in (old, new)])
    links, totals = {}, {}
    for y, (before, after) in enumerate(zip(old[1], new[1], strict=True)):
        if kept.years[y] == "same":
            links[y] = _places(before.links, moved[after.links])
            totals[y] = _places(before.totals, moved[after.totals])
    true: list[Cut | None] = []
    for c in cuts:
        if c.year in links:
            prices, slope = c.prices[totals[c.year]], c.slope[links[c.year]]
            true.append(replace(c, prices=prices, slope=slope))
        elif kept.years[c.year] == "limits":
            true.append(c.shifted(new[1][c.year]))
    return (
        [cut for cut in true if cut is not None],
        [replace(p, links=p.links[links[p.year]], totals=p.totals[totals[p.year]])
         for p in points if p.year in links],
    )  # fmt: skip


def _places(before: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each wanted column stands in ``before``; both hold the same ones."""
    place = {int(column): k for k, column in enumerate(before)}
    return np.array([place[int(column)] for column in wanted], dtype=np.int64)
