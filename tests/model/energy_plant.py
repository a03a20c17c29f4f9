"""A year of power and heat, with own generation, contracts and gates of packs on energy."""

from __future__ import annotations

from collections.abc import Sequence

from optimizer.inputs import case as c
from optimizer.inputs.held_rules import HeldRule
from tests import plants as p

YEARS = (2026,)
HOURS = 8760
GRID = 10.0


def energy_plant(
    rules: Sequence[HeldRule],
    *,
    power: float = 1.0,
    heat: float = 0.0,
    gas: float = 10.0,
    sun: float = 15.0,
    factor: float = 0.5,
    contracts: tuple[c.ContractOption, ...] = (),
) -> c.Case:
    """`power` and `heat` MW all year; power from the grid at 10 and `factor` t/MWh, heat of a gas
    boiler of 80 % (0.2 t/MWh of gas) or an electric one of 100 %; own generation up to 1 MW at
    `sun` a MWh, as many MW as are wanted all year.
    """
    grid = p.carrier("electricity", YEARS, kind="electricity", price=GRID, scope=2, factor=factor)
    carriers = (
        grid,
        p.carrier("gas", YEARS, kind="fuel", scope=1, price=gas, factor=0.2),
        p.carrier("heat", YEARS, kind="heat"),
    )
    units = (
        c.ConverterUnit("boiler", "heat", (c.Flow("gas", 1.25),), (c.Flow("heat", 1.0),)),
        c.ConverterUnit("electric", "heat", (c.Flow("electricity", 1.0),), (c.Flow("heat", 1.0),)),
        c.GeneratorUnit("pv", "electricity", 1.0),
    )
    pv = p.measure("pv", YEARS, kind="generator", slope=sun * HOURS * 20, upper=1.0, life=20)
    return p.case(
        YEARS, {"power": power, "heat": heat, "flat": 1 / HOURS}, carriers=carriers, units=units,
        services=(
            p.service("machines", "electricity", "power", YEARS),
            p.service("process", "heat", "heat", YEARS),
        ),
        assets=(p.asset("boiler", YEARS, 2.0), p.asset("electric", YEARS, 2.0)),
        measures=(pv,), contracts=contracts, connection=4.0,
        policy=p.no_policy(YEARS, held=tuple(rules)),
    )  # fmt: skip


def contract(id: str, form: str, price: float, *, traceable: bool = False) -> c.ContractOption:
    """For 1 MW all year: power delivered at `price`, or certificates at `price` each."""
    return c.ContractOption(
        id, p.name(id), "electricity", "energy" if form == "energy" else "attributes", 0.0, 8760.0,
        p.by_year(price, YEARS), "delivered" if form == "energy" else "contracted", "flat", 0.0,
        traceable, 1, 0, False,
    )  # fmt: skip
