"""Modes of financing as the case has them (docs/model.md, section 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from optimizer.finance import capital_recovery_factor
from optimizer.inputs.assembly import Assembly
from optimizer.inputs.bundle import measure_loc
from optimizer.inputs.case import (
    CarrierOption,
    FinancedBy,
    GeneratorUnit,
    OnSitePower,
    Purchase,
    Rates,
    StepUnit,
)
from optimizer.inputs.located import Loc
from optimizer.inputs.series_table import SeriesTable
from optimizer.inputs.yearly import locked
from optimizer.schema.capex import FixedOm
from optimizer.schema.financing import (
    BuyBack,
    GuaranteedSavings,
    Lease,
    Paid,
    SharedSavings,
    ThirdParty,
    financed,
)
from optimizer.schema.measure import Built, Measure
from optimizer.units import Quantity

NOTHING = Rates()


def financed_by(
    measure: Built, unit: str, life: int, upkeep: Rates, assembly: Assembly
) -> tuple[FinancedBy | None, Rates]:
    """The mode that a measure is offered in, and what of its fixed O&M the site pays apart.

    `upkeep`: its fixed O&M a year. What the owner pays during the term, the site pays after it;
    that stands among the payments, for it falls in some years of a life only.
    """
    mode = financed(measure)
    if mode is None:
        return None, upkeep
    term, owner_keeps = int(mode.term), isinstance(mode, ThirdParty)
    yearly, loc = NOTHING, measure_loc(measure.id, "financing", 0)
    trend = assembly.by_year(mode.price_trend, measure_loc(measure.id, "price_trend"))
    if not isinstance(mode, ThirdParty):
        yearly = _yearly(mode, unit, assembly, loc)
        owner_keeps = mode.maintenance == "owner"
    buy_back = _bought_back(mode.buy_back, unit, assembly, (*loc, "buy_back"))
    after = upkeep if owner_keeps else NOTHING
    payments = tuple(yearly if age < term else after for age in range(life))
    since = term if isinstance(mode, ThirdParty) else 0
    rate = assembly.scenario.economics.discount_rate
    charges = charged(payments, buy_back, term, since, rate)
    of = assembly.bundle.mode_of[measure.id]
    terms = FinancedBy(mode.mode, of, term, payments, buy_back, charges, locked(trend))
    return terms, NOTHING if owner_keeps else upkeep


def charged(
    payments: tuple[Rates, ...], buy_back: Rates, term: int, since: int, rate: float
) -> tuple[Rates, ...]:
    """By year of a life: nothing in its first `since` years, in which nothing is paid, then equal
    parts of what is paid and of a buy-back at the end of year `term`."""
    left = payments[since:]
    part = in_equal_parts(left, buy_back, term - since, rate) if left else NOTHING
    return (NOTHING,) * since + (part,) * len(left)


def in_equal_parts(payments: tuple[Rates, ...], buy_back: Rates, term: int, rate: float) -> Rates:
    """The same at the end of each year of a life that is worth as much as payments at the end of
    year 1, 2, … and a buy-back at the end of year `term`: CRF x present worth."""
    worth = buy_back * (1.0 + rate) ** -term
    for age, paid in enumerate(payments):
        worth = worth + paid * (1.0 + rate) ** -(age + 1)
    return worth * capital_recovery_factor(rate, len(payments))


def _yearly(mode: Paid, unit: str, assembly: Assembly, loc: Loc) -> Rates:
    """What the owner gets in each year of the term."""
    if isinstance(mode, Lease):
        return _standing(mode.payment, unit, assembly, (*loc, "payment"))
    if isinstance(mode, SharedSavings):
        whole = _rates(mode.saving, unit, assembly, (*loc, "saving"))
        return whole * mode.owner_share
    assert isinstance(mode, GuaranteedSavings)
    return _rates(mode.fee, unit, assembly, (*loc, "fee"))


def _standing(cost: FixedOm, unit: str, assembly: Assembly, loc: Loc) -> Rates:
    """A yearly cost of standing: per unit of capacity, a lump sum, or a share of capex."""
    if cost.price is None:
        return Rates(priced=float(cost.share or 0.0))
    return _rates(cost.price, unit, assembly, (*loc, "price"))


def _rates(price: Quantity, unit: str, assembly: Assembly, loc: Loc) -> Rates:
    if price.unit == "money/a":
        return Rates(per_build=assembly.money(price, loc))
    return Rates(per_capacity=assembly.price_per(price, f"money/{unit}/a", loc))


def _bought_back(terms: BuyBack | None, unit: str, assembly: Assembly, loc: Loc) -> Rates:
    if terms is None:
        return NOTHING
    return Rates(
        assembly.price_per(terms.price, f"money/{unit}", (*loc, "price")),
        assembly.money(terms.fixed, (*loc, "fixed")),
        priced=float(terms.share or 0.0),
    )


def with_owners(
    units: Sequence[StepUnit], carriers: Sequence[CarrierOption], series: SeriesTable
) -> tuple[StepUnit, ...]:
    """Generators of third parties with what these are paid for their output."""
    buys = {carrier.id: carrier.purchase for carrier in carriers}
    third = {
        measure.id: measure
        for measure in series.assembly.bundle.measures
        if isinstance(financed(measure), ThirdParty)
    }
    return tuple(
        replace(unit, paid=_on_site_power(third[unit.id], buys.get(unit.output), series))
        if isinstance(unit, GeneratorUnit) and unit.id in third
        else unit
        for unit in units
    )


def _on_site_power(measure: Measure, buy: Purchase | None, series: SeriesTable) -> OnSitePower:
    """The mode's price; or what its discount leaves of the tariff's energy price, which may never
    be below 0, its demand charge left out."""
    mode, assembly = financed(measure), series.assembly
    assert isinstance(mode, ThirdParty)
    loc, nothing = measure_loc(measure.id, "financing", 0), assembly.constant(0.0)
    if mode.discount is None:
        price = assembly.money_by_year(mode.price, (*loc, "price"))
        if mode.buy_back is not None and (price < 0).any():
            hint = "A payment that the buy_back ends is one of the site."
            assembly.problem((*loc, "price"), f"{price.min():g}", "0 or more", hint)
        return OnSitePower(None, price, nothing)
    where, found = (*loc, "discount"), f"{mode.discount:g}"
    if buy is None:
        hint = "Give a price instead."
        assembly.problem(where, found, "left out for what has no tariff", hint)
        return OnSitePower(None, nothing, nothing)
    steps = np.ones((1, 1)) if buy.series is None else series.values[buy.series].reshape(1, -1)
    if (buy.level[:, None] * steps + buy.adder[:, None] < 0).any():
        hint = "Give a price instead: the site would be paid for taking its power."
        assembly.problem(where, found, "off a tariff that is never below 0", hint)
    left = 1.0 - mode.discount
    return OnSitePower(buy.series, locked(left * buy.level), locked(left * buy.adder), True)
