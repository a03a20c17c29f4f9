"""Cost against emissions: the limits of a study."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.inputs import case as c
from optimizer.inputs.trade_off import TradeOff
from optimizer.solve.goals import linear, with_goal
from optimizer.solve.matrix import Matrix
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
def test_what_is_made_least_stays_within_the_cost() -> None:
    """Proves decision cost <= most: valued at 60 a tonne and avoided at 70, T tonnes left make
    219,000 + 60 T + 70 (4,380 - T) <= 500,000, so T >= 2,560. Another 30 a tonne in the objective
    alone asks for none. Without the row none are left; with only what is paid in it, 366 would be.
    """

    def fewer_tonnes(matrix: Matrix) -> Matrix:
        gross = linear(matrix, sum(matrix.layer.model.gross.values()))
        return with_goal(matrix, gross, 30.0)

    solution = solved(asked((1.0, 1.0), most_cost=500_000.0, price=60.0), fewer_tonnes)
    assert sum(solution.yearly("gross").values()) == close(2560)
    assert solution.decision_cost() == close(500_000)
