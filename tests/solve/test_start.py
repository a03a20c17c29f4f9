"""A first plan on a coarser clock: real, in time, and no part of the proof."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import optimizer.solve.start as start
from optimizer.inputs.case import Case, StorageUnit
from optimizer.model.step import kept_levels
from optimizer.solve.direct import solve_direct
from optimizer.solve.highs import Progress
from optimizer.solve.matrix import Matrix
from optimizer.solve.stamp import stamp
from optimizer.solve.start import coarse_case, first_plan
from tests.everything import everything
from tests.plants import axis


def on_a_day_of_8_steps() -> Case:
    """The plant with every component on an ordinary day and an extreme one, 8 steps of 3 h each."""
    case = everything()
    long = replace(axis((364, 1), 8), extreme=np.array([False, True]))
    wave = np.stack([1 + 0.1 * np.sin(np.arange(8)), 1 + 0.2 * np.cos(np.arange(8))])
    series = {k: np.full((2, 8), v.mean()) * wave for k, v in case.series.items()}
    return replace(case, axis=long, series=series)


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    return stamp(on_a_day_of_8_steps())


def test_a_coarse_clock_keeps_the_totals_of_ordinary_days() -> None:
    """Proves 8 steps of 3 h become 4 of 6 h with the same sum over an ordinary day; a sum taken in
    place of the mean would be twice as much."""
    case = on_a_day_of_8_steps()
    coarse = coarse_case(case, 4)
    assert (coarse.axis.step_hours == np.full((2, 4), 6.0)).all()
    excess = {s.excess for s in case.services}
    for key in case.series.keys() - excess:
        assert 6.0 * coarse.series[key][0].sum() == pytest.approx(3.0 * case.series[key][0].sum())


def test_an_extreme_day_keeps_its_highest_demand() -> None:
    """Proves the year's highest demand is seen by the coarse case; its mean over six hours would
    let a plan build too little."""
    case = on_a_day_of_8_steps()
    coarse = coarse_case(case, 4)
    for s in case.services:
        assert coarse.series[s.demand][1].max() == case.series[s.demand][1].max()


def test_a_long_step_is_billed_at_its_highest_value() -> None:
    """Proves mean + excess of a long step is the highest mean + excess of its short ones."""
    case = on_a_day_of_8_steps()
    coarse = coarse_case(case, 4)
    services = [s for s in case.services if s.excess is not None]
    assert services
    for s in services:
        fine = (case.series[s.demand] + case.series[s.excess]).reshape(2, 4, 2).max(axis=2)
        np.testing.assert_allclose(coarse.series[s.demand] + coarse.series[s.excess], fine)


def test_a_store_loses_as_much_in_a_long_step() -> None:
    """Proves two steps at a loss of q each keep (1 - q)^2 of the level; 1 - q would be one's."""
    case = on_a_day_of_8_steps()
    coarse = coarse_case(case, 4)
    for unit in case.units:
        if isinstance(unit, StorageUnit):
            kept = np.full((2, 4), (1 - unit.loss) ** 2)
            np.testing.assert_allclose(kept_levels(coarse)[unit.id], kept)


def test_the_first_plan_keeps_every_row(matrix: Matrix, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves the start is a plan of the real problem, whole where it must be: rows and bounds hold
    to 1e-5 of their size. Values of the coarse clock as they are would break balances."""
    monkeypatch.setattr(start, "SMALLEST", 1)
    x = first_plan(matrix)
    assert x is not None
    body = matrix.rows @ x
    room = 1e-5 * np.maximum(1.0, np.abs(body))
    assert (body <= matrix.row_upper + room).all()
    assert (body >= matrix.row_lower - room).all()
    assert np.abs(x[matrix.integer] - np.round(x[matrix.integer])).max() < 1e-6


def test_the_optimum_is_the_same_with_and_without_a_start(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that the start changes no answer: both are proven to 1e-3 of the same optimum."""
    monkeypatch.setattr(start, "SMALLEST", 1)
    costs = [solve_direct(matrix, gap=1e-3, start=on).objective for on in (True, False)]
    assert np.isfinite(costs).all()
    assert costs[0] == pytest.approx(costs[1], rel=1e-3)


def test_a_limit_that_is_over_gives_no_start(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves a limit of 0 s is kept, and that the search then has its own least time."""
    monkeypatch.setattr(start, "SMALLEST", 1)
    assert first_plan(matrix, time_limit=0.0) is None


def test_small_problems_are_searched_at_once(matrix: Matrix) -> None:
    """Proves a problem below SMALLEST columns gets no coarse search."""
    assert len(stamp(everything()).cost) < start.SMALLEST
    assert first_plan(stamp(everything())) is None


def test_progress_counts_the_seconds_of_the_start(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves seconds go on where the start left off, so that a reader sees one clock."""
    monkeypatch.setattr(start, "SMALLEST", 1)
    told: list[Progress] = []
    outcome = solve_direct(matrix, gap=1e-2, on_progress=told.append)
    assert all(0 <= one.seconds <= outcome.seconds for one in told)
