"""A live search answers as a cold one does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from optimizer.inputs import case as c
from optimizer.solve.direct import solve_direct
from optimizer.solve.live import KNOWN, LiveSearch
from optimizer.solve.stamp import stamp
from tests.everything import everything
from tests.solve.random_cases import full_case

GAP = 1e-3
EXACT = 1e-6
LIMIT = 60.0
Numbers = np.random.Generator


def dearer(case: c.Case, rng: Numbers) -> c.Case:
    """Every carrier at 0.6 to 1.5 times its price."""
    changed = tuple(
        k
        if k.purchase is None
        else replace(
            k, purchase=replace(k.purchase, level=k.purchase.level * rng.uniform(0.6, 1.5))
        )
        for k in case.carriers
    )
    return replace(case, carriers=changed)


def other_capex(case: c.Case, rng: Numbers) -> c.Case:
    changed = tuple(
        replace(m, price_trend=m.price_trend * rng.uniform(0.6, 1.5)) for m in case.measures
    )
    return replace(case, measures=changed)


def other_caps(case: c.Case, rng: Numbers) -> c.Case:
    factor = rng.uniform(0.85, 1.3)
    caps = tuple(None if g is None else g * factor for g in case.policy.gross_cap)
    return replace(case, policy=replace(case.policy, gross_cap=caps))


def other_budget(case: c.Case, rng: Numbers) -> c.Case:
    factor = rng.uniform(0.6, 1.5)
    capex = tuple(None if b is None else b * factor for b in case.budget.capex)
    return replace(case, budget=replace(case.budget, capex=capex))


def fewer_sizes(case: c.Case, rng: Numbers) -> c.Case:
    """One sized measure at a tenth of what it was."""
    sized = [k for k, m in enumerate(case.measures) if m.unit_size is None and m.lower < m.upper]
    at = int(rng.choice(sized))
    one = case.measures[at]
    small = max(one.lower, one.upper / 10)
    pieces = tuple(
        replace(s, lower=min(s.lower, small), upper=min(s.upper, small)) for s in one.segments
    )
    changed = replace(one, upper=small, segments=pieces)
    return replace(case, measures=(*case.measures[:at], changed, *case.measures[at + 1 :]))


def more_output(case: c.Case, rng: Numbers) -> c.Case:
    factor = rng.uniform(0.95, 1.02)
    return replace(
        case, services=tuple(replace(s, activity=s.activity * factor) for s in case.services)
    )


CHANGES: tuple[Callable[[c.Case, Numbers], c.Case], ...] = (
    dearer, other_capex, other_caps, other_budget, fewer_sizes, more_output,
)  # fmt: skip


def questions(number: int, count: int) -> Iterator[tuple[str, c.Case]]:
    """Random changes of a random case, each of the case itself."""
    case, rng = full_case(number), np.random.default_rng(500 + number)
    for k in range(count):
        change = CHANGES[(k + number) % len(CHANGES)]
        yield change.__name__, change(case, rng)


def answers_as_cold(live: LiveSearch, case: c.Case) -> int:
    """Bound <= optimum <= cost, closed to GAP within LIMIT seconds, the optimum from the direct
    method; cuts kept."""
    matrix = stamp(case)
    found, exact = live.solve(matrix, GAP, time_limit=LIMIT), solve_direct(matrix, gap=EXACT)
    outcome = found.outcome
    assert outcome.ending == exact.ending
    if exact.x is not None:
        spare = EXACT * abs(exact.objective)
        assert outcome.bound <= exact.objective + spare
        assert outcome.objective >= exact.objective - spare
        assert outcome.gap <= GAP
    return found.kept


def asked(number: int, count: int) -> None:
    live = LiveSearch()
    live.solve(stamp(full_case(number)), GAP)
    for name, case in questions(number, count):
        assert answers_as_cold(live, case) > 0, name


@pytest.mark.parametrize("number", [0, 2])
def test_answers_are_those_of_a_cold_search(number: int) -> None:
    """Proves bound <= optimum <= cost and the gap asked for, over random changes in a row.

    A cut, a point or a plan kept where it is no longer true would lift the bound over the optimum
    or bring the cost below.
    """
    asked(number, 6)


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 3, 4, 5, 6, 8, 9, 10, 12, 13])
def test_answers_are_those_of_a_cold_search_at_length(number: int) -> None:
    """Proves the same over ten plants and twelve changes each."""
    asked(number, 12)


def test_another_plant_in_between_costs_no_cut() -> None:
    """Proves a question about more output leaves the cuts of the plant itself for the next one."""
    case = everything()
    live = LiveSearch()
    first = live.solve(stamp(case), 1e-2)
    rng = np.random.default_rng(1)
    assert live.solve(stamp(more_output(case, rng)), 1e-2).survival.years == ("limits",) * 3
    assert live.solve(stamp(other_caps(case, rng)), 1e-2).kept == first.cuts


def test_the_same_question_twice_needs_nothing_new() -> None:
    """Proves an answer is remembered: asked again, a plan that is no dearer is there at once, and a
    search from nothing is not repeated (it leaves over 100 cuts)."""
    matrix = stamp(everything())
    live = LiveSearch()
    first, again = live.solve(matrix, 1e-2), live.solve(matrix, 1e-2)
    assert again.outcome.objective <= first.outcome.objective * (1 + EXACT)
    assert again.cuts - first.cuts < first.cuts / 4


def test_only_so_many_problems_are_remembered() -> None:
    """Proves memory ends: of KNOWN + 2 questions the first and the latest KNOWN - 1 remain."""
    case, live = everything(), LiveSearch()
    prices = np.linspace(1.0, 1.1, KNOWN + 2)
    for factor in prices:
        trend = tuple(replace(m, price_trend=m.price_trend * factor) for m in case.measures)
        live.solve(stamp(replace(case, measures=trend)), 0.2)
        if len(live.known) == 1:
            first = live.known[0]
    assert len(live.known) == KNOWN
    assert live.known[0] is first


def test_a_question_without_a_plan_is_answered_so() -> None:
    """Proves an impossible cap is told as one, and that the next question is answered again."""
    case, live = everything(), LiveSearch()
    live.solve(stamp(case), 1e-2)
    none = replace(case, policy=replace(case.policy, gross_cap=(0.0,) * 3, ledger="location"))
    assert solve_direct(stamp(none), gap=EXACT).ending == "infeasible"
    assert live.solve(stamp(none), 1e-2).outcome.ending == "infeasible"
    assert live.solve(stamp(case), 1e-2).outcome.ending == "optimal"


def test_a_plan_is_kept_where_a_little_slack_would_be_cheaper() -> None:
    """Proves a plan found under half a budget is known under three quarters of it at once.

    Slack has a price; where a budget binds so hard that a little of it is cheaper than none, the
    mix of known dispatches took it, didn't hold, and the plan was searched for anew.
    """
    case, live = everything(), LiveSearch()
    live.solve(stamp(case), 1e-2)

    def spent(share: float) -> c.Case:
        capex = tuple(None if b is None else b * share for b in case.budget.capex)
        return replace(case, budget=replace(case.budget, capex=capex))

    half = live.solve(stamp(spent(0.5)), 1e-2)
    more = live.solve(stamp(spent(0.75)), 1e-2)
    assert more.outcome.objective <= half.outcome.objective * (1 + EXACT)
