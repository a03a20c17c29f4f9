"""A loan under stress, worked out by hand: 4 MCNY over 5 years at 4 %, 1 MCNY saved a year.

Equal principal of 0.2 MCNY a quarter: 2026 pays 0.8 and interest of 0.01 x (4 + 3.8 + 3.6 + 3.4) =
0.148, 0.948 in all, which 1 MCNY covers 1.0549 times; later years pay less.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from optimizer.loans.stress import Stress, Stressed, stress
from optimizer.studies.stressed import Change, Changed
from tests.loans.plant import LOAN, PLAN_CASH, every_year, subject

FIRST = 0.948e6


def stressed(
    changed: Changed | None = None, search: bool = False, loan: dict[str, Any] = LOAN, **more: Any
) -> Stress:
    """The plant's loan in every case that can be asked."""
    plant = subject(changes={"loan": loan}, **more)
    assert plant.lending is not None
    return stress(plant.lending, plant.saved, changed, search=search)


def case(found: Stress, name: str) -> Stressed:
    """One of the cases."""
    return next(one for one in found.cases if one.case == name)


@pytest.mark.parametrize(
    ("name", "dscr", "breaks"),
    [
        ("savings_down", 0.8 / 0.948, 1 - 0.948),
        ("capex_up", 1 / (1.1 * 0.948), 1 / 0.948 - 1),
        ("rate_up", 1 / (0.8 + 0.148 * 1.25), 0.04 * (0.2 / 0.148 - 1)),
        ("delayed", 0.0, 1 - 0.948),
    ],
)
def test_what_moves_money_alone_is_arithmetic(name: str, dscr: float, breaks: float) -> None:
    """Proves least DSCR and breaking size of each: 0.8/0.948 = 0.844 with a fifth less saved, and
    at most 5.2 % may lack; investment may be 5.5 % dearer, as the debt grows with it; the rate may
    rise by 1.405 points, where interest of 2026 reaches 0.2 MCNY; of a whole year's delay the first
    service finds no cash, 0.052 of a year would be borne. A rate that rose on the first debt
    for the whole year would give 0.8 + 0.2, DSCR 1.0."""
    found = case(stressed(), name)
    assert found.dscr.value == pytest.approx(dscr)
    assert found.breaks.value == pytest.approx(breaks)


def test_as_planned_is_the_cover_that_is_judged() -> None:
    """Proves that the first case is the loan's own: a stress of nothing changes no figure."""
    plant = subject()
    found, own = stressed().cases[0], plant.cover
    assert own is not None
    assert found.ratios == own.ratios
    assert (found.dscr, found.llcr) == (own.dscr, own.llcr)
    assert found.service.tolist() == own.service.tolist()
    assert found.dscr.value == pytest.approx(1e6 / FIRST)


def test_the_years_that_break_the_covenant_are_named() -> None:
    """Proves the covenant is the loan's `default_at`, else 1: with 0.8 MCNY a year, service of
    0.948, 0.916, 0.884, 0.852, 0.82 is paid in no year; at 1.1 a year as planned breaks it too."""
    assert case(found := stressed(), "savings_down").dscr.value == pytest.approx(0.8 / 0.948)
    assert found.below(case(found, "savings_down")) == [2026, 2027, 2028, 2029, 2030]
    assert (found.covenant, found.below(found.cases[0])) == (1.0, [])
    assert found.worst.case == "delayed"
    strict = stressed(loan={**LOAN, "lock_up": 1.2, "default_at": 1.1})
    assert strict.below(strict.cases[0]) == [2026, 2027]
    assert case(strict, "rate_up").breaks.reason == "broken_as_planned"


def test_only_what_is_saved_falls() -> None:
    """Proves that a year in which the plan costs 0.5 MCNY more stays as it is: a fifth less saved
    must not make a burden lighter; carbon that it pays stays as well."""
    cash = {**PLAN_CASH, ("energy", "natural_gas"): {**every_year(-8e6), 2028: -9.5e6},
            ("carbon", "scope1"): every_year(-1e5)}  # fmt: skip
    found = case(stressed(cash=cash), "savings_down")
    assert found.cash is not None
    assert found.cash[:3] == pytest.approx([0.7e6, 0.7e6, -0.6e6])


def test_renewals_are_dearer_with_the_investment() -> None:
    """Proves a pump bought again in 2028 for 0.3 MCNY costs 0.33, and takes its tenth from the
    cash of that year."""
    cash = {**PLAN_CASH, ("renewal", "heat_pump"): {2028: -0.3e6}}
    found = case(stressed(cash=cash), "capex_up")
    assert found.cash is not None
    assert found.cash[:3] == pytest.approx([1e6, 1e6, 0.67e6])


def test_tax_falls_with_what_is_saved() -> None:
    """Proves 1 MCNY saved, 0.6 taxable at a quarter: 0.85 as planned; a fifth less saved leaves
    0.8 - 0.25 x 0.4 = 0.7, where tax held at 0.15 would leave 0.65."""
    rows = [{"year": year, "taxable": 6e5} for year in range(2026, 2041)]
    rule = {"rate": 0.25, "losses": "refused", "inflation": None}
    found = stressed(summary={"worth": {"after_tax": {**rule, "years": rows}}})
    planned, fallen = found.cases[0].cash, case(found, "savings_down").cash
    assert planned is not None
    assert fallen is not None
    assert planned[0] == pytest.approx(0.85e6)
    assert fallen[0] == pytest.approx(0.7e6)


def test_repayments_stay_as_agreed() -> None:
    """Proves that sculpted debt, planned at 1.25 in each year, is covered 0.8 x 1.25 = 1.0 times
    with a fifth less saved: repayments that followed the lower cash would still show 1.25."""
    terms = {**LOAN, "amount": None, "cover": 1.25, "share": 0.9, "repayment": "sculpted"}
    assert case(stressed(loan=terms), "savings_down").ratios == pytest.approx((1.0,) * 5)


def moved(name: str, size: float) -> Change | None:
    """Energy dearer or cheaper: what is saved moves along; output too far down can't be run."""
    if name == "output_down" and size > 0.1:
        return None
    by = {"prices_down": -size, "prices_up": size}.get(name, 0.0)
    return Change({"energy": by * np.full(15, 1e6), "carbon": -2e5 * size * np.ones(15)})


def test_dispatch_anew_moves_cash_by_class() -> None:
    """Proves that energy cheaper by 0.3 leaves 1 - 0.3 - 0.06 of carbon = 0.64 MCNY; that without a
    carbon price none of it counts; and that a plan which can't be run has no ratio and says why."""
    found = stressed(moved)
    cheaper, free = case(found, "prices_down"), case(found, "carbon_down")
    assert cheaper.cash is not None
    assert cheaper.cash[0] == pytest.approx(0.64e6)
    assert cheaper.breaks.reason == "not_asked"
    assert free.cash is not None
    assert free.cash[0] == pytest.approx(1e6)
    impossible = case(found, "output_down")
    assert (impossible.cash, impossible.dscr.value) == (None, None)
    assert impossible.dscr.reason == "no_dispatch"
    assert found.as_dict()["cases"][2]["years"][0]["cash"] is None


def test_where_a_dispatch_breaks_is_searched_on_request() -> None:
    """Proves that energy cheaper by s leaves 1 - 1.2 s, so 0.948 breaks at 0.052 / 1.2 = 0.0433;
    and that dearer energy, 1 + 0.8 s, holds however far it rises."""
    found = stressed(moved, search=True)
    assert case(found, "prices_down").breaks.value == pytest.approx(0.052 / 1.2, abs=2e-3)
    assert case(found, "prices_up").breaks.reason == "holds"
