"""The picture of seasonal stores: what they hold through the year."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from optimizer.reports.blocks import Chart
from optimizer.reports.charts_season import season_levels, seasons
from optimizer.reports.section_run import run
from optimizer.reports.view import View
from tests.reports.test_page_one import view_of

PEAK, LOW = 243, 59
"""1 September and 1 March, from 0."""


def with_stores(view: View) -> View:
    """The plan with a pit that rises to 900 MWh on 1 September and falls to 100 on 1 March, and a
    tank that was never built."""
    level = np.interp(np.arange(365), [0, LOW, PEAK, 365], [500, 100, 900, 500])
    years = view.plan.sizes["year"]
    by_day = np.stack([np.tile(level, (years, 1)), np.zeros((years, 365))])
    by_day[:, :-1] *= 0.5
    plan = view.plan.assign(
        level_by_day=(("season_store", "year", "day"), by_day, {"units": "MWh"})
    ).assign_coords(season_store=["pit", "tank"])
    return View(plan, view.baseline, view.summary, view.inputs, view.lang)


def test_the_curve_is_of_the_last_year(run_folder: Path) -> None:
    """Proves that the 365 levels of the last planning year are drawn, not half of them as in the
    years before; the finding names the days of 900 and 100 MWh, the table January first's 500."""
    view = with_stores(view_of(run_folder))
    chart = seasons(view, season_levels(view))
    (line,) = chart.figure.data
    assert line.y[PEAK] == 900
    assert len(line.y) == 365
    assert "on 09-01, 900\u202fMWh" in chart.finding
    assert "on 03-01, 100\u202fMWh" in chart.finding
    assert list(chart.table.rows[0]) == ["01-01", "500"]
    assert len(chart.table.rows) == 12


def test_a_store_that_holds_nothing_is_not_drawn(run_folder: Path) -> None:
    """Proves one line for two stores, one of which was never built, in both languages."""
    for lang in ("en", "zh"):
        view = with_stores(view_of(run_folder, lang))
        assert list(season_levels(view)) == ["pit"]
        drawn = [b.id for b in run(view).blocks if isinstance(b, Chart)]
        assert drawn.count("seasons") == 1


def test_no_picture_without_such_stores(run_folder: Path) -> None:
    """Proves that a plan without seasonal stores, or one stored before there were any, has none."""
    drawn = [b.id for b in run(view_of(run_folder)).blocks if isinstance(b, Chart)]
    assert "seasons" not in drawn
