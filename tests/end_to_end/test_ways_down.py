"""The way down of each shipped factory: bounds and costs of separate searches agree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from optimizer.studies.pareto import front
from optimizer.studies.plant import Found, Limit, Plant
from optimizer.studies.steps import step, steps
from tests.reference.figures import bundle_of, can_load

POINTS, GAP = 5, 0.03
FACTORIES = ("auto_parts_jiangsu", "dairy_denmark", "iron_works")


@dataclass
class Heard(Plant):
    """A plant that remembers each answer: limit on tonnes, tonnes, cost and bound."""

    answers: list[tuple[float, float, float, float]] = field(default_factory=list)

    def cheapest(self, limit: Limit | None = None, **how: Any) -> Found | None:
        """As asked, remembered."""
        found = super().cheapest(limit, **how)
        if found is not None:
            most = float("inf") if limit is None else limit.tonnes
            self.answers.append((most, found.plan.tonnes, found.plan.cost, found.bound))
        return found


@pytest.mark.slow
@pytest.mark.parametrize("factory", FACTORIES)
def test_the_way_down_of_each_shipped_factory(factory: str) -> None:
    """Proves that costs are monotone within the gap across separate searches: no plan costs less
    than what another search says that any plan within its limit costs at least, and each limit is
    kept. Then that the steps add up: costs and tonnes to the difference of the ends, and what
    enters less what leaves to what the cleanest plan has."""
    if not can_load(factory):
        pytest.skip("no folder of measured data (DECARB_TEST_DATA)")
    plant = Heard.of(bundle_of(factory), 1, gap=GAP)
    points = front(plant, POINTS).points
    assert len(points) >= 3
    assert isinstance(plant, Heard)
    for most, tonnes, _, bound in plant.answers:
        assert tonnes <= most * (1 + 1e-6)
        for _, other, cost, _ in plant.answers:
            if other <= most:
                assert cost >= bound - 1e-6 * abs(bound)
    first, last = points[0].plan, points[-1].plan
    way = steps(points)
    assert sum(one.cost for one in way) == pytest.approx(last.cost - first.cost)
    assert sum(one.tonnes for one in way) == pytest.approx(first.tonnes - last.tonnes)
    assert all(one.low <= one.cost <= one.high for one in way)
    stands = set(first.chosen())
    for one in (step(points, k - 1, k) for k in range(1, len(points))):
        stands = (stands | set(one.changes.enters)) - set(one.changes.leaves)
    assert stands == set(last.chosen())
