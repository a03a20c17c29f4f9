"""Energy and power that a plan uses in a year, and what of them is not fossil or can be traced.

What is used of a carrier is what comes in less what goes out again:

    used = purchased + generated - exported - vented                       [MWh]

Heat and power that units make of other carriers, recovered heat included, are not counted anew: the
fuel they come from is. What a generator could give and doesn't (curtailment) was never there. Own
generation used on site is

    own = generated - exported - vented                                    [MWh]

which takes all that leaves the site out of its own generation first. In a year in which CHP or a
store sells more than is generated this is below 0, and a row here asks more than its rule, which
counts max(0, own) in a plan. Each of these is a sum of yearly totals, not a bound on one, so that a
rule that wants energy high and one that wants it low see the same figure. Claims <= purchased, and
none on what is sold on (``claims_within_kept``), keep what is not fossil at or under what is used.
"""

from __future__ import annotations

from typing import Any

from optimizer.inputs.case import Case, ContractOption
from optimizer.inputs.held_rules import NonFossilRule, TceRule
from optimizer.model.bought_back import bought_back
from optimizer.model.energy_totals import is_generated, is_made, metered, powers
from optimizer.model.financing import plants_with_certificates
from optimizer.model.layer import YearlyLayer
from optimizer.model.purchase import purchased


def used(layer: YearlyLayer, carrier: str, year: int) -> Any:
    """purchased + generated - exported - vented of a metered carrier [MWh]."""
    option = next(c for c in layer.case.carriers if c.id == carrier)
    bought = purchased(layer, carrier, year) if option.purchase is not None else 0.0
    return bought + _inside(layer, carrier, year)


def _inside(layer: YearlyLayer, carrier: str, year: int) -> Any:
    """generated - exported - vented [MWh]."""
    total = layer.model.total
    signs = {"generated": 1.0, "export": -1.0, "vent": -1.0}
    there = [kind for kind in signs if (kind, carrier, year) in total]
    return sum((signs[kind] * total[kind, carrier, year] for kind in there), 0.0)


def own_generation(layer: YearlyLayer, carrier: str, year: int) -> Any:
    """Own generation of a carrier that is used on site [MWh]; 0 where nothing generates it."""
    return _inside(layer, carrier, year) if is_generated(layer.case, carrier) else 0.0


def power_used(layer: YearlyLayer, year: int) -> Any:
    """Electricity used on site, that of CHP included, losses of stores too [MWh]."""
    total, case = layer.model.total, layer.case
    made = (total["made", c.id, year] for c in powers(case) if is_made(case, c.id))
    return sum((used(layer, c.id, year) for c in powers(case)), 0.0) + sum(made, 0.0)


def energy_used(layer: YearlyLayer, rule: TceRule, year: int) -> Any:
    """Energy used, electricity at the rule's conversion, all else by calorific value [tce]."""
    power = {c.id for c in powers(layer.case)}
    return sum(
        (
            (rule.power if c.id in power else rule.heat) * used(layer, c.id, year)
            for c in metered(layer.case)
        ),
        0.0,
    )


def traceable_power(layer: YearlyLayer, year: int, *, third_parties: bool = True) -> Any:
    """Own generation used on site whose certificates are kept, and what comes without carbon over
    a line of its own; less what third parties generate, where that doesn't count [MWh]."""
    power = [c.id for c in powers(layer.case)]
    own = sum((own_generation(layer, c, year) - bought_back(layer, c, year) for c in power), 0.0)
    plants = [] if third_parties else plants_with_certificates(layer.case)
    theirs = sum((layer.model.total["reference", unit, year] for unit in plants), 0.0)
    return own - theirs + _claimed(layer, [g for g in clean(layer.case) if g.traceable], year)


def hourly_power(layer: YearlyLayer, year: int) -> Any:
    """Own generation used on site whose certificates are kept, and claims that have their hour:
    power delivered without carbon, certificates matched by the hour [MWh]."""
    power = [c.id for c in powers(layer.case)]
    own = sum((own_generation(layer, c, year) - bought_back(layer, c, year) for c in power), 0.0)
    return own + _claimed(layer, hourly(layer.case), year)


def non_fossil(layer: YearlyLayer, rule: NonFossilRule, year: int) -> Any:
    """Traceable power, certificates if the rule counts them, generated heat, biomass [tce]."""
    case = layer.case
    named = [g for g in clean(case) if rule.certificates and not g.traceable]
    power = traceable_power(layer, year) + _claimed(layer, named, year)
    electric = {c.id for c in powers(case)}
    others = [c for c in metered(case) if c.id not in electric]
    heat = sum((own_generation(layer, c.id, year) for c in others), 0.0)
    at = layer.at(year)
    grown = (
        purchased(layer, c.id, year)
        for c in others
        if c.purchase is not None and c.biogenic > float(c.factor[at])
    )
    return rule.power * power + rule.heat * (heat + sum(grown, 0.0))


def clean(case: Case) -> list[ContractOption]:
    """Contracts for electricity that isn't fossil: those whose claims emit nothing."""
    power = {c.id for c in powers(case)}
    return [g for g in case.contracts if g.carrier in power and g.factor == 0]


def hourly(case: Case) -> list[ContractOption]:
    """Those of them that deliver, or are matched, hour by hour."""
    return [g for g in clean(case) if g.form == "energy" or g.hourly]


def _claimed(layer: YearlyLayer, contracts: list[ContractOption], year: int) -> Any:
    return sum((layer.model.claimed[g.id, year] for g in contracts), 0.0)
