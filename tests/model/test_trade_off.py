"""Cost against emissions: the limits of a study."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.inputs import case as c
from optimizer.inputs.trade_off import TradeOff
from tests.model.solving import close, proves, solved
from tests.model.test_emissions import GAS_YEAR, TONNES, clean_heat


def asked(weight: tuple[float, float], price: float = 0.0, **limits: float) -> c.Case:
    """The boiler plant with clean heat at 70 a tonne, 2,190 t in each of two years; a tonne is
    valued at ``price``."""
    trade = TradeOff(np.array(weight), **limits)
    return replace(clean_heat(), trade_off=trade, internal_carbon_price=np.full(2, price))


@proves("weighted_gross_within_limit")
def test_weighted_tonnes_stay_within_the_limit() -> None:
    """Proves sum weight x gross <= most: a tonne of the second year counts twice, so it goes first.

    2,190 + 2 x 2,190 = 6,570; 4,000 allowed, so 2,570 / 2 = 1,285 t less in 2027, for 89,950.
    Without the row nothing is avoided and the plan costs 219,000.
    """
    solution = solved(asked((1.0, 2.0), most_tonnes=4000.0))
    assert list(solution.yearly("gross").values()) == [close(TONNES), close(TONNES - 1285)]
    assert solution.net_present_cost() == close(2 * GAS_YEAR + 1285 * 70)


@proves("cost_within_limit")
def test_least_emissions_stay_within_the_cost() -> None:
    """Proves net present cost <= most: at a price of 1,000 a tonne all 4,380 t would go at 70 each,
    but 30,000 beyond the least cost buys 30,000 / 70 = 428.6 t. Without the row none are left; with
    what is only valued in the row, fewer would go.
    """
    most = 2 * GAS_YEAR + 30_000
    solution = solved(asked((1.0, 1.0), most_cost=most, price=1000.0))
    assert sum(solution.yearly("gross").values()) == close(2 * TONNES - 30_000 / 70)
    assert solution.net_present_cost() == close(most)
