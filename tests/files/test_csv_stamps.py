"""Time stamps of meters: what is uneven is told in its line, nothing is mended."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from optimizer.errors import InputErrors, Problem
from optimizer.files.csv_stamps import Stamped, read_stamped


def hours(first: str, count: int, step_minutes: int = 60) -> list[str]:
    """Even stamps from `first` on."""
    start = datetime.fromisoformat(first)
    step = timedelta(minutes=step_minutes)
    return [f"{start + n * step:%Y-%m-%d %H:%M}" for n in range(count)]


def read(folder: Path, stamps: list[str]) -> Stamped:
    """The series with these stamps and the values 0, 1, 2, ..."""
    path = folder / "meter.csv"
    path.write_text("time,mw\n" + "".join(f"{s},{n}\n" for n, s in enumerate(stamps)))
    return read_stamped(path, "mw", "time", shown_as="meter.csv")


def problem(folder: Path, stamps: list[str]) -> Problem:
    """The one problem for which the stamps are refused."""
    with pytest.raises(InputErrors) as caught:
        read(folder, stamps)
    (only,) = caught.value.problems
    return only


def test_even_stamps_give_values_and_step(tmp_path: Path) -> None:
    """Proves that text, values and the step of 15 minutes come through."""
    stamps = hours("2025-01-31 23:00", 8, 15)
    series = read(tmp_path, stamps)
    assert series.stamps == tuple(stamps)
    assert (series.values.tolist(), series.step_minutes) == ([float(n) for n in range(8)], 15)


def test_slashes_and_offsets_are_read(tmp_path: Path) -> None:
    """Proves that 01:00+01:00 and 02:00+02:00 are the same hour (a repeat), not two."""
    assert read(tmp_path, ["2025/1/1 0:00", "2025/1/1 1:00"]).step_minutes == 60
    stamps = ["2025-01-01T00:00Z", "2025-01-01T02:00+01:00", "2025-01-01T04:00+02:00"]
    assert read(tmp_path, stamps).step_minutes == 60
    stamps = ["2025-01-01T00:00+01:00", "2025-01-01T01:00+01:00", "2025-01-01T02:00+02:00"]
    assert problem(tmp_path, stamps).line == 4


def test_gap_is_counted(tmp_path: Path) -> None:
    """Proves line and size: rows 5, 6, 7 taken out of ten leave a gap of 3 before line 7."""
    stamps = hours("2025-06-01 00:00", 10)
    found = problem(tmp_path, stamps[:5] + stamps[8:])
    assert (found.line, found.hint) == (7, "3 rows are missing before it.")


def test_repeated_and_backward_stamps_are_told_apart(tmp_path: Path) -> None:
    """Proves both at line 5; 15-minute steps, so that neither looks like a repeated hour."""
    stamps = hours("2025-06-01 00:00", 10, 15)
    again = problem(tmp_path, stamps[:3] + stamps[2:])
    assert (again.line, again.hint) == (5, "The stamp is repeated.")
    with pytest.raises(InputErrors, match="runs backwards"):
        read(tmp_path, [*stamps[3:5], *stamps])


def test_daylight_saving_is_named(tmp_path: Path) -> None:
    """Proves the lost hour of March (01:00 then 03:00) and the repeated one of October."""
    march = hours("2025-03-30 00:00", 6)
    assert "lost" in problem(tmp_path, march[:2] + march[3:]).hint
    autumn = hours("2025-10-26 00:00", 20, 15)
    assert "repeated" in problem(tmp_path, autumn[:12] + autumn[8:]).hint
    hourly = hours("2025-10-26 00:00", 6)
    assert "repeated" in problem(tmp_path, hourly[:3] + hourly[2:]).hint


def test_leap_day_is_told_once_and_its_absence_is_not(tmp_path: Path) -> None:
    """Proves one problem for 24 rows, in line 26, and that 28 February may be followed by March."""
    stamps = hours("2024-02-28 00:00", 72)
    found = problem(tmp_path, stamps)
    assert (found.line, found.allowed) == (26, "outside 29 February")
    assert "24 rows" in found.hint
    assert len(read(tmp_path, stamps[:24] + stamps[48:]).values) == 48


@pytest.mark.parametrize("stamp", ["2025-13-01 00:00", "1 Jan 2025", "", "2025-01-01 25:00"])
def test_unreadable_stamp_is_named(tmp_path: Path, stamp: str) -> None:
    """Proves that no time is guessed from a text out of the calendar or in another form."""
    assert problem(tmp_path, ["2025-01-01 00:00", stamp]).line == 3


def test_mixed_offsets_are_refused(tmp_path: Path) -> None:
    """Proves that local and UTC times are never compared."""
    found = problem(tmp_path, ["2025-01-01 00:00", "2025-01-01 01:00Z"])
    assert "in all rows or in none" in found.allowed


def test_one_row_or_a_standing_clock_is_no_series(tmp_path: Path) -> None:
    """Proves that a step can't be made up where none is."""
    assert problem(tmp_path, ["2025-01-01 00:00"]).found == "one row"
    assert problem(tmp_path, ["2025-01-01 00:00"] * 3).found == "times that never rise"
