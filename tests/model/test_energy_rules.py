"""Gates of packs on energy and power: carbon per tce, non-fossil and traceable shares."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.inputs import case as c
from optimizer.inputs.held_rules import Threshold
from optimizer.model.seam import total_names
from optimizer.plan.extract import extract
from tests import held
from tests import plants as p
from tests.model.energy_plant import HOURS, YEARS, contract, energy_plant
from tests.model.solving import close, cost, has_no_plan, proves, solved

GRID_YEAR = 87_600.0
LARGE = (Threshold(over=True, value=5_000.0),)
SMALL = (Threshold(over=False, value=5_000.0),)


@proves("carbon_within_energy")
def test_carbon_per_energy_needs_power_of_ones_own() -> None:
    """Proves C <= k E at 0.25 tce/MWh: all from the grid is 0.5 / 0.25 = 2 t/tce. For 1.5 the grid
    may give 0.75 of 8,760 MWh, and 2,190 come from PV at 15 in place of 10: 10,950 more.

    Used PV counts in E as grid power does; if it didn't, 2 t/tce would stay whatever is built.
    """
    case = energy_plant([held.intensity((1.5,), power=0.25)])
    assert cost(case) == close(GRID_YEAR + 2_190 * 5)


@proves("carbon_within_energy")
def test_exported_power_is_no_energy_used() -> None:
    """Proves E = purchased + generated - exported: 1 MW of PV that stands sells at 12 what the
    grid gives at 10, up to the 6,570 MWh that 1.5 t/tce allow: -13,140.

    Counted in full, own generation would excuse the sale of everything: -17,520.
    """
    base = energy_plant([held.intensity((1.5,), power=0.25)])
    sale = c.Sale(None, p.by_year(12.0, YEARS), p.by_year(0.0, YEARS), None, False)
    grid = replace(base.carriers[0], sale=sale)
    case = replace(
        base, carriers=(grid, *base.carriers[1:]), measures=(),
        assets=(*base.assets, p.asset("pv", YEARS, 1.0)),
    )  # fmt: skip
    assert cost(case) == close(-13_140)


def test_curtailed_power_is_no_energy_used() -> None:
    """Proves that what isn't generated is in neither side: with 0.5 MW of demand and 1 MW of PV
    that stands, E is 0.25 x 4,380 tce, not twice that."""
    base = energy_plant([held.intensity((0.5,), power=0.25)], power=0.5)
    case = replace(base, measures=(), assets=(*base.assets, p.asset("pv", YEARS, 1.0)))
    data = extract(solved(case))
    assert data["rule_per"].values[0, 0] == close(0.25 * 4_380)
    assert data["rule_value"].values[0, 0] == close(0.0)


def test_the_ratio_falls_when_energy_rises() -> None:
    """Proves the trap: 1 MW of heat from gas has 0.25 t and 0.15 tce a MWh, an electric boiler on
    a grid of 0.25 t/MWh the same 0.25 t and 0.25 tce. For 1.2 t/tce 0.58333 of the heat are made
    of power: no tonne less, 511 tce more, and 8,760 x 0.58333 x (10 - 7.5) paid for it.

    A second gate, a tenth less than 2,190 t, makes the plan use its own power: 219 t / 0.25.
    """
    ratio = held.intensity((1.2,), power=0.25)
    case = energy_plant([ratio], power=0.0, heat=1.0, gas=6.0, sun=99.0, factor=0.25)
    solution = solved(case)
    data, share = extract(solution), 0.07 / 0.12
    assert data["rule_value"].values[0, 0] == close(2_190)
    assert data["rule_per"].values[0, 0] == close(HOURS * (0.15 + 0.1 * share))
    assert solution.net_present_cost() == close(HOURS * 7.5 + HOURS * share * 2.5)
    both = replace(
        case, policy=p.no_policy(YEARS, held=(ratio, held.reduction((0.9,), 2_190.0, 1, 2)))
    )
    assert extract(solved(both))["rule_value"].values[1, 0] == close(1_971)


@proves("non_fossil_above_share")
def test_certificates_keep_a_share_that_counts_them() -> None:
    """Proves the trap of certificates: half of the power by certificates at 1 is 4,380; where they
    don't count, PV is built for 4,380 x 5, though certificates are on offer."""
    green = (contract("green", "attributes", 1.0),)
    paper = energy_plant([held.non_fossil((0.5,), certificates=True)], contracts=green)
    built = energy_plant([held.non_fossil((0.5,), certificates=False)], contracts=green)
    assert cost(paper) == close(GRID_YEAR + 4_380)
    assert cost(built) == close(GRID_YEAR + 21_900)


@proves("non_fossil_above_share")
def test_biomass_is_not_fossil() -> None:
    """Proves the share over all energy: heat of gas at 10 or wood at 14, both at 80 %; 0.3 of
    10,950 MWh are wood, 3,285 x 4 more. Wood whose CO2 is mostly fossil would leave no plan but
    power."""
    base = energy_plant([held.non_fossil((0.3,))], power=0.0, heat=1.0)
    wood = p.carrier("wood", YEARS, kind="fuel", scope=1, price=14.0, factor=0.01, biogenic=0.36)
    stove = c.ConverterUnit("stove", "heat", (c.Flow("wood", 1.25),), (c.Flow("heat", 1.0),))
    case = replace(
        base, carriers=(*base.carriers, wood), units=(*base.units[::2], stove), measures=(),
        assets=(p.asset("boiler", YEARS, 2.0), p.asset("stove", YEARS, 2.0)),
    )  # fmt: skip
    case = replace(case, units=tuple(u for u in case.units if u.id != "pv"))
    assert cost(case) == close(10_950 * 10 + 3_285 * 4)
    fossil = replace(wood, biogenic=0.0)
    assert has_no_plan(replace(case, carriers=(*base.carriers, fossil)))


@proves("traceable_above_share")
def test_traded_power_is_not_traceable() -> None:
    """Proves 0.35 x 8,760 = 3,066 MWh over a line of one's own at 12, 6,132 more than the grid.

    Traded power at 11 and certificates at 1 count for nothing.
    """
    rule = held.traceable((0.35,))
    traded = (contract("traded", "energy", 11.0), contract("green", "attributes", 1.0))
    line = contract("line", "energy", 12.0, traceable=True)
    assert cost(energy_plant([rule], contracts=(*traded, line))) == close(GRID_YEAR + 6_132)
    assert cost(energy_plant([rule], contracts=traded)) == close(GRID_YEAR + 3_066 * 5)


@proves("hourly_above_share")
def test_an_hourly_share_takes_what_has_its_hour() -> None:
    """Proves 0.5 x 8,760 = 4,380 MWh: certificates by the year at 1 count for nothing, those by the
    hour at 3 do, 13,140, and so does traded power at 12, which costs 8,760 more. Without
    them own generation at 15 costs 21,900 more."""
    rule = held.hourly((0.5,))
    annual = contract("annual", "attributes", 1.0)
    timed = replace(contract("timed", "attributes", 3.0), hourly=True)
    traded = contract("traded", "energy", 12.0)
    assert cost(energy_plant([rule], contracts=(annual, timed))) == close(GRID_YEAR + 13_140)
    assert cost(energy_plant([rule], contracts=(annual, traded))) == close(GRID_YEAR + 8_760)
    assert cost(energy_plant([rule], contracts=(annual,))) == close(GRID_YEAR + 21_900)


@proves("use_below_threshold")
def test_electrification_stops_at_the_threshold() -> None:
    """Proves the trap of 5 GWh: 4,380 MWh of power, 2,190 of heat from gas at 15 or power at 10.

    All of it electric is 6,570 MWh, and 0.35 of that from PV costs 11,497.5 more for 10,950 saved.
    So 620 MWh of heat are electric and the use stays at 5,000. With PV at 12 it is 4,599 for 7,850
    more saved: the threshold is passed. Without the threshold's row all is electric: 65,700.
    """
    rule = held.traceable((0.35,), thresholds=LARGE)
    dear = energy_plant([rule], power=0.5, heat=0.25, gas=12.0)
    assert cost(dear) == close(4_380 * 10 + 620 * 10 + 1_570 * 15)
    cheap = energy_plant([rule], power=0.5, heat=0.25, gas=12.0, sun=12.0)
    assert cost(cheap) == close(6_570 * 10 + 2_299.5 * 2)


@proves("use_above_threshold")
def test_a_gate_for_small_users_is_left_by_using_more() -> None:
    """Proves the other side: 0.35 of 4,380 MWh from PV costs 7,665. With 620 MWh of heat made of
    power, at 10 in place of 7.5, the plan is no small user: 1,550. Without the row 0."""
    rule = held.traceable((0.35,), thresholds=SMALL)
    case = energy_plant([rule], power=0.5, heat=0.25, gas=6.0)
    assert cost(case) == close(4_380 * 10 + 2_190 * 7.5 + 620 * 2.5)


def test_power_of_a_chp_plant_is_used_but_not_traceable() -> None:
    """Proves the power used: a CHP plant makes 0.5 of 1 MW from gas. 0.35 x 8,760 MWh are still to
    be traced, not 0.35 of what is bought; the fuel stands for its power in the energy used."""
    base = energy_plant([held.traceable((0.35,)), held.intensity((9.0,), power=0.25)], gas=1.0)
    chp = c.ConverterUnit(
        "chp", "electricity", (c.Flow("gas", 2.0),), (c.Flow("electricity", 1.0),)
    )
    case = replace(
        base, units=(*base.units, chp), assets=(*base.assets, p.asset("chp", YEARS, 0.5))
    )
    data = extract(solved(case))
    assert data["power_used"].values[0] == close(8_760)
    assert data["rule_value"].values[0, 0] == close(3_066)
    bought = float(data["purchased"].sel(carrier="electricity").values[0])
    gas = float(data["purchased"].sel(carrier="gas").values[0])
    assert data["rule_per"].values[1, 0] == close(0.25 * (bought + 3_066) + 0.12 * gas)
    assert gas == close(2 * 4_380)


def test_a_case_without_such_a_gate_has_no_more_totals() -> None:
    """Proves that gates on emissions alone leave the step layer as it was."""
    plain = energy_plant([held.reduction((0.5,), 1e4, 1)])
    assert {name[0] for name in total_names(plain)} == {"import"}
    assert ("generated", "electricity") in total_names(energy_plant([held.traceable((0.1,))]))
    assert np.isnan(
        extract(solved(energy_plant([held.traceable((0.35,), thresholds=LARGE)], power=0.5)))[
            "rule_limit"
        ].values
    ).all()


few = settings(max_examples=8, deadline=None, derandomize=True, database=None)


@few
@given(
    st.floats(0.0, 0.5), st.floats(0.0, 0.5), st.floats(0.0, 0.4), st.floats(8.0, 20.0),
    st.booleans(),
)  # fmt: skip
def test_tightening_a_gate_never_lowers_cost(
    tighter: float, share: float, traced: float, sun: float, large: bool
) -> None:
    """Proves monotonicity: every plan under the stricter limits is one under the looser ones."""

    def least(by: float) -> float:
        rules = (
            held.intensity((1.9 - by,), power=0.25),
            held.non_fossil((share * (1 + by),), power=0.25),
            held.traceable((traced * (1 + by),), thresholds=LARGE if large else ()),
        )
        green = (contract("green", "attributes", 1.0),)
        return cost(energy_plant(rules, power=0.5, heat=0.25, sun=sun, contracts=green))

    assert least(0.0) <= least(tighter) * (1 + 1e-8)
