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
from tests.model.brute_force_parts import (
    Standing,
    balance_of,
    columns_of,
    gross_of,
    hours_a_year,
    use_of,
)
from tests.model.brute_force_rules import (
    Limit,
    Row,
    credit_rules,
    gates,
    growth_allowed,
    limits,
    value_of_gross,
)


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
        for kept in gates(case, y, emitted, hours_a_year(case), stands):
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
    gross, total = gross_of(case, y, standing)
    first, direct = gross_of(case, y, standing, only_scope1=True)
    second = {name: value for name, value in gross.items() if name not in first}
    return {1: (first, direct), 2: (second, total - direct)}


def _programme(
    case: c.Case, y: int, standing: Standing, kept: list[Limit], *, offsets: bool
) -> Programme:
    bounds, price = columns_of(case, y, standing, offsets)
    gross = gross_of(case, y, standing)
    scope1, fixed1 = gross_of(case, y, standing, only_scope1=True)
    if case.carbon is not None:
        for name, tonnes in scope1.items():
            price[name] = price.get(name, 0.0) + float(case.carbon.price[y]) * tonnes
    value, (emitted, constant) = value_of_gross(case, y, offsets), gross
    for name, tonnes in emitted.items():
        price[name] = price.get(name, 0.0) + value * tonnes
    equal = [
        (balance_of(case, k.id, h), use_of(case, y, standing, k.id, h))
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
