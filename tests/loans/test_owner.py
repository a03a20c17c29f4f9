"""What a loan leaves the owner, by hand and against numpy-financial; subsidised interest."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy_financial
import pytest

from optimizer.loans.owner import Owner, owner
from tests.loans.plant import LOAN, PLAN_CASH, every_year, subject

INTEREST = [148_000.0, 116_000.0, 84_000.0, 52_000.0, 20_000.0]
"""0.01 x what is owed in four quarters: 4 + 3.8 + 3.6 + 3.4 MCNY, then 3.2 MCNY less a year."""


def found(loan: dict[str, Any] | None = None, **fields: Any) -> Owner:
    """The plant's owner, 1 MCNY a year for 15 years from a pump of 5, with terms of the loan."""
    changes = {**fields.pop("changes", {}), "loan": {**LOAN, **(loan or {})}}
    plant = subject(changes=changes, **fields)
    assert plant.lending is not None
    return owner(plant, plant.lending)


def test_each_year_of_the_owner_by_hand() -> None:
    """Proves -5 + 4 + 1 - 0.8 - 0.148 MCNY in 2026, 1 - 0.8 - interest to 2030, and 1 after it:
    the draw is money in, debt service money out, neither counted twice."""
    left = found().left
    assert left[0] == pytest.approx(-948_000.0)
    assert left[1:5] == pytest.approx([200_000.0 - each for each in INTEREST[1:]])
    assert left[5:] == pytest.approx([1e6] * 10)


def test_rate_of_return_and_worth_are_those_of_numpy_financial() -> None:
    """Proves both on 1 MCNY of own money at the start: -1, then 52 000, 84 000 … 180 000, ten times
    1 MCNY at year ends; 6 % real is 6 % nominal without inflation."""
    flows = [-1e6, *(200_000.0 - each for each in INTEREST), *[1e6] * 10]
    made = found()
    assert made.irr.value == pytest.approx(numpy_financial.irr(flows))
    worth = numpy_financial.npv(0.06, flows)
    assert made.npv == pytest.approx(worth)
    assert made.years[0] == made.base_year + 1
    assert made.payback.value == pytest.approx(5 + (1e6 - 580_000.0) / 1e6)


def test_owners_money_is_nominal() -> None:
    """Proves that 2 % of inflation makes 1.06 x 1.02 - 1 = 8.12 % of 6 %, and 1 MCNY of 2025 that
    is saved in 2026 1.02: at 6 % nominal money would be worth too much."""
    made = found(changes={"economics": {"discount_rate": 0.06, "inflation": 0.02}})
    assert made.rate == pytest.approx(0.0812)
    assert made.earned[:2] == pytest.approx([1.02e6, 1.0404e6])
    assert made.invested[0] == pytest.approx(-5.1e6)


@pytest.mark.parametrize(
    ("subsidy", "paid"),
    [
        # 1.5 of 4 %: 0.375 of the interest, of 2026 and 2027, or of the first half of 2026.
        ({"rate": 0.015, "time": "2 a"}, [55_500.0, 43_500.0, 0.0]),
        ({"rate": 0.015, "time": "0.5 a"}, [0.00375 * 7.8e6, 0.0, 0.0]),
        # No more than the loan's own 4 %.
        ({"rate": 0.09, "time": "1 a"}, [148_000.0, 0.0, 0.0]),
    ],
)
def test_the_state_pays_interest_for_its_time(subsidy: dict[str, Any], paid: list[float]) -> None:
    """Proves the amounts, that they are the owner's, and that they are no cash for debt service: a
    cover of 1 / 0.948 stays what it is, so that no loan qualifies by its own subsidy."""
    made = found({"interest_subsidy": subsidy})
    assert made.subsidy[:3] == pytest.approx(paid)
    assert made.left - found().left == pytest.approx(made.subsidy)
    with_it = subject(changes={"loan": {**LOAN, "interest_subsidy": subsidy}}).cover
    without = subject().cover
    assert with_it is not None
    assert without is not None
    assert with_it.ratios == without.ratios


def test_the_subsidy_begins_with_the_first_draw() -> None:
    """Proves that its year counts from a draw in July: 4 and 3.8 MCNY are owed in 2026, 3.6 and 3.4
    in 2027 before it ends."""
    late = [{"drawn": "2026-07-01", "share": 1.0}]
    made = found({"tranches": late, "interest_subsidy": {"rate": 0.01, "time": "1 a"}})
    assert made.subsidy[:3] == pytest.approx([0.0025 * 7.8e6, 0.0025 * 7.0e6, 0.0])


def test_what_a_lender_does_not_count_is_the_owners_all_the_same() -> None:
    """Proves that grants and what is saved of carbon stand in it, which the cover leaves out; and
    that the rate which counted in the search doesn't stand beside the loan itself."""
    lines: dict[tuple[str, str], dict[int, float]] = {
        ("grants", "heat_pump"): {2026: 1e6},
        ("carbon", "scope1"): every_year(5e4),
        ("interest_saved", "heat_pump"): every_year(7e4),
    }
    made = found(cash={**PLAN_CASH, **lines})
    assert np.array(made.invested[:1]) == pytest.approx([-4e6])
    assert made.earned == pytest.approx([1.05e6] * 15)
