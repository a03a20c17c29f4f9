"""Days cut into segments: where nothing happens steps are long, totals and peaks stay."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer.inputs.axis_choice import on_typical_days, with_days
from optimizer.inputs.case import Case
from optimizer.inputs.merged_steps import merged_case
from optimizer.inputs.segments import best_cuts, on_segments
from tests.everything import everything
from tests.inputs.assembling import case_of
from tests.plants import axis

STEPS = 12


def wavy(extreme: bool = True) -> Case:
    """The plant with every component on an ordinary day (364) and another, 12 steps of 2 h."""
    case, rng = everything(), np.random.default_rng(3)
    days = replace(axis((364, 1), STEPS), extreme=np.array([False, extreme]))
    series = {k: v.mean() * (0.5 + rng.random((2, STEPS))) for k, v in case.series.items()}
    roles = dict.fromkeys((s.demand for s in case.services), "demand") | {"price": "price"}
    return replace(case, axis=days, series=series, roles={k: roles.get(k, "") for k in series})


def error(day: np.ndarray, cuts: tuple[int, ...]) -> float:
    """Squared error of one series in segments that end before `cuts`, each showing its mean."""
    parts = np.split(day, cuts)
    return float(sum(((part - part.mean()) ** 2).sum() for part in parts))


def test_a_flat_night_is_one_step() -> None:
    """Proves 0 0 0 0 5 5 1 in three segments are 4, 2 and 1 steps, without any error; equal thirds
    would mix night and day."""
    day = np.array([0.0, 0, 0, 0, 5, 5, 1])
    counts = best_cuts(day[None, :, None], np.zeros((1, 1), dtype=bool), 3)
    assert counts.tolist() == [[4, 2, 1]]


@given(st.lists(st.integers(0, 9), min_size=6, max_size=6), st.integers(1, 5))
def test_no_other_cut_errs_less(day: list[int], segments: int) -> None:
    """Proves the cuts are optimal: their error is the least of all ways to cut six steps. Joining
    the nearest neighbours one by one misses it on days such as 0 2 3 5."""
    values = np.array(day, dtype=float)
    counts = best_cuts(values[None, :, None], np.zeros((1, 1), dtype=bool), segments)[0]
    found = error(values, tuple(np.cumsum(counts)[:-1]))
    every = [error(values, cuts) for cuts in combinations(range(1, 6), segments - 1)]
    assert found == pytest.approx(min(every), abs=1e-8)


def test_a_peak_that_must_be_shown_stands_alone() -> None:
    """Proves where the highest value is shown, 1 2 9 2 1 1 gives the 9 a step of its own: each
    neighbour shown at 9 errs by 49, the other two steps, shown at 2, by 1 + 2 together."""
    day = np.array([1.0, 2, 9, 2, 1, 1])[None, :, None]
    counts = best_cuts(day, np.ones((1, 1), dtype=bool), 3)
    assert counts.tolist() == [[2, 1, 3]]


@pytest.mark.parametrize("segments", [1, 3, 5, 11])
def test_demand_of_the_year_holds_on_segments(segments: int) -> None:
    """Proves sum(days x hours x MW) stays although the extreme day shows its highest demands: the
    ordinary days give back what that adds. Left out, a year of one segment would differ by it."""
    case = wavy()
    short = on_segments(case, segments)
    assert short.axis.step_hours.shape == (2, segments)
    for key in {s.demand for s in case.services}:
        before = (case.axis.hours_a_year * case.series[key]).sum()
        after = (short.axis.hours_a_year * short.series[key]).sum()
        assert after == pytest.approx(before, rel=1e-12)
        assert short.series[key][1].max() == case.series[key][1].max()


def test_other_series_show_the_mean_of_their_hours() -> None:
    """Proves prices and ratios of a step of several hours are their mean, weighted by hours: the
    bill of a flat load is the same. The first hour's value would shift it."""
    case = wavy()
    short = on_segments(case, 4)
    for key in ("price", "sun", "hp.electricity.ratio"):
        per_day = (short.axis.step_hours * short.series[key]).sum(axis=1)
        assert per_day == pytest.approx(2.0 * case.series[key].sum(axis=1))


def test_metered_peaks_outlive_their_hour() -> None:
    """Proves demand + excess of a long step is the highest metered power of all it holds, on days
    whose demand was scaled too; mean + mean would be billed lower."""
    case = wavy()
    short = on_segments(case, 4)
    metered = case.series["power"] + case.series["power.excess"]
    for p in range(2):
        ends = np.cumsum(short.axis.held[p])[:-1]
        tops = [part.max() for part in np.split(metered[p], ends)]
        shown = short.series["power"][p] + short.series["power.excess"][p]
        np.testing.assert_allclose(shown, np.maximum(tops, short.series["power"][p]))


def test_steps_merged_twice_hold_the_hours_of_both() -> None:
    """Proves a case in segments can be merged further: 12 steps to 6 to 2, 24 h a day, the mean
    weighted by hours. A plain mean of six unequal steps would shift the price."""
    case = wavy(extreme=False)
    six = merged_case(case, np.tile([1, 1, 1, 1, 1, 7], (2, 1)))
    two = merged_case(six, np.tile([5, 1], (2, 1)))
    assert two.axis.step_hours.tolist() == [[10.0, 14.0]] * 2
    expected = case.series["price"][:, :5].mean(axis=1)
    np.testing.assert_allclose(two.series["price"][:, 0], expected)


def test_a_demand_that_ordinary_days_lack_takes_the_mean() -> None:
    """Proves a demand of the extreme day alone keeps its total: with its highest value in a step of
    24 h there would be more, and no other day could give it back."""
    case = wavy()
    case.series["cold"][0] = 0.0
    short = on_segments(case, 1)
    assert short.series["cold"].tolist() == [[0.0], [pytest.approx(case.series["cold"][1].mean())]]


def test_counts_that_are_no_day_are_refused() -> None:
    """Proves 11 of 12 steps are an error, not a day of 22 h; and no day has 0 segments."""
    with pytest.raises(ValueError, match="no days of 12 steps"):
        merged_case(wavy(), np.tile([5, 6], (2, 1)))
    with pytest.raises(ValueError, match="at least 1"):
        on_segments(wavy(), 0)


def test_days_added_by_a_repair_are_on_short_steps(tmp_path: Path) -> None:
    """Proves a plant from files: 2 typical days in 6 segments, demand held; a day that fell short
    comes back on 24 hours, else the same merged day would fall short again for ever."""
    full = case_of(tmp_path)
    case, typical = on_typical_days(full, 2, 6)
    assert case.axis.steps == 6
    assert case.axis.hours_a_year.sum() == pytest.approx(8760)
    for key in {s.demand for s in full.services}:
        total = (case.series[key] * case.axis.hours_a_year).sum()
        assert total == pytest.approx(full.series[key].sum())
    again, _ = with_days(full, typical, [100])
    assert again.axis.merged is None
    assert again.axis.steps == 24


def test_few_steps_stay_as_they_are(tmp_path: Path) -> None:
    """Proves 24 segments of 24 hours, and so many days that they are the year, merge nothing."""
    full = case_of(tmp_path)
    assert on_typical_days(full, 2, 24)[0].axis.merged is None
    assert on_typical_days(full, 365, 6)[0].axis.merged is None
