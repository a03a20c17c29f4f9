"""Yield of a PV roof over a seeded synthetic year.

For a site without a measured series: clear sky from astronomy, cloud from a seeded random draw, the
level from the yearly yield that people know. It is a plausible year, not a forecast of any.

Clear sky is Ineichen and Perez with the Linke turbidity map that pvlib carries as a file (read
offline). Each day has one clearness from a beta distribution: global = clearness * clear sky, split
into beam and diffuse by Erbs, put on the tilted plane by Hay and Davies (all as in pvlib), without
an effect of module temperature.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.profiles.calendar import DAYS, HOURS, check_year
from optimizer.inputs.profiles.scaling import scale_to_total

if TYPE_CHECKING:
    import pandas as pd

PERFORMANCE_RATIO = 0.86
"""AC output over what the plane receives: PVWatts' default losses, 14 % (NREL/TP-6A20-62641)."""

STANDARD_IRRADIANCE = 1000.0
"""W/m2 at which a module gives its rated power (standard test conditions, IEC 60904-3)."""

LEAST_CLEARNESS, MOST_CLEARNESS = 0.05, 0.95
"""Bounds of the mean daily clearness, so that its distribution keeps a width."""


def pv_profile(
    *,
    year: int,
    latitude: float,
    longitude: float,
    altitude: float,
    tilt: float,
    azimuth: float,
    utc_offset_h: float,
    yield_kwh_per_kwp: float,
    seed: int,
    clearness_spread: float = 0.5,
) -> NDArray[np.float64]:
    """Capacity factor of a PV roof, MW per MWp, shape (8760,), hours of local standard time.

    Angles in degrees (azimuth 90 east, 180 south), altitude in m. The mean daily
    clearness is the one at which a performance ratio of 0.86 gives the yield; `clearness_spread`,
    0 (every day alike) to below 1 (clear or black), is its standard deviation over the largest
    possible one, sqrt(mean * (1 - mean)).
    The year's sum is the yield to 1e-9, no hour is above 1: what a clip takes off, the other hours
    carry. 29 February is left out. The same seed gives the same year.

    Raises ValueError for figures outside their range and for a yield that daylight can't give.
    """
    import pvlib  # slow, and needed only by sites without a measured series

    _check(latitude, longitude, tilt, clearness_spread, yield_kwh_per_kwp)
    times = _middle_of_hours(year, utc_offset_h)
    site = pvlib.location.Location(latitude, longitude, altitude=altitude)
    sun = site.get_solarposition(times)
    clear = site.get_clearsky(times, model="ineichen", solar_position=sun)
    plane = {"surface_tilt": tilt, "surface_azimuth": azimuth}
    bright = _plane_of_array(clear["ghi"], sun, times, plane)
    mean = yield_kwh_per_kwp * STANDARD_IRRADIANCE / (PERFORMANCE_RATIO * bright.sum())
    mean = float(np.clip(mean, LEAST_CLEARNESS, MOST_CLEARNESS))
    clearness = np.repeat(_daily_clearness(mean, clearness_spread, seed), 24)
    received = _plane_of_array(clear["ghi"] * clearness, sun, times, plane)
    try:
        return scale_to_total(received, np.ones(HOURS), yield_kwh_per_kwp, 1.0)[0]
    except ValueError as error:
        raise ValueError(f"yield_kwh_per_kwp: {error}") from error


def _check(
    latitude: float, longitude: float, tilt: float, spread: float, yield_kwh_per_kwp: float
) -> None:
    ranges = {
        "latitude": (latitude, -90.0, 90.0),
        "longitude": (longitude, -180.0, 180.0),
        "tilt": (tilt, 0.0, 90.0),
        "clearness_spread": (spread, 0.0, 0.99),
        "yield_kwh_per_kwp": (yield_kwh_per_kwp, 1.0, float(HOURS)),
    }
    for name, (value, low, high) in ranges.items():
        if not low <= value <= high:
            raise ValueError(f"{name}: got {value}, must be between {low:g} and {high:g}")


def _middle_of_hours(year: int, utc_offset_h: float) -> "pd.DatetimeIndex":
    """Middle of each hour of local standard time, in UTC, without 29 February, length 8760."""
    import pandas as pd

    check_year(year)
    local = pd.date_range(f"{year}-01-01 00:30", f"{year}-12-31 23:30", freq="h")
    local = local[~((local.month == 2) & (local.day == 29))]
    return (local - pd.Timedelta(hours=utc_offset_h)).tz_localize("UTC")


def _plane_of_array(
    ghi: Any, sun: "pd.DataFrame", times: "pd.DatetimeIndex", plane: dict[str, float]
) -> NDArray[np.float64]:
    """Global irradiance on the plane, W/m2, shape (8760,), from horizontal W/m2."""
    import pvlib

    split = pvlib.irradiance.erbs(ghi, sun["zenith"], times)
    total = pvlib.irradiance.get_total_irradiance(
        **plane,
        solar_zenith=sun["apparent_zenith"],
        solar_azimuth=sun["azimuth"],
        dni=split["dni"],
        ghi=ghi,
        dhi=split["dhi"],
        dni_extra=pvlib.irradiance.get_extra_radiation(times),
        model="haydavies",
    )
    poa = np.nan_to_num(total["poa_global"].to_numpy(dtype=np.float64), nan=0.0)
    received: NDArray[np.float64] = np.maximum(poa, 0.0)
    return received


def _daily_clearness(mean: float, spread: float, seed: int) -> NDArray[np.float64]:
    """365 draws of Beta(mean * nu, (1 - mean) * nu), nu = 1/spread**2 - 1; spread 0 gives mean.

    The variance of that distribution is mean * (1 - mean) / (1 + nu), so the standard deviation is
    spread * sqrt(mean * (1 - mean)).
    """
    if spread == 0:
        return np.full(DAYS, mean)
    nu = 1 / spread**2 - 1
    return np.random.default_rng(seed).beta(mean * nu, (1 - mean) * nu, size=DAYS)
