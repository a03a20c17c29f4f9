"""What a stored plan saves more or less once its plant runs otherwise, on plants done by hand.

The boiler plant: 8,760 MWh of heat a year, gas at 10 and an old boiler of 80 %: 109,500 a year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from optimizer.inputs import case as c
from optimizer.inputs.baseline import baseline_case
from optimizer.studies.stressed import Change, StressedRun, energy_prices
from tests import plants as p
from tests.model.test_capacity import heat_pump, plant
from tests.model.test_financing import third_party
from tests.plan.solved import solved
from tests.studies.test_shares import two_savings

YEARS = (2026, 2027)


def asked(case: c.Case, builds: Mapping[tuple[str, int], int]) -> StressedRun:
    """A plan that builds these, stored and asked about; less output is less activity."""

    def produced(less: float) -> c.Case:
        services = tuple(replace(s, activity=(1 - less) * s.activity) for s in case.services)
        return replace(case, services=services)

    return StressedRun(produced, solved(case, builds), solved(baseline_case(case), None))


def moved(change: Change | None) -> dict[str, list[float]]:
    """Classes of cash that move, by year."""
    assert change is not None
    return {
        kind: money.tolist()
        for kind, money in change.by_class.items()
        if np.abs(money).max() > 1e-3
    }


@pytest.mark.parametrize(
    ("name", "size", "more"),
    [("prices_up", 0.3, 0.3), ("prices_down", 0.3, -0.3), ("output_down", 0.2, -0.2)],
)
def test_a_saving_is_worth_what_it_saves_of(name: str, size: float, more: float) -> None:
    """Proves that a saving of 20 %, 21,900 a year, is worth 6,570 more or less when gas is 30 %
    dearer or cheaper, and 4,380 less at four fifths of the output. The baseline's change would
    have to be left out to get five times as much."""
    run = asked(two_savings(), {("seals", 2026): 1})
    found = run.change(name, size)
    assert moved(found) == {"energy": pytest.approx([more * 21_900] * 2)}
    assert found is not None
    assert found.keeps_rules


def test_the_plant_is_dispatched_anew() -> None:
    """Proves that without a carbon price the boiler runs again beside a heat pump whose heat costs
    15 a MWh against 12.5: 21,900 a year more are saved, and 2,190 t at 20 no longer are. A
    dispatch that stayed would save no energy cost more."""
    priced = c.CarbonRule(p.by_year(20.0, YEARS), p.by_year(0.0, YEARS))
    case = plant(heat_pump(upper=1.0), carbon=priced)
    carriers = tuple(
        p.carrier("electricity", YEARS, kind="electricity", price=60.0)
        if each.id == "electricity" else each
        for each in case.carriers
    )  # fmt: skip
    found = asked(replace(case, carriers=carriers), {("hp", 2026): 1}).change("carbon_down", 1.0)
    assert moved(found) == {
        "energy": pytest.approx([21_900.0] * 2), "carbon": pytest.approx([-43_800.0] * 2)
    }  # fmt: skip


def test_what_stands_may_be_larger_than_what_is_on_offer() -> None:
    """Proves that a heat pump of 1 MW still stands at 0.8 of the output, for which sizes up to
    0.8 MW alone are of use and on offer, and saves a fifth less of 65,700: held to the offer it
    would leave no dispatch."""
    case = plant(heat_pump(upper=1.0))

    def produced(less: float) -> c.Case:
        services = tuple(replace(s, activity=(1 - less) * s.activity) for s in case.services)
        return replace(case, services=services, measures=(heat_pump(upper=1.0 - less),))

    plan = solved(case, {("hp", 2026): 1})
    assert float(plan["added"].sel(measure="hp", year=2026)) == pytest.approx(1.0)
    run = StressedRun(produced, plan, solved(baseline_case(case), None))
    assert moved(run.change("output_down", 0.2)) == {"energy": pytest.approx([-13_140.0] * 2)}


def test_what_is_built_is_paid() -> None:
    """Proves that a budget which leaves nothing stands in no one's way: the plan has taken it."""
    spent = c.BudgetRule((0.0, 0.0), carry_over=False, exempt_renewals=False)
    case = two_savings()
    run = StressedRun(
        lambda less: replace(case, budget=spent),
        solved(case, {("seals", 2026): 1}),
        solved(baseline_case(case), None),
    )
    found = run.change("prices_up", 0.3)
    assert found is not None
    assert found.keeps_rules
    assert moved(found) == {"energy": pytest.approx([6_570.0] * 2)}


def sunny(share: float = 1.0) -> c.Case:
    """A site of 1 MW of power at 10, half of it from the sun if that is built."""
    carriers = (
        p.carrier("electricity", YEARS, kind="electricity", price=10.0, scope=2, factor=0.5),
    )
    return p.case(
        YEARS, {"load": 1.0, "sun": 0.5},
        carriers=carriers, services=(p.service("motors", "electricity", "load", YEARS),),
        units=(c.GeneratorUnit("pv", "electricity", "sun"),),
        measures=(p.measure("pv", YEARS, kind="generator", upper=1.0, cost=1e3),),
        policy=p.no_policy(YEARS, ledger="location", gross_cap=p_rule(share)),
    )  # fmt: skip


def p_rule(share: float) -> tuple[float, float]:
    """A gross cap of a share of the 4,380 t without sun."""
    return share * 4_380.0, share * 4_380.0


def test_what_is_curtailed_is_bought() -> None:
    """Proves that a tenth less of 4,380 MWh from the sun is 438 MWh bought at 10."""
    found = asked(sunny(), {("pv", 2026): 1}).change("curtailed", 0.1)
    assert moved(found) == {"energy": pytest.approx([-4_380.0] * 2)}
    assert found is not None
    assert found.keeps_rules


def test_where_rules_cannot_be_kept_it_is_said() -> None:
    """Proves that a cap of half the emissions, kept only by the sun in full, is set aside when a
    tenth of it is lost, and that the change says so rather than that nothing can be run."""
    found = asked(sunny(0.5), {("pv", 2026): 1}).change("curtailed", 0.1)
    assert moved(found) == {"energy": pytest.approx([-4_380.0] * 2)}
    assert found is not None
    assert not found.keeps_rules


@pytest.mark.parametrize(("of_tariff", "price"), [(True, 10.4), (False, 8.0)])
def test_power_at_a_discount_moves_with_the_tariff(of_tariff: bool, price: float) -> None:
    """Proves that 8 a MWh, a fifth off 10, become 10.4 where the tariff is 30 % dearer, and stay 8
    where that is an agreed price."""
    case = third_party(())
    units = tuple(
        replace(u, paid=replace(u.paid, of_tariff=of_tariff))
        if isinstance(u, c.GeneratorUnit) and u.paid is not None else u
        for u in case.units
    )  # fmt: skip
    dearer = energy_prices(replace(case, units=units), 0.3)
    paid = [u.paid for u in dearer.units if isinstance(u, c.GeneratorUnit) and u.paid is not None]
    assert [each.level.tolist() for each in paid] == [[pytest.approx(price)]]


def test_a_baseline_that_wastes_is_told() -> None:
    """Proves that a stored baseline with a third more to pay for gas than its least cost, all of
    which would count as saved, is found by running it anew; one as solved is at its least cost."""
    run = asked(two_savings(), {("seals", 2026): 1})
    assert run.above_least_cost() == pytest.approx(0.0, abs=1e-6)
    case = two_savings()
    stored = solved(baseline_case(case), None)
    bill = (stored["cash_class"] == "energy") & (stored["cash_item"] == "gas")
    stored["cash"] = stored["cash"] * (1.0 + bill / 3.0)
    wasteful = StressedRun(lambda less: case, solved(case, {("seals", 2026): 1}), stored)
    assert wasteful.above_least_cost() == pytest.approx(1 / 3, rel=1e-6)
