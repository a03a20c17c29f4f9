"""The profile year: always 365 days, whatever calendar year its weekdays come from.

A leap year loses 29 February, so its weekdays skip one at 1 March; every array keeps 8,760 hours.
"""

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

DAYS = 365
HOURS = 8760
MONTHS = 12
MONTH_DAYS: tuple[int, ...] = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LEAP_DAY_INDEX = 59
"""Days before 29 February: the place at which a leap year's extra day would stand."""

FIRST_YEAR, LAST_YEAR = 1900, 2200
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")


def check_year(year: int) -> None:
    """Refuse a profile year outside 1900 to 2200 (ValueError): it is a slip of the keyboard."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"profile year: got {year}, allowed {FIRST_YEAR} to {LAST_YEAR}")


def month_of_day() -> NDArray[np.int64]:
    """Month number 0 to 11 of each of the 365 days, shape (365,)."""
    return np.repeat(np.arange(MONTHS), MONTH_DAYS)


def month_of_hour() -> NDArray[np.int64]:
    """Month number 0 to 11 of each of the 8,760 hours, shape (8760,)."""
    return np.repeat(month_of_day(), 24)


def weekday_of_day(year: int) -> NDArray[np.int64]:
    """Weekday of each day of `year` without 29 February, Monday 0 to Sunday 6, shape (365,)."""
    check_year(year)
    days = [date(year, m + 1, d + 1).weekday() for m, n in enumerate(MONTH_DAYS) for d in range(n)]
    return np.array(days)


def day_of_year(month_day: str) -> int:
    """Index 0 to 364 of a day written MM-DD; ValueError for other text and for 02-29."""
    match = _MONTH_DAY.fullmatch(month_day)
    if match:
        month, day = int(match[1]), int(match[2])
        if 1 <= month <= MONTHS and 1 <= day <= MONTH_DAYS[month - 1]:
            return sum(MONTH_DAYS[: month - 1]) + day - 1
    raise ValueError(
        f"day: got {month_day!r}, must be MM-DD of a 365-day year (no 02-29), such as 05-01"
    )


def twelve(values: Sequence[float], name: str) -> NDArray[np.float64]:
    """The twelve monthly figures as an array (12,); ValueError unless 12 finite numbers."""
    array = np.asarray(values, dtype=np.float64)
    if array.shape != (MONTHS,) or not np.isfinite(array).all():
        raise ValueError(f"{name}: got {len(array)} values, must be 12 finite numbers, one a month")
    return array
