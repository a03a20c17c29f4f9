"""Internal rate of return and payback of payments known on paper."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.plan.returns import at_moments, internal_rate_of_return, payback


def test_the_end_of_a_year_is_the_start_of_the_next() -> None:
    """Proves that 5 at the end of year one and -3 at the start of year two are one moment's 2."""
    moments = at_moments(np.array([-10.0, -3, 0]), np.array([5.0, 6, 7]))
    assert moments.tolist() == [-10, 2, 6, 7]


def test_the_rate_that_brings_the_worth_to_nothing() -> None:
    """Proves -100 then 110 after a year: 10 %; paid at year end instead it would be endless.

    -100, then 60 and 60: x = 1/(1+r) solves 60x + 60x^2 = 100, r = 13.0662 %.
    """
    assert internal_rate_of_return(np.array([-100.0]), np.array([110.0])).value == pytest.approx(
        0.1
    )
    two = internal_rate_of_return(np.array([-100.0, 0]), np.array([60.0, 60]))
    assert two.value == pytest.approx(0.130662, abs=1e-6)


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ([-10.0, 0], [-1.0, -1], "no_sign_change"),
        ([0.0, 0], [0.0, 0], "no_sign_change"),
        ([0.0, 0], [3.0, 1], "no_sign_change"),
        ([100.0, 0], [-60.0, -60], "receives_first"),
        ([-100.0, 0], [230.0, -132], "several_rates"),
        ([-100.0, 0], [150.0, -100], "no_rate"),
    ],
)
def test_no_rate_is_given_with_its_reason(
    start: list[float], end: list[float], reason: str
) -> None:
    """Proves None and why: -100, 230, -132 is nothing at both 10 % and 20 %; -100, 150, -100 at
    none, 1.5^2 < 4; a plan that receives 100 first and pays 60 twice borrows, it doesn't invest."""
    found = internal_rate_of_return(np.array(start), np.array(end))
    assert found.value is None
    assert found.reason == reason


def test_several_changes_of_sign_may_still_have_one_rate() -> None:
    """Proves that a second outlay alone is no reason to give none: -100, 80, -10, 80 has one."""
    start, end = np.array([-100.0, 0, 0]), np.array([80.0, -10.0, 80.0])
    found = internal_rate_of_return(start, end).value
    assert found is not None
    flows = at_moments(start, end)
    assert sum(f / (1 + found) ** t for t, f in enumerate(flows)) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ([-100.0, 0, 0], [40.0, 40, 40], 2.5),
        ([-100.0, 0, 0], [50.0, 50, 50], 2.0),
        ([-100.0, 0, -60], [100.0, 50, 100], 2.1),
        ([0.0, 0, 0], [1.0, 1, 1], 0.0),
        ([-100.0, 120, 0], [0.0, 0, 0], 1.0),
    ],
)
def test_payback_is_when_all_is_back_for_good(
    start: list[float], end: list[float], years: float
) -> None:
    """Proves 100 / 40 = 2.5 years, money of a year coming in evenly. -100, +100, +50, -60, +100:
    owing 10 again at the start of year three, which a tenth of that year brings."""
    assert payback(np.array(start), np.array(end)).value == pytest.approx(years)


def test_what_is_never_back_has_no_payback() -> None:
    """Proves None with the reason for 100 paid and 90 received."""
    found = payback(np.array([-100.0, 0]), np.array([45.0, 45]))
    assert (found.value, found.reason) == (None, "not_within")
