"""What crosses the fence: limits, the connection, exports."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from optimizer.inputs import case as c
from tests import plants as p
from tests.model.solving import close, cost, has_no_plan, proves, solved

YEARS = (2026,)
HOURS = 8760


def sale(price: float, limit: float | None = None, beyond: bool = False) -> c.Sale:
    return c.Sale(None, p.by_year(price, YEARS), p.by_year(0.0, YEARS), limit, beyond)


def solar(price: float, sold: c.Sale | None, size: float = 3.0, **changes: Any) -> c.Case:
    """1 MW of load, power at a price, PV of a size that shines always and costs nothing."""
    power = p.carrier("electricity", YEARS, kind="electricity", price=price, sale=sold)
    case = p.case(
        YEARS, {"load": 1.0}, carriers=(power,),
        services=(p.service("s", "electricity", "load", YEARS),),
        units=(c.GeneratorUnit("pv", "electricity", 1.0),),
        measures=(p.measure("pv", YEARS, kind="generator", upper=size, lower=size),),
    )  # fmt: skip
    return replace(case, **changes)


@proves("import_within_limit")
def test_a_tariffs_limit_holds() -> None:
    """Proves import <= limit: 1 MW of heat at 10 to 0.4 MW, the rest from gas at 12.5.

    8760 x (4 + 7.5); without the limit 8760 x 10.
    """
    base = p.boiler_plant(YEARS)
    heat = p.carrier("heat", YEARS, kind="heat", price=10.0, limit=0.4)
    assert cost(replace(base, carriers=(base.carriers[0], heat))) == close(HOURS * 11.5)


@proves("import_within_limit", "connection_size")
def test_the_connection_limits_power_and_may_grow() -> None:
    """Proves import <= connection = 0.6 MW + installed line: 0.4 MW of line at 20,000 a MW.

    8,000 / 20 = 400 a year beside 8760 x 30. Without either row no line is built.
    """
    power = p.carrier("electricity", YEARS, kind="electricity", price=30.0)
    case = p.case(
        YEARS, {"load": 1.0}, carriers=(power,), connection=0.6,
        services=(p.service("s", "electricity", "load", YEARS),),
    )  # fmt: skip
    assert has_no_plan(case)
    line = p.measure("line", YEARS, kind="converter", upper=2.0, slope=20e3, connection=1.0)
    unit = c.ConverterUnit("line", "electricity", (), (c.Flow("electricity", 1.0),), 0.0)
    solution = solved(replace(case, measures=(line,), units=(unit,)))
    assert solution.yearly("connection")[2026] == close(1.0)
    assert solution.net_present_cost() == close(HOURS * 30 + 400)


@proves("export_within_limit")
def test_exports_keep_to_the_limit() -> None:
    """Proves export <= limit: of 2 MW to spare 0.5 are sold at 40: -8760 x 20; all would be -80."""
    assert cost(solar(100.0, sale(40.0, 0.5))) == close(-HOURS * 20)


@proves("export_within_own")
def test_nothing_is_bought_to_be_sold() -> None:
    """Proves export <= own output: at 20 bought and 40 sold, the PV's 3 MW are sold, no more.

    8760 x (20 - 3 x 40). Buying to sell would have no end short of the connection of 1000 MW.
    """
    assert cost(solar(20.0, sale(40.0))) == close(HOURS * (20 - 120))


def test_a_tariff_may_allow_sales_beyond_own_generation() -> None:
    """Proves that the row is off where the tariff says so: 1000 MW bought, 1002 sold."""
    case = solar(20.0, sale(40.0, None, True))
    assert cost(case) == close(HOURS * (1000 * 20 - 1002 * 40))


def test_without_a_sale_the_sun_is_curtailed() -> None:
    """Proves that a generator may run below what it could: 3 MW on 1 MW of load cost nothing."""
    solution = solved(solar(100.0, None))
    assert solution.step("flow", "pv")[0, 0, 0] == close(1.0)
    assert solution.net_present_cost() == close(0.0)


def test_export_earns_a_series_and_an_adder() -> None:
    """Proves revenue = level x series + adder: 2 x 15 + 5 = 35 a MWh on 2 MW."""
    sold = c.Sale("feed_in", p.by_year(2.0, YEARS), p.by_year(5.0, YEARS), None, False)
    base = solar(100.0, sold)
    case = replace(base, series={**base.series, "feed_in": base.series["load"] * 15})
    assert cost(case) == close(-HOURS * 70)


def test_energy_costs_a_series_and_an_adder() -> None:
    """Proves level x series + adder on a day of two prices: 1.5 x (40 + 60) / 2 + 5 = 80 a MWh.

    The adder multiplied with the level would give 82.5.
    """
    power = p.carrier(
        "electricity", YEARS, kind="electricity", price=1.5, series="price", adder=5.0
    )
    case = p.case(
        YEARS, {"load": 1.0, "price": [40.0, 60.0]}, axis=p.axis(steps=2), carriers=(power,),
        services=(p.service("s", "electricity", "load", YEARS),),
    )  # fmt: skip
    assert cost(case) == close(HOURS * 80)
