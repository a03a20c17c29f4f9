"""The decomposed method is the direct one, on cases with every component."""

from __future__ import annotations

import pytest

from optimizer.solve.stamp import stamp
from tests.everything import everything
from tests.model.brute_force import cheapest
from tests.solve.agreeing import EXACT, brackets, decomposed, holds_to
from tests.solve.random_cases import full_case, judged_case, random_case

FAST = (0, 3, 4, 7, 9, 12, 15, 17, 21, 25, 27, 29)


@pytest.mark.parametrize("number", FAST)
def test_both_methods_agree_on_random_cases(number: int) -> None:
    """Proves bound <= optimum <= cost of a plan that holds, and the gap asked for.

    The optimum is the direct method's, to 1e-6. A cut that isn't valid lifts the bound above it; a
    mix of dispatches that no dispatch can do brings the cost below.
    """
    holds_to(random_case(number))


@pytest.mark.slow
@pytest.mark.parametrize("number", sorted(set(range(52)) - set(FAST)))
def test_both_methods_agree_on_forty_random_cases_more(number: int) -> None:
    """Proves the same on forty more."""
    holds_to(random_case(number))


@pytest.mark.parametrize("number", [0, 2, 3])
def test_the_bound_and_the_plan_close_in_on_the_best_of_all_plans(number: int) -> None:
    """Proves the method against the enumeration of all schedules, which knows no solver's gap.

    Asked for 1e-7, the two ends must both be the cheapest plan, to 1e-6.
    """
    case = judged_case(number)
    best = cheapest(case)
    found = decomposed(stamp(case), gap=1e-7)
    assert found.ending == "optimal"
    assert found.objective == pytest.approx(best, rel=EXACT)
    assert found.bound == pytest.approx(best, rel=EXACT)


def test_a_gap_in_money_is_enough() -> None:
    """Proves that a search ends within an amount of money, where the relative gap is out of reach.

    The plant costs 8.5 M; 20 000 of it is 0.24 %. Without the amount it would go on to 1e-9.
    """
    matrix = stamp(everything())
    found = decomposed(matrix, gap=1e-9, money_gap=20e3)
    assert found.ending == "optimal"
    assert found.objective - found.bound <= 20e3
    brackets(matrix, found, 8473725.19)


def test_ten_runs_give_one_plan() -> None:
    """Proves same input, same plan, to the last bit, and the same on one thread.

    Days are solved side by side: a plan that hung on which of them ends first would differ.
    """
    matrix = stamp(full_case(0))
    first = decomposed(matrix)
    assert first.x is not None
    for threads in (2,) * 9 + (1,):
        again = decomposed(matrix, threads=threads)
        assert again.x is not None
        assert (again.objective, again.bound) == (first.objective, first.bound)
        assert again.x.tobytes() == first.x.tobytes()


def test_threads_change_nothing() -> None:
    """Proves the same where two threads have two days to share."""
    matrix = stamp(full_case(4))
    found = [decomposed(matrix, threads=threads).objective for threads in (2, 1, 2)]
    assert found == [found[0]] * 3
