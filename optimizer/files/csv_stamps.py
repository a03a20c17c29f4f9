"""Reads a metered column together with its time stamps and tells what is wrong with the time.

Nothing is filled, dropped or shifted. A year of 365 days is wanted: 29 February is told, its
absence is not.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from optimizer.errors import InputErrors, Problem
from optimizer.files.csv_series import Table, raise_if_any, read_table

_STAMP = re.compile(
    r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stamped:
    """Metered values, shape (rows,), the text of their stamps, and the step between them."""

    stamps: tuple[str, ...]
    values: NDArray[np.float64]
    step_minutes: int


def read_stamped(
    path: Path, column: str, time_column: str, *, shown_as: str, delimiter: str = ","
) -> Stamped:
    """Values of `column` with stamps such as "2025-01-31 23:45" (offset allowed).

    Raises InputErrors naming each line: gap, repeated stamp, wrong order, an hour lost or repeated
    by daylight saving, 29 February, a stamp or value that can't be read.
    """
    table = read_table(path, shown_as=shown_as, delimiter=delimiter)
    stamps = table.text(time_column)
    times = _times(table, time_column, stamps)
    values = table.numbers(column)
    if len(times) < 2:
        raise InputErrors([table.problem(0, time_column, "one row", "at least two rows")])
    steps = [after - before for before, after in pairwise(times)]
    step = Counter(gap for gap in steps if gap > timedelta(0)).most_common(1)
    if not step or step[0][0] % timedelta(minutes=1):
        found = str(step[0][0]) if step else "times that never rise"
        raise InputErrors([table.problem(1, time_column, found, "a step of whole minutes")])
    raise_if_any(_time_problems(table, time_column, times, step[0][0]))
    return Stamped(tuple(stamps), values, step[0][0] // timedelta(minutes=1))


def _times(table: Table, column: str, stamps: list[str]) -> list[datetime]:
    """The stamps as times: as written, or in UTC where all carry an offset."""
    times: list[datetime] = []
    problems: list[Problem] = []
    offsets: set[bool] = set()
    for row, stamp in enumerate(stamps):
        time = _time(stamp)
        if time is None:
            allowed = 'a time such as "2025-01-31 23:45"'
            problems.append(table.problem(row, column, stamp or "an empty cell", allowed))
            continue
        offsets.add(time.tzinfo is not None)
        if len(offsets) > 1:
            allowed = "an offset from UTC in all rows or in none"
            problems.append(table.problem(row, column, stamp, allowed))
            break
        times.append(time)
    raise_if_any(problems)
    return times


def _time(stamp: str) -> datetime | None:
    """One stamp, or None if it is no time of the calendar."""
    match = _STAMP.fullmatch(stamp)
    if not match:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        time = datetime(year, month, day, hour, minute, second)
        offset = match[7]
        if offset is None:
            return time
        written = offset.replace("Z", "+0000").replace(":", "")
        minutes = int(written[1:3]) * 60 + int(written[3:])
        shift = timedelta(minutes=-minutes if written[0] == "+" else minutes)
        return (time + shift).replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _time_problems(
    table: Table, column: str, times: list[datetime], step: timedelta
) -> list[Problem]:
    """What breaks the even march of time; row r is compared with row r - 1."""
    problems: list[Problem] = []
    for row, time in enumerate(times):
        stamp = str(table.cells[column].iat[row])
        new_day = row == 0 or times[row - 1].date() != time.date()
        if new_day and (time.month, time.day) == (2, 29):
            hint = f"Take out the {_DAY // step} rows of that day; a profile year has 365 days."
            problems.append(table.problem(row, column, stamp, "outside 29 February", hint))
        if row:
            broken = _break(times[row - 1], time, step)
            if broken:
                problems.append(table.problem(row, column, stamp, *broken))
    return problems


def _break(before: datetime, time: datetime, step: timedelta) -> tuple[str, str] | None:
    """What was allowed and what to do, if `time` doesn't follow `before` by one step."""
    gap = time - before
    if gap == step or _skips_leap_day(before, time, step):
        return None
    allowed = f"{before + step:%Y-%m-%d %H:%M}, one step after the line before"
    if gap == step - _HOUR:
        return allowed, "An hour is repeated, as when daylight saving ends: give standard time."
    if gap == step + _HOUR:
        return allowed, "An hour is lost, as when daylight saving begins: give standard time."
    if not gap:
        return allowed, "The stamp is repeated."
    if gap < timedelta(0):
        return allowed, "Time runs backwards here: sort the rows."
    if gap < step or gap % step:
        return allowed, "The step changes here: give all rows the same step."
    return allowed, f"{gap // step - 1} rows are missing before it."


def _skips_leap_day(before: datetime, time: datetime, step: timedelta) -> bool:
    """Whether exactly 29 February was left out between two rows."""
    return (
        calendar.isleap(time.year)
        and time - before == step + _DAY
        and before < datetime(time.year, 3, 1, tzinfo=time.tzinfo) <= time
    )
