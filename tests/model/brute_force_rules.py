"""What the rules of a policy allow in a year, as rows of the year's linear programme.

Written from docs/model.md section 5, apart from optimizer.model. Row: coefficients by (kind, id,
step); credits have step 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from optimizer.inputs import case as c
from optimizer.inputs import held_rules as h

Row = dict[tuple[str, str, int], float]
Limit = tuple[Row, float]
"""A row and what it is at most."""


def limits(case: c.Case, y: int, ceiling: float | None, gross: Row, constant: float) -> list[Limit]:
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


def credit_rules(case: c.Case, y: int, gross: Row, constant: float) -> list[Limit]:
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
) -> Limit:
    if policy.offset_basis == "gross":
        return _sum(credits, gross, -share), share * constant
    if policy.offset_basis == "reduction":
        return _sum(credits, gross, share), share * (policy.base_emissions - constant)
    return credits, share * policy.base_emissions


def _sum(first: Row, second: Row, factor: float) -> Row:
    return first | {n: first.get(n, 0.0) + factor * v for n, v in second.items()}


def gates(
    case: c.Case, y: int, emitted: dict[int, Limit], hours: float, stands: Mapping[str, float]
) -> Iterator[list[Limit]]:
    """Every way to keep the gates of packs in a year: a rule with a threshold may also be left by
    using no more power than that. ``emitted``: tonnes by scope; ``hours``: that a step stands for;
    ``stands``: capacity by unit.

    Knows sites that buy all their energy and sell none. What a rule asks of the year before isn't
    here.
    """
    menus = []
    for rule in case.policy.held:
        limit = rule.limit[y]
        if limit is None or isinstance(rule, h.NeverRisesRule):
            continue
        if isinstance(rule, h.EquipmentRule):
            menus.append([_equipment(case, rule, limit, stands)])
            continue
        ways = [_gate(case, y, rule, limit, emitted, hours)]
        power = _bought(case, hours, {k.id: 1.0 for k in case.carriers if k.kind == "electricity"})
        for threshold in rule.thresholds:
            assert threshold.over
            ways.append((power, threshold.value))
        menus.append(ways)
    for ways in product(*menus):
        yield list(ways)


def _gate(
    case: c.Case,
    y: int,
    rule: h.HeldRule,
    limit: float,
    emitted: dict[int, Limit],
    hours: float,
) -> Limit:
    if isinstance(rule, h.ReductionRule):
        return _less(_scopes(emitted, rule.scopes), {}, limit * rule.base_emissions)
    if isinstance(rule, h.TraceableRule):  # nothing that is bought here can be traced
        power = {k.id: limit for k in case.carriers if k.kind == "electricity"}
        return _bought(case, hours, power), 0.0
    if isinstance(rule, h.FootprintRule):
        return _carried(case, y, emitted, hours, limit * rule.made[y])
    assert isinstance(rule, h.IntensityRule | h.NonFossilRule | h.EnergyPerProductRule)
    tce = {
        k.id: rule.power if k.kind == "electricity" else rule.heat
        for k in case.carriers
        if k.purchase is not None
    }
    energy = _bought(case, hours, tce)
    if isinstance(rule, h.EnergyPerProductRule):
        return energy, limit * rule.made[y]
    if isinstance(rule, h.IntensityRule):
        return _less(_scopes(emitted, (1, 2)), _sum({}, energy, limit), 0.0)
    clean = {k.id: tce[k.id] for k in case.carriers if k.biogenic > float(k.factor[y])}
    return _less((_sum({}, energy, limit), 0.0), _bought(case, hours, clean), 0.0)


def _carried(case: c.Case, y: int, emitted: dict[int, Limit], hours: float, most: float) -> Limit:
    """Scopes 1 and 2, energy upstream, materials with their way, less what greener supplies take
    off: at most so many tonnes."""
    given = {k.id: float(k.upstream[y]) for k in case.carriers if k.upstream is not None}
    row, fixed = _scopes(emitted, (1, 2))
    row = _sum(row, _bought(case, hours, given), 1.0)
    for material in case.materials:
        fixed += float(material.need[y] * (material.factor[y] + material.transport[y]))
        for g in case.material_contracts:
            if g.material == material.id:
                row["procured", g.id, 0] = float(g.factor[y] - material.factor[y])
    return row, most - fixed


def _equipment(
    case: c.Case, rule: h.EquipmentRule, limit: float, stands: Mapping[str, float]
) -> Limit:
    """Pieces stand or not before anything runs: a row without columns, kept or not."""
    units = {("old", a.id): a.old_unit for a in case.assets}
    units |= {("renewed", a.id): a.renewed_unit for a in case.assets if a.renewed_unit}
    there = [
        piece.good
        for piece in rule.pieces
        if stands[units.get((piece.state, piece.owner), piece.owner)] > 0
    ]
    return {}, sum(there) - limit * len(there)


def _scopes(emitted: dict[int, Limit], scopes: tuple[int, ...]) -> Limit:
    """Tonnes of some scopes: what varies, and what doesn't."""
    row: Row = {}
    for scope in scopes:
        row = _sum(row, emitted[scope][0], 1.0)
    return row, sum(emitted[scope][1] for scope in scopes)


def growth_allowed(case: c.Case, y: int) -> Iterator[tuple[float, float]]:
    """By rule: growth over the year before, and emissions that stand for the year before the
    first."""
    for rule in case.policy.held:
        limit = rule.limit[y]
        if isinstance(rule, h.NeverRisesRule) and limit is not None:
            yield limit, rule.base_emissions


def _less(have: Limit, excuse: Row, most: float) -> Limit:
    """have <= excuse + most, as a row."""
    return _sum(have[0], excuse, -1.0), most - have[1]


def _bought(case: c.Case, hours: float, each: dict[str, float]) -> Row:
    """Yearly sum of what is bought, times a factor by carrier."""
    return {
        ("import", k, step): hours * factor
        for k, factor in each.items()
        for step in range(case.axis.steps)
    }


def value_of_gross(case: c.Case, y: int, offsets: bool) -> float:
    """Valued, not paid: the internal carbon price, and the ceiling where it is put on all gross
    emissions of a year that may use credits [money/t]."""
    price = case.internal_carbon_price
    internal = 0.0 if price is None else float(price[y])
    rule = case.policy.ceiling
    whole = rule is not None and rule.mode == "residual" and offsets
    return internal + (rule.price[y] or 0.0 if rule is not None and whole else 0.0)


def value_of_credit(case: c.Case, credit: c.CreditOption, y: int) -> float:
    """Its price, or a ceiling on displaced credits that is higher [money/t]."""
    paid, rule = float(credit.price[y]), case.policy.ceiling
    if rule is None or rule.mode != "displaced_credit":
        return paid
    return max(paid, rule.price[y] or 0.0)
