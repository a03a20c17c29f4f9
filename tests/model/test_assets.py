"""What stands today: old, renewed or retired."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from optimizer.inputs import case as c
from tests import plants as p
from tests.model.solving import close, cost, has_no_plan, proves, solved

YEARS = (2026, 2027)
GAS_YEAR = 109_500.0
"""1 MW of heat all year from gas at 10 and 80 %."""


def works(
    years: tuple[int, ...] = YEARS, activity: Any = 1.0, backup: float = 30.0, **fields: Any
) -> c.Case:
    """The boiler plant with a renewed unit of 90 % on offer and heat to buy at ``backup``."""
    base = p.boiler_plant(years)
    renewed = c.ConverterUnit("new", "heat", (c.Flow("gas", 1 / 0.9),), (c.Flow("heat", 1.0),))
    gas = base.carriers[0]
    heat = p.carrier("heat", years, kind="heat", price=backup)
    capacity = fields.pop("capacity", 2.0)
    asset = p.asset("boiler", years, capacity, **({"renewed_unit": "new"} | fields))
    units = (*base.units, renewed) if asset.renewed_unit else base.units
    return replace(
        base, carriers=(gas, heat), units=units, assets=(asset,),
        services=(p.service("process", "heat", "load", years, activity),),
    )  # fmt: skip


@proves("old_installed")
def test_an_old_asset_gives_what_it_has() -> None:
    """Proves installed = capacity x old: 0.6 MW of gas heat at 12.5, the rest bought at 30.

    8760 x (0.6 x 12.5 + 0.4 x 30) = 170,820 a year; without the row all at 12.5: 109,500.
    """
    assert cost(works(capacity=0.6, renewed_unit=None)) == close(2 * 8760 * 19.5)


@proves("renewed_installed")
def test_a_renewed_asset_gives_what_the_old_one_had() -> None:
    """Proves installed = capacity x renewed, at its own 90 %: 0.6 MW at 11.11, the rest at 30.

    The life ended before the first year: 8760 x (0.6 x 10 / 0.9 + 12) + 1,000 a year.
    """
    renewed = works(capacity=0.6, last_old=-1, renewal_capex=20e3, renewal_capital_recovery=0.05)
    solution = solved(renewed)
    assert solution.yearly("asset_renewed")["boiler", 2026] == close(1)
    assert solution.net_present_cost() == close(2 * (8760 * (6 / 0.9 + 12) + 1_000))


@proves("asset_in_one_state")
def test_an_asset_is_in_one_state() -> None:
    """Proves old + renewed + retired = 1: a boiler in use isn't sold for 50,000.

    Sold, heat costs 2 x 8760 x 30 = 525,600 in all. Kept: 219,000. Both at once: 169,000.
    """
    assert cost(works(renewed_unit=None, resale=50e3)) == close(2 * GAS_YEAR)


def test_an_asset_is_sold_while_it_has_a_life() -> None:
    """Proves that resale comes once, when it is retired: heat at 12.5 either way, 50,000 back.

    Sold again in the second year it would bring 100,000; the dismantling of 10,000 is paid once.
    """
    case = works(renewed_unit=None, backup=12.5, resale=50e3, dismantling=10e3)
    assert cost(case) == close(2 * GAS_YEAR - 40e3)


def test_nothing_is_got_for_an_asset_at_its_end() -> None:
    """Proves that resale ends with the life: retired after 2026 for nothing, or in 2026 for 50,000.

    Heat costs 20 bought, 12.5 made: keeping it one year saves 65,700, more than 50,000.
    """
    case = works(renewed_unit=None, backup=20.0, resale=50e3, last_old=0)
    assert cost(case) == close(GAS_YEAR + 8760 * 20)


@proves("asset_stays_renewed")
def test_a_renewed_asset_is_paid_for_ever_after() -> None:
    """Proves renewed[y] >= renewed[y-1]: a renewal for 2026 alone is paid in 2027 as well.

    Production stops in 2027. 97,333.33 + 2 x 5,000; dropped after a year it would be 5,000 less.
    """
    case = works(
        activity=[1.0, 0.0], last_old=-1, renewal_capex=100e3, renewal_capital_recovery=0.05
    )
    assert cost(case) == close(8760 * 10 / 0.9 + 10e3)


@proves("asset_stays_retired")
def test_a_retired_asset_does_not_come_back() -> None:
    """Proves retired[y] >= retired[y-1]: in an idle year the boiler costs its 4,000 nonetheless.

    Two years of production around it: 219,000 + 3 x 4,000. Coming back would save 4,000.
    """
    years = (2026, 2027, 2028)
    case = works(years, activity=[1.0, 0.0, 1.0], renewed_unit=None, fixed_om=4e3)
    assert cost(case) == close(2 * GAS_YEAR + 12e3)


def test_an_asset_ends_with_its_life() -> None:
    """Proves old = 0 after the last year: renewed in 2027, though the old one costs less.

    2026: 109,500. 2027: 97,333.33 + 20,000 of capital. Kept: 219,000. With nothing to renew it and
    nothing to buy there is no plan.
    """
    case = works(last_old=0, renewal_capex=400e3, renewal_capital_recovery=0.05)
    assert cost(case) == close(GAS_YEAR + 8760 * 10 / 0.9 + 20e3)
    lost = replace(p.boiler_plant(), assets=(p.asset("boiler", YEARS, 2.0, last_old=0),))
    assert has_no_plan(lost)


def test_the_baseline_follows_the_calendar() -> None:
    """Proves that an asset that isn't free is renewed when its life ends, never before.

    A renewal that saves 12,166.67 a year for 1,000 comes in 2027 only; free, it comes in 2026.
    """
    fields: dict[str, Any] = {
        "last_old": 0,
        "renewal_capex": 20e3,
        "renewal_capital_recovery": 0.05,
    }
    fixed = works(free=False, **fields)
    assert cost(fixed) == close(GAS_YEAR + 8760 * 10 / 0.9 + 1e3)
    assert cost(works(**fields)) == close(2 * (8760 * 10 / 0.9 + 1e3))


def test_an_assets_fixed_om_is_that_of_its_state() -> None:
    """Proves fixed O&M: 3,000 while old, 2,000 once renewed, none once retired."""
    case = works(free=False, last_old=0, fixed_om=3e3, renewal_fixed_om=2e3)
    fixed = {k.item: v for k, v in solved(case).costs().items() if k.cost_class == "fixed_om"}
    assert list(fixed["boiler"]) == [close(3e3), close(2e3)]
