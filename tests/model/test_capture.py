"""Capture: at most its sources' CO2, fossil and biogenic apart; removal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from optimizer.inputs import case as c
from tests import plants as p
from tests.model.solving import close, cost, has_no_plan, proves, solved

YEARS = (2026,)
GAS_YEAR, TONNES = 109_500.0, 2_190.0


def capturing(
    size: float = 1.0, rate: float = 0.9, biogenic: float = 0.0, **changes: Any
) -> c.Case:
    """The boiler plant at a carbon price of 100, with a free capture plant of ``size`` t/h.

    1.25 MWh gas at 0.2 t are 0.25 t/h. Each tonne captured takes 0.5 MWh of power at 20.
    """
    base = p.boiler_plant(YEARS)
    gas = replace(base.carriers[0], biogenic=biogenic)
    power = p.carrier("electricity", YEARS, kind="electricity", price=20.0)
    unit = c.CaptureUnit("ccs", ("boiler",), (), rate, (c.Flow("electricity", 0.5),), 0.95)
    case = replace(
        base, carriers=(gas, base.carriers[1], power), units=(*base.units, unit),
        measures=(p.measure("ccs", YEARS, kind="process", upper=size, lower=size),),
        carbon=c.CarbonRule(p.by_year(100.0, YEARS), p.by_year(0.0, YEARS)),
    )  # fmt: skip
    return replace(case, **changes)


@proves("captured_within_source")
def test_no_more_is_captured_than_is_burnt() -> None:
    """Proves captured <= rate x ratio x factor x flow: 0.9 x 0.25 t/h, 1971 t of 2190.

    109,500 + 219 x 100 + 1971 x 10. Without the row 8760 t would be captured and sold.
    """
    solution = solved(capturing())
    assert solution.step("captured_fossil", "ccs")[0, 0, 0] == close(0.225)
    assert solution.yearly("gross")[2026] == close(219)
    assert solution.net_present_cost() == close(GAS_YEAR + 21_900 + 19_710)


@proves("captured_within_capacity")
def test_capture_keeps_to_its_size() -> None:
    """Proves fossil + biogenic <= installed: 0.1 t/h, 876 t: 109,500 + 1314 x 100 + 876 x 10."""
    assert cost(capturing(0.1)) == close(GAS_YEAR + 131_400 + 8_760)


def test_process_emissions_are_captured_after_savings() -> None:
    """Proves rate x process t/h x remaining: half of 876 t left is 438, of which 0.9 are caught.

    Gas isn't a source here: 109,500 + 2190 x 100 + 43.8 x 100 + 394.2 x 10. The saving costs
    nothing; taken from the full 876 t capture would go beyond what is emitted.
    """
    base = capturing()
    unit = c.CaptureUnit("ccs", (), ("kiln",), 0.9, (c.Flow("electricity", 0.5),), 0.95)
    case = replace(
        base, units=(base.units[0], unit),
        process_sources=(c.ProcessSource("kiln", p.name("kiln"), p.by_year(876.0, YEARS)),),
        measures=(*base.measures, p.measure("lean", YEARS)),
        savings=(c.SavingEffect("lean", "kiln", 0.5, ()),),
    )  # fmt: skip
    assert cost(case) == close(GAS_YEAR + 219_000 + 4_380 + 3_942)


@proves("removal_is_sum")
def test_captured_biogenic_is_a_removal_as_far_as_it_stays() -> None:
    """Proves removal = 0.95 x captured biogenic <= 0.95 x 0.9 x 0.125 t/h x 8760 = 936.225 t.

    Gas with 0.1 t biogenic a MWh; a net target of 219 - 936.225 t takes all of it: 985.5 t more to
    capture, 10 each. With removal free of its sum less than that is paid.
    """
    case = capturing(biogenic=0.1, policy=p.no_policy(YEARS, net_target=(219 - 936.225,)))
    solution = solved(case)
    assert solution.yearly("removal")[2026] == close(936.225)
    assert solution.step("captured_biogenic", "ccs")[0, 0, 0] == close(0.1125)
    assert solution.net_present_cost() == close(GAS_YEAR + 21_900 + 19_710 + 9_855)


@proves("captured_within_biogenic")
def test_no_more_biogenic_is_captured_than_is_burnt() -> None:
    """Proves that one tonne beyond those 936.225 has no plan; the capture plant itself has room."""
    policy = p.no_policy(YEARS, net_target=(219 - 936.225 - 1,))
    assert has_no_plan(capturing(biogenic=0.1, policy=policy))


def test_both_states_of_an_asset_feed_the_plant() -> None:
    """Proves that a source that is an asset means its renewed unit too: 0.9 of it is captured."""
    base = capturing()
    new = c.ConverterUnit("new", "heat", (c.Flow("gas", 1.25),), (c.Flow("heat", 1.0),))
    asset = p.asset("boiler", YEARS, 2.0, renewed_unit="new", last_old=-1)
    case = replace(base, units=(*base.units, new), assets=(asset,))
    assert cost(case) == close(GAS_YEAR + 21_900 + 19_710)


def test_variable_om_of_capture_is_on_all_that_is_captured() -> None:
    """Proves 3 a tonne on 1971 t."""
    base = capturing()
    units = (base.units[0], replace(base.units[1], variable_om=3.0))
    assert cost(replace(base, units=units)) == close(GAS_YEAR + 21_900 + 19_710 + 5_913)
