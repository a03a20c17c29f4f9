"""The cheapest year of a site on which everything stands that will: one linear programme.

Written from docs/model.md sections 4 to 6, apart from optimizer.model. One period, converters,
bought carriers, savings, process sources, credits, carbon price.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.optimize import linprog

from optimizer.inputs import case as c
from tests.model.brute_force_rules import (
    Limit,
    Row,
    credit_rules,
    gates,
    growth_allowed,
    limits,
    value_of_credit,
    value_of_gross,
)


@dataclass(frozen=True)
class Standing:
    """Capacity by unit, builds by measure; whether credits may be used; a ceiling on gross [t]."""

    installed: dict[str, float]
    on: dict[str, int]
    may_offset: bool
    ceiling: float | None

    @property
    def key(self) -> object:
        """Equal where the same stands under the same rules."""
        at = tuple(self.installed.items()), tuple(self.on.items())
        return (*at, self.may_offset, self.ceiling)


def remaining(case: c.Case, standing: Standing, use: str) -> float:
    left = 1.0
    for effect in case.savings:
        if effect.use == use and standing.on[effect.measure]:
            left *= 1 - effect.share
    return left


@dataclass(frozen=True)
class Programme:
    """What may run in a year, at which price; ``fixed`` money comes on top. ``gross``: tonnes."""

    bounds: dict[tuple[str, str, int], tuple[float, float | None]]
    price: Row
    equal: list[Limit]
    within: list[Limit]
    fixed: float
    gross: Limit


def cheapest_year(case: c.Case, y: int, standing: Standing) -> float:
    """Energy, variable O&M, carbon price, credits and what is only valued, of the cheapest year
    [money]; or infinite."""
    return min(_solve(way) for way in ways(case, y, standing))


def ways(case: c.Case, y: int, standing: Standing) -> Iterator[Programme]:
    """Every way to keep the rules of a year. Where the offset share is one of the reduction, a
    year without credits needs no reduction; a ceiling on gross emissions counts none of them."""
    may, rule = standing.may_offset and bool(case.credits), case.policy.ceiling
    whole = rule is not None and rule.mode == "residual"
    without = [False] if not may or whole or case.policy.offset_basis == "reduction" else []
    for offsets in (*without, *[True] * may):
        emitted, stands = _by_scope(case, y, standing), standing.installed
        for kept in gates(case, y, emitted, _weight(case), stands):
            yield _programme(case, y, standing, kept, offsets=offsets)


def cheapest_years(case: c.Case, standing: list[Standing], weights: list[float]) -> float:
    """The same over all years at once, weighted, where each year looks at the one before."""
    count = len(standing)
    menus = product(*(list(ways(case, y, standing[y])) for y in range(count)))
    return min(_solve_all(case, years, weights) for years in menus)


def _solve_all(case: c.Case, years: tuple[Programme, ...], weights: list[float]) -> float:
    """One linear programme; a year's columns have its number before the kind."""
    bounds, price, equal, within = {}, {}, [], []
    for y, (year, weight) in enumerate(zip(years, weights, strict=True)):
        bounds |= {_in_year(n, y): b for n, b in year.bounds.items()}
        price |= {_in_year(n, y): weight * p for n, p in year.price.items()}
        equal += [(_all_in_year(row, y), limit) for row, limit in year.equal]
        within += [(_all_in_year(row, y), limit) for row, limit in year.within]
        row, fixed = year.gross
        for growth, base in growth_allowed(case, y):
            before, stood = ({}, base) if y == 0 else years[y - 1].gross
            then = {_in_year(n, y - 1): -growth * v for n, v in before.items()}
            within.append((_all_in_year(row, y) | then, growth * stood - fixed))
    fixed = sum(w * year.fixed for w, year in zip(weights, years, strict=True))
    return _solve(Programme(bounds, price, equal, within, fixed, ({}, 0.0)))


def _in_year(name: tuple[str, str, int], y: int) -> tuple[str, str, int]:
    return f"{y} {name[0]}", name[1], name[2]


def _all_in_year(row: Row, y: int) -> Row:
    return {_in_year(name, y): value for name, value in row.items()}


def _by_scope(case: c.Case, y: int, standing: Standing) -> dict[int, Limit]:
    gross, total = _gross(case, y, standing)
    first, direct = _gross(case, y, standing, only_scope1=True)
    second = {name: value for name, value in gross.items() if name not in first}
    return {1: (first, direct), 2: (second, total - direct)}


def _programme(
    case: c.Case, y: int, standing: Standing, kept: list[Limit], *, offsets: bool
) -> Programme:
    bounds, price = _columns(case, y, standing, offsets)
    gross = _gross(case, y, standing)
    scope1, fixed1 = _gross(case, y, standing, only_scope1=True)
    if case.carbon is not None:
        for name, tonnes in scope1.items():
            price[name] = price.get(name, 0.0) + float(case.carbon.price[y]) * tonnes
    value, (emitted, constant) = value_of_gross(case, y, offsets), gross
    for name, tonnes in emitted.items():
        price[name] = price.get(name, 0.0) + value * tonnes
    equal = [
        (_balance(case, k.id, h), _use(case, y, standing, k.id, h))
        for k in case.carriers
        for h in range(case.axis.steps)
    ]
    within = limits(case, y, standing.ceiling, *gross) + kept
    within += credit_rules(case, y, *gross) if offsets else []
    fixed = _fixed(case, y, standing, fixed1) + value * constant
    return Programme(bounds, price, equal, within, fixed, gross)


def _solve(year: Programme) -> float:
    """Least cost [money]; infinite where nothing keeps all rows."""
    names = list(year.bounds)
    answer = linprog(
        [year.price.get(n, 0.0) for n in names],
        A_eq=_dense([r for r, _ in year.equal], names), b_eq=[b for _, b in year.equal],
        A_ub=_dense([r for r, _ in year.within], names) if year.within else None,
        b_ub=[b for _, b in year.within] if year.within else None,
        bounds=[year.bounds[n] for n in names],
    )  # fmt: skip
    return float(answer.fun) + year.fixed if answer.status == 0 else math.inf


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
    """Bounds and prices: flows, imports, credits, one greener supply a material."""
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
        price["credits", credit.id, 0] = value_of_credit(case, credit, y)
    for g in case.material_contracts:
        need = next(float(m.need[y]) for m in case.materials if m.id == g.material)
        most = g.available[y]
        most = need if most is None else min(need, most)
        bounds["procured", g.id, 0] = (0.0, 0.0 if y < g.earliest else most)
        price["procured", g.id, 0] = float(g.price[y])
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
