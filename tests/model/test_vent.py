"""Vents: what comes beside may be let off, what was made of power on purpose may not."""

from __future__ import annotations

from dataclasses import replace

from optimizer.inputs import case as c
from tests import plants as p
from tests.model.solving import close, cost, proves

YEARS = (2026,)
HOURS = 8760


def heated(price: float, *units: c.ConverterUnit, **changes: object) -> c.Case:
    """1 MW of heat that may be let off, an electric heater of 2 MW, power at a price."""
    base = p.boiler_plant(YEARS)
    heater = c.ConverterUnit("rod", "heat", (c.Flow("electricity", 1.0),), (c.Flow("heat", 1.0),))
    power = p.carrier("electricity", YEARS, kind="electricity", price=price)
    heat = replace(base.carriers[1], vent=True)
    owned = tuple(
        p.measure(u.id, YEARS, kind="converter", upper=2.0, lower=2.0) for u in (heater, *units)
    )
    case = replace(
        base, carriers=(base.carriers[0], heat, power), units=(*base.units, heater, *units),
        measures=owned,
    )  # fmt: skip
    return replace(case, **changes)  # type: ignore[arg-type]


@proves("vent_within_byproducts")
def test_power_below_nothing_is_not_burnt() -> None:
    """Proves that at -10 a MWh the heater makes the 1 MW of heat that is needed: -87,600 a year.

    Without the row it makes 2 MW and lets one off, for which the grid pays 175,200.
    """
    assert cost(heated(-10.0)) == close(-HOURS * 10)


@proves("vent_within_byproducts")
def test_heat_is_not_burnt_through_a_cooler_carrier() -> None:
    """Proves the same where only warm, which heat may serve, can be let off: -87,600, not
    -175,200."""
    case = heated(-10.0)
    gas, heat, power = case.carriers
    heat = replace(heat, vent=False, serves=("warm",))
    warm = p.carrier("warm", YEARS, kind="heat", vent=True)
    assert cost(replace(case, carriers=(gas, heat, power, warm))) == close(-HOURS * 10)


def test_what_comes_beside_is_still_let_off() -> None:
    """Proves that heat beside power stays free to go: 1 MW of power from 2.5 MW gas with 1.1 MW of
    heat, of which 0.1 is let off: 25 x 8760, although a heater stands. Without that vent the unit
    runs at 1 / 1.1 MW and the rest of the power is bought at 40: 8760 x 29 / 1.1.
    """
    chp = c.ConverterUnit(
        "chp", "electricity", (c.Flow("gas", 2.5),),
        (c.Flow("electricity", 1.0), c.Flow("heat", 1.1)),
    )  # fmt: skip
    case = heated(40.0, chp)
    machines = p.service("machines", "electricity", "load", YEARS)
    assert cost(replace(case, services=(*case.services, machines))) == close(HOURS * 25)
