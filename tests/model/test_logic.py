"""Prerequisites, exclusions, groups, replacements, area."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from optimizer.inputs import case as c
from tests import plants as p
from tests.model.solving import close, cost, proves, solved

YEARS = (2026,)
GAS_YEAR = 109_500.0


def offer(**measures: dict[str, Any]) -> c.Case:
    """The boiler plant, and savings of whole cost over 20 years, each on a process of its own.

    Every field ``gain`` is the t a year of a process source that the measure ends, at 1 a tonne
    of carbon price; so a measure is worth gain - cost / 20 a year. Gas is outside the price.
    """
    base = p.boiler_plant(YEARS)
    gains = {k: fields.pop("gain", 0.0) for k, fields in measures.items()}
    return replace(
        base, carriers=(replace(base.carriers[0], scope=None), base.carriers[1]),
        process_sources=tuple(
            c.ProcessSource(f"of.{k}", p.name(k), p.by_year(t, YEARS)) for k, t in gains.items()
        ),
        measures=tuple(p.measure(k, YEARS, **fields) for k, fields in measures.items()),
        savings=tuple(c.SavingEffect(k, f"of.{k}", 1.0, ()) for k in measures),
        carbon=c.CarbonRule(p.by_year(1.0, YEARS), p.by_year(0.0, YEARS)),
    )  # fmt: skip


@proves("requires_standing")
def test_a_measure_stands_only_with_what_it_requires() -> None:
    """Proves on[k] <= on[n]: 9,000 a year are worth the useless prerequisite of 4,000.

    4,000 + 1,000 a year instead of 9,000; without the row 1,000. At a prerequisite of 9,000 a
    year nothing is built.
    """
    case = offer(drill={"gain": 9e3, "cost": 20e3, "requires": ("road",)}, road={"cost": 80e3})
    solution = solved(case)
    assert solution.yearly("on")["road", 2026] == close(1)
    assert solution.net_present_cost() == close(GAS_YEAR + 5e3)
    dear = offer(drill={"gain": 9e3, "cost": 20e3, "requires": ("road",)}, road={"cost": 180e3})
    assert cost(dear) == close(GAS_YEAR + 9e3)


def test_what_requires_something_not_on_offer_is_not_built() -> None:
    """Proves that a missing prerequisite is no open door: 9,000 stay, 1,000 would be wrong."""
    case = offer(drill={"gain": 9e3, "cost": 20e3, "requires": ("road",)})
    assert cost(case) == close(GAS_YEAR + 9e3)


@proves("excluded_not_together")
def test_measures_that_exclude_each_other_never_stand_together() -> None:
    """Proves on + on <= 1, said by one of the two: the better one is built.

    9,000 and 7,000 a year, each for 1,000: 7,000 + 1,000 are left. Both would leave 2,000.
    """
    case = offer(a={"gain": 9e3, "cost": 20e3, "excludes": ("b",)}, b={"gain": 7e3, "cost": 20e3})
    assert cost(case) == close(GAS_YEAR + 8e3)


@proves("one_of_group")
def test_one_of_a_group_stands() -> None:
    """Proves sum on <= 1 over the group: of 9,000, 7,000 and 5,000 the first alone.

    7,000 + 5,000 + 1,000 are left; all three would leave 3,000.
    """
    case = offer(
        a={"gain": 9e3, "cost": 20e3, "one_of": "g"}, b={"gain": 7e3, "cost": 20e3, "one_of": "g"},
        d={"gain": 5e3, "cost": 20e3, "one_of": "g"},
    )  # fmt: skip
    assert cost(case) == close(GAS_YEAR + 13e3)


@proves("replaced_asset_retired")
def test_what_is_replaced_is_gone() -> None:
    """Proves on <= retired: a gain of 9,000 would cost the boiler, without which no heat is made.

    With the row 109,500 + 9,000 stay; without it 109,500 + 1,000.
    """
    case = offer(a={"gain": 9e3, "cost": 20e3, "replaces": ("boiler",)})
    solution = solved(case)
    assert solution.yearly("asset_retired")["boiler", 2026] == close(0)
    assert solution.net_present_cost() == close(GAS_YEAR + 9e3)


@proves("area_within_site")
def test_what_stands_fits_on_the_site() -> None:
    """Proves sum area x installed <= area: 6,000 m2 hold 0.6 MW of PV at 10,000 m2 a MW.

    Power at 100 all year, PV free: 0.4 x 876,000 a year. Without the row 1 MW of PV: 0.
    """
    pv = p.measure("pv", YEARS, kind="generator", upper=2.0, slope=1.0, area={"roof": 10e3})
    pv = replace(pv, capital_recovery=0.0)
    case = p.case(
        YEARS, {"load": 1.0}, area={"roof": 6e3}, measures=(pv,),
        carriers=(p.carrier("electricity", YEARS, kind="electricity", price=100.0),),
        services=(p.service("s", "electricity", "load", YEARS),),
        units=(c.GeneratorUnit("pv", "electricity", 1.0),),
    )  # fmt: skip
    solution = solved(case)
    assert solution.yearly("installed")["pv", 2026] == close(0.6)
    assert solution.net_present_cost() == close(0.4 * 876e3)
