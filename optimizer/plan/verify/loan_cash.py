"""Cash that can serve debt, worked out again from the two cash flows (docs/loan_rules.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.earned import Earned
from optimizer.plan.verify.tax import taxes, written_off_by
from optimizer.schema.scenario import Scenario

Array = NDArray[np.float64]
NO_CASH = ("overnight", "grants", "resale", "dismantling", "interest_saved")
CARBON = ("carbon", "cbam", "certificates")


@dataclass(frozen=True)
class Served:
    """By cash year, (T,) each, real money: what is saved in costs of the year, what the plan's own
    renewals cost (at most 0), carbon and certificates, income that tax is paid on. ``tax`` of
    such income; ``level``: nominal money per real money; ``inflation`` a year, if given."""

    years: Array
    running: Array
    renewals: Array
    carbon: Array
    taxable: Array
    tax: Callable[[Array], Array]
    level: Array
    inflation: float | None

    @property
    def nominal(self) -> Array:
        """Carbon and tax where they cost, never where they help."""
        costs = np.minimum(self.carbon, 0.0) - np.maximum(self.tax(self.taxable), 0.0)
        found: Array = (self.running + self.renewals + costs) * self.level
        return found

    def less_saved(self, share: float) -> Served:
        """A share of what is saved, where anything is, lacks; it isn't taxed either."""
        lacks = share * np.maximum(self.running, 0.0)
        return replace(self, running=self.running - lacks, taxable=self.taxable - lacks)

    def dearer(self, share: float) -> Served:
        """The plan's own renewals cost more by a share."""
        return replace(self, renewals=self.renewals * (1.0 + share))

    def later(self, years: float) -> Served:
        """Everything comes later; between whole years in proportion."""
        numbers = np.arange(len(self.years), dtype=float)

        def moved(values: Array) -> Array:
            found: Array = np.interp(numbers - years, np.arange(-1, len(values)), [0.0, *values])
            return found

        return replace(
            self, running=moved(self.running), renewals=moved(self.renewals),
            carbon=moved(self.carbon), taxable=moved(self.taxable),
        )  # fmt: skip


def level(scenario: Scenario, years: Array) -> Array:
    """Nominal money of each year per money of the price year."""
    found: Array = (1.0 + (scenario.economics.inflation or 0.0)) ** (years - scenario.price_year)
    return found


def served(plan: Book, baseline: Book) -> Served:
    """From the decisions and cost lines of both sides."""
    scenario, earned = plan.given.scenario, Earned(plan, baseline)
    years = earned.years.astype(float)
    nothing = np.zeros(len(years))
    running, renewals, carbon = nothing.copy(), nothing.copy(), nothing.copy()
    for side, sign in ((earned.cash, 1.0), (earned.base, -1.0)):
        for (kind, item, _), money in side.items():
            if kind == "renewal":
                renewals += sign * money * _bought(plan, earned, item)
            elif kind in CARBON:
                carbon += sign * money
            elif kind not in NO_CASH:
                running += sign * money
    rule, rise = scenario.tax, 1.0 + (scenario.economics.inflation or 0.0)
    taxable = nothing
    if rule is not None:
        written_off = written_off_by(plan, rule, rise) - written_off_by(baseline, rule, rise)
        taxable = earned.end - written_off

    def tax(income: Array) -> Array:
        return nothing if rule is None else taxes(income, rule, rise)

    inflation = scenario.economics.inflation
    return Served(
        years, running, renewals, carbon, taxable, tax, level(scenario, years), inflation
    )  # fmt: skip


def _bought(plan: Book, earned: Earned, item: str) -> bool:
    """Whether an item is a measure that the plan buys."""
    paid = earned.cash.get(("overnight", item, "year_start"))
    return item in plan.built and paid is not None and bool(np.any(paid))
