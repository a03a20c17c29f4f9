"""Certificates matched by the hour, and certificates sold: links and yearly sums like any other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.solve.decomposed import solve_decomposed
from optimizer.solve.direct import solve_direct
from optimizer.solve.stamp import stamp
from tests import held
from tests.certified import everything_certified
from tests.everything import everything
from tests.solve.agreeing import holds_to


def test_both_methods_agree_where_certificates_have_hours() -> None:
    """Proves bound <= optimum <= cost, and that what is matched enters the cuts: the optimum is
    above that of the same certificates matched by the year. Totals that cuts left out would leave
    it there."""
    case = everything_certified()
    case = replace(case, policy=replace(case.policy, held=everything().policy.held))
    windy = tuple(g for g in case.contracts if g.id == "hourly_windy")
    found = holds_to(replace(case, contracts=windy), exact_to=1e-4)
    annual = tuple(replace(g, hourly=False) for g in windy)
    free = solve_direct(stamp(replace(case, contracts=annual)), gap=1e-4)
    assert found.bound > 1.002 * free.objective


@pytest.mark.parametrize("shares", [(0.3, 0.5, 0.6), (0.6, 0.8, 0.9)])
def test_both_methods_agree_under_a_gate_on_hours(shares: tuple[float, ...]) -> None:
    """Proves bound <= optimum <= cost under a share of power that has its hour; without the gate
    the same plant costs less, so totals that cuts left out would show."""
    case = everything_certified()
    policy = case.policy
    free = solve_direct(stamp(replace(case, policy=replace(policy, held=()))), gap=1e-4)
    gated = replace(case, policy=replace(policy, held=(held.hourly(shares),)))
    assert holds_to(gated, exact_to=1e-4).bound > free.objective


def test_certificates_that_nobody_offers_leave_no_trace() -> None:
    """Proves that a case without them has the columns and rows that it had: no step variable, link
    or total of either kind."""
    matrix = stamp(everything())
    names = [*matrix.step_columns, *matrix.total_rows]
    assert not {"matched", "sold_certificates"} & {name[0] for name in names}
    assert not any(name.startswith("matched") for name in matrix.step_rows)
    certified = stamp(everything_certified())
    assert {"matched", "sold_certificates"} <= {name[0] for name in certified.total_rows}
    assert solve_decomposed(certified, gap=0.05, time_limit=60.0).x is not None
