"""What is left in a year, in two parts: residual, which a ceiling shows to be dearer to avoid than
itself or impossible, and unabated, which stays because of budget, lead time, rules or choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np

from optimizer.inputs.axis_choice import on_typical_days
from optimizer.inputs.case import ByYear, Case, Rule
from optimizer.studies.audit_freed import freed

PARTS: Final = ("residual", "unabated")
"""What remains is their sum."""
SHARP: Final = 0.1
"""Of the emissions at the ceiling, by worth: a search that leaves more open shows nothing."""


@dataclass(frozen=True)
class Yardstick:
    """A ceiling by planning year, (Y,) [money/t], and what the plant emits at it.

    ``of``: the policy's own, or given for the comparison alone. ``least``: gross emissions of the
    plan without hindrance, (Y,) [t]; None where its search stopped before there was one.
    """

    price: Rule
    of: Literal["policy", "command"]
    least: tuple[float, ...] | None


def unhindered(case: Case, ceiling: Rule) -> Case:
    """Without budget, lead times, first years, rules and credits; every gross tonne counts as
    much as the ceiling. What such a plan still emits is dearer to avoid, or can't be."""
    open_case = freed(freed(freed(case, "budget"), "lead_time"), "rules")
    return replace(
        open_case,
        contracts=tuple(replace(g, earliest=0) for g in case.contracts),
        credits=(),
        policy=replace(open_case.policy, ceiling=None),
        internal_carbon_price=np.array([price or 0.0 for price in ceiling]),
    )


def shown(
    gross: Sequence[float], ceiling: Rule, weight: Sequence[float] | ByYear, left_open: float
) -> tuple[float, ...] | None:
    """Emissions of the plan without hindrance, (Y,) [t]; None where its search leaves as much money
    open between cost and bound (``left_open``) as a tenth of these are worth at the ceiling: a
    plan that stops too early emits too much, and what it emits would pass as residual."""
    worth = sum(
        w * (price or 0.0) * max(t, 0.0) for w, price, t in zip(weight, ceiling, gross, strict=True)
    )
    return tuple(gross) if left_open <= SHARP * worth else None


def split(
    remaining: Sequence[float] | ByYear, least: Sequence[float] | None, ceiling: Rule
) -> list[ByYear]:
    """Residual and unabated emissions, (Y,) [t] each: min(remaining, max(least, 0)) and the rest.

    Nothing is residual that isn't shown to be: without ``least``, and in years without a ceiling,
    all is unabated.
    """
    left = np.asarray(remaining, dtype=np.float64)
    shown = np.zeros_like(left) if least is None else np.maximum(np.asarray(least), 0.0)
    shown = np.where([bool(price) for price in ceiling], shown, 0.0)
    residual = np.minimum(left, shown)
    return [residual, left - residual]


def searched(full: Case, summary: Mapping[str, Any]) -> Case:
    """The case on the time axis on which a plan was searched, as its summary.json tells."""
    days = summary.get("typical_days")
    if days is None:
        return full
    return on_typical_days(full, int(days["asked"]), days.get("segments"))[0]
