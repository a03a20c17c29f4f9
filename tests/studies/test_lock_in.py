"""Following the first rules alone: what it bars later, and what it costs, by arithmetic."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.inputs import case as c
from optimizer.studies.lock_in import LockIn, lock_in, middle_year
from optimizer.studies.plant import Plant
from tests import plants as p
from tests.studies.test_myopic import LIFE, YEARS, plant

GAS = (10.0, 10.0)
FIRST, LATER = 2_300.0, 2_200.0
"""Caps of the two years [t]; without measures the plant emits 2,390 t."""


def with_rest(case: c.Case) -> c.Case:
    """Beside the two measures that exclude each other a third, 90 t of another source for 20,000 a
    year, from 2027 on."""
    rest = p.measure("rest", YEARS, cost=LIFE * 20_000.0, life=LIFE, earliest=1)
    other = c.ProcessSource("other", p.name("other"), p.by_year(200.0, YEARS))
    return replace(
        case,
        process_sources=(*case.process_sources, other),
        measures=(*case.measures, rest),
        savings=(*case.savings, c.SavingEffect("rest", "other", 0.45, ())),
        policy=replace(case.policy, gross_cap=(FIRST + 200.0, LATER + 200.0)),
    )


def found_for(case: c.Case, year: int = 2026) -> LockIn | None:
    """The lock-in of a case's cheapest plan."""
    studied = Plant(case)
    plan = studied.ask(case)
    assert plan is not None
    return lock_in(studied, plan, year)


def test_the_cheapest_way_to_the_first_target_may_bar_the_second() -> None:
    """Proves path dependence: `half` for 2,000 keeps 2,300 t, and since it stands for its life and
    excludes `all`, 2,290 t are the least that is left in 2027, 90 t above the cap.

    The plan of both years takes `all` for 10,000. If the first decision weren't held, nothing
    would be barred.
    """
    found = found_for(plant(GAS, (FIRST, LATER)))
    assert found is not None
    assert found.bars
    assert found.cost is None
    (promise,) = found.promises
    assert promise.rule == "gross_within_cap"
    assert promise.year == 2027
    assert promise.reachable - promise.limit == pytest.approx(90.0)
    assert (found.changes.enters, found.changes.leaves) == (("half",), ("all",))


def test_what_it_costs_to_go_on_from_the_first_target_is_the_difference_of_two_optima() -> None:
    """Proves the money: `half` in both years and `rest` in 2027 are 2 x 2,000 + 20,000 = 24,000,
    `all` in both years is 10,000, so planning for 2026 alone costs 14,000 more."""
    found = found_for(with_rest(plant(GAS, (FIRST, LATER))))
    assert found is not None
    assert not found.bars
    assert not found.noise
    assert found.cost == pytest.approx(14_000.0, abs=0.5)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 14_000.5
    assert found.high >= 13_999.5
    assert "rest" not in (*found.changes.enters, *found.changes.leaves)


def test_where_no_rule_changes_later_there_is_nothing_to_lock_in() -> None:
    """Proves that no search is spent, and none shown, on a cap that stays."""
    assert found_for(plant(GAS, (FIRST, FIRST))) is None


def test_the_middle_year_is_the_earlier_of_two() -> None:
    """Proves the default: 2026 of 2026 and 2027, so that a later year is left."""
    assert middle_year(plant(GAS, (FIRST, LATER))) == 2026
