"""Tables by year as arrays over the planning years."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from optimizer.inputs.case import ByYear, Rule
from optimizer.schema.fields import Yearly

T = TypeVar("T")


class MissingYear(ValueError):
    """A table has no value for these years."""

    def __init__(self, years: Sequence[int]) -> None:
        self.years = tuple(years)
        super().__init__(f"no value for {', '.join(map(str, years))}")


def converted(table: Yearly[T], convert: Callable[[T], float]) -> Yearly[float]:
    """The same table with each given value converted; interpolation comes after conversion."""
    constant = None if table.constant is None else convert(table.constant)
    values = {year: convert(value) for year, value in table.values.items()}
    return Yearly[float](constant=constant, values=values, interpolate=table.interpolate)


def value_at(table: Yearly[float], year: int) -> float | None:
    """The value of one year, or None where the table gives none.

    A constant holds in every year. Between given years a value follows only from `interpolate`:
    `linear` on the straight line between its neighbours, `step` the last given value, which also
    holds after the last given year. Before the first given year there is none.
    """
    if table.constant is not None:
        return float(table.constant)
    if year in table.values:
        return float(table.values[year])
    given = sorted(table.values)
    after = bisect_right(given, year)
    if table.interpolate is None or after == 0:
        return None
    if table.interpolate == "step":
        return float(table.values[given[after - 1]])
    if after == len(given):
        return None
    left, right = given[after - 1], given[after]
    share = (year - left) / (right - left)
    return float(table.values[left]) * (1 - share) + float(table.values[right]) * share


def by_year(table: Yearly[float], years: Sequence[int]) -> ByYear:
    """Values (Y,) in the table's unit; raises MissingYear naming all years without one."""
    values = [value_at(table, year) for year in years]
    missing = [year for year, value in zip(years, values, strict=True) if value is None]
    if missing:
        raise MissingYear(missing)
    return locked(np.array(values, dtype=np.float64))


def rule_by_year(table: Yearly[float] | None, years: Sequence[int]) -> Rule:
    """Limits (Y,); None in a year for which no rule is given."""
    if table is None:
        return (None,) * len(years)
    return tuple(value_at(table, year) for year in years)


def locked(values: ByYear) -> ByYear:
    """The same array, read-only."""
    values.setflags(write=False)
    return values
