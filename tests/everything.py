"""A plant with every component that the model knows, small enough to be expanded by Pyomo."""

from __future__ import annotations

from typing import Any

import numpy as np

from optimizer.inputs import case as c
from optimizer.inputs import held_rules as h
from optimizer.inputs import value_chain as v
from tests import held
from tests import plants as p
from tests.everything_steps import MADE, YEARS, carriers, series_of, units


def _measures() -> tuple[c.MeasureOption, ...]:
    def sized(id: str, kind: str, slope: float, upper: float, **fields: object) -> c.MeasureOption:
        return p.measure(
            id, YEARS, kind=kind, slope=slope, upper=upper, rate=0.05, lower=0.1, **fields
        )

    pieces = (c.Segment(0.1, 1.0, 900e3, 0.0), c.Segment(1.0, 4.0, 700e3, 200e3))
    return (
        sized(
            "hp",
            "converter",
            500e3,
            3.0,
            fixed_om=1e3,
            one_of="heat",
            price_trend=np.array([1.0, 0.95, 0.9]),
        ),
        sized(
            "chp", "converter", 900e3, 2.0, excludes=("hp",), replaces=("boiler",), unit_size=0.5
        ),
        sized("electrolyser", "converter", 800e3, 2.0, requires=("pv",), earliest=1),
        sized("h2_boiler", "converter", 60e3, 2.0, requires=("electrolyser",)),
        sized("bio_boiler", "converter", 300e3, 2.0, cost=10e3, one_of="heat", fixed_om_lump=5e3),
        sized("recovery", "converter", 100e3, 1.0),
        sized("recovery_two", "converter", 90e3, 1.0),
        sized("flue", "converter", 80e3, 1.0),
        sized(
            "pv",
            "generator",
            700e3,
            4.0,
            segments=pieces,
            area={"roof": 9500.0},
            fixed_om_share=0.015,
        ),
        sized("battery", "storage", 250e3, 4.0, max_builds=2, life=2),
        sized("tank", "storage", 30e3, 8.0, life=1),
        sized("h2_tank", "storage", 60e3, 8.0, renewal="forced", life=1),
        sized("ccs", "process", 3e6, 0.5),
        sized("line", "converter", 50e3, 2.0, connection=1.0),
        p.measure("led", YEARS, cost=20e3),
        p.measure("drives", YEARS, cost=60e3, life=1, renewal="none"),
        p.measure("lean", YEARS, cost=40e3, kind="process"),
        p.measure("cover", YEARS, cost=10e3),
    )


def _savings() -> tuple[c.SavingEffect, ...]:
    return (
        c.SavingEffect("led", "machines", 0.1, ()),
        c.SavingEffect("drives", "machines", 0.2, (c.Flow("hot", 0.05),)),
        c.SavingEffect("cover", "process_heat", 0.15, ()),
        c.SavingEffect("lean", "kiln", 0.3, (c.Flow("electricity", 0.2),), 15.0),
    )


def _policy() -> c.PolicyRule:
    return p.no_policy(
        YEARS,
        ledger="market",
        export_treatment="grid_factor",
        base_emissions=24e3,
        gross_cap=(26e3, 22e3, 18e3),
        net_target=(26e3, 20e3, 17e3),
        offset_share=(0.1, 0.1, 0.08),
        offset_basis="reduction",
        first_credit_year=2027,
        gate_reduction=0.05,
        removal_share=(None, 0.2, 0.4),
        held=(
            held.never_rises((1.2, 1.1, 1.1), 24e3, ledger="market"),
            held.reduction((None, 1.0, 0.9), 24e3, 1, 2),
            held.intensity((9.0, 9.0, 8.0), ledger="market"),
            held.non_fossil((None, 0.01, 0.02)),
            held.traceable((0.05, 0.1, 0.1), thresholds=(h.Threshold(True, 30e3),)),
            held.never_rises((None, None, 1.5), 9e9, thresholds=(h.Threshold(False, 9e3),)),
            held.footprint((None, 40.0, 38.0), MADE, ledger="market"),
            held.energy_per_product((None, 9.0, 8.0), MADE),
            held.equipment(
                (None, 0.5, 0.5),
                ("boiler", "old", False),
                ("boiler", "renewed", True),
                ("chp", "built", True),
                thresholds=(h.Threshold(True, 40e3),),
            ),
        ),
    )


def _contracts() -> tuple[c.ContractOption, ...]:
    def contract(
        id: str, form: str, lower: float, pay: str, in_force: bool = False
    ) -> c.ContractOption:
        return c.ContractOption(
            id,
            p.name(id),
            "electricity",
            form,
            lower,
            9e3,
            p.by_year(8.0, YEARS),
            pay,
            "green.shape",
            0.0,
            True,
            2,
            0,
            in_force,
        )

    return (
        contract("ppa", "energy", 2e3, "delivered"),
        contract("certificates", "attributes", 0.0, "contracted"),
        contract("old_tariff", "attributes", 500.0, "contracted", in_force=True),
    )


def _value_chain() -> dict[str, Any]:
    """A part of steel, which a supplier with an electric furnace sells as well."""
    steel = v.MaterialOption(
        "steel",
        p.name("steel"),
        p.by_year([900.0, 950.0, 990.0], YEARS),
        p.by_year(2.0, YEARS),
        p.by_year(0.05, YEARS),
    )
    green = v.MaterialContractOption(
        "green_steel",
        p.name("green steel"),
        "steel",
        p.by_year(300.0, YEARS),
        p.by_year(0.6, YEARS),
        (None, 500.0, 500.0),
        1,
    )
    part = v.ProductOption(p.name("part"), p.by_year(MADE, YEARS))
    return {"product": part, "materials": (steel,), "material_contracts": (green,)}


def everything() -> c.Case:
    """3 years x 2 periods x 3 steps; all seven kinds, all rules, both assets' states."""
    axis = p.axis((200, 165), steps=3)
    rng = np.random.default_rng(7)
    none = (None,) * len(YEARS)
    credit = [
        c.CreditOption("cheap", p.name("cheap"), "avoidance", p.by_year(10.0, YEARS), none, 0),
        c.CreditOption(
            "durable", p.name("durable"), "removal", p.by_year(200.0, YEARS), (500.0,) * 3, 1
        ),
    ]
    boiler = p.asset(
        "boiler",
        YEARS,
        4.0,
        renewed_unit="boiler.renewed",
        last_old=1,
        fixed_om=3e3,
        renewal_capex=2e5,
        renewal_capital_recovery=0.08,
        renewal_fixed_om=2e3,
        resale=1e4,
        dismantling=2e4,
    )
    chiller = p.asset("chiller", YEARS, 2.0)
    use = [
        ("machines", "electricity", "power", "power.excess"),
        ("process_heat", "hot", "hot", None),
        ("washing", "warm", "warm", None),
        ("cooling", "cold", "cold", None),
    ]
    return p.case(
        YEARS,
        series_of(rng, (2, 3)),
        axis=axis,
        money=p.money(YEARS, 0.05, 2035),
        area={"roof": 3e4},
        connection=8.0,
        carriers=carriers(),
        units=(*units(), c.ConverterUnit("line", "cold", (), (c.Flow("cold", 1.0),), 0.0)),
        services=tuple(p.service(i, k, d, YEARS, [1.0, 1.1, 1.2], excess=e) for i, k, d, e in use),
        process_sources=(c.ProcessSource("kiln", p.name("kiln"), p.by_year(900.0, YEARS)),),
        measures=_measures(),
        savings=_savings(),
        assets=(boiler, chiller),
        contracts=_contracts(),
        credits=tuple(credit),
        grants=(
            c.GrantOption("help", p.name("help"), ("pv", "hp"), 0.3, 5e5, (False, True, True)),
        ),
        budget=c.BudgetRule((3e6, 3e6, 4e6), True, False),
        policy=_policy(),
        carbon=c.CarbonRule(
            p.by_year([40.0, 50.0, 60.0], YEARS), p.by_year(500.0, YEARS), surplus="worthless"
        ),
        cbam=c.CbamRule(
            borne_price=p.by_year(0.0, YEARS),
            exported=p.by_year([0.2, 0.3, 0.4], YEARS),
            free=p.by_year([400.0, 300.0, 200.0], YEARS),
            covers=frozenset({"fuel", "process", "scope2"}),
        ),
        **_value_chain(),
    )
