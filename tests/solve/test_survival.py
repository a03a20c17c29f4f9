"""Which cuts survive which change: one test for each row of the table in survival.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from optimizer.inputs import case as c
from optimizer.solve.matrix import Matrix
from optimizer.solve.stamp import stamp
from optimizer.solve.survival import column_of, survival
from tests.everything import YEARS, everything

EXACT = 1e-6


def carriers(case: c.Case, change: Callable[[c.Purchase], c.Purchase], *ids: str) -> c.Case:
    """The case with the purchase of some carriers (or all) changed."""
    changed = tuple(
        replace(k, purchase=change(k.purchase))
        if k.purchase is not None and (not ids or k.id in ids)
        else k
        for k in case.carriers
    )
    return replace(case, carriers=changed)


def measures(case: c.Case, **fields: Any) -> c.Case:
    return replace(case, measures=tuple(replace(m, **fields) for m in case.measures))


def cap(case: c.Case, factor: float) -> c.Case:
    lower = tuple(None if g is None else g * factor for g in case.policy.gross_cap)
    return replace(case, policy=replace(case.policy, gross_cap=lower))


def series(case: c.Case, key: str, factor: np.ndarray | float) -> c.Case:
    return replace(case, series=dict(case.series) | {key: case.series[key] * factor})


def units(case: c.Case, kind: type, change: Callable[[Any], Any]) -> c.Case:
    return replace(case, units=tuple(change(u) if isinstance(u, kind) else u for u in case.units))


def half_as_dear(case: c.Case) -> c.Case:
    return measures(case, price_trend=np.full(len(YEARS), 0.5))


SURVIVE: dict[str, Callable[[c.Case], c.Case]] = {
    "price of a fuel": lambda k: carriers(k, lambda p: replace(p, level=p.level * 0.8), "gas"),
    "level of the tariff": lambda k: carriers(
        k, lambda p: replace(p, level=p.level * 1.2, adder=p.adder + 3.0), "electricity"
    ),
    "demand charge": lambda k: carriers(
        k,
        lambda p: replace(p, demand_charge=c.DemandCharge(np.full(3, 2e3), "month")),
        "electricity",
    ),
    "gross cap": lambda k: cap(k, 1.1),
    "carbon price": lambda k: replace(k, carbon=replace(k.carbon, price=k.carbon.price * 2)),
    "free allocation": lambda k: replace(k, carbon=replace(k.carbon, surplus="sold")),
    "CBAM": lambda k: replace(k, cbam=None),
    "credits": lambda k: replace(k, credits=()),
    "budget": lambda k: replace(k, budget=c.BudgetRule((None,) * 3, False, False)),
    "capex": half_as_dear,
    "fixed O&M": lambda k: measures(k, fixed_om=5e3, fixed_om_share=0.03),
    "variable O&M": lambda k: units(
        k, c.GeneratorUnit, lambda u: replace(u, variable_om=u.variable_om * 3)
    ),
    "discount rate": lambda k: replace(
        k, money=replace(k.money, discount=k.money.discount * 0.9, weight=k.money.weight * 0.8)
    ),
    "sizes on offer": lambda k: measures(k, max_builds=2),
    "grid factor": lambda k: replace(
        k, carriers=tuple(replace(q, residual=q.residual * 1.1) for q in k.carriers)
    ),
}
"""Changes of the yearly layer alone."""
SHIFT: dict[str, tuple[Callable[[c.Case], c.Case], str]] = {
    "demand": (lambda k: series(k, "warm", 1.05), "carrier_balance[warm]"),
    "limit on imports": (
        lambda k: carriers(k, lambda p: replace(p, limit=8.0), "gas"),
        "import_within_limit[gas]",
    ),
    "output": (
        lambda k: replace(
            k, services=tuple(replace(s, activity=s.activity * 1.04) for s in k.services)
        ),
        "carrier_balance[warm]",
    ),
    "availability": (lambda k: series(k, "sun", 0.9), "flow_within_capacity[pv]"),
}
"""Changes of limits, or of what a link counts for in a step, and a row that shows each."""
LOSE: dict[str, tuple[Callable[[c.Case], c.Case], str]] = {
    "efficiency": (
        lambda k: units(
            k, c.ConverterUnit, lambda u: replace(u, outputs=(c.Flow(u.outputs[0].carrier, 0.97),))
        ),
        "carrier_balance[hot]",
    ),
    "COP": (lambda k: series(k, "hp.electricity.ratio", 0.9), "carrier_balance[electricity]"),
    "shape of the tariff": (lambda k: series(k, "price", [[0.5] * 3]), "import_priced electricity"),
}
"""Changes of the steps' own coefficients, and a row or total that shows each."""


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    return stamp(everything())


@pytest.mark.parametrize("change", SURVIVE)
def test_all_survive(change: str, matrix: Matrix) -> None:
    """Proves prices, caps, budgets and sizes change nothing that a cut is made of.

    If one were in the steps, each what-if of it would begin from nothing.
    """
    found = survival(matrix, stamp(SURVIVE[change](everything())))
    assert found.everything, found


@pytest.mark.parametrize("change", SHIFT)
def test_limits_and_links_leave_the_duals(change: str, matrix: Matrix) -> None:
    """Proves demand, output, availability and a smaller gas pipe (8 for 9 MW) are told from other
    coefficients, by the row that they are in: points are lost, and cuts are shifted."""
    changed, row = SHIFT[change]
    found = survival(matrix, stamp(changed(everything())))
    assert "limits" in found.years
    assert found.duals
    assert not found.everything
    assert row in found.differs


@pytest.mark.parametrize("change", LOSE)
def test_none_survives(change: str, matrix: Matrix) -> None:
    """Proves a change of a step's own coefficients or of a tariff's shape is seen, and by the row
    that it is in.

    A cut kept over one of these can prove a bound above the optimum.
    """
    changed, row = LOSE[change]
    found = survival(matrix, stamp(changed(everything())))
    assert found.years == ("coefficients",) * 3
    assert not found.duals
    assert row in found.differs


def test_a_limit_more_or_less_leaves_nothing(matrix: Matrix) -> None:
    """Proves a limit that is lifted is no other limit: the dual of a row that has none must be 0,
    and a cut that kept it would count on a pipe that ends nowhere."""
    unlimited = carriers(everything(), lambda p: replace(p, limit=1e3), "gas")
    other = stamp(unlimited)
    at = other.step_rows["import_within_limit[gas]"]
    upper = other.row_upper.copy()
    upper[at : at + int(np.prod(other.shape))] = np.inf
    assert survival(matrix, replace(other, row_upper=upper)).years == ("coefficients",) * 3


def test_a_year_that_stays_keeps_its_cuts(matrix: Matrix) -> None:
    """Proves years are told apart: output that grows in the last year alone leaves two years."""
    case = everything()
    grown = tuple(
        replace(s, activity=s.activity * np.array([1.0, 1.0, 1.02])) for s in case.services
    )
    found = survival(matrix, stamp(replace(case, services=grown)))
    assert found.years[:2] == ("same", "same")
    assert found.years[2] != "same"


def test_another_measure_leaves_nothing_to_compare(matrix: Matrix) -> None:
    """Proves a catalog of other measures has other step rows: no cut is kept."""
    case = everything()
    fewer = replace(case, contracts=())
    found = survival(matrix, stamp(fewer))
    assert found.years == ("coefficients",) * 3
    assert "totals" in found.differs


def test_columns_are_found_by_name(matrix: Matrix) -> None:
    """Proves a yearly layer without credits, whose columns stand elsewhere, is still the same.

    Read by position, the cuts would speak of other columns.
    """
    other = stamp(SURVIVE["credits"](everything()))
    assert len(other.yearly_columns) != len(matrix.yearly_columns)
    assert survival(matrix, other).everything
    moved = column_of(matrix, other)
    names = [v.name for v in matrix.yearly_variables]
    for j, variable in enumerate(other.yearly_variables):
        assert moved[j] == -1 or names[moved[j]] == variable.name
