"""How a committee's questions are put: what is unsure, and which drivers are asked first."""

from __future__ import annotations

import pytest

from optimizer.studies.committee import by_weight, unsure_of
from optimizer.studies.downside import Held, HeldCost
from tests.studies.test_sensitivity import driver


def test_what_is_unsure_is_gap_and_typical_days() -> None:
    """Proves 300 + |-200| = 500: an error that is below 0 is an error too, and a run that was
    searched on all days has none."""
    found = unsure_of({"gap_money": 300.0, "full_year": {"cost_difference": -200.0}})
    assert (found.gap, found.days, found.total) == (300.0, 200.0, 500.0)
    assert unsure_of({"gap_money": 300.0, "full_year": None}).total == 300.0


@pytest.mark.parametrize("as_planned", [1_000.0, None])
def test_drivers_that_move_most_are_asked_first(as_planned: float | None) -> None:
    """Proves the order while time runs out: where the held plan breaks a rule, then 300 of 1,000,
    then 100; a cap, which somebody sets, comes last though it breaks too. Where the cost as planned
    isn't known, the order of the others stays."""
    drivers = [driver(name, 0.8, 1.2) for name in ("policy.cap", "small", "large", "broken")]
    costs = tuple(
        HeldCost(each.path, factor, cost)
        for each, ends in zip(drivers, [(None, None), (950.0, 1_100.0), (1_000.0, 700.0),
                                        (1_000.0, None)], strict=True)
        for factor, cost in zip((0.8, 1.2), ends, strict=True)
    )  # fmt: skip
    found = [each.path for each in by_weight(drivers, Held((), as_planned, costs))]
    known = as_planned is not None
    first = ["broken", "large", "small"] if known else ["small", "large", "broken"]
    assert found == [*first, "policy.cap"]
