"""Time-of-use tariffs as an hourly series."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.profiles.calendar import MONTH_DAYS, MONTHS, check_year

HOURS_A_DAY = 24


def time_of_use(
    *,
    year: int,
    bands: Mapping[str, float],
    hours: Sequence[str] | Mapping[int, Sequence[str]],
) -> NDArray[np.float64]:
    """Hourly price, shape (8760,), in the unit of `bands` (usually money per MWh).

    `hours` names the band of each hour of the day, hour 0 first: one list of 24 names for all
    months, or a list for each month 1 to 12. Weekends are as weekdays, so `year` is only checked.

    Raises ValueError for a list that isn't 24 long, a band without a price, a month left out, or a
    priced band that no hour uses (it would touch nothing).
    """
    check_year(year)
    monthly = _by_month(hours)
    used: set[str] = set()
    days = []
    for month, names in enumerate(monthly, start=1):
        if len(names) != HOURS_A_DAY:
            raise ValueError(f"hours, month {month}: got {len(names)} names, must be 24")
        unknown = sorted(set(names) - set(bands))
        if unknown:
            raise ValueError(
                f"hours, month {month}: band {unknown[0]!r} has no price; bands are {list(bands)}"
            )
        used.update(names)
        days.append(np.tile([float(bands[name]) for name in names], MONTH_DAYS[month - 1]))
    idle = sorted(set(bands) - used)
    if idle:
        raise ValueError(f"bands: no hour uses {idle[0]!r}; name it in hours or leave it out")
    return np.concatenate(days)


def _by_month(hours: Sequence[str] | Mapping[int, Sequence[str]]) -> list[Sequence[str]]:
    if not isinstance(hours, Mapping):
        return [hours] * MONTHS
    wanted = range(1, MONTHS + 1)
    if sorted(hours) != list(wanted):
        raise ValueError(f"hours: got months {sorted(hours)}, must be each of 1 to 12")
    return [hours[month] for month in wanted]
