"""Small cases whose plans can all be tried: one for each family of rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from optimizer import finance
from optimizer.inputs import case as c
from optimizer.inputs import value_chain as v
from optimizer.inputs.held_rules import Threshold
from tests import held
from tests import plants as p

YEARS = (2026, 2027, 2028, 2029, 2030)
CASTINGS = (1000.0, 1050.0, 1100.0, 1100.0, 1150.0)
RATE = 0.07


def whole(
    id: str, price: float, size: float = 1.0, life: int = 15, **fields: Any
) -> c.MeasureOption:
    """One size, one price."""
    kind = fields.pop("kind", "converter")
    return p.measure(
        id, YEARS, kind=kind, upper=size, lower=size, cost=price, rate=RATE, life=life, **fields
    )


def converter(id: str, carrier: str, ratio: float | str, **fields: Any) -> c.ConverterUnit:
    return c.ConverterUnit(id, "heat", (c.Flow(carrier, ratio),), (c.Flow("heat", 1.0),), **fields)


def works(**changes: Any) -> c.Case:
    """Heat for a growing process over five years, two steps a day; a boiler that ends in 2028.

    Gas dearer each year, power dear by day; 2030 stands for itself and three years more.
    """
    grown = [1.0, 1.05, 1.1, 1.1, 1.15]
    gas = p.carrier(
        "gas", YEARS, price=[28.0, 30.0, 33.0, 36.0, 40.0], kind="fuel", scope=1, factor=0.2
    )
    power = p.carrier(
        "electricity", YEARS, kind="electricity", price=1.0, series="price", adder=4.0, scope=2,
        factor=[0.5, 0.46, 0.42, 0.38, 0.34],
    )  # fmt: skip
    boiler = p.asset(
        "boiler", YEARS, 2.0, renewed_unit="boiler.new", last_old=2, renewal_capex=260e3,
        fixed_om=9e3, renewal_fixed_om=5e3, dismantling=12e3, resale=8e3,
        renewal_capital_recovery=finance.capital_recovery_factor(RATE, 20),
    )  # fmt: skip
    base = p.case(
        YEARS, {"load": [1.2, 0.8], "price": [75.0, 45.0], "cop": [0.28, 0.33]},
        axis=p.axis(steps=2), money=p.money(YEARS, RATE, 2033),
        carriers=(gas, power, p.carrier("heat", YEARS, kind="heat")),
        services=(p.service("process", "heat", "load", YEARS, grown),), assets=(boiler,),
        units=(converter("boiler", "gas", 1.25), converter("boiler.new", "gas", 1.1)),
    )  # fmt: skip
    return replace(base, **changes)


def with_units(case: c.Case, *units: c.ConverterUnit, **changes: Any) -> c.Case:
    return replace(case, units=(*case.units, *units), **changes)


def logic() -> c.Case:
    """Exclusion, prerequisite, replacement, overlap, lead time, the boiler's end, a budget."""
    measures = (
        whole(
            "hp", 420e3, 0.9, excludes=("bio",), price_trend=np.array([1, 0.95, 0.9, 0.86, 0.82])
        ),
        whole("bio", 300e3, 1.6, replaces=("boiler",), fixed_om_lump=6e3, earliest=1),
        whole("cover", 90e3, kind="saving", one_of="hull"),
        whole("control", 45e3, kind="saving", requires=("cover",), life=5),
    )
    savings = (
        c.SavingEffect("cover", "process", 0.2, ()),
        c.SavingEffect("control", "process", 0.15, (c.Flow("electricity", 0.02),)),
    )
    wood = p.carrier("wood", YEARS, price=31.0, kind="fuel", scope=1, factor=0.01)
    base = works()
    return with_units(
        base, converter("hp", "electricity", "cop"), converter("bio", "wood", 1.2),
        carriers=(*base.carriers, wood), measures=measures, savings=savings,
        budget=c.BudgetRule((100e3, 380e3, 120e3, 150e3, 400e3), True, False),
    )  # fmt: skip


def offsets() -> c.Case:
    """Net target, share of the base year, first year, gate, removals, carbon price, lead time."""
    base = works()
    measures = (
        whole("hp", 700e3, 0.8), whole("cover", 130e3, kind="saving"),
        whole("lean", 260e3, kind="process", earliest=1),
    )  # fmt: skip
    none, price = (None,) * 5, p.by_year([30, 32, 34, 36, 40], YEARS)
    output = p.by_year([500, 520, 540, 540, 560], YEARS)
    rule = c.CarbonRule(p.by_year([5, 8, 11, 14, 17], YEARS), p.by_year(400.0, YEARS))
    credit = [
        c.CreditOption("cheap", p.name("cheap"), "avoidance", price, none, 0),
        c.CreditOption("kept", p.name("kept"), "removal", p.by_year(90.0, YEARS), (60.0,) * 5, 2),
    ]  # fmt: skip
    policy = p.no_policy(
        YEARS, base_emissions=2900.0, net_target=(None, 2700.0, 2350.0, 1700.0, 1250.0),
        gross_cap=(None, None, 2600.0, None, 1600.0), offset_share=(0.1, 0.1, 0.1, 0.08, 0.05),
        offset_basis="base_year", first_credit_year=2027, gate_reduction=0.12,
        removal_share=(None, None, None, 0.1, 0.2),
    )  # fmt: skip
    return with_units(
        base, converter("hp", "electricity", "cop"), measures=measures, credits=tuple(credit),
        policy=policy, carbon=rule,
        process_sources=(c.ProcessSource("kiln", p.name("kiln"), output),),
        savings=(
            c.SavingEffect("cover", "process", 0.18, ()),
            c.SavingEffect("lean", "kiln", 0.4, (c.Flow("electricity", 0.3),), 12.0),
        ),
    )  # fmt: skip


def grants() -> c.Case:
    """Whole units, two builds at once, two grants with windows and caps, a budget after grants."""
    base = works()
    pump = p.measure(
        "hp", YEARS, kind="converter", upper=1.0, lower=0.5, unit_size=0.5, max_builds=2, rate=RATE,
        life=12, segments=(c.Segment(0.5, 0.5, 500e3, 20e3), c.Segment(0.5, 1.0, 380e3, 80e3)),
        fixed_om_share=0.02, renewal="none",
    )  # fmt: skip
    first, then = (True, True, False, False, False), (False, True, True, True, False)
    helps = (
        c.GrantOption("early", p.name("early"), ("hp", "cover"), 0.3, 90e3, first),
        c.GrantOption("late", p.name("late"), ("hp",), 0.4, 60e3, then),
    )  # fmt: skip
    return with_units(
        base, converter("hp", "electricity", "cop"),
        measures=(pump, whole("cover", 110e3, kind="saving")),
        savings=(c.SavingEffect("cover", "process", 0.12, ()),), grants=helps,
        budget=c.BudgetRule((120e3, 180e3, 350e3, 300e3, 300e3), False, True),
    )  # fmt: skip


def lives() -> c.Case:
    """Short lives, forced, optional and never renewed; fixed O&M; the price falls; no tail."""
    base = works(money=p.money(YEARS, RATE))
    falling = np.array([1.0, 0.9, 0.8, 0.7, 0.6])
    return with_units(
        base, converter("hp", "electricity", "cop"),
        measures=(
            whole("hp", 150e3, 0.7, life=2, renewal="forced", price_trend=falling, fixed_om=3e3),
            whole("leaks", 38e3, kind="saving", life=2, renewal="optional", price_trend=falling),
            whole("tuning", 30e3, kind="saving", life=2, renewal="none"),
        ),
        savings=(
            c.SavingEffect("leaks", "process", 0.06, ()),
            c.SavingEffect("tuning", "process", 0.05, ()),
        ),
    )  # fmt: skip


def growth() -> c.Case:
    """A share of the reduction, where output lifts emissions above the base year at first."""
    base = offsets()
    policy = replace(
        base.policy, base_emissions=2700.0, offset_basis="reduction", gate_reduction=None,
        offset_share=(0.5, 0.5, 0.5, 0.4, 0.4), gross_cap=(None,) * 5,
        net_target=(None, None, 2500.0, 1900.0, 1400.0),
    )  # fmt: skip
    return replace(base, policy=policy)


def gated() -> c.Case:
    """Rules a to d and f beside gates of packs: scope 1 against the base year, carbon and fossil
    energy per tce, and power that can't be traced only up to a threshold."""
    base = offsets()
    wood = p.carrier(
        "wood", YEARS, price=[26.0, 27.0, 30.0, 33.0, 36.0], kind="fuel", scope=1, factor=0.01,
        biogenic=0.36,
    )  # fmt: skip
    small = (Threshold(over=True, value=1_700.0),)
    gates = (
        held.reduction((None, 0.25, None, None, None), 2_900.0, 1),
        held.intensity((None, None, None, None, 1.3), power=0.2856, heat=0.1),
        held.non_fossil((None, None, None, 0.4, None), power=0.2856, heat=0.1),
        held.traceable((None, None, 0.3, 0.3, 0.3), thresholds=small),
    )
    return with_units(
        base, converter("bio", "wood", 1.2), carriers=(*base.carriers, wood),
        measures=(*base.measures, whole("bio", 150e3, 0.6)),
        policy=replace(base.policy, held=gates),
    )  # fmt: skip


def steady() -> c.Case:
    """Rules a to d, f and g: emissions never rise, though output does; growth excuses 2030."""
    base = offsets()
    rule = held.never_rises((1.0, 1.0, 1.0, 1.0, 1.15 / 1.1), 3_200.0)
    measures = tuple(m for m in base.measures if m.id != "lean")
    policy = replace(
        base.policy, held=(rule,), gross_cap=(None,) * 5,
        net_target=(None, None, None, 2600.0, 2400.0),
    )  # fmt: skip
    return replace(
        base, measures=measures, policy=policy,
        savings=tuple(s for s in base.savings if s.measure != "lean"),
    )  # fmt: skip


def castings() -> c.Case:
    """Gates on footprint and energy of a casting and on the grade of heat pumps; greener iron."""
    base, made = offsets(), p.by_year(CASTINGS, YEARS)
    iron = v.MaterialOption(
        "iron", p.name("iron"), 0.5 * made, p.by_year([2.0, 2.0, 1.9, 1.9, 1.8], YEARS),
        p.by_year(0.04, YEARS),
    )  # fmt: skip
    green = v.MaterialContractOption(
        "green", p.name("green"), "iron", p.by_year([150, 140, 130, 120, 110], YEARS),
        p.by_year(0.4, YEARS), (0.0, 200.0, 300.0, 300.0, 300.0), 1,
    )  # fmt: skip
    gates = (
        held.footprint((None, 2.5, None, 2.1, 1.9), CASTINGS),
        held.energy_per_product((None, 0.376, 0.385, None, None), CASTINGS),
        held.equipment((1.0, None, None, None, None), ("hp", "built", False)),
    )
    gas = replace(base.carriers[0], upstream=p.by_year(0.03, YEARS))
    return replace(
        base, carriers=(gas, *base.carriers[1:]), credits=(), materials=(iron,),
        material_contracts=(green,), product=v.ProductOption(p.name("casting"), made),
        policy=p.no_policy(YEARS, held=gates),
    )  # fmt: skip


def ceiling() -> c.Case:
    """Credits valued at a ceiling above both of their prices in some years."""
    base, rule = offsets(), c.CeilingRule((None, 60.0, 60.0, 120.0, 120.0), "displaced_credit")
    return replace(base, policy=replace(base.policy, ceiling=rule))


def ceiling_on_gross() -> c.Case:
    """A ceiling on all that is emitted in years with credits, and an internal carbon price."""
    base, rule = offsets(), c.CeilingRule((None, 9.0, 9.0, 14.0, 14.0), "residual")
    price = p.by_year([2, 2, 3, 3, 4], YEARS)
    return replace(base, policy=replace(base.policy, ceiling=rule), internal_carbon_price=price)
