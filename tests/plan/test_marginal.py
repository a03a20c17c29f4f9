"""What the last unit of a rule costs: duals in the year's money, against differences of optima."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.inputs.case import Case
from optimizer.plan.binding import binding_rules
from optimizer.plan.extract import extract
from optimizer.plan.marginal import Marginals, marginal_costs, with_marginals
from optimizer.solve.direct import solve_direct
from optimizer.solve.solution import Solution
from optimizer.solve.stamp import stamp
from tests import held
from tests import plants as p
from tests.model.energy_plant import HOURS, YEARS, energy_plant
from tests.model.test_budget import budget
from tests.model.test_capacity import heat_pump, plant


def priced(case: Case) -> tuple[Solution, Marginals]:
    """The optimum of a case and what its rules cost at the margin."""
    matrix = stamp(case)
    outcome = solve_direct(matrix, gap=1e-9)
    assert outcome.x is not None
    return Solution(matrix, outcome.x), marginal_costs(matrix, outcome.x)


def capped(cap: float, *, tail_to: int = 2030, rate: float = 0.08) -> Case:
    """1 MW from the grid at 10 and 0.5 t/MWh, or own at 15: 5 a MWh more for 0.5 t less, 10 a
    tonne. The cap holds in 2026 and each year of its tail."""
    case = energy_plant(())
    policy = p.no_policy(YEARS, gross_cap=(cap,))
    return replace(case, policy=policy, money=p.money(YEARS, rate, tail_to))


def test_a_tonne_costs_what_avoiding_it_costs_in_each_year_that_the_cap_holds() -> None:
    """Proves the undiscounting: (15 - 10) / 0.5 = 10 a tonne, in the money of the year, though five
    years with a weight of 0.926 + ... + 0.681 = 3.993 hang on it. The bare dual is 39.93; divided
    by the first year's discount factor alone it would be 43.12."""
    solution, marginals = priced(capped(2190.0))
    assert solution.matrix.case.money.weight[0] == pytest.approx(3.9927, abs=1e-4)
    assert marginals["gross_cap", 2026] == pytest.approx(10.0, rel=1e-6)


def test_a_dual_is_the_difference_of_two_optima() -> None:
    """Proves it against what it stands for: two optima 20 t apart, over the weight and 20 t. The
    plan builds at both, so no whole decision changes between them."""
    less, more = (priced(capped(cap))[0] for cap in (2180.0, 2200.0))
    weight = float(less.matrix.case.money.weight[0])
    difference = (less.decision_cost() - more.decision_cost()) / weight / 20.0
    assert priced(capped(2190.0))[1]["gross_cap", 2026] == pytest.approx(difference, rel=1e-5)


def test_a_cap_with_room_costs_nothing() -> None:
    """Proves complementarity: 4,380 t are emitted without any rule, so a cap of 5,000 is free."""
    assert priced(capped(5000.0))[1]["gross_cap", 2026] == pytest.approx(0.0, abs=1e-9)


def test_a_share_is_priced_by_the_percentage_point() -> None:
    """Proves the unit: half of 8,760 MWh must be own. A point is 87.6 MWh at 5 a MWh more: 438. A
    price of the row itself, per MWh, would be 5."""
    solution, marginals = priced(energy_plant([held.traceable((0.5,))]))
    case, plan = solution.matrix.case, extract(solution)
    assert marginals["pack/N-5", 2026] == pytest.approx(5.0, rel=1e-6)
    (row,) = with_marginals(case, plan, binding_rules(case, plan), marginals)
    assert row["marginal"] == pytest.approx(0.01 * HOURS * 5.0, rel=1e-6)
    assert row["marginal_unit"] == "money/point"


def test_a_tonne_of_an_intensity_costs_what_a_tonne_of_a_cap_does() -> None:
    """Proves a gate's row: 4,380 t on 8,760 MWh x 0.2856 tce = 2,501.9 tce; 0.8754 t/tce halves
    them. Own power leaves the energy used as it is, so the tonne costs 10 as under a cap."""
    _, marginals = priced(energy_plant([held.intensity((0.8754,))]))
    assert marginals["pack/N-2", 2026] == pytest.approx(10.0, rel=1e-6)


def test_money_of_the_budget_is_paid_at_the_start_of_its_year() -> None:
    """Proves the timing of the one rule in money: what 100 more of the budget save in two optima,
    valued at the start of 2026, the base year's end, is what the dual says of each."""
    option = heat_pump(slope=10e3, upper=1.0)
    spent = [priced(plant(option, budget=budget(x, 0.0)))[0] for x in (4950.0, 5050.0)]
    saved = (spent[0].decision_cost() - spent[1].decision_cost()) / 100.0
    case = spent[0].matrix.case
    worth = saved / (float(case.money.discount[0]) * (1 + case.money.rate))
    assert saved > 0
    found = priced(plant(option, budget=budget(5000.0, 0.0)))[1]
    assert found["budget", 2026] == pytest.approx(worth, rel=1e-5)
