"""Outdoor air temperature from twelve monthly means."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from optimizer.inputs.profiles.calendar import DAYS, HOURS, MONTH_DAYS, check_year, twelve

WARMEST_HOUR = 15


def temperature_profile(
    *, year: int, monthly_means_c: Sequence[float], daily_swing_k: float
) -> NDArray[np.float64]:
    """Hourly air temperature in degC, shape (8760,), warmest in the hour that begins at 15:00.

    The yearly wave is the derivative of a periodic cubic spline through the running sum of the
    monthly means, so that it is smooth across months (and from December to January) while the mean
    of each month stays what was given, to 1e-9 K. On it lies a cosine of one day whose highest is
    `daily_swing_k` above its lowest; over whole days it sums to nothing. `year` is only checked.

    Raises ValueError unless there are 12 finite means and the swing is at least 0.
    """
    check_year(year)
    means = twelve(monthly_means_c, "monthly_means_c")
    if not daily_swing_k >= 0:
        raise ValueError(f"daily_swing_k: got {daily_swing_k}, must be at least 0")
    hours = 24.0 * np.array(MONTH_DAYS)
    overall = float((means * hours).sum() / HOURS)
    edges = np.concatenate(([0.0], np.cumsum(hours)))
    degree_hours = np.concatenate(([0.0], np.cumsum((means - overall) * hours)))
    degree_hours[-1] = 0.0
    running = CubicSpline(edges, degree_hours, bc_type="periodic")(np.arange(HOURS + 1.0))
    wave = np.cos(2 * np.pi * (np.arange(24) - WARMEST_HOUR) / 24) * daily_swing_k / 2
    profile: NDArray[np.float64] = overall + np.diff(running) + np.tile(wave, DAYS)
    return profile
