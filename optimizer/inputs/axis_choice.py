"""A case on typical days, with the year's totals kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.axis_roles import followed
from optimizer.inputs.case import Case
from optimizer.inputs.profiles.scaling import scale_to_total
from optimizer.inputs.segments import on_segments
from optimizer.inputs.time_axis import TimeAxis
from optimizer.inputs.typical_periods import TypicalDays, add_days, typical_axis

Array = NDArray[np.float64]


def on_typical_days(case: Case, n: int, segments: int | None = None) -> tuple[Case, TypicalDays]:
    """The case on at most n typical days and the extreme days on top; `case` is on the full year.

    With `segments` the steps of each day are merged to so many (see segments); the TypicalDays
    stay on the steps of the year. So many days that they are the full year are never merged.

    Demands, availabilities and excesses keep their yearly totals (see typical_periods). Ratios
    and prices are those of the representative days. A carrier's factor form keeps the weighted
    mean 1, a contract's shape the weighted sum 1. Raises ValueError for a case on another axis.
    """
    if case.axis.kind != "full":
        raise ValueError("typical days are chosen from the case on the full year")
    chosen, roles = followed(case)
    flat = {key: values.reshape(-1) for key, values in chosen.items()}
    typical = typical_axis(flat, n=n, step_minutes=round(case.axis.dt * 60), roles=roles)
    chosen_case = _on(case, typical)
    if segments is not None and typical.axis.kind == "typical":
        chosen_case = on_segments(chosen_case, segments)
    return chosen_case, typical


def with_days(
    case_full: Case, typical: TypicalDays, days: Iterable[int]
) -> tuple[Case, TypicalDays]:
    """The full-year case on `typical` with further real days (0 to 364) standing for themselves.

    Every day is on the steps of the year, also where the days before were in segments: a day that
    fell short there is no shorter then.
    """
    more = add_days(typical, days)
    return _on(case_full, more), more


def _on(case: Case, typical: TypicalDays) -> Case:
    series = {key: _values(case, key, typical) for key in case.series}
    for values in series.values():
        values.setflags(write=False)
    return replace(case, axis=typical.axis, series=MappingProxyType(series))


def _values(case: Case, key: str, typical: TypicalDays) -> Array:
    """One series (P, H) on the typical axis, by its role."""
    role, axis = case.roles[key], typical.axis
    if role in ("demand", "availability"):
        return np.array(typical.values[key])
    picked: Array = case.series[key][axis.day_of_period].copy()
    if role == "excess":
        return _keeping_total(picked, case.series[key], axis)
    weighted = float((axis.weight[:, None] * picked).sum())
    if role == "factor":
        return picked * (float(axis.weight.sum()) * axis.steps / weighted)
    if role == "shape":
        return picked / (weighted * axis.dt)
    return picked


def _keeping_total(picked: Array, whole: Array, axis: TimeAxis) -> Array:
    """Ordinary periods scaled, at most to the year's highest, so that the weighted sum holds.

    Where the representative days are zero and others aren't, each takes its cluster's mean.
    """
    ordinary = ~axis.extreme
    left = np.isin(axis.period_of_day, np.flatnonzero(ordinary))
    weight = axis.weight[ordinary][:, None]
    try:
        total, cap = float(whole[left].sum()), float(whole.max())
        picked[ordinary], _ = scale_to_total(picked[ordinary], weight, total, cap)
    except ValueError:
        for period in np.flatnonzero(ordinary):
            picked[period] = whole[axis.period_of_day == period].mean(axis=0)
    return picked
