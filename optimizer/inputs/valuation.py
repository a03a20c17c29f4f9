"""What moves a decision without being paid: the abatement ceiling, the internal carbon price."""

from __future__ import annotations

from optimizer.inputs.assembly import Assembly
from optimizer.inputs.case import ByYear, CeilingRule


def ceiling_rule(assembly: Assembly) -> CeilingRule | None:
    """The ceiling by planning year [money/t], None in years without one; None without any."""
    ceiling = assembly.scenario.policy.ceiling
    if ceiling is None:
        return None
    price = assembly.money_rule(ceiling.price, ("policy", "ceiling", "price"))
    return CeilingRule(price, ceiling.mode)


def internal_carbon_price(assembly: Assembly) -> ByYear | None:
    """The price by planning year [money/t]; None without one."""
    table = assembly.scenario.internal_carbon_price
    return None if table is None else assembly.money_by_year(table, ("internal_carbon_price",))
