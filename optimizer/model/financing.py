"""What it costs to have what others own: charges of those who stand, buy-backs, on-site power."""

from __future__ import annotations

from typing import Any

from optimizer.inputs.case import Case, GeneratorUnit, MeasureOption, Rates
from optimizer.model.layer import YearlyLayer, build_years, standing_builds


def rated(layer: YearlyLayer, option: MeasureOption, rates: Rates, builds: list[int]) -> Any:
    """per_capacity x added + per_build x build + (share + priced x price trend) x cost of the size,
    over builds [money]."""
    m, k, financed = layer.model, option.id, option.financed
    assert financed is not None
    terms = ((rates.per_capacity, m.added), (rates.per_build, m.build), (rates.share, m.size_cost))
    total = sum(
        (rate * sum(variable[k, v] for v in builds) for rate, variable in terms if rate), 0.0
    )
    if rates.priced:
        trend = {v: float(financed.price_trend[layer.at(v)]) for v in builds}
        total += rates.priced * sum(trend[v] * m.size_cost[k, v] for v in builds)
    return total


def add_charges(layer: YearlyLayer, option: MeasureOption, year: int) -> None:
    """A year's part of what is paid to the owners of what stands: their charge [money]."""
    if option.financed is not None:
        charges, standing = option.financed.charges, standing_builds(option, layer.years, year)
        ages = {v: (year - v) % option.life_years for v in standing}
        cost = sum((rated(layer, option, charges[age], [v]) for v, age in ages.items()), 0.0)
        layer.cost("financing", option.id, year, cost)


def paid_in(layer: YearlyLayer, option: MeasureOption, year: int) -> Any:
    """What owners are paid in a cash year, the tail's too, and what is bought back at its start:
    another life begins when one ends, by force or in the tail [money]."""
    terms, total = option.financed, 0.0
    if terms is None:
        return total
    for v in build_years(option, layer.years):
        age, life = year - v, option.life_years
        goes_on = option.renewal == "forced" or v + life > layer.years[-1]
        if age >= 0 and (age < life or goes_on):
            back = terms.buy_back if age % life == terms.term else Rates()
            total += rated(layer, option, terms.payments[age % life] + back, [v])
    return total


def bought_back(layer: YearlyLayer, year: int) -> Any:
    """What is paid at the start of a year for units whose term has just ended [money]."""
    return sum((_bought_back(layer, option, year) for option in layer.case.measures), 0.0)


def _bought_back(layer: YearlyLayer, option: MeasureOption, year: int) -> Any:
    terms = option.financed
    if terms is None:
        return 0.0
    ages = {v: year - v for v in build_years(option, layer.years) if v < year}
    if option.renewal == "forced":
        ages = {v: age % option.life_years for v, age in ages.items()}
    due = [v for v, age in ages.items() if age == terms.term]
    return rated(layer, option, terms.buy_back, due)


def third_party_plants(case: Case) -> list[GeneratorUnit]:
    """Generators whose owner is paid for their output."""
    units = (unit for unit in case.units if isinstance(unit, GeneratorUnit))
    return [unit for unit in units if unit.paid is not None]


def plants_with_certificates(case: Case) -> list[str]:
    """Those for electricity whose certificates the site has with their power."""
    power = {carrier.id for carrier in case.carriers if carrier.kind == "electricity"}
    kept = (unit for unit in third_party_plants(case) if unit.sold_certificates is None)
    return [unit.id for unit in kept if unit.output in power]


def add_on_site_power(layer: YearlyLayer, year: int) -> None:
    """What the plants of third parties generate, at their price [money]."""
    for unit in third_party_plants(layer.case):
        layer.cost("on_site_power", unit.id, year, paid_for_output(layer, unit, year))


def paid_for_output(layer: YearlyLayer, unit: GeneratorUnit, year: int) -> Any:
    """level x series x output + adder x output [money]."""
    assert unit.paid is not None
    total, i = layer.model.total, layer.at(year)
    made = total["reference", unit.id, year]
    priced = made if unit.paid.series is None else total["flow_priced", unit.id, year]
    return float(unit.paid.level[i]) * priced + float(unit.paid.adder[i]) * made
