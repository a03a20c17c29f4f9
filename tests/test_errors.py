"""Errors that people read: their form, their order and the words they suggest."""

from __future__ import annotations

import pickle

import pytest

from optimizer.errors import InputErrors, NoPlan, Problem, nearest

LIFETIME = Problem("scenarios/x/scenario.yaml", 41, 9, "measures[2].lifetime", "-5 a", "above 0")


def test_problem_reads_as_place_field_found_allowed() -> None:
    """Proves the one-line form; a swapped line and column would give 9:41."""
    assert str(LIFETIME) == (
        'scenarios/x/scenario.yaml:41:9  measures[2].lifetime: got "-5 a", must be above 0.'
    )


def test_problem_of_a_whole_file_shows_no_line() -> None:
    """Proves that line 0 is never printed, and that an empty `found` reads as missing."""
    problem = Problem("a.csv", 0, 0, "load", "", "a column", "Add it.")
    assert str(problem) == "a.csv  load: missing, must be a column. Add it."


def test_input_errors_are_sorted_by_place_and_counted() -> None:
    """Proves order by number: as text, line 10 would stand before line 9. A repeat counts once."""
    late, early = Problem("a", 10, 1, "y", "1", "2"), Problem("a", 9, 1, "z", "1", "2")
    errors = InputErrors(iter([late, early, late]))
    assert errors.problems == (early, late)
    assert str(errors).splitlines()[-1] == "2 problems, nothing was solved"
    assert str(InputErrors([late])).endswith("\n1 problem, nothing was solved")


def test_input_errors_survive_a_process_border() -> None:
    """Proves that a sweep's worker can hand its errors back whole."""
    copy = pickle.loads(pickle.dumps(InputErrors([LIFETIME])))
    assert copy.problems == (LIFETIME,)


def test_input_errors_without_a_problem_are_a_mistake() -> None:
    """Proves that "0 problems, nothing was solved" can't be shown."""
    with pytest.raises(ValueError, match="at least one"):
        InputErrors([])


def test_no_plan_carries_its_reasons() -> None:
    """Proves that the reasons reach the reader and stay separate for a report."""
    error = NoPlan(["The cap of 2030 is 5 % too low."])
    assert error.reasons == ("The cap of 2030 is 5 % too low.",)
    assert "cap of 2030" in str(error)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("lifetme", "lifetime"), ("LIFETIME", "lifetime"), ("xyz", None), ("l" * 10_000, None)],
)
def test_nearest_word_ignores_case_and_gives_up_on_strangers(
    word: str, expected: str | None
) -> None:
    """Proves a useful guess for a slip, and none for a word of another kind or a huge one."""
    assert nearest(word, ["lifetime", "lead_time", "capex"]) == expected
