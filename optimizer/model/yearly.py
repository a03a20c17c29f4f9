"""The yearly layer, as a table of contents."""

from __future__ import annotations

from optimizer.inputs.case import Case
from optimizer.model.after_term import add_freed
from optimizer.model.assets import add_assets
from optimizer.model.borrowing import add_borrowing
from optimizer.model.bought_back import add_bought_back
from optimizer.model.budget import add_budget
from optimizer.model.capacity import add_capacity
from optimizer.model.carbon_price import add_carbon_prices
from optimizer.model.costs import add_costs
from optimizer.model.credits import add_credit_rules, add_credit_variables
from optimizer.model.eligible import add_financed
from optimizer.model.emissions import add_emissions
from optimizer.model.grants import add_grants
from optimizer.model.held_rows import add_held_rules
from optimizer.model.layer import YearlyLayer
from optimizer.model.lender import add_lender
from optimizer.model.logic import add_logic
from optimizer.model.objective import add_objective
from optimizer.model.purchase import add_purchase
from optimizer.model.savings import add_savings
from optimizer.model.seam import add_totals
from optimizer.model.seasons import add_seasons
from optimizer.model.trade_off import add_trade_off
from optimizer.model.trajectory import add_trajectory
from optimizer.model.valuation import add_valuation
from optimizer.model.value_chain import add_value_chain


def build_yearly(case: Case, *, tight: bool = True) -> YearlyLayer:
    """All that is decided by year: what is built, bought, offset, and what it costs.

    ``tight``: sizes end at the largest useful one (sizes.py), which follows from budget and area.
    """
    layer = YearlyLayer(case, tight)
    add_capacity(layer)
    add_assets(layer)
    add_logic(layer)
    add_savings(layer)
    add_totals(layer)
    add_freed(layer)
    add_purchase(layer)
    add_bought_back(layer)
    add_seasons(layer)
    add_credit_variables(layer)
    add_emissions(layer)
    add_value_chain(layer)
    add_trajectory(layer)
    add_held_rules(layer)
    add_credit_rules(layer)
    add_grants(layer)
    add_financed(layer)
    add_borrowing(layer)
    add_budget(layer)
    add_carbon_prices(layer)
    add_costs(layer)
    add_valuation(layer)
    add_objective(layer)
    add_trade_off(layer)
    add_lender(layer)
    return layer
