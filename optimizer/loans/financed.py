"""What a loan pays for: measures, what they cost, what others pay of it, in nominal money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from optimizer.inputs.loan_terms import price_level
from optimizer.plan.verify.given import Given
from optimizer.plan.verify.money import in_scenario_money, whole_life
from optimizer.schema.measure import Measure
from optimizer.schema.scenario import Scenario

Array = NDArray[np.float64]
CENT = 0.01
"""Money below this is none."""


@dataclass(frozen=True)
class Financed:
    """A measure of the plan that the loan is to pay for; money by year of build [nominal]."""

    measure: Measure
    price: Mapping[int, float]
    granted: Mapping[int, float]
    other: float

    @property
    def id(self) -> str:
        """The measure's id."""
        return self.measure.id

    @property
    def life(self) -> int | None:
        """Whole years that it stands; None for what isn't equipment."""
        lifetime = getattr(self.measure, "lifetime", None)
        return None if lifetime is None else whole_life(lifetime)

    def gone_by(self, scenario: Scenario, built: int) -> int | None:
        """Start of the year in which a build doesn't stand any more: its life is over, or the site
        may not use its area any longer. None for what isn't equipment."""
        if self.life is None:
            return None
        until = scenario.site.area_until
        kinds = getattr(self.measure, "area", {})
        return min([built + self.life, *(until[kind] + 1 for kind in kinds if kind in until)])

    @property
    def eligible(self) -> dict[int, float]:
        """Price less grants and other money, by year; never below 0."""
        paid = sum(self.price.values())
        left = 1.0 - self.other / paid if paid > CENT else 0.0
        return {
            year: max(0.0, money * left - self.granted.get(year, 0.0))
            for year, money in self.price.items()
        }


def financed(given: Given, plan: xr.Dataset, finances: tuple[str, ...]) -> tuple[Financed, ...]:
    """The measures named, else each that the plan builds for money, in the order of the offer."""
    prices, grants = (_bought(given.scenario, plan, kind) for kind in ("overnight", "grants"))
    loan = given.scenario.loan
    other = loan.other_money if loan is not None else {}
    found = []
    for name, measure in given.measures.items():
        price = {year: -cash for year, cash in prices.get(name, {}).items()}
        if name in finances or (not finances and price):
            money = in_scenario_money(given.scenario, other.get(name))
            found.append(Financed(measure, price, grants.get(name, {}), money))
    return tuple(found)


def _bought(scenario: Scenario, plan: xr.Dataset, kind: str) -> dict[str, dict[int, float]]:
    """Item -> year -> nominal cash of a class, where there is any."""
    years = plan["cash_year"].values
    level = price_level(scenario, years.astype(float))
    found: dict[str, dict[int, float]] = {}
    cash = plan["cash"].transpose("cash_line", "cash_year").values
    labels = zip(plan["cash_class"].values, plan["cash_item"].values, cash, strict=True)
    for cash_class, item, amounts in labels:
        if str(cash_class) == kind:
            pairs = zip(years.tolist(), (amounts * level).tolist(), strict=True)
            found[str(item)] = {int(year): money for year, money in pairs if abs(money) > CENT}
    return {item: by_year for item, by_year in found.items() if by_year}
