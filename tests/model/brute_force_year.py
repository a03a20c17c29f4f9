"""The cheapest year of a site on which everything stands that will: one linear programme.

Written from docs/model.md sections 4 to 6, apart from optimizer.model. One period, converters,
bought carriers, savings, process sources, credits, carbon price.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from optimizer.inputs import case as c

Row = dict[tuple[str, str, int], float]
"""Coefficients by (kind, id, step); credits have step 0."""


@dataclass(frozen=True)
class Standing:
    """Capacity by unit, builds by measure; whether credits may be used; a ceiling on gross [t]."""

    installed: dict[str, float]
    on: dict[str, int]
    may_offset: bool
    ceiling: float | None


def remaining(case: c.Case, standing: Standing, use: str) -> float:
    left = 1.0
    for effect in case.savings:
        if effect.use == use and standing.on[effect.measure]:
            left *= 1 - effect.share
    return left


def cheapest_year(case: c.Case, y: int, standing: Standing) -> float:
    """Energy, variable O&M, carbon price and credits of the cheapest year [money]; or infinite.

    Where the offset share is one of the reduction, a year without credits needs no reduction.
    """
    found = [_solve(case, y, standing, offsets=False)]
    if standing.may_offset and case.credits:
        found.append(_solve(case, y, standing, offsets=True))
    return min(found)


def _solve(case: c.Case, y: int, standing: Standing, *, offsets: bool) -> float:
    steps = range(case.axis.steps)
    bounds, price = _columns(case, y, standing, offsets)
    names = list(bounds)
    gross, constant = _gross(case, y, standing)
    scope1, fixed1 = _gross(case, y, standing, only_scope1=True)
    if case.carbon is not None:
        for name, tonnes in scope1.items():
            price[name] = price.get(name, 0.0) + float(case.carbon.price[y]) * tonnes
    equal = [
        (_balance(case, k.id, h), _use(case, y, standing, k.id, h))
        for k in case.carriers
        for h in steps
    ]
    within = _limits(case, y, standing.ceiling, gross, constant)
    within += _credit_rules(case, y, gross, constant) if offsets else []
    answer = linprog(
        [price.get(n, 0.0) for n in names],
        A_eq=_dense([r for r, _ in equal], names), b_eq=[b for _, b in equal],
        A_ub=_dense([r for r, _ in within], names) if within else None,
        b_ub=[b for _, b in within] if within else None,
        bounds=[bounds[n] for n in names],
    )  # fmt: skip
    if answer.status != 0:
        return math.inf
    return float(answer.fun) + _fixed(case, y, standing, fixed1)


def _fixed(case: c.Case, y: int, standing: Standing, process: float) -> float:
    """Carbon price on process emissions less free allocation; O&M of process changes."""
    total = 0.0
    if case.carbon is not None:
        total += float(case.carbon.price[y]) * (process - float(case.carbon.free_allocation[y]))
    for effect in case.savings:
        for source in case.process_sources:
            if effect.use == source.id and standing.on[effect.measure]:
                total += effect.variable_om * effect.share * float(source.amount[y])
    return total


def _dense(rows: list[Row], names: list[tuple[str, str, int]]) -> np.ndarray:
    return np.array([[row.get(n, 0.0) for n in names] for row in rows])


def _weight(case: c.Case) -> float:
    """Hours a year that a step stands for: 365 days x its length."""
    assert len(case.axis.weight) == 1
    return float(case.axis.weight[0]) * case.axis.dt


def _value(case: c.Case, varying: c.Varying, h: int) -> float:
    return float(case.series[varying][0, h]) if isinstance(varying, str) else varying


def _columns(
    case: c.Case, y: int, standing: Standing, offsets: bool
) -> tuple[dict[tuple[str, str, int], tuple[float, float | None]], Row]:
    """Bounds and prices: flows, imports, credits."""
    bounds: dict[tuple[str, str, int], tuple[float, float | None]] = {}
    price: Row = {}
    for h in range(case.axis.steps):
        for unit in case.units:
            assert isinstance(unit, c.ConverterUnit)
            most = _value(case, unit.availability, h) * standing.installed[unit.id]
            bounds["flow", unit.id, h] = (0.0, most)
            price["flow", unit.id, h] = _weight(case) * unit.variable_om
        for carrier in case.carriers:
            if carrier.purchase is not None:
                buy = carrier.purchase
                level = 1.0 if buy.series is None else _value(case, buy.series, h)
                limit = case.connection if carrier.kind == "electricity" else buy.limit
                bounds["import", carrier.id, h] = (0.0, limit)
                money = float(buy.level[y]) * level + float(buy.adder[y])
                price["import", carrier.id, h] = _weight(case) * money
    for credit in case.credits:
        first = case.policy.first_credit_year
        early = y < credit.earliest or (first is not None and case.years[y] < first)
        bounds["credits", credit.id, 0] = (
            0.0,
            0.0 if early or not offsets else credit.available[y],
        )
        price["credits", credit.id, 0] = float(credit.price[y])
    return bounds, price


def _balance(case: c.Case, carrier: str, h: int) -> Row:
    row: Row = {}
    for k in case.carriers:
        if k.id == carrier and k.purchase is not None:
            row["import", carrier, h] = 1.0
    for unit in case.units:
        assert isinstance(unit, c.ConverterUnit)
        made = sum(_value(case, f.ratio, h) for f in unit.outputs if f.carrier == carrier)
        taken = sum(_value(case, f.ratio, h) for f in unit.inputs if f.carrier == carrier)
        row["flow", unit.id, h] = made - taken
    return row


def _use(case: c.Case, y: int, standing: Standing, carrier: str, h: int) -> float:
    """Demand left, and what savings add [MW]."""
    alone = {s.id: float(s.activity[y]) * float(case.series[s.demand][0, h]) for s in case.services}
    alone |= {s.id: float(s.amount[y]) / 8760 for s in case.process_sources}
    used = sum(
        alone[s.id] * remaining(case, standing, s.id) for s in case.services if s.carrier == carrier
    )
    for effect in case.savings:
        if standing.on[effect.measure]:
            added = (_value(case, f.ratio, h) for f in effect.adds if f.carrier == carrier)
            used += effect.share * alone[effect.use] * sum(added)
    return used


def _gross(
    case: c.Case, y: int, standing: Standing, only_scope1: bool = False
) -> tuple[Row, float]:
    """t per MW bought in a step, and t of processes."""
    scopes = (1,) if only_scope1 else (1, 2)
    row = {
        ("import", k.id, h): _weight(case) * float(k.factor[y])
        for k in case.carriers
        if k.purchase is not None and k.scope in scopes
        for h in range(case.axis.steps)
    }
    process = (float(s.amount[y]) * remaining(case, standing, s.id) for s in case.process_sources)
    return row, sum(process)


def _limits(
    case: c.Case, y: int, ceiling: float | None, gross: Row, constant: float
) -> list[tuple[Row, float]]:
    """Rows <= limit of the trajectory."""
    policy, rows = case.policy, []
    for cap in (policy.gross_cap[y], ceiling):
        if cap is not None:
            rows.append((gross, cap - constant))
    if policy.net_target[y] is not None:
        net = _sum(gross, _credits(case), -1.0)
        rows.append((net, float(policy.net_target[y] or 0.0) - constant))
    return rows


def _credits(case: c.Case) -> Row:
    return {("credits", q.id, 0): 1.0 for q in case.credits}


def _credit_rules(case: c.Case, y: int, gross: Row, constant: float) -> list[tuple[Row, float]]:
    """Own emissions, share of the basis, share of removals."""
    policy, credits = case.policy, _credits(case)
    rows = [(_sum(credits, gross, -1.0), constant)]
    share, removals = policy.offset_share[y], policy.removal_share[y]
    if share is not None:
        rows.append(_share_row(policy, share, gross, credits, constant))
    if removals is not None:
        kinds = {q.id: q.type for q in case.credits}
        needed = {n: removals - (kinds[n[1]] == "removal") for n in credits}
        rows.append((needed, 0.0))
    return rows


def _share_row(
    policy: c.PolicyRule, share: float, gross: Row, credits: Row, constant: float
) -> tuple[Row, float]:
    if policy.offset_basis == "gross":
        return _sum(credits, gross, -share), share * constant
    if policy.offset_basis == "reduction":
        return _sum(credits, gross, share), share * (policy.base_emissions - constant)
    return credits, share * policy.base_emissions


def _sum(first: Row, second: Row, factor: float) -> Row:
    return first | {n: first.get(n, 0.0) + factor * v for n, v in second.items()}
