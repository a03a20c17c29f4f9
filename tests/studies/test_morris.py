"""Elementary effects by SALib against functions whose effects are known by arithmetic."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from optimizer.errors import ExtraMissing
from optimizer.studies.morris import LEVELS, STEP, effects, trajectories


def test_each_step_moves_one_driver_by_two_thirds() -> None:
    """Proves the design: k + 1 points on the grid 0, 1/3, 2/3, 1 whose neighbours differ in one
    driver, each driver once; a wrong step would leave the range."""
    points = trajectories(5, 7, seed=3)
    assert points.shape == (7, 6, 5)
    assert np.allclose(points * (LEVELS - 1), np.round(points * (LEVELS - 1)))
    assert points.min() >= -1e-12
    assert points.max() <= 1 + 1e-12
    moves = np.abs(np.diff(points, axis=1))
    assert np.allclose(np.sort(moves, axis=2)[:, :, -1], STEP)
    assert np.allclose(moves.sum(axis=1), STEP)


def test_same_seed_same_points() -> None:
    """Proves that a study can be run again: points hang on the seed alone."""
    assert np.array_equal(trajectories(3, 4, seed=1), trajectories(3, 4, seed=1))
    assert not np.array_equal(trajectories(3, 4, seed=1), trajectories(3, 4, seed=2))


def test_two_trajectories_by_hand() -> None:
    """Proves mu, mu_star and sigma by hand. Driver a moves up from 100 to 130 (30 / (2/3) = 45) and
    down from 150 to 160 (10 / (-2/3) = -15): mu (45 - 15) / 2 = 15, mu_star 30, sigma
    sqrt(30² + 30²) = 42.43 with one degree of freedom. b: up from 130 to 190, 90, and down from 160
    to 100, 90: sigma 0. A mean of squares, or n for n - 1, gives 30 for sigma."""
    up = [[0.0, 0.0], [STEP, 0.0], [STEP, STEP]]
    down = [[1.0, 1.0], [1.0 - STEP, 1.0], [1.0 - STEP, 1.0 - STEP]]
    cost = np.array([[100.0, 130.0, 190.0], [150.0, 160.0, 100.0]])
    found = effects("ab", np.array([up, down]), cost, np.zeros((2, 3)), seed=1)
    a, b = sorted(found, key=lambda each: each.path)
    assert (a.mu, a.mu_star, a.known) == (pytest.approx(15), pytest.approx(30), 2)
    assert a.sigma == pytest.approx(42.4264, abs=1e-3)
    assert (b.mu, b.mu_star) == pytest.approx((90, 90))
    assert b.sigma == pytest.approx(0, abs=1e-9)
    assert b.mu_star_conf == pytest.approx(0, abs=1e-9)


def test_effects_of_a_sum_and_a_product() -> None:
    """Proves mu, mu_star and sigma: of 5a - 3b + 0c + 8de a moves by 5 and b by -3 everywhere, so
    their sigma is 0; c does nothing; d moves by 8e, between 0 and 8, so its sigma isn't 0. A gap of
    0.1 either way at both ends of a step of 2/3 leaves 0.2 / (2/3) = 0.3."""
    points = trajectories(5, 40, seed=1)
    a, b, _, d, e = np.moveaxis(points, 2, 0)
    cost = 5 * a - 3 * b + 8 * d * e
    half = np.full(cost.shape, 0.1)
    found = {each.path: each for each in effects("abcde", points, cost, half, seed=1)}
    assert (found["a"].mu, found["a"].mu_star) == pytest.approx((5, 5))
    assert (found["b"].mu, found["b"].mu_star) == pytest.approx((-3, 3))
    assert found["a"].sigma == pytest.approx(0, abs=1e-9)
    assert found["c"].mu_star == pytest.approx(0, abs=1e-9)
    assert found["d"].mu_star == pytest.approx(4, abs=2)
    assert (found["d"].sigma or 0) > 1
    assert found["a"].noise == pytest.approx(0.3)


def test_the_largest_effect_comes_first_and_steps_without_a_plan_are_left_out() -> None:
    """Proves the order, and that nan spoils no mean: of 2a + b six steps each are known but for
    both that meet at the unknown point, and the means are still 2 and 1. Counted as a cost of 0 it
    would move both; a trajectory left out whole would leave 5 steps of either."""
    points = trajectories(2, 6, seed=2)
    cost = points @ np.array([2.0, 1.0])
    cost[0, 0] = np.nan
    first = int(np.abs(np.diff(points[0], axis=0))[0].argmax())
    found = effects("ab", points, cost, np.zeros(cost.shape), seed=1)
    assert [each.path for each in found] == ["a", "b"]
    assert [each.mu for each in found] == pytest.approx([2.0, 1.0])
    assert [each.known for each in found] == [5 if first == k else 6 for k in range(2)]


def test_one_known_step_tells_no_deviation() -> None:
    """Proves that a driver of which one step of two has both ends gets no figures: the deviation of
    one effect isn't 0, it is unknown."""
    points = trajectories(1, 2, seed=1)
    cost = np.array([[1.0, 2.0], [1.0, np.nan]])
    (found,) = effects("a", points, cost, np.zeros((2, 2)), seed=1)
    assert (found.known, found.mu_star, found.sigma) == (1, None, None)


def test_without_the_library_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves that a plain install says what to install, before anything is searched."""
    monkeypatch.setitem(sys.modules, "SALib.sample.morris", None)
    with pytest.raises(ExtraMissing, match=r"SALib.*decarb\[studies\]"):
        trajectories(2, 2, seed=1)
