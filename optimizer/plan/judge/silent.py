"""Years that a rule's table passes over: it holds between given years only if it says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from optimizer.plan.verify.money import in_year
from optimizer.schema.fields import Yearly


def silent(limit: Any, years: Sequence[int]) -> tuple[int, ...]:
    """Years after the first with a limit that have none; of what is no table by year, none."""
    if not isinstance(limit, Yearly):
        return ()
    given = [year for year in years if in_year(limit, year, _any) is not None]
    return tuple(y for y in years if given and y > given[0] and y not in given)


def _any(value: Any) -> float:
    """A number for a value of any unit: only whether there is one is asked."""
    return float(getattr(value, "value", value))
