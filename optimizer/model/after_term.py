"""What the tail has otherwise than the last planning year: plants that the site has bought by then.

A third party is paid for what its plant gives until the site buys it back, which falls in the tail.
Dispatch of the tail is that of the last planning year, so is the payment for it: freed[m, v] is
what of it the build of v stops to cost (docs/model.md, section 6).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyomo.environ as pyo

from optimizer.inputs.case import Case, GeneratorUnit, MeasureOption
from optimizer.model.financing import paid_for_output, rated, third_party_plants
from optimizer.model.layer import YearlyLayer, build_years, named


def bought_later(case: Case) -> list[MeasureOption]:
    """Third parties' plants that may be the site's before the tail ends."""
    plants = {unit.id for unit in third_party_plants(case)}
    options = (o for o in case.measures if o.id in plants)
    return [o for o in options if any(years_after_term(case, o, v) for v in case.years)]


def years_after_term(case: Case, option: MeasureOption, built: int) -> list[int]:
    """Years of the tail in which a build is the site's: not of its term, nor of a later life's."""
    terms, tail = option.financed, range(case.years[-1] + 1, case.money.evaluate_to + 1)
    assert terms is not None
    return [t for t in tail if (t - built) % option.life_years >= terms.term]


def add_freed(layer: YearlyLayer) -> None:
    """freed[m, v] >= 0: what the build of v, if it is the one that stands, pays its owner for the
    output of the last planning year [money]."""
    m, last = layer.model, layer.years[-1]
    options = {o.id: o for o in bought_later(layer.case)}
    units = {unit.id: unit for unit in third_party_plants(layer.case)}
    builds = [(k, v) for k, o in options.items() for v in build_years(o, layer.years)]
    most = {k: _most_paid(layer.case, units[k]) for k in options}
    m.freed = pyo.Var(builds, bounds=(0, None))

    def whole(m: Any, k: str) -> Any:
        """All of the payment is of some build: sum freed = payment of the last year [money]."""
        return sum(m.freed[at] for at in builds if at[0] == k) == paid_for_output(
            layer, units[k], last
        )

    def of_build(m: Any, k: str, v: int) -> Any:
        """What isn't built is paid nothing: freed <= most paid per capacity x added [money]."""
        return m.freed[k, v] <= most[k] * m.added[k, v]

    named(m, "freed_is_paid", list(options), whole)
    named(m, "freed_within_build", builds, of_build)


def _most_paid(case: Case, unit: GeneratorUnit) -> float:
    """A last planning year's payment for all that a capacity of 1 could give [money]."""
    paid = unit.paid
    assert paid is not None
    price = float(paid.level[-1]) * (1.0 if paid.series is None else case.series[paid.series])
    available = unit.availability
    given = case.series[available] if isinstance(available, str) else float(available)
    yearly = case.axis.hours_a_year * given * (price + float(paid.adder[-1]))
    return float(np.maximum(yearly, 0.0).sum())


def owned_instead(layer: YearlyLayer, option: MeasureOption, year: int) -> Any:
    """What a plant costs more in a year of the tail than in the last planning year, since the site
    has bought it: charges of what is bought and of upkeep less what is freed [money]."""
    assert option.financed is not None
    own = _owned_in(layer, option, year)
    charges = rated(layer, option, option.financed.charges[-1], own)
    return charges - freed_in(layer, option, year)


def freed_in(layer: YearlyLayer, option: MeasureOption, year: int) -> Any:
    """What of the last planning year's payment isn't paid in a year of the tail [money]."""
    return sum((layer.model.freed[option.id, v] for v in _owned_in(layer, option, year)), 0.0)


def _owned_in(layer: YearlyLayer, option: MeasureOption, year: int) -> list[int]:
    """Years of build of what the site has bought by a year of the tail."""
    builds = build_years(option, layer.years)
    return [v for v in builds if year in years_after_term(layer.case, option, v)]


def add_after_term(layer: YearlyLayer) -> None:
    """All that the tail has so, worth at the end of the last planning year [money]."""
    money, last = layer.case.money, layer.years[-1]
    for option in bought_later(layer.case):
        for year in range(last + 1, money.evaluate_to + 1):
            worth = (1.0 + money.rate) ** (last - year)
            cost = worth * owned_instead(layer, option, year)
            layer.cost("after_term", option.id, last, cost, "one_off")
