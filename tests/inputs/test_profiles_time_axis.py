"""The time axis refuses what contradicts itself."""

from dataclasses import replace

import numpy as np
import pytest

from optimizer.inputs.time_axis import TimeAxis, full_axis


def test_full_axis_holds_each_day_once_and_is_locked() -> None:
    """365 weights of 1, twelve months, 28 days of February; writing to it is an error."""
    axis = full_axis(60)
    assert axis.months.sum(axis=0).tolist()[:3] == [31, 28, 31]
    with pytest.raises(ValueError, match="read-only"):
        axis.weight[0] = 2.0
    assert axis.pick(np.arange(8760.0))[364, 23] == 8759.0
    with pytest.raises(ValueError, match="must be \\(8760,\\)"):
        axis.pick(np.zeros(24))
    with pytest.raises(ValueError, match="divide a day"):
        full_axis(50)


def test_merged_steps_are_as_long_as_what_they_hold() -> None:
    """Proves 365 days of 6, 1 and 17 h stand for 8760 h, 365 of them at the second step; equal
    thirds of the day would give it 2920."""
    full = full_axis(60)
    merged = np.tile([6, 1, 17], (365, 1))
    axis = replace(full, steps=3, merged=merged)
    assert axis.step_hours[0].tolist() == [6.0, 1.0, 17.0]
    assert axis.hours_a_year.sum(axis=0).tolist() == [2190.0, 365.0, 6205.0]
    with pytest.raises(ValueError, match="no steps of a real day"):
        axis.pick(np.zeros(8760))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"steps": 23}, "no day of 24 h"),
        ({"weight": np.full(365, 2.0)}, "number of days"),
        ({"extreme": np.zeros(3, bool)}, "differ in length"),
        ({"period_of_day": np.arange(364)}, "must be \\(365,\\)"),
        ({"period_of_day": np.arange(365) + 1}, "outside 0 to 364"),
        ({"day_of_period": np.roll(np.arange(365), 1)}, "belongs to another period"),
        ({"merged": np.ones((365, 23), int)}, "must be \\(365, 24\\)"),
        ({"merged": np.full((365, 24), 2)}, "no day of 24 h"),
        ({"merged": np.tile([0, 2], (365, 12))}, "holds no short step"),
    ],
)
def test_contradicting_axis_is_refused(change: dict[str, object], words: str) -> None:
    """Proves each cross-check of the axis; a wrong weight would scale a year's cost silently."""
    full = full_axis(60)
    fields = {name: getattr(full, name) for name in TimeAxis.__dataclass_fields__}
    with pytest.raises(ValueError, match=words):
        TimeAxis(**(fields | change))
