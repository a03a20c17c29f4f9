"""The stamped matrix is the expanded model, coefficient for coefficient."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.inputs.case import Case
from optimizer.inputs.time_axis import TimeAxis
from optimizer.solve.direct import solve_direct
from optimizer.solve.stamp import stamp
from tests.borrowed import everything_borrowed
from tests.certified import everything_certified
from tests.everything import everything
from tests.oracle import expanded_rows, same, stamped_rows
from tests.plants import boiler_plant
from tests.seasons import everything_over_the_year
from tests.solve.test_decomposed_financing import everything_financed


def on_uneven_steps() -> Case:
    """Every component on two days of three steps: 4, 12 and 8 h, and 1, 3 and 20 h."""
    case = everything()
    return replace(case, axis=_uneven(case.axis))


def _uneven(axis: TimeAxis) -> TimeAxis:
    return replace(axis, dt=1.0, merged=np.array([[4, 12, 8], [1, 3, 20]]))


def over_the_year_on_uneven_steps() -> Case:
    """The same with stores over the year, the calendar days shuffled."""
    return replace(everything_over_the_year(), axis=_uneven(everything_over_the_year().axis))


CASES = (
    boiler_plant, everything, on_uneven_steps, everything_over_the_year,
    over_the_year_on_uneven_steps, everything_certified, everything_financed,
    everything_borrowed,
)  # fmt: skip


@pytest.mark.parametrize("build", CASES)
def test_stamped_matrix_equals_the_plain_pyomo_expansion(build):
    """Proves that compiling once and stamping loses nothing.

    Every row, bound, whole column and cost of the stamped matrix equals that of the same blocks
    expanded step by step by Pyomo, on a plant with every component. A wrong link (last year's
    capacity, another period's peak or level), a symbol frozen to one step's number, a total without
    its weight or a step of another's length would each differ in a coefficient.
    """
    case = build()
    rows, bounds, costs = stamped_rows(stamp(case))
    expected_rows, expected_bounds, expected_costs = expanded_rows(case)
    assert rows.keys() == expected_rows.keys()
    different = [name for name in rows if not same(rows[name], expected_rows[name])]
    assert different == []
    assert bounds.keys() >= expected_bounds.keys()
    assert all(bounds[name] == expected_bounds[name] for name in expected_bounds)
    assert costs.keys() == expected_costs.keys()
    assert all(np.isclose(costs[n], expected_costs[n], rtol=1e-12) for n in costs)


def test_everything_has_a_plan():
    """Proves that the case above is no empty shell: it has a plan, proven to 1e-4."""
    outcome = solve_direct(stamp(everything()), gap=1e-4, time_limit=60)
    assert outcome.ending == "optimal"
    assert outcome.objective > 0
