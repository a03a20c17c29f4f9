"""Rules that the plan meets with nothing to spare."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

from optimizer.inputs.case import Case, MeasureOption
from optimizer.plan.borrowed import added_to_budget

TIGHT = 1e-4
"""A rule binds if less than this share of its limit is left."""


def binding_rules(case: Case, plan: xr.Dataset) -> list[dict[str, Any]]:
    """(rule, year, limit, value) of every rule of policy, budget and site that binds."""
    credits = plan["credits"].values.sum(axis=0)
    spent = _spent(case, plan)
    pairs = [
        ("gross_cap", plan["gross_cap"].values, plan["gross"].values),
        ("net_target", plan["net_target"].values, plan["net"].values),
        ("offset_share", plan["offset_share_bound"].values, plan["offset_share"].values),
        ("budget", np.array([np.nan if b is None else b for b in case.budget.capex]), spent),
    ]
    pairs += [(f"area:{kind}", *_area(case, plan, kind)) for kind in sorted(case.area)]
    found = []
    for rule, limits, values in pairs:
        for i, year in enumerate(case.years):
            limit, value = float(limits[i]), float(values[i])
            idle = rule == "offset_share" and credits[i] == 0
            if not np.isnan(limit) and not idle and limit - value <= TIGHT * abs(limit):
                found.append({"rule": rule, "year": year, "limit": limit, "value": value})
    return found + _of_packs(case, plan)


def _of_packs(case: Case, plan: xr.Dataset) -> list[dict[str, Any]]:
    """Gates of packs, named pack/rule: limit and value as the ratio that the rule states."""
    found = []
    for k, name in enumerate(plan["rule"].values):
        sign = -1.0 if plan["rule_sense"].values[k] == "at_least" else 1.0
        limits, per = plan["rule_limit"].values[k], plan["rule_per"].values[k]
        for i in np.flatnonzero(np.isfinite(limits) & (per > 0)):
            limit, value = float(limits[i]), float(plan["rule_value"].values[k, i] / per[i])
            if sign * (limit - value) <= TIGHT * abs(limit):
                year = case.years[i]
                found.append({"rule": str(name), "year": year, "limit": limit, "value": value})
    return found


def _spent(case: Case, plan: xr.Dataset) -> np.ndarray:
    """Capex after grants that counts against the budget, less what a loan pays, by year."""
    paid = plan["overnight"].values
    if case.budget.exempt_renewals:
        paid = np.array([_first(o, row) for o, row in zip(case.measures, paid, strict=True)])
    spent = paid.sum(axis=0) - plan["granted"].values.sum(axis=(0, 1))
    if not case.budget.exempt_renewals:
        state = plan["asset_renewed"].values
        started = np.diff(state, axis=1, prepend=np.zeros((len(state), 1)))
        prices = np.array([a.renewal_capex for a in case.assets])
        spent = spent + (prices[:, None] * started).sum(axis=0)
    spent = spent + bought_back(plan) - added_to_budget(case, plan)
    if not case.budget.carry_over:
        return np.asarray(spent)
    allowed = np.array([0.0 if b is None else b for b in case.budget.capex])
    return np.asarray(np.cumsum(spent) - np.cumsum(allowed) + allowed)


def bought_back(plan: xr.Dataset) -> np.ndarray:
    """What units cost at the end of their term, by planning year [money]."""
    cash = plan["cash"].transpose("cash_line", "cash_year").values
    paid = cash[plan["cash_class"].values.astype(str) == "buy_back"].sum(axis=0)
    return np.asarray(-paid[: len(plan["year"])])


def _first(option: MeasureOption, overnight: np.ndarray) -> np.ndarray:
    """Overnight payments of a measure's builds alone, (Y,): less what forced renewals cost.

    A renewal costs what was paid a life before, at the price trend of its own year; what was free
    then is taken to be free again.
    """
    if option.renewal != "forced":
        return overnight
    life, trend = option.life_years, option.price_trend
    renewed = np.zeros(len(overnight))
    for y in range(life, len(overnight)):
        rise = trend[y] / trend[y - life] if trend[y - life] > 0 else 0.0
        renewed[y] = overnight[y - life] * rise
    return overnight - renewed


def _area(case: Case, plan: xr.Dataset, kind: str) -> tuple[np.ndarray, np.ndarray]:
    used = np.zeros(len(case.years))
    for k, option in enumerate(case.measures):
        used = used + option.area.get(kind, 0.0) * plan["installed"].values[k]
    return np.full(len(case.years), case.area[kind]), used
