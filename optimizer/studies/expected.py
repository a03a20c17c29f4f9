"""A case as somebody sees it who knows this year and no later one."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

import numpy as np

from optimizer.inputs.case import Case

YEARLY: Final = frozenset({"ByYear", "ByYear | None", "Rule", "tuple[float | None, ...]"})
"""Annotations of fields that hold a value a planning year."""
KNOWN: Final = frozenset({"money", "budget", "borrowing", "trade_off", "lender"})
"""Parts of a case that are known ahead: discounting, the company's own budget and its loan. Ages of
assets, lead times and what is on offer are no values a year, and stay too."""


def as_expected(case: Case, now: int, *, policy_known: bool) -> Case:
    """The case in which every planning year after number ``now`` is like it (static expectations).

    x'[y] = x[min(y, now)] for prices, factors, output, technology prices, carbon prices, and for
    caps, targets and gates too unless ``policy_known``.
    """
    known = KNOWN | {"policy"} if policy_known else KNOWN
    return replace(
        case,
        **{
            field.name: _held(getattr(case, field.name), field.type, now)
            for field in fields(case)
            if field.name not in known
        },
    )


def rules_to(case: Case, now: int) -> Case:
    """The case whose caps, targets and gates after planning year number ``now`` are like it, all
    else as it comes."""
    return replace(case, policy=_held(case.policy, None, now))


def _held(value: Any, kind: Any, now: int) -> Any:
    """A value, and all that it holds, with later years like this one."""
    if value is None:
        return None
    if kind in YEARLY:
        return _later_alike(value, now)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _held(getattr(value, f.name), f.type, now) for f in fields(value)}
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(_held(each, None, now) for each in value)
    return value


def _later_alike(values: Any, now: int) -> Any:
    """x[min(y, now)] of an array or a tuple."""
    if isinstance(values, tuple):
        return tuple(values[min(y, now)] for y in range(len(values)))
    return values[np.minimum(np.arange(len(values)), now)]
