"""Shift patterns and time-of-use tariffs."""

from typing import Any

import numpy as np
import pytest

from optimizer.inputs.profiles.calendar import day_of_year, month_of_hour, weekday_of_day
from optimizer.inputs.profiles.shifts import shift_profile
from optimizer.inputs.profiles.time_of_use import time_of_use

FLAT = [1.0] * 12


def shifts(**changes: Any) -> np.ndarray:
    """Two shifts of 8 h from 6:00 in 2023, no weekend work, 20 % base, 1,000 MWh a year."""
    given: dict[str, Any] = {
        "year": 2023,
        "shifts_per_day": 2,
        "first_shift_hour": 6.0,
        "hours_per_shift": 8.0,
        "weekend_share": 0.0,
        "holiday_share": 0.0,
        "holidays": [],
        "base_share": 0.2,
        "season": FLAT,
        "annual_mwh": 1000.0,
        "monthly_mwh": None,
    }
    return shift_profile(**(given | changes))


def test_year_sums_to_the_yearly_amount() -> None:
    """Proves the scaling to annual_mwh; scaling by the mean would give 1000/8760 of it."""
    assert shifts().sum() == pytest.approx(1000.0, rel=1e-12)


def test_each_month_sums_to_its_bill_whatever_the_season_says() -> None:
    """Proves monthly bills hold one by one: m-th month 10 m MWh, and a bill of 0 is all zeros."""
    bills = [10.0 * m for m in range(12)]
    demand = shifts(annual_mwh=None, monthly_mwh=bills, season=[2.0] + [1.0] * 11)
    assert np.bincount(month_of_hour(), demand) == pytest.approx(bills, rel=1e-12)


def test_base_share_is_the_night_load_over_the_shift_load() -> None:
    """Monday 2 January 2023: 3:00 is base 0.2, 12:00 is 0.2 + 0.8 = 1, so the ratio is 0.2.

    A base added on top of the full load would give 0.2 / 1.2 = 0.167.
    """
    monday = shifts()[24:48]
    assert monday[3] / monday[12] == pytest.approx(0.2)
    assert monday[6:22] == pytest.approx(monday[12])


def test_half_hours_count_half() -> None:
    """One shift 6:30-14:30 without base: hours 6 and 14 carry half, 8 hours in all."""
    monday = shifts(shifts_per_day=1, first_shift_hour=6.5, base_share=0.0)[24:48]
    assert monday[6] / monday[7] == pytest.approx(0.5)
    assert monday[14] / monday[7] == pytest.approx(0.5)
    assert monday.sum() / monday[7] == pytest.approx(8.0)


def test_hours_after_midnight_belong_to_the_day_the_shift_began() -> None:
    """Friday 6 January's night shift 22:00-6:00 runs on Saturday 0:00-6:00; Sunday's does not.

    A shift cut at midnight would leave Saturday idle and start Monday at 0:00.
    """
    demand = shifts(shifts_per_day=1, first_shift_hour=22.0, base_share=0.0).reshape(365, 24)
    friday, saturday, monday = demand[5], demand[6], demand[8]
    assert (saturday[:6] == friday[23]).all()
    assert not saturday[6:].any()
    assert not monday[:22].any()


def test_holiday_comes_before_weekend_and_december_31_runs_into_january_1() -> None:
    """1 January 2023 is a Sunday (share 0.25) and a holiday (0.5): the holiday share counts.

    Night shift of 31 December (Saturday, 0.25) fills 1 January's first six hours.
    """
    demand = shifts(
        shifts_per_day=1,
        first_shift_hour=22.0,
        base_share=0.0,
        weekend_share=0.25,
        holiday_share=0.5,
        holidays=["01-01"],
    ).reshape(365, 24)
    full = demand[2, 22]
    assert demand[0, 22] == pytest.approx(0.5 * full)
    assert demand[0, 0] == pytest.approx(0.25 * full)


def test_leap_year_loses_29_february_and_skips_a_weekday() -> None:
    """28 February 2024 is a Wednesday (2), 1 March a Friday (4); kept in, 1 March is Thursday."""
    days = weekday_of_day(2024)
    assert len(days) == 365
    assert (days[58], days[59]) == (2, 4)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"monthly_mwh": FLAT}, "either annual_mwh or monthly_mwh"),
        ({"annual_mwh": None}, "either annual_mwh or monthly_mwh"),
        ({"weekend_share": 1.2}, "weekend_share: got 1.2"),
        ({"hours_per_shift": 13.0}, "got 26.0 hours"),
        ({"first_shift_hour": 24.0}, "first_shift_hour"),
        ({"season": [1.0] * 11}, "season: got 11 values"),
        ({"season": [-1.0] + [1.0] * 11}, "season: a monthly factor is below 0"),
        ({"holidays": ["02-29"]}, "02-29"),
        ({"holidays": ["1-1"]}, "must be MM-DD"),
        ({"annual_mwh": -1.0}, "annual_mwh: got -1.0"),
        ({"season": [0.0] * 12}, "no hour at work"),
        ({"year": 20233}, "profile year: got 20233"),
    ],
)
def test_wrong_shift_fields_are_named(changes: dict[str, Any], words: str) -> None:
    """Proves each refusal says which field and what; a silent clip would give a plausible year."""
    with pytest.raises(ValueError, match=words):
        shifts(**changes)


def test_last_day_is_364_and_first_is_0() -> None:
    """31 + 28 = 59, so 1 March is index 59 in a 365-day year (60 with 29 February kept)."""
    assert (day_of_year("01-01"), day_of_year("03-01"), day_of_year("12-31")) == (0, 59, 364)


BANDS = {"low": 300.0, "high": 900.0}
DAY = ["low"] * 8 + ["high"] * 16


def test_tariff_follows_the_hours_of_the_day() -> None:
    """8 h at 300 and 16 h at 900 average (8*300 + 16*900)/24 = 700; shifted by one: 675 or 725."""
    price = time_of_use(year=2023, bands=BANDS, hours=DAY)
    assert price.shape == (8760,)
    assert price.mean() == pytest.approx(700.0)
    assert (price[7], price[8]) == (300.0, 900.0)


def test_tariff_changes_on_the_first_of_the_month() -> None:
    """July all high: midnight of 1 July (day 181) is 900, of 30 June and 1 August (day 212) 300.

    A month too early or too late would leave 300 at day 181.
    """
    months = dict.fromkeys(range(1, 13), DAY) | {7: ["high"] * 24}
    price = time_of_use(year=2023, bands=BANDS, hours=months)
    assert price[181 * 24] == 900.0
    assert price[180 * 24] == 300.0
    assert price[212 * 24] == 300.0


@pytest.mark.parametrize(
    ("bands", "hours", "words"),
    [
        (BANDS, DAY[:23], "got 23 names"),
        (BANDS, ["low"] * 23 + ["peak"], "'peak' has no price"),
        (BANDS | {"deep": 100.0}, DAY, "no hour uses 'deep'"),
        (BANDS, {1: DAY}, "must be each of 1 to 12"),
    ],
)
def test_wrong_tariffs_are_named(bands: dict[str, float], hours: Any, words: str) -> None:
    """Proves that a band without a price or without an hour is an error, not a zero price."""
    with pytest.raises(ValueError, match=words):
        time_of_use(year=2023, bands=bands, hours=hours)
