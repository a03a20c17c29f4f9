"""Demand of a factory from its shift pattern and its bills."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.profiles.calendar import (
    HOURS,
    MONTHS,
    day_of_year,
    month_of_hour,
    twelve,
    weekday_of_day,
)

SATURDAY = 5
HOURS_A_DAY = 24


def shift_profile(
    *,
    year: int,
    shifts_per_day: int,
    first_shift_hour: float,
    hours_per_shift: float,
    weekend_share: float,
    holiday_share: float,
    holidays: Sequence[str],
    base_share: float,
    season: Sequence[float],
    annual_mwh: float | None,
    monthly_mwh: Sequence[float] | None,
) -> NDArray[np.float64]:
    """Hourly demand in MW, shape (8760,), from a shift pattern.

    level = season[month] * (base + (1 - base) * worked * share[day]), where `worked` is the part of
    the hour that lies in a shift and the share is 1 on working days, weekend_share on Saturday and
    Sunday, holiday_share on holidays (MM-DD), which come before weekends. Hours after midnight
    belong to the day on which the first shift began; 31 December's run into 1 January.
    The level is then scaled to the yearly amount, or month by month to twelve bills, to 1e-12
    relative. Weekdays are those of `year`; 29 February of a leap year is left out.

    Raises ValueError that names the field for a share outside 0 to 1, shifts above 24 hours, both
    or neither amount, or an amount for a time without any level.
    """
    _check_shares(weekend_share=weekend_share, holiday_share=holiday_share, base_share=base_share)
    factors = twelve(season, "season")
    if (factors < 0).any():
        raise ValueError("season: a monthly factor is below 0")
    share = np.where(weekday_of_day(year) >= SATURDAY, weekend_share, 1.0)
    share[[day_of_year(day) for day in holidays]] = holiday_share
    worked = _worked(first_shift_hour, shifts_per_day * hours_per_shift)
    activity = np.zeros(HOURS)
    for offset, part in enumerate(worked.reshape(2, HOURS_A_DAY)):
        activity += np.outer(np.roll(share, offset), part).reshape(-1)
    level = factors[month_of_hour()] * (base_share + (1 - base_share) * activity)
    return _to_bills(level, annual_mwh, monthly_mwh)


def _check_shares(**shares: float) -> None:
    for name, value in shares.items():
        if not 0 <= value <= 1:
            raise ValueError(f"{name}: got {value}, must be between 0 and 1")


def _worked(first_hour: float, length: float) -> NDArray[np.float64]:
    """Part of each hour inside the shifts that begin on one day; two days long, shape (48,)."""
    if not 0 <= first_hour < HOURS_A_DAY:
        raise ValueError(f"first_shift_hour: got {first_hour}, must be from 0 to below 24")
    if not 0 < length <= HOURS_A_DAY:
        raise ValueError(
            f"shifts_per_day x hours_per_shift: got {length} hours, must be above 0 and at most 24"
        )
    hour = np.arange(2 * HOURS_A_DAY)
    overlap = np.minimum(hour + 1, first_hour + length) - np.maximum(hour, first_hour)
    part: NDArray[np.float64] = np.clip(overlap, 0.0, 1.0)
    return part


def _to_bills(
    level: NDArray[np.float64], annual_mwh: float | None, monthly_mwh: Sequence[float] | None
) -> NDArray[np.float64]:
    """Scale hourly levels to the metered amounts (MWh); hours are 1 h long, so MW sum to MWh."""
    if (annual_mwh is None) == (monthly_mwh is None):
        raise ValueError("give either annual_mwh or monthly_mwh, one of the two")
    if monthly_mwh is None:
        assert annual_mwh is not None
        return level * _factor(float(level.sum()), annual_mwh, "annual_mwh")
    month = month_of_hour()
    bills = twelve(monthly_mwh, "monthly_mwh")
    sums = np.bincount(month, weights=level, minlength=MONTHS)
    factors = [
        _factor(float(s), float(b), f"monthly_mwh[{m}]")
        for m, (s, b) in enumerate(zip(sums, bills, strict=True))
    ]
    demand: NDArray[np.float64] = level * np.array(factors)[month]
    return demand


def _factor(level_sum: float, amount: float, name: str) -> float:
    if not amount >= 0 or not np.isfinite(amount):
        raise ValueError(f"{name}: got {amount} MWh, must be at least 0")
    if amount == 0:
        return 0.0
    if level_sum == 0:
        raise ValueError(f"{name}: {amount} MWh, but the pattern has no hour at work in this time")
    return amount / level_sum
