"""Decided year by year against perfect foresight: what arithmetic says of both."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.inputs import case as c
from optimizer.studies.expected import as_expected
from optimizer.studies.myopic import Foresight, Myopic, foresight
from optimizer.studies.plant import Plant
from tests import plants as p

YEARS = (2026, 2027)
LIFE = 20
GAS = 10_950.0
"""MWh of gas a year, 2,190 t."""


def plant(prices: tuple[float, float], caps: c.Rule, *, late: bool = False) -> c.Case:
    """A boiler on gas, and 200 t of a process source that one of two measures may take off.

    `half` takes 50 % off for 2,000 a year, `all` 100 % for 5,000 a year, and they exclude each
    other; ``late``: neither can start after 2026. Weight 1 a year, no discounting.
    """
    base = p.boiler_plant(YEARS)
    gas = p.carrier("gas", YEARS, price=prices, kind="fuel", scope=1, factor=0.2)
    measures = tuple(
        p.measure(id, YEARS, cost=LIFE * cost, life=LIFE, excludes=tuple({"half", "all"} - {id}))
        for id, cost in (("half", 2_000.0), ("all", 5_000.0))
    )
    return replace(
        base,
        carriers=(gas, *base.carriers[1:]),
        process_sources=(c.ProcessSource("source", p.name("source"), p.by_year(200.0, YEARS)),),
        measures=measures,
        savings=tuple(
            c.SavingEffect(id, "source", share, ()) for id, share in (("half", 0.5), ("all", 1.0))
        ),
        policy=p.no_policy(YEARS, gross_cap=caps),
    )


def studied(case: c.Case) -> tuple[Foresight, Myopic, Myopic]:
    """The study, the run that knows the caps, and the one that doesn't."""
    found = foresight(Plant(case))
    known, unknown = found.myopic
    return found, known, unknown


def test_later_years_are_expected_to_be_like_this_one() -> None:
    """Proves x'[y] = x[min(y, now)]: in 2026 gas costs 10 in both years, and the cap of 2027 is
    that of 2026 unless it is known; money and budget stay."""
    case = plant((10.0, 30.0), (2_400.0, 2_200.0))
    seen = as_expected(case, 0, policy_known=False)
    knowing = as_expected(case, 0, policy_known=True)
    assert seen.carriers[0].purchase is not None
    assert list(seen.carriers[0].purchase.level) == [10.0, 10.0]
    assert seen.policy.gross_cap == (2_400.0, 2_400.0)
    assert knowing.policy.gross_cap == (2_400.0, 2_200.0)
    assert seen.money is case.money
    later = as_expected(case, 1, policy_known=False)
    assert later.carriers[0].purchase is not None
    assert list(later.carriers[0].purchase.level) == [10.0, 30.0]


def test_where_nothing_changes_foresight_is_worth_nothing() -> None:
    """Proves that equal years give equal plans: a difference here would be the method's own."""
    _, known, unknown = studied(plant((10.0, 10.0), (2_300.0, 2_300.0)))
    for run in (known, unknown):
        assert run.missed is None
        assert run.low == pytest.approx(0.0, abs=0.5)
        assert run.high == pytest.approx(0.0, abs=0.5)
        assert run.changes is not None
        assert not run.changes.enters


def test_who_knows_no_later_cap_locks_in_and_misses_it() -> None:
    """Proves the lock-in: the cap of 2026, 2,290 t, asks 100 t, which `half` gives cheapest; that
    of 2027, 2,190 t, asks all 200, and `half` excludes `all`. Foresight builds `all` at once, and
    so does who knows the caps; who doesn't misses 2027 by 100 t."""
    found, known, unknown = studied(plant((10.0, 10.0), (2_290.0, 2_190.0)))
    assert set(found.plan.plan.chosen()) == {"all"}
    assert known.missed is None
    assert known.plan is not None
    assert set(known.plan.chosen()) == {"all"}
    assert unknown.plan is None
    assert unknown.missed is not None
    (promise,) = unknown.missed.promises
    assert (unknown.missed.year, promise.rule, promise.year) == (2027, "gross_within_cap", 2027)
    assert promise.reachable == pytest.approx(2_290.0)


def test_what_foresight_is_worth_is_the_cost_of_not_having_it() -> None:
    """Proves the arithmetic of a wrong expectation. A process price of 30 a tonne in 2026 and 0 in
    2027 makes `half` pay for who expects 30 to stay: 100 t x 30 = 3,000 > 2,000 a year. It stands
    in 2027 too, for 2,000 and no gain. Foresight builds neither and pays 200 x 30 = 6,000 in 2026;
    the other pays 2 x 2,000 + 100 x 30 = 7,000, 1,000 more."""
    case = plant((10.0, 10.0), (None, None))
    case = replace(
        case,
        carbon=c.CarbonRule(np.array([30.0, 0.0]), np.zeros(2), frozenset({"process"})),
        measures=case.measures[:1],
        savings=case.savings[:1],
    )
    case = replace(case, measures=(replace(case.measures[0], excludes=()),))
    found, known, unknown = studied(case)
    assert found.plan.cost == pytest.approx(2 * GAS * 10 + 6_000)
    for run in (known, unknown):
        assert run.plan is not None
        assert run.plan.cost == pytest.approx(2 * GAS * 10 + 7_000)
        assert run.low == pytest.approx(1_000, abs=1.0)
        assert not run.is_noise
        assert run.changes is not None
        assert run.changes.enters == ("half",)
