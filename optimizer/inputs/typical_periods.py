"""Typical days of a year, with the extreme days on top and the year's totals kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.profiles.calendar import DAYS
from optimizer.inputs.profiles.clusters import cluster, features, medoid
from optimizer.inputs.profiles.extreme_days import Days, Roles, extreme_days
from optimizer.inputs.profiles.scaling import scale_to_total
from optimizer.inputs.profiles.typical_report import Fit, describe
from optimizer.inputs.time_axis import TimeAxis, full_axis, steps_per_day

__all__ = ["Roles", "TypicalDays", "add_days", "typical_axis"]


@dataclass(frozen=True, eq=False)
class TypicalDays:
    """A time axis and the series on it.

    axis: P periods; values: each series (P, steps), read-only, in its own unit; scale: the factor
    that each series' ordinary periods carry so that its yearly total holds (1 for prices); report:
    what was lost (see typical_report.describe); series and roles: the whole year (365, steps) that
    it came from, for `add_days`; reasons: day -> why it stands for itself.
    """

    axis: TimeAxis
    values: Mapping[str, NDArray[np.float64]]
    scale: Mapping[str, float]
    report: Mapping[str, Any]
    series: Days
    roles: Roles
    reasons: Mapping[int, list[str]]


def typical_axis(
    series: Mapping[str, NDArray[np.float64]], *, n: int, step_minutes: int, roles: Roles
) -> TypicalDays:
    """At most n typical days and, on top, the extreme days with weight 1.

    Each series is a year of steps (365 * 1440 / step_minutes,). Extreme days (extreme_days) leave
    the clustering; the other days form n clusters, each shown by its medoid, a real day. Weights
    count days and sum to 365. Then each series but prices is scaled on the ordinary periods, at
    most to its own highest value of the year, so that sum(weight * value) equals the sum of the
    year to 1e-9 relative. n + extreme days >= 365 gives the full year. Same input, same output.

    Raises ValueError for n below 1, a wrong length, and all that Roles.check refuses.
    """
    steps = steps_per_day(step_minutes)
    if n < 1:
        raise ValueError(f"typical periods: got {n}, must be at least 1")
    if not series:
        raise ValueError("no series to find typical days for")
    days = {key: _by_day(key, values, steps) for key, values in series.items()}
    roles.check(days)
    reasons = extreme_days(days, roles)
    if n + len(reasons) >= DAYS:
        return _finish(full_axis(step_minutes), days, roles, reasons)
    rows = np.setdiff1d(np.arange(DAYS), list(reasons))
    shapes = _shapes(days, roles)
    labels = cluster(shapes, rows, n)
    points = features(shapes)
    groups = [rows[labels == label] for label in np.unique(labels)]
    shown = [(medoid(points, group.tolist()), group) for group in groups]
    return _finish(_axis(shown, reasons, step_minutes), days, roles, reasons)


def add_days(typical: TypicalDays, days: Iterable[int]) -> TypicalDays:
    """A new TypicalDays with further real days (0 to 364) standing for themselves.

    Each leaves its cluster; a cluster that loses its representative takes the medoid of those that
    remain, the others keep theirs. Totals are scaled anew. Days that already stand for themselves
    change nothing. Raises ValueError for a day outside 0 to 364.
    """
    wanted = sorted(set(days))
    outside = [day for day in wanted if not 0 <= day < DAYS]
    if outside:
        raise ValueError(f"day {outside[0]} to add: must be 0 to {DAYS - 1}")
    new = [day for day in wanted if day not in typical.reasons]
    if typical.axis.kind == "full" or not new:
        return typical
    reasons = {**typical.reasons, **{day: ["fell short in the full year"] for day in new}}
    reasons = dict(sorted(reasons.items()))
    points = features(_shapes(typical.series, typical.roles))
    shown = []
    for period in np.flatnonzero(~typical.axis.extreme):
        group = np.setdiff1d(np.flatnonzero(typical.axis.period_of_day == period), new)
        if group.size:
            day = int(typical.axis.day_of_period[period])
            keep = day if day not in new else medoid(points, group.tolist())
            shown.append((keep, group))
    axis = _axis(shown, reasons, round(typical.axis.dt * 60))
    return _finish(axis, typical.series, typical.roles, reasons)


def _by_day(key: str, values: NDArray[np.float64], steps: int) -> NDArray[np.float64]:
    """A locked copy of a year of steps as (365, steps)."""
    array = np.array(values, dtype=np.float64)
    if array.shape != (DAYS * steps,):
        raise ValueError(f"series {key!r} has shape {array.shape}, must be ({DAYS * steps},)")
    array = array.reshape(DAYS, steps)
    array.setflags(write=False)
    return array


def _shapes(days: Days, roles: Roles) -> Days:
    """The series that say how alike two days are."""
    return {key: values for key, values in days.items() if key not in roles.peak}


def _axis(
    shown: list[tuple[int, NDArray[np.int64]]], reasons: Mapping[int, list[str]], step_minutes: int
) -> TimeAxis:
    """Ordinary periods by representative day, then extreme days, both in the order of the year."""
    groups = sorted(shown, key=lambda pair: pair[0])
    if len(groups) + len(reasons) >= DAYS:
        return full_axis(step_minutes)
    groups += [(day, np.array([day])) for day in reasons]
    period_of_day = np.zeros(DAYS, dtype=np.int64)
    for period, (_, members) in enumerate(groups):
        period_of_day[members] = period
    return TimeAxis(
        kind="typical",
        steps=steps_per_day(step_minutes),
        dt=step_minutes / 60,
        weight=np.array([len(members) for _, members in groups], dtype=np.float64),
        period_of_day=period_of_day,
        extreme=np.arange(len(groups)) >= len(shown),
        day_of_period=np.array([day for day, _ in groups]),
    )


def _finish(
    axis: TimeAxis, days: Days, roles: Roles, reasons: Mapping[int, list[str]]
) -> TypicalDays:
    """Pick, scale and report."""
    fits: dict[str, Fit] = {}
    for key, whole in days.items():
        fit = _fit(axis, whole, scaled=key in roles.scaled)
        fit.values.setflags(write=False)
        fits[key] = fit
    return TypicalDays(
        axis=axis,
        values={key: fit.values for key, fit in fits.items()},
        scale={key: fit.factor for key, fit in fits.items()},
        report=describe(axis, days, fits, roles, reasons),
        series=days,
        roles=roles,
        reasons=reasons,
    )


def _fit(axis: TimeAxis, whole: NDArray[np.float64], *, scaled: bool) -> Fit:
    """Values on the axis whose ordinary periods add up to the year less its extreme days.

    Where no factor can do that (the chosen days are zero where others are not), the series takes
    the mean of each cluster's days instead of one day: its total holds exactly.
    """
    values = whole[axis.day_of_period].copy()
    ordinary = ~axis.extreme
    if axis.kind == "full" or not scaled:
        return Fit(values, 1.0, "real_day")
    left = np.isin(axis.period_of_day, np.flatnonzero(ordinary))
    total, cap = float(whole[left].sum()), float(whole.max())
    weight = axis.weight[ordinary][:, None]
    try:
        values[ordinary], factor = scale_to_total(values[ordinary], weight, total, cap)
    except ValueError:
        for period in np.flatnonzero(ordinary):
            values[period] = whole[axis.period_of_day == period].mean(axis=0)
        return Fit(values, 1.0, "cluster_mean")
    return Fit(values, factor if total > 0 else 1.0, "real_day")
