"""The time axis that the model sees: periods of one day, each worth a number of days a year."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from optimizer.inputs.profiles.calendar import DAYS, MONTHS, month_of_day

HOURS_A_DAY = 24
MINUTES_A_DAY = 1440
WEIGHT_TOLERANCE = 1e-9


@dataclass(frozen=True, eq=False)
class TimeAxis:
    """P periods of one day in `steps` steps; arrays are read-only copies.

    dt: hours of a short step; each step holds one, or `merged` (P, steps) of them: steps of unequal
    length, segments, as many in each period. weight (P,) days a year, summing to 365;
    period_of_day (365,) the period that stands for each real day; extreme (P,) marks days that
    stand for themselves; day_of_period (P,) the real day that represents the period. Raises
    ValueError where these contradict each other.
    """

    kind: Literal["typical", "full"]
    steps: int
    dt: float
    weight: NDArray[np.float64]
    period_of_day: NDArray[np.int64]
    extreme: NDArray[np.bool_]
    day_of_period: NDArray[np.int64]
    merged: NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        """Copy and lock the arrays, then check that they agree."""
        kinds: dict[str, type] = {
            "weight": np.float64,
            "period_of_day": np.int64,
            "extreme": np.bool_,
            "day_of_period": np.int64,
        }
        for name, dtype in kinds.items():
            object.__setattr__(self, name, _locked(getattr(self, name), dtype))
        if self.merged is not None:
            object.__setattr__(self, "merged", _locked(self.merged, np.int64))
        problem = self._contradiction()
        if problem:
            raise ValueError(f"time axis: {problem}")

    def _contradiction(self) -> str | None:
        count = len(self.weight)
        if self.merged is not None and self.merged.shape != (count, self.steps):
            return f"merged has shape {self.merged.shape}, must be ({count}, {self.steps})"
        if self.held.min(initial=1) < 1:
            return "a step holds no short step"
        hours = self.step_hours.sum(axis=1)
        if not np.allclose(hours, HOURS_A_DAY, rtol=0, atol=WEIGHT_TOLERANCE):
            return f"{self.steps} steps of {self.dt} h are no day of 24 h"
        if self.extreme.shape != (count,) or self.day_of_period.shape != (count,):
            return "weight, extreme and day_of_period differ in length"
        if self.period_of_day.shape != (DAYS,):
            return f"period_of_day has shape {self.period_of_day.shape}, must be (365,)"
        if self.period_of_day.min() < 0 or self.period_of_day.max() >= count:
            return f"period_of_day names a period outside 0 to {count - 1}"
        days = np.bincount(self.period_of_day, minlength=count)
        if not np.allclose(days, self.weight, rtol=0, atol=WEIGHT_TOLERANCE):
            return "a period's weight is not the number of days it stands for"
        if (self.period_of_day[self.day_of_period] != np.arange(count)).any():
            return "a period's representative day belongs to another period"
        return None

    @cached_property
    def held(self) -> NDArray[np.int64]:
        """(P, steps): how many short steps of `dt` hours each step holds."""
        if self.merged is not None:
            return self.merged
        return _locked(np.ones((len(self.weight), self.steps)), np.int64)

    @cached_property
    def step_hours(self) -> NDArray[np.float64]:
        """(P, steps): length of each step [h]."""
        return _locked(self.held * self.dt, np.float64)

    @property
    def hours_a_year(self) -> NDArray[np.float64]:
        """(P, steps): hours a year that each step stands for, weight x length; they sum to 8760."""
        return self.weight[:, None] * self.step_hours

    @property
    def months(self) -> NDArray[np.bool_]:
        """(P, 12): whether the period stands for a day of the month, January first."""
        held = np.zeros((len(self.weight), MONTHS), dtype=bool)
        held[self.period_of_day, month_of_day()] = True
        return held

    def pick(self, values: NDArray[Any]) -> NDArray[Any]:
        """(P, steps) from a year of steps (365 * steps,): each period's representative real day.

        The unit stays. Raises ValueError for another length, and where steps are merged.
        """
        if self.merged is not None:
            raise ValueError("merged steps are no steps of a real day")
        if values.shape != (DAYS * self.steps,):
            raise ValueError(f"series has shape {values.shape}, must be ({DAYS * self.steps},)")
        return values.reshape(DAYS, self.steps)[self.day_of_period]


def full_axis(step_minutes: int) -> TimeAxis:
    """All 365 days, each for itself, at a step in minutes that divides a day (else ValueError)."""
    days = np.arange(DAYS)
    return TimeAxis(
        kind="full",
        steps=steps_per_day(step_minutes),
        dt=step_minutes / 60,
        weight=np.ones(DAYS),
        period_of_day=days,
        extreme=np.zeros(DAYS, dtype=bool),
        day_of_period=days,
    )


def steps_per_day(step_minutes: int) -> int:
    """Number of steps in a day; ValueError unless the step in minutes divides 1440."""
    if step_minutes <= 0 or MINUTES_A_DAY % step_minutes:
        raise ValueError(f"step: got {step_minutes} min, must divide a day of 1440 min")
    return MINUTES_A_DAY // step_minutes


def _locked(values: ArrayLike, dtype: type) -> NDArray[Any]:
    array: NDArray[Any] = np.array(values, dtype=dtype)
    array.setflags(write=False)
    return array
