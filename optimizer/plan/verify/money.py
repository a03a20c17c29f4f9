"""Money and years: conversion, tables by year, discounting, capital recovery, cost of a size.

Written from docs/model.md sections 1 and 2 alone, so that a slip in the solver's own figures shows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.reading import UnreadableRun
from optimizer.schema.capex import Capex
from optimizer.schema.fields import Yearly
from optimizer.schema.scenario import Scenario
from optimizer.units import Quantity

Array = NDArray[np.float64]
T = TypeVar("T")


def in_scenario_money(scenario: Scenario, amount: Quantity | None) -> float:
    """The amount in the scenario's currency and price year; 0 where none is given.

    value x index[price year] / index[year written] in its own currency, then x exchange rate.
    """
    if amount is None:
        return 0.0
    currency = amount.currency or scenario.currency
    year = amount.price_year or scenario.price_year
    value = amount.value
    try:
        if year != scenario.price_year:
            index = scenario.economics.deflator[currency]
            value *= index[scenario.price_year] / index[year]
        if currency != scenario.currency:
            value *= scenario.economics.exchange[currency]
    except KeyError as error:
        text = f"inputs/scenario.yaml: no conversion of {amount.text} ({error})"
        raise UnreadableRun(text) from None
    return value


def in_year(table: Yearly[T], year: int, number: Callable[[T], float]) -> float | None:
    """The table's value in one year, None where it gives none.

    A constant holds always; a given year holds itself; between given years `linear` draws the
    straight line and `step` keeps the last given value, also after the last given year.
    """
    if table.constant is not None:
        return number(table.constant)
    if year in table.values:
        return number(table.values[year])
    before = max((y for y in table.values if y < year), default=None)
    after = min((y for y in table.values if y > year), default=None)
    if before is None or table.interpolate is None:
        return None
    if table.interpolate == "step":
        return number(table.values[before])
    if after is None:
        return None
    low, high = number(table.values[before]), number(table.values[after])
    return low + (high - low) * (year - before) / (after - before)


def by_year(
    table: Yearly[T] | None, years: Sequence[int], number: Callable[[T], float], missing: float
) -> Array:
    """The table over the planning years, `missing` where it gives no value (or is no table)."""
    if table is None:
        return np.full(len(years), missing)
    found = [in_year(table, year, number) for year in years]
    return np.array([missing if value is None else value for value in found], np.float64)


def capital_recovery(rate: float, life: int) -> float:
    """Share of an investment paid a year over `life` years: r / (1 - (1+r)^-n), 1/n at r = 0."""
    return 1.0 / life if rate == 0 else rate / (1.0 - (1.0 + rate) ** -life)


def worth_of_years(rate: float, years: int) -> float:
    """Worth today of 1 at the end of each of the next `years` years; 0 for none."""
    if years <= 0:
        return 0.0
    return float(years) if rate == 0 else (1.0 - (1.0 + rate) ** -years) / rate


def whole_life(lifetime: float) -> int:
    """A life in whole years: rounded down, at least 1."""
    return max(1, math.floor(lifetime + 1e-9))


def weights(scenario: Scenario) -> dict[str, Array]:
    """Weight of each planning year by timing: recurring W, one_off D, year_start D(1+r)."""
    horizon, rate = scenario.horizon, scenario.economics.discount_rate
    years = range(horizon.first, horizon.last + 1)
    discount = np.array([(1.0 + rate) ** -(year - horizon.base_year) for year in years])
    recurring = discount.copy()
    end = horizon.last
    if horizon.end == "extended":
        end = horizon.evaluate_to or horizon.last
    recurring[-1] = sum(
        (1.0 + rate) ** -(year - horizon.base_year) for year in range(horizon.last, end + 1)
    )
    return {"recurring": recurring, "one_off": discount, "year_start": discount * (1.0 + rate)}


class CostOfSize:
    """Overnight cost of one build, by its size: fixed + price x size, or lines between points; each
    raised by the contingency that comes on top of the prices."""

    def __init__(self, capex: Capex, money: Callable[[Quantity | None], float]) -> None:
        more = 1.0
        if capex.contingency is not None and capex.contingency.on_top is not None:
            more += capex.contingency.on_top
        self.fixed, self.price = more * money(capex.fixed), more * money(capex.price)
        self.sizes = [point.at.value for point in capex.points]
        self.totals = [
            more * (money(point.total) if point.total else money(point.price) * point.at.value)
            for point in capex.points
        ]

    def __call__(self, size: float) -> float:
        """Cost of one unit of this size before any price trend; below the first point and above the
        last, that point's cost per unit of capacity holds.
        """
        if not self.sizes:
            return self.fixed + self.price * size
        for end, beyond in ((0, size <= self.sizes[0]), (-1, size >= self.sizes[-1])):
            if beyond:
                return self.totals[end] / self.sizes[end] * size
        return float(np.interp(size, self.sizes, self.totals))

    def several(self, total: float, count: int, lower: float, upper: float) -> tuple[float, float]:
        """Least and most that `count` units of `total` size together can cost, each in its range.

        The costs of a size range lie between the lower and the upper hull of the curve's corners,
        so count x hull(total / count) encloses every split. One unit or straight prices: equal.
        """
        if count <= 1 or not self.sizes:
            cost = self(total) if count == 1 else self.fixed * count + self.price * total
            return cost, cost
        corners = sorted({lower, upper, *(s for s in self.sizes if lower < s < upper)})
        costs = [self(size) for size in corners]
        mean = min(max(total / count, lower), upper)
        pairs = [
            _on_line(mean, corners[i], corners[j], costs[i], costs[j])
            for i in range(len(corners))
            for j in range(i, len(corners))
            if corners[i] <= mean <= corners[j]
        ]
        return count * min(pairs), count * max(pairs)


def _on_line(at: float, left: float, right: float, low: float, high: float) -> float:
    return low if right == left else low + (high - low) * (at - left) / (right - left)


def for_market(table: Any, market: str) -> Any:
    """The market's own column, else the one for any market, else None."""
    own = getattr(table, market)
    return own if own is not None else table.any
