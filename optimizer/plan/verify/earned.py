"""What a plan earns against its baseline, and the figures that stand for it, with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.cash import Cash, Key, cash_years, recomputed_cash

Array = NDArray[np.float64]
NOTHING = 1e-9
"""Money below this share of the largest amount counts as none."""


class Earned:
    """What the plan earns: its cash less the baseline's, and what remains of lives."""

    def __init__(self, plan: Book, baseline: Book) -> None:
        (cash, left), (base, base_left) = recomputed_cash(plan), recomputed_cash(baseline)
        economics, horizon = plan.given.scenario.economics, plan.given.scenario.horizon
        self.years, self.last = np.array(cash_years(plan)), horizon.last
        self.rate = economics.discount_rate
        self.at_end = (1.0 + self.rate) ** (horizon.base_year - self.years.astype(float))
        self.start = self.total(cash, "year_start") - self.total(base, "year_start")
        self.end = self.total(cash, "year_end") - self.total(base, "year_end")
        worth = sum(left.values()) - sum(base_left.values())
        self.remaining = float(worth * self.at_end[-1])
        self.cash, self.base = cash, base

    def total(self, cash: Mapping[Key, Array], timing: str) -> Array:
        """All lines that fall at the start or at the end of a year."""
        found = [money for key, money in cash.items() if key[2] == timing]
        return np.sum(found, axis=0) if found else np.zeros(len(self.years))

    def present(self, start: Array, end: Array) -> Array:
        """Worth in the base year, by year."""
        found: Array = self.at_end * (end + (1.0 + self.rate) * start)
        return found

    def credits(self, cash: Cash) -> float:
        """Present worth of what is paid for credits."""
        paid = [money for (kind, _, _), money in cash.items() if kind == "credits"]
        return float(sum(np.dot(self.at_end, money) for money in paid))


def rate_of_return(start: Array, end: Array) -> tuple[float | None, str | None]:
    """The only rate at which the sum of flow x (1 + rate)^-moment is 0, from the polynomial's
    roots; the end of a year and the start of the next are one moment."""
    flows = np.append(start, 0.0) + np.insert(end, 0, 0.0)
    flows[np.abs(flows) <= NOTHING * np.abs(flows).max()] = 0.0
    signs = np.sign(flows[flows != 0])
    if not np.any(np.diff(signs)):
        return None, "no_sign_change"
    if signs[0] > 0:
        return None, "receives_first"
    roots = np.roots(flows[::-1])
    real = roots.real[(np.abs(roots.imag) <= 1e-6 * np.abs(roots)) & (roots.real > 0)]
    if len(real) != 1:
        return None, "several_rates" if len(real) else "no_rate"
    return float(1.0 / real[0] - 1.0), None


def payback(start: Array, end: Array) -> tuple[float | None, str | None]:
    """Years after which nothing is owed any more, each year's end money coming in evenly."""
    owed, found = 0.0, 0.0
    least = NOTHING * float(np.abs(np.cumsum(start) + np.cumsum(end)).max(initial=0.0))
    for year, (first, later) in enumerate(zip(start, end, strict=True)):
        owed -= first
        if owed > least:
            found = year + (owed / later if later > owed else 1.0)
        owed -= later
    return (None, "not_within") if owed > least else (found, None)
