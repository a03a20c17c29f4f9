"""Stores that are cyclic over the year: the level runs on from day to day."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.inputs.case import StorageUnit
from optimizer.inputs.time_axis import full_axis
from optimizer.model.seasons import SEASON_VARIABLES
from optimizer.solve.stamp import stamp
from tests import plants as p
from tests.model.solving import close, cost, proves, solved
from tests.seasons import CHEAP, DEAR, two_seasons

WITHOUT = 24 * (10 * CHEAP + 50 * DEAR)
"""What 1 MW costs all year with no store: 246,000."""


@proves("stored_within_capacity", "level_within_span")
def test_a_seasonal_store_carries_one_season_into_the_other() -> None:
    """Proves that what is bought on the 200 cheap days is used on the 165 dear ones.

    1000 MWh at 10 in place of 50: 246,000 - 40,000. A store that closed each day would move
    nothing; one whose held-over part or whose day's highest level had no limit would hold more.
    """
    solution = solved(two_seasons(1000.0))
    assert solution.net_present_cost() == close(WITHOUT - 40 * 1000)
    drawn = solution.step("discharge", "store")[0].sum(axis=1) * 12
    assert drawn.tolist() == [close(0), close(1000 / DEAR)]


@proves("day_begins_as_last_ended")
def test_a_year_ends_as_it_began() -> None:
    """Proves that December's last level is January's first: nothing is there to begin with.

    A store that holds a tenth of what it was filled to after the cheap season would, were the year
    open at its ends, be drawn empty for ever.
    """
    assert cost(two_seasons(1000.0)) == close(WITHOUT - 40 * 1000)


@proves("level_above_lowest")
def test_what_must_stay_is_never_drawn() -> None:
    """Proves (1 - depth) x installed <= level on all days: 750 of 1000 MWh move. 246,000 - 30,000;
    without the row 40,000."""
    assert cost(two_seasons(1000.0, lowest_level=0.25)) == close(WITHOUT - 40 * 750)


def test_losses_run_over_the_days_that_are_held_over() -> None:
    """Proves kept a day = 1 - loss in the chain, on two typical days of one step.

    The cheap day adds c, so day n begins with c (1 - k^n) / (1 - k). On the last of 200 what is
    held over counts in full: c (1 - k^199) / (1 - k) + c = 1000. It is drawn on 165 days, x each:
    what is left of s = c (1 - k^200) / (1 - k) after these is x (1 - k^165) / (1 - k). A chain
    without losses would save 40,000, this one 34,900.
    """
    k, size = 0.999, 1000.0
    added = size / (1 + (1 - k ** (CHEAP - 1)) / (1 - k))
    full = added * (1 - k**CHEAP) / (1 - k)
    drawn = full * k**DEAR * (1 - k) / (1 - k**DEAR)
    case = two_seasons(size, axis=p.axis((CHEAP, DEAR)), loss=1 - k)
    assert cost(case) == close(WITHOUT + CHEAP * added * 10 - DEAR * drawn * 50)


def test_losses_on_the_full_year_are_exact() -> None:
    """Proves that 365 days of their own hold nothing over: the store is filled on the 200th day and
    emptied from the 201st, 24 MWh a day, each day leaving 0.999 of what it began with."""
    left, used = 1000.0, 0.0
    while left > 0:
        drawn = min(24.0, 0.999 * left)
        left, used = 0.999 * left - drawn, used + drawn
    case = two_seasons(1000.0, axis=full_axis(1440), loss=0.001)
    assert cost(case) == close(WITHOUT + 1000 * 10 - used * 50)


def test_merged_steps_keep_as_much_in_a_day() -> None:
    """Proves that a day leaves (1 - loss) ^ 24 however its steps are merged: with 4 and 20 h or 20
    and 4 h a store that only holds loses the same, and both cost the same."""
    found = []
    for merged in ([4, 20], [20, 4]):
        axis = replace(p.axis((CHEAP, DEAR), steps=2), dt=1.0, merged=np.array([merged] * 2))
        solution = solved(two_seasons(1000.0, axis=axis, loss=1e-5))
        held = solution.yearly("held_over")
        start, end = solution.yearly("day_start"), solution.yearly("day_end")
        state = [start["store", 2026, int(d >= CHEAP)] + held["store", 2026, d] for d in range(365)]
        for d in range(364):
            day = ("store", 2026, int(d >= CHEAP))
            assert state[d + 1] == close((1 - 1e-5) ** 24 * held["store", 2026, d] + end[day])
        found.append(solution.net_present_cost())
    assert all(WITHOUT - 40 * 1000 < c < WITHOUT for c in found)


def test_every_year_closes_by_itself() -> None:
    """Proves that years share nothing: two of them save twice what one does."""
    case = two_seasons(1000.0, years=(2026, 2027))
    assert cost(case) == close(2 * (WITHOUT - 40 * 1000))


def test_stores_within_the_day_know_no_season() -> None:
    """Proves that a case with stores within the day alone has no variable of the year's chain."""
    unit = two_seasons(1.0).units[0]
    assert isinstance(unit, StorageUnit)
    matrix = stamp(replace(two_seasons(1.0), units=(replace(unit, cycle="day"),)))
    assert matrix.end_rows == {}
    assert all(v.name.split("[")[0] not in SEASON_VARIABLES for v in matrix.yearly_variables)
