"""A third party's plant that is bought back in the tail: its payment ends, its upkeep begins."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from optimizer.plan.cash import cash_lines
from optimizer.plan.settings import Made
from optimizer.plan.summary_search import tail_share
from tests.model.bought_plant import GRID_YEAR, PAID_YEAR, bought_back
from tests.model.solving import close, proves, solved


@proves("freed_is_paid")
def test_what_is_bought_back_is_paid_by_output_no_more() -> None:
    """Proves five years of which three are paid by output, for in the fifth another life begins:
    3 x 70,080; two with half of 30,000 and an upkeep of 1,000 each: 32,000. Half of what 2 MW could
    give is taken: were freed all of that, 140,160 a year, 140,160 would be missing. The grid costs
    438,000."""
    found = solved(bought_back())
    assert found.net_present_cost() == close(3 * PAID_YEAR + 2 * 16e3)
    lines = {line.cost_class: cost for line, cost in found.costs().items() if line.item == "roof"}
    assert lines["on_site_power"].tolist() == [close(PAID_YEAR)]
    assert lines["after_term"].tolist() == [close(2 * 16e3 - 2 * PAID_YEAR)]
    assert lines["financing"].tolist() == [0.0]
    hourly = solved(bought_back(series=True))
    assert hourly.net_present_cost() == close(3 * PAID_YEAR + 2 * 16e3)


@proves("freed_within_build")
def test_a_payment_is_of_the_build_that_stands() -> None:
    """Proves, for 2026 to 2029, that a build of 2026 is bought for two of these years and one of
    2027 for one. Bought ten times dearer, 300,000 and 2,000 of upkeep, that of 2026 costs 2 x
    70,080 + 302,000; that of 2027 a year of the grid, two of output, and 16,000: 243,760. Were the
    payment said to be of a build of 2026, another 70,080 would be let off."""
    found = solved(bought_back((2026, 2027), 2029, trend=(10.0, 1.0)))
    assert found.yearly("build")["roof", 2027] == close(1.0)
    assert found.net_present_cost() == close(GRID_YEAR + 2 * PAID_YEAR + 16e3)


def test_the_tails_share_knows_what_ends_there() -> None:
    """Proves that of 242,240 all but the 70,080 of 2026 fall after it: were the payment taken to go
    on for four years, 280,320 would, more than there is."""
    case = bought_back()
    made = cast(Made, SimpleNamespace(plan=solved(case)))
    whole = 3 * PAID_YEAR + 2 * 16e3
    assert tail_share(case, made) == close((whole - PAID_YEAR) / whole)


def test_what_is_bought_after_the_end_is_paid_to_the_end() -> None:
    """Proves that a tail which ends with the term has no more than the payment: 2 x 70,080."""
    assert solved(bought_back(end=2027)).net_present_cost() == close(2 * PAID_YEAR)


@pytest.mark.parametrize("end", [2028, 2030])
@pytest.mark.parametrize("years", [(2026,), (2026, 2027)])
def test_cash_of_a_buy_back_is_worth_what_it_costs(years: tuple[int, ...], end: int) -> None:
    """Proves cash by year: 70,080 in two years, 30,000 at the start of the third, 1,000 of upkeep
    in it and the next, and another life's output in the fifth; and at 5 % that this, less what the
    lives that remain are worth, is the objective: of the buy-back a half is left in 2028."""
    case = bought_back(years, end, rate=0.05)
    found = solved(case)
    lines = {line.cash_class: line for line in cash_lines(case, found) if line.item == "roof"}
    count = end - 2025
    assert lines["on_site_power"].amount.tolist() == [
        close(-paid) for paid in (PAID_YEAR, PAID_YEAR, 0.0, 0.0, PAID_YEAR)[:count]
    ]
    assert lines["financing"].amount.tolist() == [0.0, 0.0, -1e3, -1e3, 0.0][:count]
    assert lines["buy_back"].amount.tolist() == [0.0, 0.0, -30e3, 0.0, 0.0][:count]
    worth = 0.0
    for line in cash_lines(case, found):
        early = 1.05 if line.timing == "year_start" else 1.0
        worth += sum(early * money / 1.05**t for t, money in enumerate(line.amount, 1))
        worth += line.remaining / 1.05**count
    assert -worth == pytest.approx(found.net_present_cost(), rel=1e-9)
