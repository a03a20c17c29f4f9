"""Near-optimal alternatives: every plan of a small plant is tried, and says the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.errors import StoppedWithoutPlan
from optimizer.solve.highs import Outcome
from optimizer.solve.matrix import Matrix
from optimizer.studies.alternatives import Alternatives, alternatives
from optimizer.studies.plant import Plant
from tests import plants as p
from tests.studies.lumpy_plant import MEASURES, SOURCE, YEARS, Subset, lumpy, subsets

CAP = 2_840.0
"""Of 2,990 t: 150 t must go."""
WITHIN = (0.02, 0.05)


def capped() -> Plant:
    """Four measures of two groups, a and b of one; with the boiler's 109,500 the cheapest plan is
    {a, d}, 160 t for 4,600 a year."""
    case = lumpy()
    families = {"a": "first", "b": "first", "d": "second", "e": "second"}
    return Plant(
        replace(
            case,
            policy=p.no_policy(YEARS, gross_cap=(CAP,)),
            measures=tuple(replace(m, family=families[m.id]) for m in case.measures),
        )
    )


def good(within: float) -> list[Subset]:
    """All plans under the cap that cost at most so much more than the cheapest, by arithmetic."""
    held = [s for s in subsets() if s.tonnes <= CAP]
    least = min(s.cost for s in held)
    return [s for s in held if s.cost <= least * (1 + within)]


@pytest.fixture(scope="module")
def found() -> Alternatives:
    return alternatives(capped(), WITHIN, different=2)


def test_must_can_and_cannot_are_those_of_all_good_plans(found: Alternatives) -> None:
    """Proves the verdicts against all 16 subsets: 'must' is in every good plan, 'cannot' in none.

    Cheapest: {a, d} 114,100. Within 2 % (2,282): {b} 115,500, {a, d}, {a, b} 116,500: none must.
    A verdict from the searches' plans alone would call d 'must' before {b} is seen.
    """
    assert found.cost == pytest.approx(114_100)
    for k, within in enumerate(WITHIN):
        plans = good(within)
        for offer in found.offers:
            has = [offer.id in plan.measures for plan in plans]
            expected = "must" if all(has) else "can" if any(has) else "cannot"
            assert offer.verdicts[k] == expected, (offer.id, within)


def test_costs_with_and_without_an_offer_are_the_least_there_are(found: Alternatives) -> None:
    """Proves all eight figures: without a the cheapest is {b} at 115,500, with e {a, e} at 119,500.

    A search of the plan's own costs would show 114,100 for either.
    """
    held = [s for s in subsets() if s.tonnes <= CAP]
    for offer in found.offers:
        has = min(s.cost for s in held if offer.id in s.measures)
        lacks = min(s.cost for s in held if offer.id not in s.measures)
        assert (offer.with_cost, offer.without_cost) == (pytest.approx(has), pytest.approx(lacks))
        assert offer.with_bound == pytest.approx(has, rel=1e-6)
        assert offer.without_bound == pytest.approx(lacks, rel=1e-6)


def test_goals_reach_what_trying_every_good_plan_does(found: Alternatives) -> None:
    """Proves fewest projects (1, {b}), least capex and least and most of each group, and that each
    bound is the value itself, to a hundredth.

    A price too small for the goal would leave {a, d}, two projects; one on cost alone 92,000 of
    capex, which is least here too: within 2 % no plan has less than 20 x 4,600.
    """
    groups = {"first": {"a", "b"}, "second": {"d", "e"}}
    for one in (plan for plan in found.plans if plan.kind != "unlike"):
        plans = [s.measures for s in good(one.within)]
        count = {"projects": len, "capex": lambda s: sum(20 * MEASURES[m][1] for m in s)}.get(
            one.kind, lambda s, of=one.of: len(s & groups[of])
        )
        if one.kind == "bought":
            count = _gas
        best = (max if one.kind == "most" else min)(map(count, plans))
        assert one.value == pytest.approx(best), one
        assert one.bound == pytest.approx(best, rel=0.01, abs=1e-3), one
        assert one.proven


def _gas(_: object) -> float:
    """2,190 t at 0.2 t/MWh, whatever is built."""
    return 10_950.0


def test_unlike_plans_differ_as_much_as_good_plans_can(found: Alternatives) -> None:
    """Proves the distances within 5 %: {b} differs from {a, d} in three measures; then the sum to
    both is largest. Counted in capacity or money, other plans would come first.
    """
    plans = [s.measures for s in good(0.05)]
    before = [frozenset(found.least.standing)]
    for one in (plan for plan in found.plans if plan.kind == "unlike" and plan.within == 0.05):
        most = max(sum(len(known ^ plan) for known in before) for plan in plans)
        assert one.value == pytest.approx(most)
        assert sum(len(known ^ set(one.plan.standing)) for known in before) == most
        before.append(frozenset(one.plan.standing))
    assert len(before) == 3


def test_nothing_is_ruled_out_by_a_search_that_ran_out_of_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Proves that 'cannot' and 'must' need a bound: where every search but the first finds nothing
    in time, all that the cheapest plan doesn't show is open.

    Were a search without plan a proof, e would be 'cannot' and a 'must'.
    """
    whole, asked = Plant.outcome, list[int]()

    def stopped(plant: Plant, matrix: Matrix, gap: float | None = None) -> Outcome | None:
        asked.append(1)
        if len(asked) > 1:
            raise StoppedWithoutPlan("no time")
        return whole(plant, matrix, gap)

    monkeypatch.setattr(Plant, "outcome", stopped)
    found = alternatives(capped(), WITHIN, different=1)
    assert {verdict for offer in found.offers for verdict in offer.verdicts} == {"open"}
    assert not any(one.proven for one in found.plans if one.kind in ("projects", "unlike"))


def test_what_can_not_stand_in_time_is_in_no_plan() -> None:
    """Proves that a measure whose lead time ends after the horizon is 'cannot' at any cost, without
    a cost: 'open' would promise that more time might find one."""
    plant = capped()
    late = tuple(replace(m, earliest=1) if m.id == "e" else m for m in plant.case.measures)
    found = alternatives(Plant(replace(plant.case, measures=late)), (0.05,), different=0)
    offer = next(offer for offer in found.offers if offer.id == "e")
    assert offer.verdicts == ("cannot",)
    assert (offer.with_bound, offer.with_cost) == (None, None)


def test_sources_are_what_the_plans_are_made_of() -> None:
    """Proves the plant's own figures that the tests above rest on: 2,990 t and 150 t to go."""
    assert 2_190 + SOURCE * len(MEASURES) == 2_990
    assert min(s.cost for s in subsets() if s.tonnes <= CAP) == 114_100
