"""Money of any currency and price year in the scenario's own, and the weight of each year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.errors import nearest
from optimizer.finance import discount_factor
from optimizer.inputs.case import Money
from optimizer.inputs.yearly import locked
from optimizer.schema.scenario import Economics, Horizon, Scenario
from optimizer.units import Quantity


@dataclass(frozen=True)
class Exchange:
    """Brings money to one currency and price year."""

    currency: str
    price_year: int
    economics: Economics

    @classmethod
    def of(cls, scenario: Scenario) -> Exchange:
        """The scenario's currency, price year, exchange rates and deflators."""
        return cls(scenario.currency, scenario.price_year, scenario.economics)

    def bring(self, amount: Quantity) -> float:
        """`amount` in the scenario's money.

        First to the scenario's price year, in its own currency by that currency's deflator; then
        by the exchange rate of the scenario's price year: value x deflator[price year] /
        deflator[its year] x exchange rate. Without a year an amount is of the scenario's price
        year. Raises ValueError, naming what is missing.
        """
        currency = amount.currency or self.currency
        year = amount.price_year or self.price_year
        return amount.value * self.price_rise(currency, year) * self.rate(currency)

    def rate(self, currency: str) -> float:
        """Scenario money per 1 of `currency`; 1 for the scenario's own."""
        if currency == self.currency:
            return 1.0
        if currency not in self.economics.exchange:
            raise ValueError(
                f"economics.exchange has no rate for {currency}; add"
                f" {currency}: <{self.currency} per 1 {currency}>"
            )
        rate = self.economics.exchange[currency]
        if not (np.isfinite(rate) and rate > 0):
            raise ValueError(f"economics.exchange.{currency} is {rate}, must be above 0")
        return float(rate)

    def price_rise(self, currency: str, year: int) -> float:
        """Price level of the scenario's price year over that of `year`, in `currency`."""
        if year == self.price_year:
            return 1.0
        index = self.economics.deflator.get(currency, {})
        for wanted in (year, self.price_year):
            if wanted not in index:
                known = nearest(str(wanted), map(str, index))
                hint = f" (it has {known})" if known else ""
                raise ValueError(f"economics.deflator.{currency} has no index for {wanted}{hint}")
            if not (np.isfinite(index[wanted]) and index[wanted] > 0):
                raise ValueError(
                    f"economics.deflator.{currency}.{wanted} is {index[wanted]}, must be above 0"
                )
        return float(index[self.price_year] / index[year])


def last_counted_year(horizon: Horizon) -> int:
    """E: `evaluate_to` where the horizon is extended, else the last planning year."""
    if horizon.end == "extended":
        return horizon.evaluate_to or horizon.last
    return horizon.last


def money_terms(scenario: Scenario, years: Sequence[int]) -> Money:
    """Discount factors to the base year, and the weight of each planning year (docs/model.md 1).

    D_y = (1 + r)^-(y - base year). W_y = D_y; the last planning year stands also for the tail:
    W_Y = sum of D_t for t = Y … E.
    """
    horizon, rate = scenario.horizon, scenario.economics.discount_rate
    end = last_counted_year(horizon)
    base = horizon.base_year
    discount = np.array([discount_factor(rate, year - base) for year in years])
    weight = discount.copy()
    tail = range(horizon.last, end + 1)
    weight[-1] = sum(discount_factor(rate, year - base) for year in tail)
    return Money(
        rate=rate,
        base_year=base,
        end=horizon.end,
        evaluate_to=end,
        discount=locked(discount),
        weight=locked(weight),
    )
