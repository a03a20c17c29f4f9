"""How well a capex is known, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.inputs.load import load
from optimizer.schema.estimate import Accuracy, Contingency
from optimizer.schema.measure import Built
from optimizer.studies.estimates import Estimate, contingency, estimate_of, spread
from tests.workspace import put, small_measures, small_scenario, write_workspace


def estimate(folder: Path, id: str, **override: Any) -> Estimate:
    """Of a measure of the small plant, whose scenario overrides `capex.cn` of the heat pump."""
    own = {"heat_pump": {"why": "A study.", "capex": {"cn": override}}}
    scenario = put(small_scenario(), "measures.override", own) if override else small_scenario()
    bundle = load(write_workspace(folder, scenario, small_measures()))
    (measure,) = (m for m in bundle.measures if m.id == id and isinstance(m, Built))
    return estimate_of(measure, bundle)


def test_a_bare_price_is_taken_for_an_idea(tmp_path: Path) -> None:
    """Proves that nothing stated is class 5, −50 % to +100 %, marked as assumed, and that its
    contingency isn't made up."""
    assert estimate(tmp_path, "heat_pump") == Estimate(0.5, 1.0, 5, True, None, None)


def test_a_stated_class_has_its_range(tmp_path: Path) -> None:
    """Proves class 3 is −20 % to +30 %, nothing assumed; contingency of 10 % on top is 0.1 / 1.1 =
    1/11 of the capex; and that without a price of its own the price stays the catalog's."""
    found = estimate(
        tmp_path, "heat_pump", accuracy={"estimate_class": 3}, contingency={"on_top": "10 %"}
    )
    assert (found.low, found.high, found.estimate_class, found.assumed) == (0.2, 0.3, 3, False)
    assert found.contingency == pytest.approx(1 / 11)
    assert found.source is None


def test_an_own_price_is_the_company_s(tmp_path: Path) -> None:
    """Proves that an offer with ends of its own has no class, and is the company's figure."""
    given = {"price": "2300 CNY2025/kW", "accuracy": {"low": "5 %", "high": 1.5}}
    found = estimate(tmp_path, "heat_pump", **given, contingency={"included": 0.25})
    assert found == Estimate(0.05, 1.5, None, False, pytest.approx(0.2), "scenario")


def test_ends_of_a_year_are_sums() -> None:
    """Proves 100 at −20 … +30 % and 200 at −50 … +100 % may cost 20 + 100 less and 30 + 200 more;
    of 100 with an eleventh and 200 with nothing stated, 100/11 is contingency."""
    estimates = {
        "pump": Estimate(0.2, 0.3, 3, False, 1 / 11, "primary"),
        "roof": Estimate(0.5, 1.0, 5, True, None, "primary"),
    }
    asked = {"pump": 100.0, "roof": 200.0}
    assert spread(asked, estimates) == pytest.approx((-120.0, 230.0))
    assert contingency(asked, estimates) == pytest.approx(100 / 11)


def test_better_classes_are_narrower() -> None:
    """Proves that each class lies inside the next: a swapped pair would praise an idea."""
    ranges = [Accuracy(estimate_class=number).ends for number in (1, 2, 3, 4, 5)]
    assert ranges == sorted(ranges)
    assert sorted(high for _, high in ranges) == [high for _, high in ranges]


def test_contingency_on_top_raises_and_included_does_not() -> None:
    """Proves 20 % on top makes 1.2 of a price, of which a sixth is contingency; included it leaves
    the price, with the same sixth in it."""
    top, inside = Contingency(on_top=0.2), Contingency(included=0.2)
    assert (top.raises, inside.raises) == (1.2, 1.0)
    assert top.of_capex == inside.of_capex == pytest.approx(1 / 6)
