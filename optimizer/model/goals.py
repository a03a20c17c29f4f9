"""Goals of a study as expressions of the yearly layer."""

from __future__ import annotations

from typing import Any

from optimizer.inputs.goals import Goal, Standing, groups
from optimizer.model.layer import YearlyLayer, standing_builds


def goal_expression(layer: YearlyLayer, goal: Goal) -> Any:
    """The amount that a goal is about, in the unit that Goal states."""
    m = layer.model
    if goal.kind == "projects":
        return sum(m.build.values())
    if goal.kind == "capex":
        return sum(m.overnight.values())
    if goal.kind == "bought":
        return sum(_stands_for(layer, y) * m.total["import", goal.of, y] for y in layer.years)
    if goal.kind == "unlike":
        return sum(_unlike(layer, known) for known in goal.known)
    return sum(_at_the_end(layer, k) for k in groups(layer.case)[goal.of, goal.unit])


def _stands_for(layer: YearlyLayer, year: int) -> float:
    """Years that a planning year stands for [a]: the last one for the tail too."""
    money, last = layer.case.money, layer.years[-1]
    tail = money.evaluate_to - last if money.end == "extended" else 0
    return 1.0 + tail if year == last else 1.0


def _at_the_end(layer: YearlyLayer, measure: str) -> Any:
    """Capacity of a measure that stands in the last planning year: sum of what was added within
    its life [capacity]."""
    option = next(o for o in layer.case.measures if o.id == measure)
    last = layer.years[-1]
    return sum(layer.model.added[measure, v] for v in standing_builds(option, layer.years, last))


def _unlike(layer: YearlyLayer, known: Standing) -> Any:
    """Hamming distance of what stands from a known plan, the mean of the planning years:
    (1/Y) sum |on - on of the plan| [measures]. Linear, since either is 0 or 1."""
    return sum(
        1.0 - share if (option.id, year) in known else share
        for option in layer.case.measures
        for year in layer.years
        for share in (layer.model.on[option.id, year] / option.max_builds,)
    ) / len(layer.years)
