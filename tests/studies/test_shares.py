"""What each measure is worth by leaving it out, and shares that add up to the plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from optimizer.inputs import case as c
from optimizer.inputs.baseline import baseline_case
from optimizer.studies.shares import Shares, shared_out, shares_of
from tests import plants as p
from tests.model.test_capacity import heat_pump, plant
from tests.plan.solved import solved

BOTH = (2026, 2027)
GAS_YEAR = 109_500.0


def two_savings() -> c.Case:
    """Two savings of 20 % on the heat of the boiler plant, each 10,000 a year."""
    options = tuple(p.measure(name, BOTH, cost=200e3) for name in ("seals", "control"))
    effects = tuple(c.SavingEffect(o.id, "process", 0.2, ()) for o in options)
    return replace(p.boiler_plant(BOTH), measures=options, savings=effects)


def shares(case: c.Case, *builds: str) -> Shares:
    """Of a plan that builds these in the first year."""
    plan = solved(case, {(name, 2026): 1 for name in builds})
    return shares_of(case, plan, solved(baseline_case(case), None))


def test_shares_add_up_where_savings_overlap() -> None:
    """Proves the arithmetic of two years: both save 36 % of 109,500, each on top of the other 16 %.

    Worth of one: 2 x (0.16 x 109,500 - 10,000) = 15,040. Together 2 x (39,420 - 20,000) = 38,840;
    the interaction of 8,760 goes to both alike: 19,420 each. Stand-alone sums, 2 x 2 x (21,900 -
    10,000) = 47,600, would promise more than the plan saves.
    """
    found = shares(two_savings(), "seals", "control")
    assert [item.alone for item in found.items] == [pytest.approx(15_040, abs=1)] * 2
    assert [item.saving for item in found.items] == [pytest.approx(19_420, abs=1)] * 2
    assert found.interaction == pytest.approx(8_760, abs=1)
    assert found.saving == pytest.approx(38_840, abs=1)
    assert found.rest == pytest.approx(0, abs=1)
    assert found.tonnes == pytest.approx(2 * 0.36 * 2_190, abs=0.01)
    assert sum(item.tonnes for item in found.items) == pytest.approx(found.tonnes, abs=0.01)


def test_an_asset_comes_back_for_what_is_left_out() -> None:
    """Proves that without the heat pump, for which the boiler went, the boiler stands as in the
    baseline: the pump is worth 65,700 a year less its 10,000, not the price of a cold factory."""
    option = heat_pump(upper=1.0, lower=1.0, replaces=("boiler",))
    found = shares(plant(option), "hp")
    (pump,) = found.items
    assert pump.alone == pytest.approx(2 * (65_700 - 10_000), abs=1)
    assert pump.saving == pytest.approx(found.saving, abs=1)


def test_what_the_others_can_not_do_without_has_no_worth_of_its_own() -> None:
    """Proves None where demand can't be met: half the heat is the pump's, half an electric boiler's
    for which the gas boiler went. Without the pump that one stays gone; the pump has what the
    electric boiler's own worth leaves of the plan's saving."""
    base = plant(heat_pump(upper=0.5, lower=0.5))
    option = p.measure("electric", BOTH, kind="converter", slope=50e3, upper=0.5, lower=0.5,
                       replaces=("boiler",))  # fmt: skip
    unit = c.ConverterUnit(
        "electric", "heat", (c.Flow("electricity", 1.0),), (c.Flow("heat", 1.0),)
    )
    case = replace(base, measures=(*base.measures, option), units=(*base.units, unit))
    found = {item.id: item for item in shares(case, "hp", "electric").items}
    assert found["hp"].alone is None
    assert found["electric"].alone == pytest.approx(2 * (0.5 * 8_760 * (12.5 - 20) - 1_250), abs=1)
    assert found["electric"].saving == found["electric"].alone
    whole = 2 * (0.5 * 65_700 - 5_000 + 0.5 * 8_760 * (12.5 - 20) - 1_250)
    assert found["hp"].saving + found["electric"].saving == pytest.approx(whole, abs=1)


def test_rules_stand_in_a_line_of_their_own() -> None:
    """Proves that credits that a target asks for are no measure's: 1,000 t at 30 in 2027 are the
    rest of -30,000, and the saving's share is untouched by them."""
    credit = c.CreditOption("forest", p.name("forest"), "avoidance", p.by_year(30.0, BOTH),
                            (None, None), 0)  # fmt: skip
    target = (None, 2_190 * 0.64 - 1_000.0)
    policy = p.no_policy(BOTH, base_emissions=4_380.0, net_target=target,
                         offset_share=(1.0, 1.0), offset_basis="base_year")  # fmt: skip
    case = replace(two_savings(), credits=(credit,), policy=policy)
    found = shares(case, "seals", "control")
    assert found.rest == pytest.approx(-30_000, abs=5)
    assert [item.saving for item in found.items] == [pytest.approx(19_420, abs=5)] * 2


@pytest.mark.parametrize(
    ("worth", "total", "shared"),
    [
        ({"a": 30.0, "b": 10.0}, 60.0, {"a": 45.0, "b": 15.0}),
        ({"a": 30.0, "b": -10.0}, 24.0, {"a": 33.0, "b": -9.0}),
        ({"a": 30.0, "b": None}, 50.0, {"a": 30.0, "b": 20.0}),
        ({"a": 30.0, "b": None, "c": None}, 50.0, {"a": 30.0, "b": 10.0, "c": 10.0}),
        ({"a": 0.0, "b": 0.0}, 8.0, {"a": 4.0, "b": 4.0}),
        ({}, 0.0, {}),
    ],
)
def test_interaction_goes_by_the_size_of_each_worth(
    worth: dict[str, Any], total: float, shared: dict[str, float]
) -> None:
    """Proves 30 : 10 of what lacks to 60, 15 and 5. Where one costs money, 30 and -10 of 24, a
    factor of 24 / 20 would make the dear one dearer; by size it takes 1 of the 4 and is -9."""
    assert shared_out(worth, total) == pytest.approx(shared)


def test_whole_units_and_pieces_of_cost_curves_are_kept() -> None:
    """Proves that four pumps of 0.25 MW on a curve, 300,000 for the first 0.5 MW and 100,000 for
    the rest, are worth 65,700 a year less the 400,000 over 20 years: 2 x 45,700. On the first piece
    alone they would cost 600,000, 10,000 a year more."""
    pieces = (c.Segment(0.0, 0.5, 600e3, 0.0), c.Segment(0.5, 2.0, 200e3, 200e3))
    option = replace(heat_pump(unit_size=0.25, upper=2.0), segments=pieces)
    found = shares(plant(option), "hp")
    assert found.items[0].alone == pytest.approx(2 * (65_700 - 20_000), abs=1)
    assert found.rest == pytest.approx(0, abs=1)
