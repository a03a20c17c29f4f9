"""Hourly series made from a few figures, for what nobody measured; always marked derived."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.profiles.photovoltaic import pv_profile
from optimizer.inputs.profiles.shifts import shift_profile
from optimizer.inputs.profiles.temperature import temperature_profile
from optimizer.inputs.profiles.time_of_use import time_of_use
from optimizer.schema.series import (
    PhotovoltaicSeries,
    ShiftSeries,
    TemperatureSeries,
    TimeOfUseSeries,
)
from optimizer.units import Quantity

Array = NDArray[np.float64]
Made = ShiftSeries | PhotovoltaicSeries | TemperatureSeries | TimeOfUseSeries

MADE_MINUTES = 60
MONTHS = range(1, 13)
ROOFS_KEPT: Final = 8
"""PV series that stay made: a what-if asks for the same ones again, and astronomy takes time."""


def hourly(series: Made, year: int, bring: Callable[[Quantity], float]) -> Array:
    """Values (8760,) in base units: MW, MW per MWp, degC, or money/MWh through `bring`.

    Raises ValueError with the field that can't be.
    """
    if isinstance(series, ShiftSeries):
        return _shifts(series, year)
    if isinstance(series, PhotovoltaicSeries):
        return _photovoltaic(series, year)
    if isinstance(series, TemperatureSeries):
        return temperature_profile(
            year=year, monthly_means_c=series.monthly, daily_swing_k=series.daily_swing
        )
    bands = {name: bring(price) for name, price in series.bands.items()}
    hours = {month: series.months.get(month, series.hours) for month in MONTHS}
    return time_of_use(year=year, bands=bands, hours=hours)


def _shifts(series: ShiftSeries, year: int) -> Array:
    hour, minute = (int(part) for part in series.first_shift.split(":"))
    return shift_profile(
        year=year,
        shifts_per_day=series.shifts_per_day,
        first_shift_hour=hour + minute / 60,
        hours_per_shift=series.shift_length,
        weekend_share=series.weekend_share,
        holiday_share=series.holiday_share,
        holidays=series.holidays,
        base_share=series.base_share,
        season=series.season,
        annual_mwh=series.annual,
        monthly_mwh=series.monthly,
    )


@lru_cache(maxsize=ROOFS_KEPT)
def _photovoltaic(series: PhotovoltaicSeries, year: int) -> Array:
    """Read-only, for it is handed out again."""
    made = pv_profile(
        year=year,
        latitude=series.latitude,
        longitude=series.longitude,
        altitude=series.altitude,
        tilt=series.tilt,
        azimuth=series.azimuth,
        utc_offset_h=series.utc_offset,
        yield_kwh_per_kwp=series.yearly_yield,
        seed=series.seed,
    )
    made.setflags(write=False)
    return made
