"""In which planning years a rule of a pack holds, and whether its base year is one it is for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from optimizer.schema.pack_parts import PackHead, PackRule
from optimizer.schema.policy_conditions import Condition
from optimizer.schema.policy_fields import meets


def in_force(pack: PackHead, rule: PackRule, years: Sequence[int]) -> tuple[bool, ...]:
    """Whether pack and rule are both in force at the end of each year."""
    spans = [valid for valid in (pack.valid, rule.valid) if valid is not None]

    def holds(year: int) -> bool:
        last = date(year, 12, 31)
        return all(
            (span.from_ is None or span.from_ <= last) and (span.to is None or last <= span.to)
            for span in spans
        )

    return tuple(holds(year) for year in years)


def fits_base_year(conditions: Sequence[Condition], year: int) -> bool:
    """Whether a base year meets all conditions on it."""
    return all(meets(year, each) for each in conditions if each.quantity == "base_year")
