"""How far down the way an internal carbon price leads.

A price p on each weighted tonne beside the cost makes that plan the best whose cost + p x tonnes is
least: where steps rise evenly, the one at which their money per tonne crosses p.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.inputs.case import Case
from optimizer.studies.pareto import Point


@dataclass(frozen=True)
class AtPrice:
    """``price`` [money/t], on top of what the scenario pays for carbon. ``point``: the front's best
    plan at it, counted from 0; as far as costs and bounds can tell the best one lies between
    ``first`` and ``last``."""

    price: float
    point: int
    first: int
    last: int


def at_price(points: Sequence[Point], price: float, share: float = 1.0) -> AtPrice:
    """The point of least share x cost + price x tonnes; ``share`` [1/a] of a present value is its
    equal amount each year, where tonnes are those of one year. Of equals the cleaner."""
    tonnes = np.array([price * point.plan.tonnes for point in points])
    cost = share * np.array([point.plan.cost for point in points]) + tonnes
    least = share * np.array([point.bound for point in points]) + tonnes
    best = len(points) - 1 - int(np.argmin(cost[::-1]))
    possible = np.flatnonzero(least <= cost[best])
    return AtPrice(price, best, int(possible.min()), int(possible.max()))


def own_prices(case: Case) -> tuple[float, ...]:
    """The ends of the case's internal carbon price, else of its abatement ceiling [money/t]; none
    where it has neither."""
    ceiling = () if case.policy.ceiling is None else case.policy.ceiling.price
    table = ceiling if case.internal_carbon_price is None else case.internal_carbon_price
    known = [float(price) for price in table if price is not None]
    return tuple(sorted({min(known), max(known)})) if known else ()
