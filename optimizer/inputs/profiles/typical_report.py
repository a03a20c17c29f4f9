"""What a set of typical days keeps of the real year, and what it loses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.profiles.calendar import MONTHS, month_of_day
from optimizer.inputs.profiles.extreme_days import Days, Roles
from optimizer.inputs.time_axis import TimeAxis

LEAST_FACTOR, MOST_FACTOR = 0.8, 1.25
"""A factor outside says that the typical days are far from the year: use more of them."""


@dataclass(frozen=True)
class Fit:
    """One series on the axis: values (P, steps), the factor on its ordinary periods, its form."""

    values: NDArray[np.float64]
    factor: float
    form: Literal["real_day", "cluster_mean"]


def describe(
    axis: TimeAxis,
    days: Days,
    fits: Mapping[str, Fit],
    roles: Roles,
    reasons: Mapping[int, list[str]],
) -> dict[str, Any]:
    """Plain numbers, lists and words, ready for JSON.

    periods, ordinary_periods; extreme_days: [{day, reasons}]; series: for each key factor, form,
    factor_in_bounds, peak_error and energy_error_before_scaling (both relative to the year, None
    where the year has none); for prices also negative_steps and negative_sum, of the year and as
    the weighted typical days have them; monthly_peak_error: for the summed electricity, how far the
    highest step of all periods that hold a day of the month lies above the month's own.
    """
    report: dict[str, Any] = {
        "periods": len(axis.weight),
        "ordinary_periods": int((~axis.extreme).sum()),
        "extreme_days": [{"day": day, "reasons": list(why)} for day, why in reasons.items()],
        "series": {key: _series(axis, whole, fits[key]) for key, whole in days.items()},
        "monthly_peak_error": _monthly_peaks(axis, days, fits, roles),
    }
    for key in roles.price:
        report["series"][key] |= _negative(axis, days[key], fits[key].values)
    return report


def _series(axis: TimeAxis, whole: NDArray[np.float64], fit: Fit) -> dict[str, Any]:
    unscaled = float((axis.weight[:, None] * whole[axis.day_of_period]).sum())
    return {
        "factor": fit.factor,
        "form": fit.form,
        "factor_in_bounds": LEAST_FACTOR <= fit.factor <= MOST_FACTOR,
        "peak_error": _relative(float(fit.values.max()), float(whole.max())),
        "energy_error_before_scaling": _relative(unscaled, float(whole.sum())),
    }


def _relative(found: float, true: float) -> float | None:
    return None if true == 0 else (found - true) / abs(true)


def _negative(
    axis: TimeAxis, whole: NDArray[np.float64], values: NDArray[np.float64]
) -> dict[str, Any]:
    """Steps below 0 and their sum, in the year and on the weighted typical days."""
    weight = axis.weight[:, None]
    return {
        "negative_steps": {
            "year": int((whole < 0).sum()),
            "typical": float((weight * (values < 0)).sum()),
        },
        "negative_sum": {
            "year": float(np.minimum(whole, 0.0).sum()),
            "typical": float((weight * np.minimum(values, 0.0)).sum()),
        },
    }


def _monthly_peaks(
    axis: TimeAxis, days: Days, fits: Mapping[str, Fit], roles: Roles
) -> list[float | None]:
    """Twelve relative errors of the billed peak of the summed electricity; empty without any."""
    if not roles.electricity:
        return []
    year = sum(days[key] for key in roles.electricity)
    typical = sum(fits[key].values for key in roles.electricity)
    top = np.asarray(typical).max(axis=1)
    true = np.asarray(year).max(axis=1)
    held, month = axis.months, month_of_day()
    return [
        _relative(float(top[held[:, m]].max()), float(true[month == m].max()))
        for m in range(MONTHS)
    ]
