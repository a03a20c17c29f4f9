"""A sweep's page and workbook, from records given by hand."""

from __future__ import annotations

from typing import Any

import pytest
import xarray as xr

from optimizer.reports.charts_sweep import (
    costs_and_emissions,
    headline,
    in_plans,
    measures_table,
    points_table,
    view_of,
    without_plan,
)
from optimizer.reports.sweep_page import sweep_files
from optimizer.studies.subject import subject_of_case
from optimizer.studies.sweep_points import grid
from optimizer.studies.swept import Swept
from tests.studies.lumpy_plant import lumpy

MEASURES = {"good": (100.0, 1_000.0), "fair": (100.0, 4_000.0)}


def record(cost: float, tonnes: float, **built: float) -> dict[str, Any]:
    """A point with a plan, as it is stored."""
    builds = {id: {"2026": size} for id, size in built.items()}
    return {"ending": "optimal", "cost": cost, "paid": cost, "bound": cost, "seconds": 1.0,
            "builds": builds, "emissions": {"2026": tonnes}}  # fmt: skip


@pytest.fixture
def found() -> Swept:
    """Gas at half, today's and twice the price: `good` in both plans, `fair` in one; no plan at
    twice."""
    records = (record(4e6, 3_000.0, good=1.0), record(9e6, 2_000.0, good=1.0, fair=1.0),
               {"ending": "infeasible"})  # fmt: skip
    points = grid(["tariffs.gas.price*=0.5,1,2"])
    names = {"tariffs.gas.price": {"en": "Price of gas", "zh": "天然气价格"}}
    subject = subject_of_case(lumpy(MEASURES), "discounted", 0.005)
    return Swept(subject, points, records, xr.Dataset(), names)


def test_shares_are_of_points_that_have_a_plan(found: Swept) -> None:
    """Proves 2 of 2 and 1 of 2: counted over all three points, `good` would be in 67 %."""
    view = view_of(found, "en")
    rows = {row[0]: row[1].replace("\u202f", " ") for row in measures_table(view, found).rows}
    assert rows == {"good": "100 %", "fair": "50 %"}
    bars = in_plans(view, found)
    assert bars is not None
    assert list(bars.figure.data[0].x) == [100, 50]
    assert bars.finding == "Measures in every plan: 1; in some plans: 1"


def test_points_stand_where_they_cost_and_emit(found: Swept) -> None:
    """Proves kt and M of money, one colour and name a value of what is varied; the point without a
    plan is no dot, and stands in the table."""
    view = view_of(found, "en")
    chart = costs_and_emissions(view, found)
    assert chart is not None
    dots = [(dot.name, list(dot.x), list(dot.y)) for dot in chart.figure.data]
    assert dots == [("Price of gas × 0.5", [3.0], [4.0]), ("Price of gas × 1", [2.0], [9.0])]
    assert [row[-3] for row in points_table(view, found).rows] == [
        "plan found", "plan found", "no plan exists",
    ]  # fmt: skip
    assert without_plan(view, found) == ["1 × no plan exists"]
    said = headline(view, found).replace("\u202f", " ")
    assert said == (
        "tiny: 2 of 3 points have a plan; the least cost is 4.00 M EUR, the largest 9.00 M EUR"
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_workbook_has_a_row_a_point(found: Swept, lang: str) -> None:
    """Proves that a point without a plan has a row whose figures are empty, not 0."""
    files = sweep_files(found, lang)
    points = files.sheets["points"]
    assert len(points) == 3
    assert points.iloc[2, 4:].isna().all()
    assert points.iloc[:2, 4:].notna().all(axis=None)
    assert list(files.sheets["measures"].iloc[:, 0]) == ["good", "fair"]
    assert set(files.sheets["measures"].iloc[:, -1]) == {"unit" if lang == "en" else "套"}
    assert files.title in files.page
