"""Largest sizes worth building: bounds that every plan, or some cheapest one, keeps.

They shorten the search and change no optimum. A size beyond what could ever run, fit on the site or
be paid for is never needed, since a smaller one of the same measure does the same for no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil

import numpy as np

from optimizer.inputs.case import ByYear, Case, MeasureOption
from optimizer.model.loan_sizes import loan_outweighs_price, with_loan
from optimizer.model.reach import flow_limits

PASSES = 4
"""Rounds in which smaller sizes make smaller uses, and these smaller sizes."""
ROUNDING = 1e-9
"""Relative room left above a computed size, so that rounding cuts nothing off."""


def useful_sizes(case: Case) -> dict[str, float]:
    """Largest size worth building of each measure, in its capacity unit, at least its smallest.

    The least of its own upper size, what fits on the site, what the best year's money pays, and,
    where a larger size never costs less, what can ever run.
    """
    size = {o.id: max(o.lower, min(o.upper, _fits(case, o))) for o in case.measures}
    for o in case.measures:
        size[o.id] = max(o.lower, min(size[o.id], float(affordable(case, o).max())))
    for _ in range(PASSES):
        before = dict(size)
        limits = flow_limits(case, {o.id: size[o.id] * o.max_builds for o in case.measures})
        for o in case.measures:
            if o.id in limits and not o.connection and _grows_dearer(case, o):
                size[o.id] = max(o.lower, min(size[o.id], _whole(o, limits[o.id])))
        if size == before:
            break
    return size


def tightened(case: Case) -> Case:
    """The case with every measure's sizes and cost curve ending at its largest useful size.

    The number and order of the pieces stay; those out of reach end where they begin.
    """
    size = useful_sizes(case)
    return replace(case, measures=tuple(_ending_at(o, size[o.id]) for o in case.measures))


def tightened_alike(cases: Sequence[Case]) -> tuple[Case, ...]:
    """Each case with every measure ending at the largest size that is useful in any of them: what
    is built for one may stand in another that has less use for it. Stamp them with ``tight=False``.
    """
    sizes: dict[str, float] = {}
    for case in cases:
        for id, size in useful_sizes(case).items():
            sizes[id] = max(size, sizes.get(id, 0.0))
    return tuple(
        replace(case, measures=tuple(_ending_at(o, sizes[o.id]) for o in case.measures))
        for case in cases
    )


def affordable(case: Case, option: MeasureOption) -> ByYear:
    """Largest size of one build that the money of each year can pay [capacity], shape (Y,).

    A build less its own grants leaves the rest of its budget row nothing below 0. Infinite where no
    row counts the year; 0 before the earliest year and where nothing can be paid.
    """
    sizes = np.zeros(len(case.years))
    for i in range(option.earliest, len(case.years)):
        trend, money = float(option.price_trend[i]), _payable(case, option, i)
        sizes[i] = np.inf if trend <= 0 else _bought(option, money / trend)
    return sizes


def _fits(case: Case, option: MeasureOption) -> float:
    """What the site's area holds of a measure alone [capacity]."""
    rooms = (case.area.get(kind, 0.0) / per for kind, per in option.area.items() if per > 0)
    return min(rooms, default=np.inf) * (1 + ROUNDING)


def _spendable(case: Case, i: int) -> float:
    """Most money that builds of year i can take before grants [money]."""
    budget = case.budget
    if not budget.carry_over:
        own = budget.capex[i]
        return np.inf if own is None else own
    sums = np.cumsum([limit or 0.0 for limit in budget.capex])
    rows = [j for j in range(i, len(case.years)) if budget.capex[j] is not None]
    return min((float(sums[j]) for j in rows), default=np.inf)


def _payable(case: Case, option: MeasureOption, i: int) -> float:
    """Highest overnight cost of a measure in year i: budget, loan and grants together [money]."""
    budget = with_loan(case, option, i, _spendable(case, i))
    grants = [g for g in case.grants if option.id in g.measures and g.years[i]]
    own = 1.0 - sum(g.share for g in grants)
    by_share = budget / own if own > 0 else np.inf
    return min(budget + sum(g.cap for g in grants), by_share) * (1 + ROUNDING)


def _bought(option: MeasureOption, money: float) -> float:
    """Largest size whose cost before trends is at most ``money``; 0 if none [capacity]."""
    best = 0.0
    for piece in option.segments:
        if piece.slope * piece.upper + piece.intercept <= money:
            best = max(best, piece.upper)
        elif piece.slope * piece.lower + piece.intercept <= money and piece.slope > 0:
            best = max(best, (money - piece.intercept) / piece.slope)
    return best


def _grows_dearer(case: Case, option: MeasureOption) -> bool:
    """Whether no larger size costs less, to buy or to keep."""
    if loan_outweighs_price(case, option):
        return False
    ends = [s.slope * s.upper + s.intercept for s in option.segments]
    starts = [s.slope * s.lower + s.intercept for s in option.segments[1:]]
    rising = all(s.slope >= 0 for s in option.segments) and all(
        after >= before - ROUNDING * abs(before)
        for before, after in zip(ends, starts, strict=False)
    )
    prices = (option.fixed_om, option.fixed_om_share, float(option.price_trend.min()))
    return rising and min(prices) >= 0


def _whole(option: MeasureOption, size: float) -> float:
    """A size with room for rounding, up to whole units [capacity]."""
    size = size * (1 + ROUNDING)
    if option.unit_size is None or not np.isfinite(size):
        return size
    return ceil(size / option.unit_size) * option.unit_size


def _ending_at(option: MeasureOption, size: float) -> MeasureOption:
    if size >= option.upper:
        return option
    pieces = tuple(replace(s, upper=max(s.lower, min(s.upper, size))) for s in option.segments)
    return replace(option, upper=size, segments=pieces)


def build_limits(case: Case) -> Mapping[tuple[str, int], float]:
    """Largest single build of each measure in each year [capacity]; ``case`` is a tightened one.

    0 where the year's money does not pay for the smallest size.
    """
    limits: dict[tuple[str, int], float] = {}
    for option in case.measures:
        most = np.minimum(option.upper, affordable(case, option))
        enough = most >= option.lower * (1 - ROUNDING)
        for year, size in zip(case.years, np.where(enough, most, 0.0), strict=True):
            limits[option.id, year] = float(size)
    return limits
