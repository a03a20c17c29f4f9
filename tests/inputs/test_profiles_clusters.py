"""Alike days are grouped, each group shown by one of its own."""

import numpy as np
import pytest

from optimizer.inputs.profiles.clusters import medoid
from optimizer.inputs.profiles.shifts import shift_profile
from optimizer.inputs.typical_periods import Roles, typical_axis


def test_equal_days_are_never_split() -> None:
    """Every day alike: one cluster of 365 days, no extreme day, whatever n; twelve equal extreme
    days or five equal clusters would only make the model larger."""
    flat = {"power": np.tile(np.arange(24.0), 365)}
    axis = typical_axis(flat, n=5, step_minutes=60, roles=Roles(electricity=("power",))).axis
    assert axis.weight.tolist() == [365.0]


def test_workdays_and_weekends_are_two_clusters() -> None:
    """A two-shift plant in 2023 (Sunday first): 260 workdays, 105 days of weekend. Its twelve
    monthly peaks are workdays and leave the cluster: 248 + 105 + 12 = 365."""
    demand = shift_profile(
        year=2023, shifts_per_day=2, first_shift_hour=6, hours_per_shift=8, weekend_share=0.2,
        holiday_share=0.0, holidays=[], base_share=0.1, season=[1.0] * 12, annual_mwh=1e3,
        monthly_mwh=None,
    )  # fmt: skip
    roles = Roles(electricity=("power",))
    typical = typical_axis({"power": demand}, n=2, step_minutes=60, roles=roles)
    assert sorted(typical.axis.weight[~typical.axis.extreme].tolist()) == [105.0, 248.0]
    assert typical.scale["power"] == pytest.approx(1.0)


def test_medoid_is_the_member_nearest_to_the_others() -> None:
    """0, 1, 5: sums of distances 6, 5, 9, so 1; of 0 and 1 alone (equal) the first."""
    points = np.array([[0.0], [1.0], [5.0]])
    assert medoid(points, [0, 1, 2]) == 1
    assert medoid(points, [0, 1]) == 0
    with pytest.raises(ValueError, match="without days"):
        medoid(points, [])
