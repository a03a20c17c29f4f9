"""What a year of a site is made of: what may run at which price, balances, use, emissions.

Written from docs/model.md sections 4 to 6, apart from optimizer.model.
"""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.inputs import case as c
from tests.model.brute_force_rules import Row, value_of_credit


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


def hours_a_year(case: c.Case) -> float:
    """Hours a year that a step stands for: 365 days x its length."""
    assert len(case.axis.weight) == 1
    return float(case.axis.weight[0]) * case.axis.dt


def value_of(case: c.Case, varying: c.Varying, h: int) -> float:
    return float(case.series[varying][0, h]) if isinstance(varying, str) else varying


def columns_of(
    case: c.Case, y: int, standing: Standing, offsets: bool
) -> tuple[dict[tuple[str, str, int], tuple[float, float | None]], Row]:
    """Bounds and prices: flows, imports, credits, one greener supply a material."""
    bounds: dict[tuple[str, str, int], tuple[float, float | None]] = {}
    price: Row = {}
    for h in range(case.axis.steps):
        for unit in case.units:
            assert isinstance(unit, c.ConverterUnit)
            most = value_of(case, unit.availability, h) * standing.installed[unit.id]
            bounds["flow", unit.id, h] = (0.0, most)
            price["flow", unit.id, h] = hours_a_year(case) * unit.variable_om
        for carrier in case.carriers:
            if carrier.purchase is not None:
                buy = carrier.purchase
                level = 1.0 if buy.series is None else value_of(case, buy.series, h)
                limit = case.connection if carrier.kind == "electricity" else buy.limit
                bounds["import", carrier.id, h] = (0.0, limit)
                money = float(buy.level[y]) * level + float(buy.adder[y])
                price["import", carrier.id, h] = hours_a_year(case) * money
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


def balance_of(case: c.Case, carrier: str, h: int) -> Row:
    row: Row = {}
    for k in case.carriers:
        if k.id == carrier and k.purchase is not None:
            row["import", carrier, h] = 1.0
    for unit in case.units:
        assert isinstance(unit, c.ConverterUnit)
        made = sum(value_of(case, f.ratio, h) for f in unit.outputs if f.carrier == carrier)
        taken = sum(value_of(case, f.ratio, h) for f in unit.inputs if f.carrier == carrier)
        row["flow", unit.id, h] = made - taken
    return row


def use_of(case: c.Case, y: int, standing: Standing, carrier: str, h: int) -> float:
    """Demand left, and what savings add [MW]."""
    alone = {s.id: float(s.activity[y]) * float(case.series[s.demand][0, h]) for s in case.services}
    alone |= {s.id: float(s.amount[y]) / 8760 for s in case.process_sources}
    used = sum(
        alone[s.id] * remaining(case, standing, s.id) for s in case.services if s.carrier == carrier
    )
    for effect in case.savings:
        if standing.on[effect.measure]:
            added = (value_of(case, f.ratio, h) for f in effect.adds if f.carrier == carrier)
            used += effect.share * alone[effect.use] * sum(added)
    return used


def gross_of(
    case: c.Case, y: int, standing: Standing, only_scope1: bool = False
) -> tuple[Row, float]:
    """t per MW bought in a step, and t of processes."""
    scopes = (1,) if only_scope1 else (1, 2)
    row = {
        ("import", k.id, h): hours_a_year(case) * float(k.factor[y])
        for k in case.carriers
        if k.purchase is not None and k.scope in scopes
        for h in range(case.axis.steps)
    }
    process = (float(s.amount[y]) * remaining(case, standing, s.id) for s in case.process_sources)
    return row, sum(process)
