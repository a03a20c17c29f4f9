"""Gates per unit of product: footprint from cradle to gate, and energy."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.inputs import case as c
from optimizer.inputs.held_rules import HeldRule, Threshold
from optimizer.plan.extract import extract
from tests import held
from tests import plants as p
from tests.model.energy_plant import HOURS, energy_plant
from tests.model.solving import close, cost, has_no_plan, proves, solved
from tests.model.test_credits import credit
from tests.model.test_value_chain import GAS_COST, UNITS, YEARS, making, supply

LARGE = (Threshold(over=True, value=5_000.0),)
SMALL = (Threshold(over=False, value=5_000.0),)
MADE = (1000.0,)


def under(case: c.Case, *rules: HeldRule) -> c.Case:
    """The case with these gates and no other rule."""
    return replace(case, policy=p.no_policy(case.years, held=rules))


@proves("footprint_within_limit")
def test_a_footprint_gate_buys_the_greener_steel() -> None:
    """Proves scope 1 + scope 3 <= 6 t x 1,000 in 2026: 618.5 t too many, each tonne of steel at a
    premium of 300 takes 1.5 off, so 412.33 t for 123,700. Without the gate none is bought.

    A gate that forgot transport (100 t) or energy upstream (328.5 t) would buy less.
    """
    case = under(making(supply()), held.footprint((6.0, None), UNITS))
    solution = solved(case)
    assert solution.net_present_cost() == close(2 * GAS_COST + 123_700)
    assert solution.yearly("procured")["green", 2026] == close(618.5 / 1.5)


def test_the_cheaper_tonne_comes_first() -> None:
    """Proves that suppliers are chosen by premium a tonne of CO2: 200 for 1.0 t/t beside 300 for
    1.5 t/t costs the same a tonne, 150 for 1.0 less: 618.5 x 150 = 92,775."""
    half = supply("half", price=150.0, factor=1.0)
    case = under(making(supply(), half), held.footprint((6.0, None), UNITS))
    assert cost(case) == close(2 * GAS_COST + 92_775)


def test_own_emissions_count_as_well() -> None:
    """Proves that saving gas serves the gate too: heat bought at 11 in place of gas at 12.5 a MWh
    of heat isn't dearer, so all is bought and 2,190 + 328.5 t are gone at once."""
    base = making(supply())
    heat = p.carrier("heat", YEARS, kind="heat", price=12.6)
    case = replace(base, carriers=(base.carriers[0], heat))
    solution = solved(under(case, held.footprint((6.0, None), UNITS)))
    share = 618.5 / (2190 + 328.5)
    assert solution.net_present_cost() == close(2 * GAS_COST + 8760 * share * (12.6 - 12.5))
    assert solution.yearly("procured")["green", 2026] == close(0)


def test_credits_lower_no_footprint() -> None:
    """Proves that credits at 1 a tonne don't help: without greener steel there is no plan."""
    gate = held.footprint((6.0, None), UNITS)
    case = replace(making(), credits=(credit(price=1.0, available=(None, None)),))
    assert has_no_plan(under(case, gate))


def test_a_gate_for_large_users_leaves_a_small_one_alone() -> None:
    """Proves that the room given is enough: a limit of a thousandth that doesn't apply, for the
    plant uses no power, costs nothing; one for small users does."""
    tiny = (0.001, None)
    free = under(making(supply()), held.footprint(tiny, UNITS, thresholds=LARGE))
    assert cost(free) == close(2 * GAS_COST)
    assert has_no_plan(under(making(supply()), held.footprint(tiny, UNITS, thresholds=SMALL)))


@proves("energy_within_product")
def test_energy_a_unit_asks_the_machine_that_takes_less() -> None:
    """Proves E <= 1.2 tce x 1,000: gas at 6 takes 10,950 x 0.12 = 1,314 tce for the heat, the
    electric boiler 8,760 x 0.1229 = 1,076.604 for 21,900 more a year.

    (1,314 - 1,200) / 237.396 of the heat from power. At 0.2856 tce a MWh, the coal of a power
    station, the electric boiler would take more: no plan.
    """
    plant = energy_plant([], power=0.0, heat=1.0, gas=6.0, sun=99.0)
    case = under(plant, held.energy_per_product((1.2,), MADE))
    share = 114 / (1_314 - HOURS * 0.1229)
    assert cost(case) == close(HOURS * 7.5 + share * 21_900)
    assert has_no_plan(under(plant, held.energy_per_product((1.2,), MADE, power=0.2856)))


def test_own_power_is_energy_too() -> None:
    """Proves that a gate on energy isn't met by making it oneself: 1 MW at 0.1229 tce a MWh from
    the grid or from PV is 1,076.604 tce, above 1 tce x 1,000."""
    assert has_no_plan(energy_plant([held.energy_per_product((1.0,), MADE)]))


def test_the_plan_states_both_sides_of_each_gate() -> None:
    """Proves what a report shows: 6,000 t over 1,000 units, and 1,200 tce over as many."""
    footprint = extract(solved(under(making(supply()), held.footprint((6.0, None), UNITS))))
    assert footprint["rule_value"].values[0, 0] == close(6000)
    assert footprint["rule_per"].values[0, 0] == close(1000)
    plant = energy_plant([], power=0.0, heat=1.0, gas=6.0, sun=99.0)
    energy = extract(solved(under(plant, held.energy_per_product((1.2,), MADE))))
    assert energy["rule_value"].values[0, 0] == close(1200)
    assert list(energy["rule_unit"].values) == ["tce"]
    assert list(energy["rule_per_unit"].values) == ["unit"]


@settings(max_examples=12, deadline=None)
@given(st.floats(5.6, 7.0), st.floats(0, 0.9), st.floats(0, 500))
def test_a_stricter_footprint_never_costs_less(limit: float, by: float, premium: float) -> None:
    """Proves monotonicity: whatever greener steel costs, every plan under the lower limit is one
    under the higher. 5.6 t less 0.9 is above the 4.5 t and more that steel of 0.5 t/t leaves."""
    loose, strict = (
        cost(under(making(supply(price=premium)), held.footprint((most, None), UNITS)))
        for most in (limit, limit - by)
    )
    assert strict >= loose - 1e-6 * loose
