"""Metered series: resampling and suspicion."""

import numpy as np
import pytest

from optimizer.inputs.profiles.checks import check_series
from optimizer.inputs.profiles.resample import to_steps


def codes(values: np.ndarray, *, may_be_negative: bool = False) -> list[str]:
    """Codes of the findings on an hourly series."""
    found = check_series(values, steps_per_day=24, may_be_negative=may_be_negative)
    return [finding.code for finding in found]


def wave() -> np.ndarray:
    """A year without anything odd: 2 +- 1 over each day."""
    return 2 + np.sin(np.arange(8760) * 2 * np.pi / 24)


def test_energy_is_the_mean_and_the_billed_peak_the_maximum() -> None:
    """Four quarters 1, 2, 3, 6 MW are 3 MWh and a billed 6 MW; a mean peak would bill 3."""
    mean, peak = to_steps(np.tile([1.0, 2.0, 3.0, 6.0], 8760), 15, 60)
    assert mean.shape == peak.shape == (8760,)
    assert (mean == 3.0).all()
    assert (peak == 6.0).all()


def test_half_hours_go_to_two_hours() -> None:
    """17,520 half hours give 4,380 steps of 2 h: 0, 1, 2, 3 has mean 1.5, peak 3."""
    mean, peak = to_steps(np.tile([0.0, 1.0, 2.0, 3.0], 4380), 30, 120)
    assert mean.shape == (4380,)
    assert (mean[0], peak[0]) == (1.5, 3.0)


def test_coarse_series_is_held_in_its_hour() -> None:
    """8,760 hours give 35,040 quarters with the same mean; spreading energy would divide by 4."""
    mean, peak = to_steps(np.arange(8760.0), 60, 15)
    assert mean[:5].tolist() == [0.0, 0.0, 0.0, 0.0, 1.0]
    assert np.array_equal(mean, peak)


@pytest.mark.parametrize(
    ("length", "step", "words"),
    [
        (35136, 15, "rows 5665 to 5760"),
        (17568, 30, "rows 2833 to 2880"),
        (8784, 60, "rows 1417 to 1440"),
        (35040, 60, "35040 values, allowed 8760 .*a year at 15 min"),
        (8784, 15, "8784 values, allowed 35040 .*a year at 60 min"),
        (100, 60, "100 values, allowed 8760 "),
    ],
)
def test_wrong_length_says_found_allowed_and_what_to_do(length: int, step: int, words: str) -> None:
    """59 days come before 29 February: at 60 min rows 59*24 + 1 = 1417 to 60*24 = 1440."""
    with pytest.raises(ValueError, match=words):
        to_steps(np.zeros(length), step, 60)


@pytest.mark.parametrize(
    ("step_in", "step_out", "words"),
    [(10, 60, "metering step"), (60, 50, "model step"), (60, 90, "no whole number")],
)
def test_steps_that_do_not_fit_are_refused(step_in: int, step_out: int, words: str) -> None:
    """Proves that no value is ever split between two steps."""
    with pytest.raises(ValueError, match=words):
        to_steps(np.zeros(8760), step_in, step_out)


def test_a_good_series_raises_no_suspicion() -> None:
    """Proves that the checks are silent where nothing is wrong, also for PV with dark nights and
    a plant that stands still for two weeks."""
    sun = np.clip(np.sin(np.arange(8760) * 2 * np.pi / 24), 0, None)
    still = wave()
    still[:336] = 0.0
    assert codes(wave()) == codes(sun) == codes(still) == []


def test_gap_negative_and_infinite_name_first_row_and_count() -> None:
    """Rows are told from 1: index 10 is row 11."""
    odd = wave()
    odd[[10, 20]], odd[30], odd[40] = np.nan, np.inf, -1.0
    found = {f.code: f for f in check_series(odd, steps_per_day=24, may_be_negative=False)}
    assert set(found) == {"gap", "infinite", "negative"}
    assert found["gap"].index == 10
    assert found["gap"].text == "2 values without a number, the first in row 11"
    assert codes(odd, may_be_negative=True) == ["gap", "infinite"]


def test_length_and_all_zero_are_found() -> None:
    """A year of zeros is one finding, an empty file another."""
    assert codes(np.zeros(8760)) == ["all_zero"]
    assert codes(np.zeros(0)) == ["length"]
    assert codes(wave()[:-1]) == ["length"]


def test_stuck_needs_more_than_a_week() -> None:
    """7 * 24 = 168 equal hours are allowed, 169 are not."""
    for hours, expected in ((168, []), (169, ["stuck"])):
        meter = wave()
        meter[1000 : 1000 + hours] = 1.234
        assert codes(meter) == expected


def test_change_of_unit_is_a_jump_and_a_factor_of_ninety_is_not() -> None:
    """From day 100 in kW instead of MW: top 3,000 against 3 is above 100; 90-fold isn't."""
    for factor, expected in ((1000.0, ["jump"]), (90.0, [])):
        meter = wave()
        meter[2400:] *= factor
        found = check_series(meter, steps_per_day=24, may_be_negative=False)
        assert [f.code for f in found] == expected
        assert all(f.index == 2406 for f in found)
