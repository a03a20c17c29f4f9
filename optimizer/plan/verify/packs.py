"""The policy packs of a run, stacked anew: of two values for a field the stricter one binds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from optimizer.plan.verify.money import in_year
from optimizer.schema.fields import Yearly
from optimizer.schema.policy_fields import Loc, policy_fields
from optimizer.schema.policy_pack import PolicyPack
from optimizer.units import Quantity

LEAST = (("gross_cap",), ("net_target",), ("offset", "share"))
CEILING = ("ceiling", "price")
MOST = (
    ("offset", "removal_share"), ("offset", "gate", "reduction"), ("offset", "first_year"), CEILING
)  # fmt: skip
TONNES = (("gross_cap",), ("net_target",))
CALENDAR = range(2000, 2201)


def stacked_policy(packs: Mapping[str, Any]) -> dict[str, Any]:
    """The raw policy block of raw packs by name; ValueError if they contradict each other."""
    policy: dict[str, Any] = {}
    for loc, said in _said(packs).items():
        *above, last = [str(part) for part in loc]
        node = policy
        for name in above:
            node = node.setdefault(name, {})
        raw, first = said[0]
        node[last] = raw if all(value == first for _, value in said) else _strictest(loc, said)
    return policy


def _said(packs: Mapping[str, Any]) -> dict[Loc, list[tuple[Any, Any]]]:
    """Field -> what each rule says of it, as written and as read."""
    found: dict[Loc, list[tuple[Any, Any]]] = {}
    for raw in packs.values():
        rules = PolicyPack.model_validate(raw).rules
        for loc, number, parameter, written in policy_fields(raw):
            read = getattr(rules[number], parameter)
            found.setdefault(loc, []).append((written, read))
    return found


def _strictest(loc: Loc, said: list[tuple[Any, Any]]) -> Any:
    """The least or most of every year, which is a table if one of them is."""
    if loc not in LEAST + MOST:
        raise ValueError(f"two packs differ in {'.'.join(map(str, loc))}")
    choose = min if loc in LEAST else max
    tables = [value for _, value in said if isinstance(value, Yearly)]
    if not tables:
        return choose(value for _, value in said)
    number: Callable[[Any], float] = _amount if loc == CEILING else float
    by_year = {
        year: choose(values)
        for year in CALENDAR
        if (values := [v for table in tables if (v := in_year(table, year, number)) is not None])
    }
    unit = "t" if loc in TONNES else _money(tables) if loc == CEILING else ""
    return {year: f"{value!r} {unit}" if unit else value for year, value in by_year.items()}


def _amount(amount: Quantity) -> float:
    return amount.value


def _money(tables: Sequence[Yearly[Quantity]]) -> str:
    """The one kind of money that all ceilings are written in; ValueError where there are two."""
    amounts = [q for table in tables for q in (table.constant, *table.values.values()) if q]
    kinds = {f"{q.currency}{q.price_year or ''}/t" for q in amounts}
    if len(kinds) > 1:
        raise ValueError(f"two packs write a ceiling in {' and '.join(sorted(kinds))}")
    return kinds.pop()
