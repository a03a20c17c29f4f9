"""The cash, the loan and the use of its money, worked out by hand and adding up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.loans.proceeds import impact, use_of_proceeds
from tests.loans.plant import (
    BASELINE_CASH,
    LOAN,
    PLAN_CASH,
    carriers,
    every_year,
    subject,
)

SIZED = {"amount": None, "cover": 1.25, "share": 0.7}
INFLATION = {"discount_rate": 0.06, "inflation": 0.02}
TWO_BUILDS: dict[tuple[str, str], dict[int, float]] = {
    ("overnight", "heat_pump"): {2026: -5e6},
    ("overnight", "electrolyser"): {2027: -3e6},
    ("grants", "electrolyser"): {2027: 1e6},
    ("energy", "natural_gas"): every_year(-8e6),
}


def test_cash_is_what_the_plan_saves_in_money_of_the_year() -> None:
    """Proves 1 MCNY of 2025 is 1.02 in 2026 and 1.0404 in 2027: real cash against nominal debt
    would understate the cover by as much."""
    years, cash = subject(changes={"economics": INFLATION}).cash
    assert years[:2].tolist() == [2026, 2027]
    assert cash[:2] == pytest.approx([1.02e6, 1.0404e6])
    assert subject().cash[1][:2] == pytest.approx([1e6, 1e6])


def test_what_a_loan_cannot_rest_on_is_left_out() -> None:
    """Proves, a line at a time, that neither investment nor grants nor the sale of an old boiler
    serve debt; that carbon and certificates count where they cost, never where they help; and
    that a renewal of the plan's own pump is paid from the cash, one of the boiler isn't."""
    lines: dict[tuple[str, str], dict[int, float]] = {
        ("grants", "heat_pump"): {2026: 1e6},
        ("resale", "boiler"): {2026: 2e5},
        ("renewal", "boiler"): {2027: -3e5},
        ("carbon", "scope1"): every_year(5e4),
        ("certificates", "pv"): every_year(7e4),
    }
    for key, money in lines.items():
        assert subject(cash={**PLAN_CASH, key: money}).cash[1] == pytest.approx([1e6] * 15), key
    dear = subject(cash={**PLAN_CASH, ("carbon", "scope1"): every_year(-5e4)}).cash[1]
    assert dear == pytest.approx([0.95e6] * 15)
    again = subject(cash={**PLAN_CASH, ("renewal", "heat_pump"): {2036: -5e6}}).cash[1]
    assert again[10] == pytest.approx(-4e6)


def test_a_loan_is_sized_by_the_smaller_of_cover_and_share() -> None:
    """Proves cover: 1 MCNY / 1.25 / 0.237 = 3 375 527 (service of the first year: 0.2 + 0.01 x 3.7
    a unit of debt) against 70 % of 5 MCNY = 3.5; at a cover of 1.1 the share is the smaller."""
    by_cover = subject(changes={"loan": {**LOAN, **SIZED}}).lending
    assert by_cover is not None
    assert (by_cover.limit, by_cover.amount) == ("cover", pytest.approx(1e6 / 1.25 / 0.237))
    by_share = subject(changes={"loan": {**LOAN, **SIZED, "cover": 1.1}}).lending
    assert by_share is not None
    assert (by_share.limit, by_share.amount) == ("share", pytest.approx(3.5e6))


def test_without_cash_nothing_is_lent() -> None:
    """Proves that a plan which saves nothing sizes no loan, and that nothing is divided by 0."""
    idle = {**PLAN_CASH, ("energy", "natural_gas"): BASELINE_CASH["energy", "natural_gas"]}
    plant = subject(cash=idle, changes={"loan": {**LOAN, **SIZED}})
    assert plant.lending is None
    assert plant.cover is None


def test_tranches_follow_the_years_of_the_builds() -> None:
    """Proves 4 MCNY over 5 and 3 - 1 MCNY: 5/7 on 2026-01-01 and 2/7 a year later, each for its
    own build; debt service then runs from 2026 to 2031, six years for two loans of five."""
    plant = subject(cash=TWO_BUILDS)
    lending = plant.lending
    assert lending is not None
    assert [each.day for each in lending.tranches] == [date(2026, 1, 1), date(2027, 1, 1)]
    assert [each.share for each in lending.tranches] == pytest.approx([5 / 7, 2 / 7])
    assert lending.given("electrolyser") == pytest.approx(4e6 * 2 / 7)
    assert lending.last_repayment("electrolyser", 2027) == 2032.0
    assert len(lending.service) == 6
    assert lending.schedule.principal.sum() == pytest.approx(4e6)


def test_tranches_that_are_given_pay_for_all_alike() -> None:
    """Proves the day to the quarter: 2026-05-20 lies in the second, so its last repayment of 5 a
    falls on 2031.25, for the build of 2026 too."""
    tranches: list[dict[str, Any]] = [
        {"drawn": "2026-01-01", "share": 0.5}, {"drawn": "2026-05-20", "share": 0.5},
    ]  # fmt: skip
    plant = subject(cash=TWO_BUILDS, changes={"loan": {**LOAN, "tranches": tranches}})
    lending = plant.lending
    assert lending is not None
    assert lending.last_repayment("heat_pump", 2026) == 2031.25
    assert lending.given("heat_pump") == pytest.approx(4e6 * 5 / 7)


def test_a_loan_for_a_part_of_the_plan_says_so() -> None:
    """Proves that the cash stays the whole plan's while the pump is 5 of 8 MCNY: 62.5 %."""
    plant = subject(cash=TWO_BUILDS, changes={"loan": {**LOAN, "finances": ["heat_pump"]}})
    assert plant.price_share == pytest.approx(0.625)
    assert plant.cash[1] == pytest.approx(subject(cash=TWO_BUILDS).cash[1])


def test_the_use_of_proceeds_adds_up() -> None:
    """Proves for each measure price = loan + grants + other money + own, that rows add up to the
    tranches and these to the loan; nothing is financed twice: grants and other money come off."""
    loan = {**LOAN, "other_money": {"heat_pump": "0.5 MCNY"}}
    rows = use_of_proceeds(subject(cash=TWO_BUILDS, changes={"loan": loan}))
    for row in rows:
        parts = row["loan"] + row["grants"] + row["other_money"] + row["own"]
        assert row["price"] == pytest.approx(parts)
        assert row["loan"] == pytest.approx(sum(row["tranches"].values()))
    assert [row["eligible"] for row in rows] == pytest.approx([4.5e6, 2e6])
    assert sum(row["loan"] for row in rows) == pytest.approx(4e6)


def test_a_loan_above_the_cost_shows_as_money_without_a_use() -> None:
    """Proves that 6 MCNY for 5 stand as own money below 0, not as a price that was never paid."""
    (row,) = use_of_proceeds(subject(changes={"loan": {**LOAN, "amount": "6 MCNY"}}))
    assert row["own"] == pytest.approx(-1e6)


def test_impact_is_the_plans_and_the_loans_part_by_its_share() -> None:
    """Proves 1460 t and 20440 MWh a year; the loan pays 80 %, so 1168 t over 4 million lent is 292
    t a million; without a loan no share is made up."""
    found = impact(subject())
    assert found["reduction_constant_grid"] == pytest.approx(1460.0)
    assert found["reduction_projected_grid"] == pytest.approx(1460.0)
    assert found["energy_saving"] == pytest.approx(20440.0)
    assert found["attribution"] == pytest.approx(0.8)
    assert found["reduction_per_million"] == pytest.approx(292.0)
    assert impact(subject(changes={"loan": None}))["attribution"] is None


def test_the_constant_grid_is_that_of_the_base_year() -> None:
    """Proves 0.6 t/MWh in 2025 for the pump's 8760 MWh: 5840 - 5256 = 584 t, where the grid of the
    planning years, 0.5, gives 1460; a cleaner grid is no achievement of the plan."""
    power = carriers()["electricity"] | {"factor": {2025: "0.6 t/MWh", 2026: "0.5 t/MWh",
                                                    "interpolate": "step"}}  # fmt: skip
    found = impact(subject(changes={"carriers": carriers() | {"electricity": power}}))
    assert found["reduction_constant_grid"] == pytest.approx(584.0)
    assert found["reduction_projected_grid"] == pytest.approx(1460.0)


def test_tax_is_taken_from_the_cash_and_its_relief_is_not_added() -> None:
    """Proves 1 MCNY less 0.15 of tax in 2026, a quarter of 0.6 MCNY of income; the relief of 0.1
    in 2027, a quarter of a loss of 0.4 MCNY, serves no debt."""
    rows = [{"year": 2026, "taxable": 6e5}, {"year": 2027, "taxable": -4e5}]
    rule = {"rate": 0.25, "losses": "relieved", "inflation": None}
    cash = subject(summary={"worth": {"after_tax": {**rule, "years": rows}}}).cash[1]
    assert cash[:3] == pytest.approx([0.85e6, 1e6, 1e6])


def test_sculpted_debt_has_one_cover_in_every_year() -> None:
    """Proves that at a cover of 1.25 five years of 1 MCNY serve 0.8 each, worth 3 561 458 at 4 %,
    and that every year is covered 1.25 times; level principal would carry 3 375 527."""
    terms = {**LOAN, **SIZED, "share": 0.9, "repayment": "sculpted"}
    plant = subject(changes={"loan": terms})
    assert plant.lending is not None
    assert plant.lending.amount == pytest.approx(0.8e6 * (1 - 1.04**-5) / 0.04)
    assert plant.cover is not None
    assert plant.cover.ratios == pytest.approx((1.25,) * 5)


def test_sculpted_debt_that_its_cash_cannot_pay_is_not_lent() -> None:
    """Proves that a plan without savings gets no loan rather than an error."""
    idle = {**PLAN_CASH, ("energy", "natural_gas"): BASELINE_CASH["energy", "natural_gas"]}
    plant = subject(cash=idle, changes={"loan": {**LOAN, "repayment": "sculpted"}})
    assert plant.lending is None


def test_covenants_and_the_borrowers_own_cover_by_year() -> None:
    """Proves 1/0.948 = 1.055, then 1.092, 1.131, 1.174 and 1.220 (service falls by 32 000 a year)
    against a lock-up at 1.15 and a default at 1.06; and (3 + 1)/(1 + 0.948) = 2.05 for a borrower
    who earns 3 and owes 1 MCNY a year."""
    accounts = {"ebitda": "3 MCNY", "debt_service": "1 MCNY"}
    terms = {**LOAN, "lock_up": 1.15, "default_at": 1.06, "borrower": accounts}
    cover = subject(changes={"loan": terms}).cover
    assert cover is not None
    assert cover.ratios[:2] == pytest.approx((1 / 0.948, 1 / 0.916))
    assert cover.states == ("default", "locked_up", "locked_up", "pays_out", "pays_out")
    assert cover.borrower is not None
    assert cover.borrower[0] == pytest.approx(4 / 1.948)


def test_debt_due_after_the_cash_ends_has_no_cover() -> None:
    """Proves that 20 years of debt on cash to 2040 get no ratio rather than one of 0."""
    plant = subject(changes={"loan": {**LOAN, "tenor": "20 a"}})
    assert plant.cover is not None
    assert (plant.cover.dscr.value, plant.cover.dscr.reason) == (None, "cash_ends")


MONEY = st.floats(1e4, 1e8)


@settings(max_examples=25, deadline=None)
@given(MONEY, MONEY, st.floats(0.0, 0.5), MONEY, st.booleans())
def test_any_loan_adds_up_from_rows_to_tranches_to_repayments(
    pump: float, unit: float, granted: float, amount: float, own_tranches: bool
) -> None:
    """Proves for any prices, grants and amounts that what measures get, what tranches bring and
    what is repaid are the loan, and that each measure gets its share of what is eligible."""
    cash: dict[tuple[str, str], dict[int, float]] = {
        ("overnight", "heat_pump"): {2026: -pump},
        ("overnight", "electrolyser"): {2027: -unit},
        ("grants", "electrolyser"): {2027: granted * unit},
        ("energy", "natural_gas"): every_year(-8e6),
    }
    tranches: list[dict[str, Any]] = [
        {"drawn": "2026-04-01", "share": 0.3}, {"drawn": "2027-10-01", "share": 0.7},
    ]  # fmt: skip
    loan = {**LOAN, "amount": f"{amount!r} CNY"} | ({"tranches": tranches} if own_tranches else {})
    plant = subject(cash=cash, changes={"loan": loan})
    rows, lending = use_of_proceeds(plant), plant.lending
    assert lending is not None
    assert sum(row["loan"] for row in rows) == pytest.approx(amount)
    assert sum(each.share for each in lending.tranches) == pytest.approx(1.0)
    assert lending.schedule.principal.sum() == pytest.approx(amount)
    for row in rows:
        assert row["loan"] == pytest.approx(amount * row["eligible"] / plant.eligible)
