"""The benchmark's own pieces: one problem in every form that is compared."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from optimizer.solve.highs import Solver
from optimizer.solve.stamp import stamp
from tests.benchmarks.own import raw
from tests.benchmarks.own.case import case_of
from tests.benchmarks.peers.exchange import Plant, read_plant, write_plant
from tests.benchmarks.plant import make_plant


def _sizes(plant: Plant) -> tuple[np.ndarray, np.ndarray]:
    """(rows, columns, non-zero coefficients) of the hand-written and of the stamped problem."""
    arrays, matrix = raw.build(plant), stamp(case_of(plant))
    by_hand = (len(arrays.row_lower), len(arrays.cost), np.count_nonzero(arrays.value))
    return np.array(by_hand), np.array([*matrix.rows.shape, matrix.rows.nnz])


@pytest.mark.parametrize(("days", "years", "variants"), [(1, 2, 1), (2, 1, 2)])
def test_raw_builder_and_stamp_agree_on_the_optimum(days, years, variants):
    """Proves that the floor is a floor of the same problem.

    The arrays written by hand and the stamped matrix have one optimal value, to 1e-9. A balance
    without a term, a cost left undiscounted or a missing rule would move it by more: the cheapest
    item alone, a store's running cost of 0.5 a MWh, is near 1e-5 of the total.
    """
    plant = make_plant(days, years, variants)
    highs = raw.hand_over(raw.build(plant))
    highs.run()
    by_hand = highs.getInfo().objective_function_value
    ours = Solver(stamp(case_of(plant)), relaxed=True).run()
    assert ours.ending == "optimal"
    assert ours.objective == pytest.approx(by_hand, rel=1e-9)


def test_every_further_day_adds_as_much_by_hand_as_stamped():
    """Proves that the two are of one size where it matters, so that their times compare.

    A step has 10 rows of flow within capacity, 8 of stores, 6 balances, an import limit and a
    peak, and 10 flows, 6 columns of stores and 3 imports; a day has one peak. Over 6 years a day
    adds 6 x (24 x 26 + 1) = 3,750 rows and 6 x (24 x 19 + 1) = 2,742 columns. Bounds in place of
    rows would leave the floor smaller and our multiple of it larger than it is.
    """
    one, two = _sizes(make_plant(1)), _sizes(make_plant(2))
    by_hand, stamped = two[0] - one[0], two[1] - one[1]
    assert by_hand.tolist() == stamped.tolist()
    assert stamped[:2].tolist() == [3750, 2742]


def test_plant_read_back_equals_plant_written(tmp_path):
    """Proves that contenders in other environments see the very same numbers.

    Tables compare as they are, arrays bit by bit; a float printed short or a series that lost its
    key would differ.
    """
    plant = make_plant(2, 3, 2)
    write_plant(plant, tmp_path / "plant.npz")
    again = read_plant(tmp_path / "plant.npz")
    for field in fields(Plant):
        before, after = getattr(plant, field.name), getattr(again, field.name)
        if field.name == "series":
            assert before.keys() == after.keys()
            assert all(np.array_equal(before[key], after[key]) for key in before)
        else:
            assert np.array_equal(before, after) if field.type == "Array" else before == after


@pytest.mark.parametrize("days", [1, 12, 36, 365])
def test_days_stand_for_a_whole_year(days):
    """Proves that each representative day has whole days and all together 365: 12 days stand for
    30 or 31 days each."""
    weight = make_plant(days, 1).weight
    assert weight.sum() == 365
    assert (weight == np.round(weight)).all()
    assert weight.max() - weight.min() <= 1
