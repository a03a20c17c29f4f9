"""Emissions of the base year, from metered energy and base-year factors (docs/model.md, 5)."""

from __future__ import annotations

from optimizer.inputs.assembly import Assembly
from optimizer.inputs.case import BaseYearData
from optimizer.inputs.yearly import value_at
from optimizer.schema.measure import Contract


def base_year_data(assembly: Assembly) -> BaseYearData:
    """Metered energy [MWh] and emissions [t]; scope 1 holds the process emissions at output 1."""
    scenario = assembly.scenario
    for carrier in scenario.base_year.factors.keys() - scenario.base_year.metered.keys():
        where = ("base_year", "factors", carrier)
        assembly.problem(where, carrier, "a carrier that is metered", "It would touch nothing.")
    process = _process(assembly)
    scope1, location, market = process, 0.0, 0.0
    factors: dict[str, float] = {}
    residuals: dict[str, float] = {}
    for carrier, energy in scenario.base_year.metered.items():
        given = scenario.carriers.get(carrier)
        if given is None:
            where = ("base_year", "metered", carrier)
            assembly.problem(where, carrier, "a carrier of the scenario")
        elif given.scope is not None:
            factors[carrier] = _factor(carrier, assembly)
            residuals[carrier] = factors[carrier]
            if given.scope == 1:
                scope1 += energy * factors[carrier]
                continue
            residuals[carrier] = _residual(carrier, factors[carrier], assembly)
            location += energy * factors[carrier]
            market += _by_market(assembly, carrier, energy, residuals[carrier])
    return BaseYearData(
        year=scenario.horizon.base_year,
        metered=dict(scenario.base_year.metered),
        factors=factors,
        residuals=residuals,
        process=process,
        scope1=scope1,
        scope2_location=location,
        scope2_market=market,
    )


def _by_market(assembly: Assembly, carrier: str, metered: float, residual: float) -> float:
    """Metered energy at the residual factor, but what contracts in force bring at theirs, the
    cleanest first [t]."""
    kept = assembly.scenario.contracts_in_force
    deals = [m for m in assembly.bundle.measures if isinstance(m, Contract) and m.id in kept]
    tonnes, left = 0.0, metered
    for deal in sorted(deals, key=lambda m: m.factor):
        if deal.carrier == carrier and deal.factor < residual and deal.capacity.min is not None:
            claimed = min(deal.capacity.min.value, left)
            tonnes, left = tonnes + deal.factor * claimed, left - claimed
    return tonnes + residual * left


def _factor(carrier: str, assembly: Assembly) -> float:
    """base_year.factors, else the carrier's own factor in the base year [t/MWh]."""
    scenario = assembly.scenario
    if carrier in scenario.base_year.factors:
        return scenario.base_year.factors[carrier]
    table = scenario.carriers[carrier].factor
    if table is None:
        return 0.0  # told where the carrier is read
    value = value_at(table, scenario.horizon.base_year)
    if value is None:
        year = scenario.horizon.base_year
        hint = f"Add {year} to carriers.{carrier}.factor, or give base_year.factors.{carrier}."
        where = ("base_year", "factors", carrier)
        assembly.problem(where, "", f"the emission factor of {carrier} in {year}", hint)
    return value or 0.0


def _residual(carrier: str, factor: float, assembly: Assembly) -> float:
    """The market's residual factor in the base year; where it has none, the factor [t/MWh].

    A residual table that starts after the base year is a problem if the policy counts the market
    ledger, for its base year would be set against another kind of factor.
    """
    scenario = assembly.scenario
    table = scenario.carriers[carrier].residual
    if table is None:
        return factor
    value = value_at(table, scenario.horizon.base_year)
    if value is None and scenario.policy.ledger == "market":
        year = scenario.horizon.base_year
        where = ("carriers", carrier, "residual")
        assembly.problem(where, f"no value for {year}", "given for the base year")
    return factor if value is None else value


def _process(assembly: Assembly) -> float:
    """Process emissions of the base year at output 1 [t]."""
    year, total = assembly.scenario.horizon.base_year, 0.0
    for index, source in enumerate(assembly.scenario.process_emissions):
        amount = value_at(source.amount, year)
        if amount is None:
            where = ("process_emissions", index, "amount")
            assembly.problem(where, f"no value for {year}", "given for the base year")
        total += amount or 0.0
    return total
