"""What remains, split by a ceiling: the plant of audited_plant.py, whose budget bars one measure.

Of its savings cheap costs 4.79 a tonne, large 4.22 and costly 41.32; large's 190,000 are more than
the budget of 150,000 a year. The plan has cheap alone and emits 2190 x 0.95 = 2080.5 t a year.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from optimizer.inputs import case as c
from optimizer.plan.settings import Listener, Settings
from optimizer.solve.live import LiveSearch
from optimizer.studies import compare_residual
from optimizer.studies.compare_residual import Yardsticks
from optimizer.studies.residual import Yardstick, shown, split
from tests.model.solving import close
from tests.studies.audited_plant import CEILING, YEARS, gross_with, plant

REMAINING = [gross_with("cheap")] * len(YEARS)
FACTS: dict[str, Any] = {"typical_days": None}


def yardsticks(given: float | None) -> Yardsticks:
    """None asked about yet; the search itself decides how."""
    return Yardsticks(Settings("full", gap=1e-6), Listener(), LiveSearch(), given)


def without_ceiling() -> c.Case:
    """The plant under a policy that has no ceiling of its own."""
    case = plant()
    return replace(case, policy=replace(case.policy, ceiling=None))


def parts(found: Yardstick | None) -> tuple[float, float]:
    """Residual and unabated emissions of the last year [t]."""
    assert found is not None
    residual, unabated = split(REMAINING, found.least, found.price)
    return float(residual[-1]), float(unabated[-1])


def test_a_measure_that_the_budget_bars_is_unabated() -> None:
    """Proves the split at 15 a tonne: without the budget large is built beside cheap, so
    2190 x 0.95 x 0.92 = 1914.06 t are residual and 2080.5 - 1914.06 = 166.44 t unabated. With the
    budget left in the way all of 2080.5 t would pass as residual."""
    residual, unabated = parts(yardsticks(15.0).of(without_ceiling(), FACTS))
    assert residual == close(1914.06)
    assert residual == close(gross_with("cheap", "large"))
    assert unabated == close(166.44)


def test_what_no_measure_below_the_ceiling_avoids_is_residual() -> None:
    """Proves the other end: at 4 a tonne not even large, 4.22, is worth its money: the plant emits
    2190 t, more than remains, and all 2080.5 t that do are residual; none is unabated."""
    residual, unabated = parts(yardsticks(4.0).of(without_ceiling(), FACTS))
    assert residual == close(2080.5)
    assert unabated == close(0.0)


def test_a_policys_own_ceiling_comes_before_the_one_given() -> None:
    """Proves whose ceiling splits: the policy's 15 leaves 1914.06 t; the 4 given would call all
    residual. A policy without one takes the one given, and nothing where none is."""
    measure = yardsticks(4.0)
    own, other = measure.of(plant(), FACTS), measure.of(without_ceiling(), FACTS)
    assert own is not None
    assert (own.of, own.price) == ("policy", (CEILING, CEILING))
    assert parts(own)[0] == close(1914.06)
    assert other is not None
    assert (other.of, other.price) == ("command", (4.0, 4.0))
    assert yardsticks(None).of(without_ceiling(), FACTS) is None


def test_one_search_serves_all_policies_of_a_ledger_and_ceiling(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Proves the count: three policies at 15, own or given, capped or not, need one search; the
    other ledger needs a second. A search a plan would be four."""
    asked: list[c.Case] = []
    search = compare_residual.search

    def counted(case: c.Case, *rest: Any) -> Any:
        asked.append(case)
        return search(case, *rest)

    monkeypatch.setattr(compare_residual, "search", counted)
    measure, free = yardsticks(CEILING), without_ceiling()
    capped = replace(free, policy=replace(free.policy, gross_cap=(2100.0, 2100.0)))
    ledger = "location" if free.policy.ledger == "market" else "market"
    other = replace(free, policy=replace(free.policy, ledger=ledger))
    found = [measure.of(case, FACTS) for case in (plant(), free, capped, other)]
    assert len(asked) == 2
    assert len({one.least for one in found[:3] if one is not None}) == 1


def test_nothing_is_residual_that_isnt_shown_to_be() -> None:
    """Proves both edges: without a plan at the ceiling all 100 t are unabated, and a plant that
    could emit less than nothing leaves no residue below 0."""
    residual, unabated = split([100.0, 100.0], None, (15.0, 15.0))
    assert np.array_equal(residual, [0.0, 0.0])
    assert np.array_equal(unabated, [100.0, 100.0])
    residual, unabated = split([100.0, 100.0], (-20.0, 30.0), (15.0, 15.0))
    assert np.array_equal(residual, [0.0, 30.0])
    assert np.array_equal(unabated, [100.0, 70.0])


def test_a_year_without_a_ceiling_leaves_nothing_residual() -> None:
    """Proves that silence shows nothing: the search for what is above the ceiling has no price in
    2026 and emits all 90 t that it likes. As residual they would be open to any credit."""
    residual, unabated = split([100.0, 100.0], (90.0, 40.0), (None, 15.0))
    assert np.array_equal(residual, [0.0, 40.0])
    assert np.array_equal(unabated, [100.0, 60.0])


def test_a_search_that_stops_early_shows_nothing() -> None:
    """Proves the tenth: 1,000 t at 15 weigh 15,000 in the first year, 9,000 with 0.6 in the second,
    24,000 in all. With 2,400 left open between cost and bound they are shown, with 2,401 not; in
    years without a ceiling tonnes are worth nothing, so that 900 left open is enough there."""
    gross, weight = (1000.0, 1000.0), (1.0, 0.6)
    assert shown(gross, (15.0, 15.0), weight, 2_400.0) == gross
    assert shown(gross, (15.0, 15.0), weight, 2_401.0) is None
    assert shown(gross, (None, 15.0), weight, 900.0) == gross
    assert shown(gross, (None, 15.0), weight, 901.0) is None
