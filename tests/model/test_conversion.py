"""Converters, generators, recovered heat, cascades, and the balance of every carrier."""

from __future__ import annotations

from dataclasses import replace

from optimizer.inputs import case as c
from tests import plants as p
from tests.model.solving import close, cost, has_no_plan, proves, solved

YEARS = (2026,)
HOURS = 8760


def two_heats(*recoverers: tuple[str, c.Recovery], **changes: object) -> c.Case:
    """1 MW of hot from the gas boiler at 12.5 a MWh, 1 MW of warm bought at 30."""
    base = p.boiler_plant(YEARS)
    warm = p.carrier("warm", YEARS, kind="heat", price=30.0)
    units = tuple(
        c.ConverterUnit(k, "warm", (), (c.Flow("warm", 1.0),), recovery=recovery)
        for k, recovery in recoverers
    )
    case = replace(
        base, carriers=(*base.carriers, warm), units=(*base.units, *units),
        services=(*base.services, p.service("washing", "warm", "load", YEARS)),
        measures=tuple(
            p.measure(k, YEARS, kind="converter", upper=2.0, lower=2.0) for k, _ in recoverers
        ),
    )  # fmt: skip
    return replace(case, **changes)  # type: ignore[arg-type]


@proves("carrier_balance")
def test_a_demand_is_met_and_paid() -> None:
    """Proves supply = use: 8760 MWh of heat at 1.25 MWh gas are 10,950 MWh at 10.

    Without the balance nothing is bought and the year costs 0.
    """
    solution = solved(p.boiler_plant(YEARS))
    assert solution.step("import", "gas")[0, 0, 0] == close(1.25)
    assert solution.net_present_cost() == close(109_500)


@proves("flow_within_capacity")
def test_nothing_runs_above_its_size_and_availability() -> None:
    """Proves flow <= availability x installed: 2 MW of PV at a quarter give half of 1 MW.

    The rest at 100: 0.5 x 876,000. Without the row PV gives all: 0; without the availability 0 too.
    """
    case = p.case(
        YEARS, {"load": 1.0, "sun": 0.25},
        carriers=(p.carrier("electricity", YEARS, kind="electricity", price=100.0),),
        services=(p.service("s", "electricity", "load", YEARS),),
        units=(c.GeneratorUnit("pv", "electricity", "sun"),),
        measures=(p.measure("pv", YEARS, kind="generator", upper=2.0, lower=2.0),),
    )  # fmt: skip
    assert cost(case) == close(438e3)


def test_a_ratio_may_vary_with_the_hour() -> None:
    """Proves a varying COP: 0.25 and 0.5 MWh of power at 20 a MWh of heat, half a day each.

    12 x 365 x (5 + 10) = 65,700; the first step's ratio for both would give 43,800.
    """
    base = p.boiler_plant(YEARS, axis=p.axis(steps=2))
    unit = c.ConverterUnit("hp", "heat", (c.Flow("electricity", "drive"),), (c.Flow("heat", 1.0),))
    power = p.carrier("electricity", YEARS, kind="electricity", price=20.0)
    load = base.series["load"].repeat(2, axis=1)
    case = replace(
        base, carriers=(*base.carriers, power), units=(*base.units, unit),
        series={"load": load, "drive": load * [[0.25, 0.5]]},
        measures=(p.measure("hp", YEARS, kind="converter", upper=1.0, lower=1.0),),
    )  # fmt: skip
    assert cost(case) == close(65_700)


def test_power_and_heat_come_together() -> None:
    """Proves two outputs: 2.5 MWh gas at 10 give 1 of power (worth 40) and 1.1 of heat.

    Vented heat is allowed here. 25 a MWh of power, all heat from it: 8760 x 25. The boiler and the
    grid would cost 8760 x (12.5 + 40). Without a vent the 0.1 MW too much forces part-load:
    1/1.1 MW of power, the rest bought: 8760 x (25 + 0.1 x 40) / 1.1.
    """
    base = p.boiler_plant(YEARS)
    chp = c.ConverterUnit(
        "chp", "electricity", (c.Flow("gas", 2.5),),
        (c.Flow("electricity", 1.0), c.Flow("heat", 1.1)),
    )  # fmt: skip
    power = p.carrier("electricity", YEARS, kind="electricity", price=40.0)
    case = replace(
        base, carriers=(*base.carriers, power), units=(*base.units, chp),
        services=(*base.services, p.service("machines", "electricity", "load", YEARS)),
        measures=(p.measure("chp", YEARS, kind="converter", upper=2.0, lower=2.0),),
    )  # fmt: skip
    assert cost(case) == close(HOURS * 29 / 1.1)
    vented = tuple(replace(k, vent=k.id == "heat") for k in case.carriers)
    assert cost(replace(case, carriers=vented)) == close(HOURS * 25)


@proves("recovered_within_share")
def test_a_recoverer_takes_its_share_of_a_unit() -> None:
    """Proves flow <= share x the asset's flow: a tenth of 1 MW; warm 0.9 x 30 instead of 30.

    8760 x (12.5 + 27). Without the row all warm is free: 109,500.
    """
    case = two_heats(("flue", c.Recovery("boiler", False, 0.1)))
    assert cost(case) == close(HOURS * 39.5)


@proves("recovered_within_source")
def test_recoverers_share_one_source() -> None:
    """Proves sum flow <= highest share x source: 0.1 and 0.08 of one boiler give 0.1, not 0.18.

    8760 x (12.5 + 27); added up it would be 8760 x (12.5 + 24.6).
    """
    case = two_heats(
        ("a", c.Recovery("boiler", False, 0.1)), ("b", c.Recovery("boiler", False, 0.08))
    )
    assert cost(case) == close(HOURS * 39.5)


@proves("recovered_within_share")
def test_what_a_service_gives_off_shrinks_with_it() -> None:
    """Proves source = demand x remaining: a saving of a half on hot leaves 0.1 x 0.5 to recover.

    8760 x (6.25 + 0.95 x 30); taken from the demand before the saving, 0.9 x 30.
    """
    base = two_heats(("flue", c.Recovery("process", True, 0.1)))
    case = replace(
        base, measures=(*base.measures, p.measure("cover", YEARS)),
        savings=(c.SavingEffect("cover", "process", 0.5, ()),),
    )  # fmt: skip
    assert cost(case) == close(HOURS * (6.25 + 28.5))


@proves("carrier_balance")
def test_a_hotter_carrier_serves_a_cooler_one_and_not_back() -> None:
    """Proves the cascade: warm at 12.5 from the boiler instead of 30 bought; 2 MW of boiler.

    8760 x 25. The other way (warm bought at 1 to serve hot) is closed: 8760 x (12.5 + 1).
    """
    base = two_heats()
    down = tuple(replace(k, serves=("warm",) * (k.id == "heat")) for k in base.carriers)
    assert cost(replace(base, carriers=down)) == close(HOURS * 25)
    cheap = (*down[:2], p.carrier("warm", YEARS, kind="heat", price=1.0))
    assert cost(replace(base, carriers=cheap)) == close(HOURS * 13.5)


def test_demand_follows_the_index_and_has_no_shortfall() -> None:
    """Proves activity x demand, and that 2.2 MW from a boiler of 2 MW has no plan."""
    grown = replace(
        p.boiler_plant(YEARS), services=(p.service("process", "heat", "load", YEARS, 1.5),)
    )
    assert cost(grown) == close(1.5 * 109_500)
    assert has_no_plan(replace(grown, services=(p.service("process", "heat", "load", YEARS, 2.2),)))


def test_variable_om_is_paid_on_the_reference_flow() -> None:
    """Proves 2 a MWh of heat on 8760 MWh, not on the 10,950 MWh of gas."""
    base = p.boiler_plant(YEARS)
    unit = replace(base.units[0], variable_om=2.0)
    assert cost(replace(base, units=(unit,))) == close(109_500 + 17_520)
