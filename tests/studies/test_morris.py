"""Elementary effects against functions whose effects are known."""

from __future__ import annotations

import numpy as np
import pytest

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


def test_effects_of_a_sum_and_a_product() -> None:
    """Proves mu, mu_star and sigma: of 5a - 3b + 0c + 8de a moves by 5 and b by -3 everywhere, so
    their sigma is 0; c does nothing; d moves by 8e, between 0 and 8, so its sigma isn't 0. A gap of
    0.1 either way at both ends of a step of 2/3 leaves 0.2 / (2/3) = 0.3."""
    points = trajectories(5, 40, seed=1)
    a, b, _, d, e = np.moveaxis(points, 2, 0)
    cost = 5 * a - 3 * b + 8 * d * e
    found = {each.path: each for each in effects("abcde", points, cost, np.full(cost.shape, 0.1))}
    assert (found["a"].mu, found["a"].mu_star) == pytest.approx((5, 5))
    assert (found["b"].mu, found["b"].mu_star) == pytest.approx((-3, 3))
    assert found["a"].sigma == pytest.approx(0, abs=1e-9)
    assert found["c"].mu_star == pytest.approx(0, abs=1e-9)
    assert 2 < found["d"].mu_star < 6
    assert found["d"].sigma > 1
    assert found["a"].noise == pytest.approx(0.3)


def test_the_largest_effect_comes_first_and_points_without_a_plan_are_left_out() -> None:
    """Proves the order, and that nan spoils no mean: 2a + b with one point unknown is still 2
    and 1."""
    points = trajectories(2, 6, seed=2)
    cost = points @ np.array([2.0, 1.0])
    cost[0, 1] = np.nan
    found = effects("ab", points, cost, np.zeros(cost.shape))
    assert [each.path for each in found] == ["a", "b"]
    assert [each.mu for each in found] == pytest.approx([2.0, 1.0])
