"""In which planning years a rule of a pack holds, and whether its base year is one it is for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from optimizer.schema.pack_parts import PackHead, PackRule, Valid
from optimizer.schema.policy_conditions import Condition
from optimizer.schema.policy_fields import meets


def in_force(pack: PackHead, rule: PackRule, years: Sequence[int]) -> tuple[bool, ...]:
    """Whether pack and rule are both in force at the end of each year."""
    spans = [valid for valid in (pack.valid, rule.valid) if valid is not None]
    return tuple(_covers(spans, year) for year in years)


def passing(packs: Sequence[PackHead], years: Sequence[int]) -> dict[str, tuple[int, ...]]:
    """Packs that aren't in force at the end of each year, with the years in which they are."""
    found = {pack.id: tuple(y for y in years if _covers([pack.valid], y)) for pack in packs}
    return {pack: held for pack, held in found.items() if len(held) < len(years)}


def _covers(spans: Sequence[Valid], year: int) -> bool:
    """Whether the last day of a year is within all spans."""
    last = date(year, 12, 31)
    return all((s.from_ or date.min) <= last <= (s.to or date.max) for s in spans)


def fits_base_year(conditions: Sequence[Condition], year: int) -> bool:
    """Whether a base year meets all conditions on it."""
    return all(meets(year, each) for each in conditions if each.quantity == "base_year")
