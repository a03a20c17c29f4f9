"""From metered intervals to model steps."""

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.profiles.calendar import DAYS, LEAP_DAY_INDEX

MINUTES_A_DAY = 1440
METER_STEPS = (15, 30, 60)
"""Minutes of the metering intervals that are read."""


def to_steps(
    values: NDArray[np.float64], step_minutes_in: int, step_minutes_out: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(mean, maximum) of a year of power or price at the model's step, both (365 * 1440 / out,).

    The mean keeps energy: sum(mean) * out = sum(values) * in, in minutes. The maximum is the
    highest metered value inside each step, which a demand charge bills. A series coarser than the
    model's step is held constant in its interval, since nothing is known of what happens inside.

    Raises ValueError for a length that isn't 365 days of the input step (found and allowed lengths
    are named; for a leap year, which rows to delete), and for steps that don't divide each other.
    """
    if step_minutes_in not in METER_STEPS:
        raise ValueError(f"metering step: got {step_minutes_in} min, allowed {METER_STEPS}")
    if step_minutes_out <= 0 or MINUTES_A_DAY % step_minutes_out:
        raise ValueError(f"model step: got {step_minutes_out} min, must divide a day of 1440 min")
    _check_length(values, step_minutes_in)
    if step_minutes_in % step_minutes_out == 0:
        held = np.repeat(np.asarray(values, np.float64), step_minutes_in // step_minutes_out)
        return held, held.copy()
    if step_minutes_out % step_minutes_in:
        raise ValueError(
            f"model step of {step_minutes_out} min is no whole number of metering steps of"
            f" {step_minutes_in} min"
        )
    blocks = np.asarray(values, np.float64).reshape(-1, step_minutes_out // step_minutes_in)
    return blocks.mean(axis=1), blocks.max(axis=1)


def _check_length(values: NDArray[np.float64], step_minutes: int) -> None:
    per_day = MINUTES_A_DAY // step_minutes
    found, wanted = len(values), DAYS * per_day
    if found == wanted:
        return
    if found == wanted + per_day:
        first = LEAP_DAY_INDEX * per_day + 1
        raise ValueError(
            f"series has {found} values, a leap year at {step_minutes} min; allowed {wanted}."
            f" Delete 29 February: rows {first} to {first + per_day - 1} of the values"
        )
    lengths = {DAYS * MINUTES_A_DAY // step: step for step in METER_STEPS}
    lengths |= {(DAYS + 1) * MINUTES_A_DAY // step: step for step in METER_STEPS}
    other = f"; {found} values are a year at {lengths[found]} min" if found in lengths else ""
    raise ValueError(
        f"series has {found} values, allowed {wanted} (365 days at {step_minutes} min){other}"
    )
