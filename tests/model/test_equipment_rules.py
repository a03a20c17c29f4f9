"""Gates on the efficiency grade of equipment: what is below it leaves, and isn't built."""

from __future__ import annotations

from dataclasses import replace

from optimizer.inputs import case as c
from optimizer.inputs.held_rules import HeldRule, Threshold
from optimizer.plan.extract import extract
from tests import held
from tests import plants as p
from tests.model.solving import close, cost, has_no_plan, proves, solved

YEARS = (2026, 2027, 2028)
GAS_YEAR = 109_500.0
"""1 MW of heat from the old boiler of 80 %."""
OLD, NEW = ("boiler", "old", False), ("boiler", "renewed", True)
LARGE = (Threshold(over=True, value=5_000.0),)


def plant(*rules: HeldRule) -> c.Case:
    """The old boiler, its renewal of the same efficiency at 1,000 a year, and another boiler on
    offer, of 80 % too, at 400 a year."""
    base = p.boiler_plant(YEARS)
    flows = (c.Flow("gas", 1.25),), (c.Flow("heat", 1.0),)
    units = tuple(c.ConverterUnit(u, "heat", *flows) for u in ("boiler", "boiler.renewed", "other"))
    boiler = p.asset(
        "boiler", YEARS, 2.0, renewed_unit="boiler.renewed", renewal_capex=20_000.0,
        renewal_capital_recovery=0.05,
    )  # fmt: skip
    other = p.measure("other", YEARS, kind="converter", upper=2.0, lower=2.0, cost=8_000.0)
    return replace(
        base, units=units, assets=(boiler,), measures=(other,),
        policy=p.no_policy(YEARS, held=rules),
    )  # fmt: skip


@proves("equipment_at_grade")
def test_what_is_below_the_grade_goes_when_the_rule_begins() -> None:
    """Proves that the old boiler doesn't stand from 2027 on. The other one, which states no class,
    takes its place for 400 a year; without the rule nothing is paid."""
    solution = solved(plant(held.equipment((None, 1.0, 1.0), OLD, NEW)))
    old = solution.yearly("asset_old")
    assert [round(old["boiler", year]) for year in YEARS[1:]] == [0, 0]
    assert solution.net_present_cost() == close(3 * GAS_YEAR + 2 * 400)
    assert cost(plant()) == close(3 * GAS_YEAR)


def test_a_measure_below_the_grade_isnt_built() -> None:
    """Proves that what is on offer counts as well: where the other boiler is below the grade, the
    old one is renewed at its grade, 1,000 a year for two years."""
    below, good = ("other", "built", False), ("other", "built", True)
    assert cost(plant(held.equipment((None, 1.0, 1.0), OLD, NEW, below))) == close(
        3 * GAS_YEAR + 2 * 1_000
    )
    assert cost(plant(held.equipment((None, 1.0, 1.0), OLD, NEW, good))) == close(
        3 * GAS_YEAR + 2 * 400
    )


def test_a_renewal_below_the_grade_is_no_way_out() -> None:
    """Proves that the renewed boiler has a grade of its own: with neither good enough there is no
    plan, for heat can't be bought."""
    bad = ("boiler", "renewed", False), ("other", "built", False)
    assert has_no_plan(plant(held.equipment((1.0, 1.0, 1.0), OLD, *bad)))


def test_a_share_counts_pieces() -> None:
    """Proves limit x pieces <= good pieces: with half asked the old boiler may stay if one good
    piece stands beside it; the cheapest is to replace it, 3 x 400. For no share nothing is asked.
    """
    good = ("other", "built", True)
    half = extract(solved(plant(held.equipment((0.5,) * 3, OLD, NEW, good))))
    value, per = half["rule_value"].values[0], half["rule_per"].values[0]
    assert (value >= 0.5 * per - 1e-9).all()
    assert cost(plant(held.equipment((0.5,) * 3, OLD, NEW, good))) == close(3 * GAS_YEAR + 1_200)
    assert cost(plant(held.equipment((0.0,) * 3, OLD, NEW, good))) == close(3 * GAS_YEAR)


def test_a_gate_for_large_users_leaves_a_small_one_alone() -> None:
    """Proves the room at a threshold: a plant that uses no power keeps its boiler."""
    rule = held.equipment((1.0,) * 3, OLD, NEW, thresholds=LARGE)
    assert cost(plant(rule)) == close(3 * GAS_YEAR)


def test_what_isnt_on_offer_counts_for_nothing() -> None:
    """Proves that a what-if may take a measure off the offer that a rule counts: the old boiler is
    renewed in 2027, as if the rule had never named the other one."""
    good = ("other", "built", True)
    case = plant(held.equipment((None, 1.0, 1.0), OLD, NEW, good))
    kept = tuple(unit for unit in case.units if unit.id != "other")
    assert cost(replace(case, measures=(), units=kept)) == close(3 * GAS_YEAR + 2 * 1_000)
