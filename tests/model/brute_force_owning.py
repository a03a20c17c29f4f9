"""What a plan costs to own: capital, fixed O&M, assets, and the best use of grants in the budget.

Written from docs/model.md sections 1, 2 and 6, apart from optimizer.model.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog

from optimizer.inputs import case as c

Schedule = tuple[tuple[int, float], ...]
"""(builds, size added) by year."""


@dataclass
class Judge:
    """The case; the cheapest years by what stands and the best grants by plan, found so far."""

    case: c.Case
    years: dict[object, float] = field(default_factory=dict)
    grants: dict[object, float] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.case.years)

    def weight(self, year: int) -> float:
        """W_y: the discount factor, for the last year summed to the end of the tail."""
        money, at = self.case.money, self.case.years[year]
        last = money.evaluate_to if year == self.count - 1 else at
        return sum((1 + money.rate) ** (money.base_year - t) for t in range(at, last + 1))


def stands(option: c.MeasureOption, built: int, year: int) -> bool:
    return built <= year and (option.renewal == "forced" or year < built + option.life_years)


def builds_standing(option: c.MeasureOption, schedule: Schedule, year: int) -> int:
    return sum(n for v, (n, _) in enumerate(schedule) if stands(option, v, year))


def _cost_of(option: c.MeasureOption, builds: int, size: float) -> float:
    """Overnight cost before the price trend, on the piece that holds the size."""
    if not builds:
        return 0.0
    pieces = [s for s in option.segments if s.lower - 1e-9 <= size / builds <= s.upper + 1e-9]
    return min(s.intercept * builds + s.slope * size for s in pieces)


def _payments(option: c.MeasureOption, schedule: Schedule, y: int) -> float:
    """Overnight money of a year: its builds, and renewals by force."""
    due = [
        v
        for v in range(y + 1)
        if v == y or (option.renewal == "forced" and (y - v) % option.life_years == 0)
    ]
    return float(option.price_trend[y]) * sum(_cost_of(option, *schedule[v]) for v in due)


def owning(judge: Judge, plan: dict[str, Schedule], states: dict[str, str]) -> float:
    """Capital, fixed O&M, dismantling and resale, grants deducted; infinite beyond the budget."""
    case, total = judge.case, 0.0
    for option in case.measures:
        for y in range(judge.count):
            total += judge.weight(y) * _yearly_owning(judge, option, plan[option.id], y)
    for asset in case.assets:
        total += _asset_cost(judge, asset, states[asset.id])
    renewals = _asset_payments(judge, states)
    key = (tuple(plan.values()), tuple(renewals))
    if key not in judge.grants:
        judge.grants[key] = _grant_worth(judge, plan, renewals)
    return total - judge.grants[key]


def _yearly_owning(judge: Judge, option: c.MeasureOption, schedule: Schedule, y: int) -> float:
    recovery, total = _recovery(judge.case.money.rate, option.life_years), 0.0
    for v, (n, size) in enumerate(schedule):
        if n and stands(option, v, y):
            price = _cost_of(option, n, size)
            bought = v + (y - v) // option.life_years * option.life_years
            total += recovery * float(option.price_trend[bought]) * price
            total += option.fixed_om * size + option.fixed_om_lump * n
            total += option.fixed_om_share * price
            total += _owners_part(judge, option, n, size, (price, v))
    return total


def _money(
    option: c.MeasureOption, rates: c.Rates, builds: int, size: float, cost: tuple[float, int]
) -> float:
    """``cost``: of the size, and the number of the year in which it is built."""
    assert option.financed is not None
    price, built = cost
    of_price = rates.share + rates.priced * float(option.financed.price_trend[built])
    return rates.per_capacity * size + rates.per_build * builds + of_price * price


def _owners_part(
    judge: Judge, option: c.MeasureOption, builds: int, size: float, cost: tuple[float, int]
) -> float:
    """What others are paid over a life, in equal parts; 0 for what the site owns."""
    if option.financed is None:
        return 0.0
    rate, worth = judge.case.money.rate, 0.0
    for n, paid in enumerate(option.financed.payments, 1):
        worth += _money(option, paid, builds, size, cost) * (1 + rate) ** -n
    back = _money(option, option.financed.buy_back, builds, size, cost)
    worth += back * (1 + rate) ** -option.financed.term
    return _recovery(rate, option.life_years) * worth


def _bought_back(option: c.MeasureOption, schedule: Schedule, y: int) -> float:
    """At the start of a year, for what was built a term ago."""
    if option.financed is None or y < option.financed.term:
        return 0.0
    built = y - option.financed.term
    n, size = schedule[built]
    return _money(option, option.financed.buy_back, n, size, (_cost_of(option, n, size), built))


def _recovery(rate: float, life: int) -> float:
    return 1 / life if rate == 0 else rate / (1 - (1 + rate) ** -life)


def _asset_cost(judge: Judge, asset: c.AssetOption, fate: str) -> float:
    capital = asset.renewal_capital_recovery * asset.renewal_capex + asset.renewal_fixed_om
    yearly = {"o": asset.fixed_om, "n": capital, "r": 0.0}
    total = sum(judge.weight(y) * yearly[state] for y, state in enumerate(fate))
    if "r" in fate:
        y = fate.index("r")
        discount = (1 + judge.case.money.rate) ** (judge.case.money.base_year - judge.case.years[y])
        sold = asset.resale if y <= asset.last_old else 0.0
        total += discount * (asset.dismantling - sold)
    return total


def _asset_payments(judge: Judge, states: dict[str, str]) -> list[float]:
    """Money for renewals by year, as far as the budget counts them."""
    paid = [0.0] * judge.count
    for asset in judge.case.assets:
        if "n" in states[asset.id] and not judge.case.budget.exempt_renewals:
            paid[states[asset.id].index("n")] += asset.renewal_capex
    return paid


def _grant_worth(judge: Judge, plan: dict[str, Schedule], renewals: list[float]) -> float:
    """Present worth of the best use of grants within the budget; minus infinity if none fits."""
    case, count = judge.case, judge.count
    options = {o.id: o for o in case.measures}
    spent = [
        renewals[y]
        + sum(_payments(o, plan[o.id], y) + _bought_back(o, plan[o.id], y) for o in case.measures)
        for y in range(count)
    ]
    index = [
        (g, k, y)
        for g in case.grants
        for k in g.measures
        for y in range(count)
        if g.years[y] and plan[k][y][0]
    ]
    rows, limits = [], []
    for y in range(count):
        if case.budget.capex[y] is not None:
            span = range(y + 1) if case.budget.carry_over else (y,)
            limits.append(sum(float(case.budget.capex[v] or 0.0) - spent[v] for v in span))
            rows.append([-1.0 if v in span else 0.0 for _, _, v in index])
    if not index:
        return 0.0 if all(limit >= -1e-6 for limit in limits) else -math.inf
    for at in {(k, y) for _, k, y in index}:
        rows.append([1.0 if i[1:] == at else 0.0 for i in index])
        limits.append(_new_cost(options[at[0]], plan[at[0]], at[1]))
    for grant in case.grants:
        rows.append([1.0 if i[0] is grant else 0.0 for i in index])
        limits.append(grant.cap)
    most = [(0.0, g.share * _new_cost(options[k], plan[k], y)) for g, k, y in index]
    worth = [-_worth(judge, options[k], y) for _, k, y in index]
    found = linprog(worth, A_ub=np.array(rows), b_ub=np.array(limits) + 1e-6, bounds=most)
    return -float(found.fun) if found.status == 0 else -math.inf


def _new_cost(option: c.MeasureOption, schedule: Schedule, y: int) -> float:
    return float(option.price_trend[y]) * _cost_of(option, *schedule[y])


def _worth(judge: Judge, option: c.MeasureOption, built: int) -> float:
    """What a grant of 1 saves: capital recovery in the years of the unit that it helped to buy,
    tail included, and not of the unit that follows it there."""
    money, first = judge.case.money, judge.case.years[built]
    last = min(money.evaluate_to, first + option.life_years - 1)
    worth = sum((1 + money.rate) ** (money.base_year - t) for t in range(first, last + 1))
    return _recovery(money.rate, option.life_years) * worth
