"""Plans with steps of unequal length: energy, hours of the day, bars; resolutions tried."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from optimizer.reports import charts_day, energy, numbers, section_check
from optimizer.reports.section_run import run
from optimizer.reports.tables import dispatch_days
from optimizer.reports.tables import energy as energy_table
from optimizer.reports.view import View
from tests.reports.test_page_one import view_of

LENGTHS = [6.0, 1.0, 4.0, 5.0, 8.0]
TRIED = [
    {"periods": 1, "segments": 6, "days": 5, "gap": 0.01, "full_year_cost": 9e6,
     "regret_share_of_saving": 0.031, "seconds": 4.0, "chosen": False},
    {"periods": 2, "segments": None, "days": None, "gap": None, "full_year_cost": None,
     "regret_share_of_saving": None, "seconds": 9.0, "chosen": False},
    {"periods": 4, "segments": 12, "days": 8, "gap": 0.01, "full_year_cost": 8.994e6,
     "regret_share_of_saving": None, "seconds": 5.0, "chosen": True},
]  # fmt: skip


def on_five_steps(view: View) -> View:
    """The plan's first five steps as if they were 6, 1, 4, 5 and 8 h long."""
    plan = view.plan.isel(step=slice(0, 5))
    hours = np.tile(LENGTHS, (plan.sizes["period"], 1))
    keys = [key for key in view.inputs.series if key.endswith(".ratio")]
    days = plan["day_of_period"].values
    ratios = [view.inputs.series[key].reshape(365, -1)[days, :5] for key in keys]
    plan = plan.assign(
        step_hours=(("period", "step"), hours, {"units": "h"}),
        series=(("key", "period", "step"), np.stack(ratios)),
    ).assign_coords(key=keys)
    return type(view)(plan, view.baseline, view.summary, view.inputs, "en")


def test_energy_counts_each_step_by_its_hours(run_folder: Path) -> None:
    """Proves a power of 1, 2, 3, 4, 5 MW is 6 + 2 + 12 + 20 + 40 = 80 MWh a day, 365 x 80 a year;
    five steps of 24/5 h would give 72."""
    plan = on_five_steps(view_of(run_folder)).plan
    power = np.tile([1.0, 2, 3, 4, 5], (plan.sizes["period"], 1))
    assert energy.yearly_energy(plan, power) == pytest.approx(365 * 80)
    table = energy_table(plan, "plan")
    bought = plan["import"].sel(carrier="electricity", year=2026).values
    first = table[(table["carrier"] == "electricity") & (table["year"] == 2026)]
    assert float(first["import [MWh]"].iloc[0]) == pytest.approx(energy.yearly_energy(plan, bought))


def test_a_day_is_drawn_with_steps_of_their_length(run_folder: Path) -> None:
    """Proves that bars begin at 0, 6, 7, 11 and 16 h, as wide as their steps, and that the table of
    the day says the same hours; equal bars would end at 5 h."""
    view = on_five_steps(view_of(run_folder))
    *bars, line = charts_day.day(view, "electricity", "july").figure.data
    for bar in bars:
        assert list(bar.x) == [0, 6, 7, 11, 16]
        assert list(bar.width) == LENGTHS
    assert list(line.x) == [0, 6, 7, 11, 16, 24]
    assert sorted(set(dispatch_days(view.plan)["hour"])) == [0, 6, 7, 11, 16]


def test_the_report_tells_what_auto_tried(run_folder: Path) -> None:
    """Proves a row a resolution, a dash where none was found, a mark at the one that was taken, and
    nothing at all where the typical days were given. Costs have the digits that tell a tenth of the
    largest regret: 1 % of a saving of 5 M is 50 000, so 9 M and 8.99 M are not the same."""
    view = view_of(run_folder)
    assert section_check._resolution(view) == []
    view.summary["resolution"] = {"largest_regret": 0.01, "tried": TRIED}
    view.summary["npv"]["saving"] = 5e6
    view.summary["typical_days"] = {"periods": 4, "segments": 12, "extremes": []}
    (block,) = section_check._resolution(view)
    assert block.table is not None
    assert [row[-1] for row in block.table.rows] == ["", "", "✓"]
    assert [row[1] for row in block.table.rows] == ["6 steps a day", "all steps", "12 steps a day"]
    assert "–" in block.table.rows[1]
    assert [row[4].split(numbers.THIN)[0] for row in block.table.rows] == ["9.000", "–", "8.994"]
    said = [line for each in run(view).blocks for line in getattr(each, "paragraphs", [])]
    assert any("12 steps of unequal length" in line for line in said)
