"""Widths and lives of what a curve shows, in discounted tonnes and in undiscounted ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.inputs import case as c
from optimizer.studies.cost_curve import CostCurve, cost_curve
from optimizer.studies.plant import Basis, Plant
from tests import plants as p

YEARS = (2026, 2027)
RATE = 0.1
EARLY, LATE = 1_000.0, 1_045.0
"""Overnight cost [money] of measures that stand a year: paid back at 1.1 times that at its end, so
1.1 / 1.1 = 1 and 1.1 / 1.21 = 0.909 times it in present value: 1,000 and 950."""


def two_short_ones() -> c.Case:
    """Each takes 100 t off a source of 200 t that there is in one year alone, 2026 and 2027."""
    emitted = {"early": (200.0, 0.0), "late": (0.0, 200.0)}
    return p.boiler_plant(
        YEARS,
        money=p.money(YEARS, RATE),
        process_sources=tuple(
            c.ProcessSource(f"of_{id}", p.name(id), p.by_year(by_year, YEARS))
            for id, by_year in emitted.items()
        ),
        measures=(
            p.measure("early", YEARS, rate=RATE, cost=EARLY, life=1),
            p.measure("late", YEARS, rate=RATE, cost=LATE, life=1, earliest=1),
        ),
        savings=tuple(c.SavingEffect(id, f"of_{id}", 0.5, ()) for id in emitted),
    )


def curve_of(basis: Basis = "discounted") -> CostCurve:
    return cost_curve(Plant(two_short_ones(), basis), 3)


def test_discounting_tonnes_turns_the_ranking_round() -> None:
    """Proves that both widths are told: 1,000 for 90.9 discounted t is 11.0, 950 for 82.6 is 11.5;
    for 100 undiscounted t each it is 10 and 9.5. With one of them alone nobody could see that the
    ranking hangs on it."""
    alone = {one.id: one for one in curve_of().standalone}
    early, late = alone["early"], alone["late"]
    assert (early.cost, late.cost) == (pytest.approx(1_000), pytest.approx(950))
    assert (early.tonnes, late.tonnes) == (pytest.approx(100 / 1.1), pytest.approx(100 / 1.21))
    assert (early.cumulative, late.cumulative) == (pytest.approx(100), pytest.approx(100))
    assert [one.id for one in curve_of().standalone] == ["early", "late"]


def test_steps_tell_both_widths_and_the_lives_of_what_enters() -> None:
    """Proves that the undiscounted tonnes of all steps are those of both measures, 200, beside
    173.6 discounted, and that a life of one year stands in the subject of the study."""
    found = curve_of()
    assert sum(one.cumulative for one in found.steps) == pytest.approx(200, rel=0.02)
    assert sum(one.tonnes for one in found.steps) == pytest.approx(100 / 1.1 + 100 / 1.21, rel=0.02)
    assert found.as_dict()["subject"]["lives"] == {"early": 1, "late": 1}
    assert found.as_dict()["subject"]["basis"] == "discounted"


def test_money_per_tonne_of_the_target_year_is_a_yearly_amount() -> None:
    """Proves --by target-year in figures: 950 of present value is 950 / (1/1.1 + 1/1.21) = 547.4 a
    year, 5.47 for each of 100 t; undivided it would read 9.5 a tonne, as if paid every year."""
    alone = {one["id"]: one for one in curve_of("target_year").as_dict()["standalone"]}
    assert alone["late"]["tonnes"] == pytest.approx(100)
    assert alone["late"]["per_tonne"] == pytest.approx(950 / (1 / 1.1 + 1 / 1.21) / 100)


def test_a_longer_list_of_steps_tells_no_other_total() -> None:
    """Proves that the first point and the last are the same however many lie between."""
    few, many = (cost_curve(Plant(two_short_ones()), count).front.points for count in (1, 6))
    for end in (0, -1):
        assert few[end].plan.cost == pytest.approx(many[end].plan.cost)


def test_a_measure_dearer_than_the_carbon_price_stays_in_the_plan() -> None:
    """Proves that nothing is dropped for its levelised cost of conserved carbon alone (Vogt-Schilb
    and Hallegatte 2014): under a cap that needs `late`, with a carbon price of 2 a tonne, it stands
    though it costs 11.5 a tonne alone and the price leads nowhere on the path."""
    case = two_short_ones()
    capped = replace(
        case,
        internal_carbon_price=p.by_year(2.0, YEARS),
        policy=p.no_policy(YEARS, gross_cap=(None, 2_190.0 + 100.0)),
    )
    found = cost_curve(Plant(capped), 2)
    assert found.plan is not None
    assert "late" in found.plan.plan.chosen()
    late = {one.id: one for one in found.standalone}["late"]
    assert late.cost is not None
    assert late.tonnes is not None
    assert late.cost / late.tonnes > 2.0
    assert found.at_prices[0].point == 0
