"""Several packs on one policy: where two give the same field, the stricter value binds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from optimizer.errors import Problem
from optimizer.inputs.loaded_pack import Loaded
from optimizer.inputs.yearly import converted, value_at
from optimizer.schema.fields import Yearly
from optimizer.schema.policy_fields import PolicyField, policy_fields
from optimizer.schema.policy_pack import PolicyPack
from optimizer.schema.policy_rules import AbatementCeiling
from optimizer.units import Quantity

Loc = tuple[str | int, ...]
LoadedPack = Loaded[PolicyPack]
YEARS = range(2000, 2201)
"""All that a horizon can reach (schema.scenario.Horizon)."""

CEILING: Loc = ("ceiling", "price")
LESS_IS_STRICTER: dict[Loc, bool] = {
    ("gross_cap",): True,
    ("net_target",): True,
    ("offset", "share"): True,
    ("offset", "removal_share"): False,
    ("offset", "gate", "reduction"): False,
    ("offset", "first_year"): False,
    CEILING: False,
}
"""Fields with an order. The ledger, the basis of a share and the mode of a ceiling have none, nor
has money of two currencies or price years: packs must agree."""

_UNITS: dict[Loc, str] = {("gross_cap",): "t", ("net_target",): "t"}


@dataclass(frozen=True)
class GivenField:
    """What one rule of one pack gives; `table` holds in base units, `unit` is what a scenario
    writes behind its figures, if anything."""

    pack: LoadedPack
    rule: str
    loc: Loc
    """In the pack's file."""
    raw: Any
    table: Yearly[float] | str
    unit: str | None


@dataclass(frozen=True)
class Stacked:
    """A field of the policy, those who give it, and the raw value that holds.

    `raw` is the only giver's own text, or a table of the stricter value of each year.
    """

    loc: Loc
    given: tuple[GivenField, ...]
    raw: Any

    def at(self, year: int) -> tuple[float | None, tuple[GivenField, ...]]:
        """The value that binds in a year, with those who ask it; None if nobody gives one."""
        values = [
            (value, each)
            for each in self.given
            if isinstance(each.table, Yearly) and (value := value_at(each.table, year)) is not None
        ]
        if not values:
            return None, ()
        strictest = min if LESS_IS_STRICTER[self.loc] else max
        best = strictest(value for value, _ in values)
        return best, tuple(each for value, each in values if value == best)


def stacked(packs: Sequence[LoadedPack]) -> tuple[tuple[Stacked, ...], list[Problem]]:
    """The fields that the packs set together, and a Problem where they can't be stacked.

    A field without order that two rules give differently is a Problem at the later one.
    """
    given: dict[Loc, list[GivenField]] = {}
    for pack in packs:
        for each in policy_fields(pack.document.data):
            given.setdefault(each.loc, []).append(_given(pack, each))
    fields: list[Stacked] = []
    problems: list[Problem] = []
    for loc, givers in given.items():
        agreed = all(alike(each, givers[0]) for each in givers)
        ordered = loc in LESS_IS_STRICTER and len({each.unit for each in givers}) == 1
        if not agreed and not ordered:
            problems.extend(_disagreements(givers))
            continue
        field = Stacked(loc, tuple(givers), givers[0].raw)
        fields.append(field if agreed else Stacked(loc, field.given, _stricter(field)))
    return tuple(fields), problems


def nested(fields: Sequence[Stacked]) -> dict[str, Any]:
    """The fields as the raw block `policy` of a scenario."""
    policy: dict[str, Any] = {}
    for field in fields:
        *parents, last = map(str, field.loc)
        node = policy
        for part in parents:
            node = node.setdefault(part, {})
        node[last] = field.raw
    return policy


def _given(pack: LoadedPack, field: PolicyField) -> GivenField:
    rule = pack.pack.rules[field.rule]
    value = getattr(rule, field.parameter)
    table = value if isinstance(value, Yearly | str) else Yearly[float](constant=float(value))
    loc, unit = ("rules", field.rule, field.parameter), _UNITS.get(field.loc)
    if isinstance(table, Yearly) and isinstance(rule, AbatementCeiling):
        unit = _money_unit(rule.limit)
        table = converted(rule.limit, lambda amount: amount.value)
    return GivenField(pack, rule.id, loc, field.raw, table, unit)


def _money_unit(table: Yearly[Quantity]) -> str:
    """Such as "CNY2025/t"; both where a table is written in two kinds of money."""
    amounts = [*table.values.values(), *([table.constant] if table.constant else [])]
    return " and ".join(sorted({f"{q.currency}{q.price_year or ''}/t" for q in amounts}))


def alike(one: GivenField, other: GivenField) -> bool:
    """Whether two rules give the same, in the same kind of money."""
    return (one.table, one.unit) == (other.table, other.unit)


def _stricter(field: Stacked) -> Any:
    """The stricter value of every year, as written in a scenario; a plain one if no table."""
    if all(isinstance(each.table, Yearly) and not each.table.values for each in field.given):
        return field.at(YEARS[0])[1][0].raw
    unit = field.given[0].unit
    found = {year: field.at(year)[0] for year in YEARS}
    return {
        year: value if unit is None else f"{value!r} {unit}"
        for year, value in found.items()
        if value is not None
    }


def _disagreements(givers: Sequence[GivenField]) -> list[Problem]:
    """A Problem at each rule that differs from the first, naming the first's place."""
    first = givers[0]
    line, _ = first.pack.document.locate(first.loc)
    allowed = f"{first.raw}, as in {first.rule}"
    hint = f"{first.pack.document.shown_as}:{line} says so; use one of the two packs."
    return [
        each.pack.document.problem(each.loc, str(each.raw), allowed, hint).worded(
            "differs", value=each.raw, other=first.raw, rule=first.rule
        )
        for each in givers[1:]
        if not alike(each, first)
    ]
