"""What is built: sizes, units, lives, pieces of the cost curve."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from optimizer.inputs import case as c
from tests import plants as p
from tests.model.solving import close, cost, proves, solved

YEARS = (2026, 2027)
GAS_YEAR = 8760 * 12.5
"""Heat from gas at 10 and 80 %: 12.5 a MWh."""
SAVED = 8760 * 7.5
"""Heat from power at 20 and a COP of 4: 5 a MWh, so 7.5 less, for 1 MW all year."""


def heat_pump(**fields: Any) -> c.MeasureOption:
    """By default any size up to 2 MW at 200,000 a MW over 20 years: 10,000 a MW and year."""
    base = {"kind": "converter", "slope": 200e3, "upper": 2.0}
    return p.measure("hp", fields.pop("years", YEARS), **(base | fields))


def plant(
    option: c.MeasureOption, load: float = 1.0, years: tuple[int, ...] = YEARS, **changes: Any
) -> c.Case:
    """The boiler plant with a heat pump on offer."""
    base = p.boiler_plant(years)
    unit = c.ConverterUnit("hp", "heat", (c.Flow("electricity", 0.25),), (c.Flow("heat", 1.0),))
    power = p.carrier("electricity", years, kind="electricity", price=20.0)
    built = replace(
        base, carriers=(*base.carriers, power), units=(*base.units, unit), measures=(option,),
        series={"load": base.series["load"] * load},
    )  # fmt: skip
    return replace(built, **changes)


@proves("added_within_sizes")
def test_a_build_has_at_most_its_largest_size() -> None:
    """Proves added <= upper x build: 0.4 MW at 200,000 a MW and 100,000 for the build.

    A year costs 109,500 - 0.4 x 65,700 + (80,000 + 100,000) / 20 = 92,220. Without the row the
    0.4 MW stand without a build and its 100,000: 87,220.
    """
    solution = solved(plant(heat_pump(upper=0.4, cost=100e3)))
    assert solution.yearly("added")["hp", 2026] == close(0.4)
    assert solution.net_present_cost() == close(2 * (GAS_YEAR - 0.4 * SAVED + 9_000))


@proves("added_above_smallest")
def test_a_build_has_at_least_its_smallest_size() -> None:
    """Proves lower x build <= added: 0.5 MW are needed, the smallest machine has 0.8.

    A year costs 0.5 x 8760 x 5 + 0.8 x 10,000 = 29,900; a fitting size would give 26,900.
    """
    solution = solved(plant(heat_pump(lower=0.8), load=0.5))
    assert solution.yearly("added")["hp", 2026] == close(0.8)
    assert solution.net_present_cost() == close(2 * (0.5 * 8760 * 5 + 8_000))


@proves("added_is_whole_units")
def test_equipment_comes_in_whole_units() -> None:
    """Proves added = unit size x units: 1 MW takes four units of 0.3.

    The fourth runs at a third: 0.1 x 65,700 = 6,570 a year for 3,000. A year costs 43,800 +
    12,000; broken units would give 43,800 + 10,000.
    """
    solution = solved(plant(heat_pump(unit_size=0.3, upper=1.2)))
    assert solution.yearly("units_added")["hp", 2026] == close(4)
    assert solution.net_present_cost() == close(2 * (8760 * 5 + 12_000))


@proves("on_is_standing", "installed_is_standing")
def test_what_stands_was_built_within_its_life() -> None:
    """Proves on and installed = sum over the last life years: a life of 2 in 4 years is two builds.

    40,000 a MW over 2 years is 20,000 a year; 3,000 a year while it stands. A year costs 43,800 +
    20,000 + 3,000. A life ignored would build once: on free would drop 3,000, capacity free 20,000.
    """
    years = (2026, 2027, 2028, 2029)
    option = heat_pump(years=years, slope=40e3, life=2, fixed_om_lump=3e3)
    solution = solved(plant(option, years=years))
    assert [round(v) for v in solution.yearly("build").values()] == [1, 0, 1, 0]
    assert list(solution.yearly("installed").values())[-4:] == [close(1)] * 4
    assert solution.net_present_cost() == close(4 * (43_800 + 20_000 + 3_000))


def test_one_build_stands_at_a_time() -> None:
    """Proves on <= max_builds: 0.4 MW at most with one build standing, 0.8 MW with two.

    A year saves 55,700 a MW; a second build beside the first would be wrong for max_builds 1.
    """
    assert cost(plant(heat_pump(upper=0.4))) == close(2 * (GAS_YEAR - 0.4 * 55_700))
    two = solved(plant(heat_pump(upper=0.4, max_builds=2)))
    assert sum(two.yearly("build").values()) == close(2)
    assert two.net_present_cost() == close(2 * (GAS_YEAR - 0.8 * 55_700))


@proves("built_once")
def test_what_is_never_renewed_is_built_once() -> None:
    """Proves sum build <= max_builds for `renewal: none`: a life of 1 year helps in one of two.

    10,000 a MW and year: 109,500 + 53,800. Built again it would be 2 x 53,800.
    """
    once = heat_pump(slope=10e3, life=1, renewal="none", upper=1.0)
    assert cost(plant(once)) == close(GAS_YEAR + 53_800)
    again = replace(once, renewal="optional")
    assert cost(plant(again)) == close(2 * 53_800)


def test_a_forced_renewal_stands_and_is_paid_again() -> None:
    """Proves that a forced renewal needs no build: 30,000 a MW in 2026, half of it in 2027.

    Capital 30,000 and 15,000 (a life of 1 year, price trend 1 and 0.5). Yearly capital at the first
    price would give 60,000.
    """
    option = heat_pump(
        slope=30e3, life=1, renewal="forced", upper=1.0, price_trend=p.by_year([1.0, 0.5], YEARS)
    )
    solution = solved(plant(option))
    assert solution.yearly("build")["hp", 2026] == close(1)
    assert solution.yearly("build")["hp", 2027] == close(0)
    assert solution.yearly("overnight")["hp", 2027] == close(15_000)
    assert solution.net_present_cost() == close(2 * 43_800 + 45_000)


def test_nothing_stands_before_its_lead_time() -> None:
    """Proves that a build starts at `earliest`: the first of two years runs on gas.

    109,500 + 53,800; a lead time ignored would give 2 x 53,800.
    """
    assert cost(plant(heat_pump(earliest=1))) == close(GAS_YEAR + 53_800)


CONVEX = (c.Segment(0.0, 0.5, 100e3, 0.0), c.Segment(0.5, 1.0, 300e3, -100e3))
"""The first half MW at 100,000 a MW, the second at 300,000: 1 MW costs 200,000."""


@proves("segments_cover_build", "segments_cover_added", "segment_within_bounds")
def test_a_size_lies_on_one_piece_of_its_cost_curve() -> None:
    """Proves that 1 MW costs 300,000 - 100,000 = 200,000: a year is 43,800 + 10,000.

    Both pieces at once (0.5 on each) would give 100,000, the first one without end 100,000, and
    pieces that don't make up the size nothing.
    """
    solution = solved(plant(heat_pump(segments=CONVEX, upper=1.0)))
    assert solution.yearly("overnight")["hp", 2026] == close(200e3)
    assert solution.net_present_cost() == close(2 * 53_800)


@proves("segment_above_lower")
def test_a_piece_begins_at_its_lower_end() -> None:
    """Proves that 0.2 MW lie on the first piece: 20,000, a year 0.2 x 43,800 + 1,000.

    The second piece drawn on below 0.5 MW would give 60,000 - 100,000 = -40,000.
    """
    assert cost(plant(heat_pump(segments=CONVEX, upper=1.0), load=0.2)) == close(2 * (8_760 + 1e3))


def test_price_trend_is_that_of_the_build_year() -> None:
    """Proves overnight = trend[v] x cost: built in 2027 at 0.9 it costs 180,000, 9,000 a year."""
    option = heat_pump(earliest=1, price_trend=p.by_year([1.0, 0.9], YEARS))
    assert cost(plant(option)) == close(GAS_YEAR + 43_800 + 9_000)


def test_a_unit_without_an_owner_is_refused() -> None:
    """Proves that no capacity is free: a pump that no measure stands for, at 5 a MWh of heat.

    Without the guard nothing would hold its size, and heat would cost 43,800 a year for nothing
    built, in place of 109,500.
    """
    case = plant(heat_pump())
    with pytest.raises(ValueError, match="unit 'hp' belongs to no measure"):
        solved(replace(case, measures=()))
