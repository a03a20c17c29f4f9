"""What moves a decision without being paid: the abatement ceiling, the internal carbon price."""

from __future__ import annotations

from optimizer.errors import InputErrors, Problem, UnitError
from optimizer.inputs.assembly import Assembly, sentence
from optimizer.inputs.case import ByYear, CeilingRule
from optimizer.inputs.economics import Exchange
from optimizer.schema.scenario import Scenario
from optimizer.units import parse


def ceiling_rule(assembly: Assembly) -> CeilingRule | None:
    """The ceiling by planning year [money/t], None in years without one; None without any."""
    ceiling = assembly.scenario.policy.ceiling
    if ceiling is None:
        return None
    price = assembly.money_rule(ceiling.price, ("policy", "ceiling", "price"))
    return CeilingRule(price, ceiling.mode, ceiling.binds)


def internal_carbon_price(assembly: Assembly) -> ByYear | None:
    """The price by planning year [money/t]; None without one."""
    table = assembly.scenario.internal_carbon_price
    return None if table is None else assembly.money_by_year(table, ("internal_carbon_price",))


def given_price(scenario: Scenario, text: str, option: str, field: str) -> float:
    """A price of a tonne such as "300 CNY/t" in the scenario's money [money/t].

    Raises InputErrors that name the ``option`` with which it was given.
    """
    allowed, hint = 'a price above 0 for a tonne, such as "300 CNY/t"', ""
    try:
        price = Exchange.of(scenario).bring(parse(text, "money/t"))
    except UnitError as error:
        price, hint = 0.0, error.hint
    except ValueError as error:
        price, hint = 0.0, sentence(str(error))
    if price <= 0:
        raise InputErrors([Problem(option, 0, 0, field, text, allowed, hint)])
    return price
