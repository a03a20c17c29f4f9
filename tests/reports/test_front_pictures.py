"""The picture of a front: each point's plan under the pointer, the knee marked and told."""

from __future__ import annotations

import pytest

from optimizer.reports import palette
from optimizer.reports.charts_pareto import cost_and_emissions, points_table, view_of
from optimizer.reports.numbers import grouped, percent
from optimizer.studies.pareto import Front, front
from optimizer.studies.plant import Plant
from tests.studies.lumpy_plant import lumpy

CHEAP_THEN_DEAR = {"a": (100.0, 1_000.0), "b": (100.0, 2_000.0), "d": (100.0, 30_000.0)}
"""t that each avoids, and its cost a year: 10, 20 and 300 a tonne."""


@pytest.fixture(scope="module")
def found() -> Front:
    return front(Plant(lumpy(CHEAP_THEN_DEAR)), 4)


def test_the_knee_is_farthest_below_the_line_between_the_ends(found: Front) -> None:
    """Proves the mark by arithmetic: from 0 to 300 t avoided for 33,000 the line is 110 a tonne.

    `a` lies 11,000 - 1,000 = 10,000 below it, `a` and `b` 22,000 - 3,000 = 19,000: the knee.
    """
    knees = [point for point in found.points if point.knee]
    assert [sorted(point.plan.built) for point in knees] == [["a", "b"]]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_pointing_at_a_point_shows_its_plan(found: Front, lang: str) -> None:
    """Proves that each mark tells tonnes, cost to two decimals, since 109.5 and 110.5 are both 110,
    and year and name of all that its plan builds; and that the finding says what the knee reaches
    and takes: 2/3 of the way for 3,000 of 33,000."""
    view = view_of(found, lang)
    chart = cost_and_emissions(view, found)
    marks = [trace for trace in chart.figure.data if trace.mode == "markers" and trace.text]
    told = {text for trace in marks for text in trace.text}
    assert len(told) == len(found.points)
    for point in found.points:
        cost = grouped(point.plan.cost / view.money.divisor, 2)
        (text,) = [t for t in told if cost in t]
        for measure, years in point.plan.built.items():
            assert f"{min(years)} {view.name(measure)}" in text
    assert percent(2 / 3) in chart.finding
    assert percent(3_000 / 33_000) in chart.finding
    knee = [trace for trace in marks if trace.marker.color == palette.VERMILION]
    assert [len(trace.x) for trace in knee] == [1]


def test_every_point_has_a_row_with_what_it_may_be_off_by(found: Front) -> None:
    """Proves that cost and bound stand side by side, so that no difference is read below them."""
    table = points_table(view_of(found, "en"), found)
    assert len(table.rows) == len(found.points)
    assert all(len(row) == len(table.head) for row in table.rows)
    assert any("Not below" in head for head in table.head)
