"""What the pictures draw: steps that meet, colours that differ, legends that fit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from optimizer.reports import charts_carbon, charts_cost, charts_day, charts_energy, palette
from optimizer.reports.page_one import binding_count, binding_table
from tests.reports.test_page_one import view_of


def test_the_way_down_ends_at_net_emissions(run_folder: Path) -> None:
    """Proves that steps meet: the last bar is net[2030]; a lost source would leave a gap."""
    view = view_of(run_folder)
    bar = charts_carbon.way_down(view, "market").figure.data[0]
    assert bar.x[-1] == pytest.approx(view.yearly("net")[-1] / 1e3)
    gross, offset = bar.x[-3], bar.x[-2]
    assert gross - offset == pytest.approx(bar.x[-1])


def test_credits_have_a_colour_of_their_own(run_folder: Path) -> None:
    """Proves that no reduction is drawn in the colour of credits."""
    view = view_of(run_folder)
    colours = charts_carbon.way_down(view, "market").figure.data[0].marker.color
    assert [c == palette.CREDITS for c in colours].count(True) == 1
    assert colours[-2] == palette.CREDITS


def test_a_source_that_grew_is_no_step_down(run_folder: Path) -> None:
    """Proves the finding where the plan emits as the baseline does: no step is named."""
    view = view_of(run_folder)
    same = type(view)(view.baseline, view.baseline, view.summary, view.inputs, "en")
    assert "no source emits less" in charts_carbon.way_down(same, "market").finding


def test_more_things_than_colours_stay_apart() -> None:
    """Proves that the 21st thing isn't drawn in the first one's colour, but in a paler one."""
    dealt = palette.palette([], [f"m{i}" for i in range(45)]).things
    assert len(set(dealt.values())) == 45


def test_a_day_tells_few_apart_and_sums_to_all(run_folder: Path) -> None:
    """Proves that folding loses nothing: bars of an hour sum to the line of end uses."""
    chart = charts_day.day(view_of(run_folder), "electricity", "july")
    *bars, line = chart.figure.data
    assert len({b.name for b in bars}) <= charts_day.MOST_SUPPLIES + charts_day.MOST_USES + 2
    np.testing.assert_allclose(np.sum([b.y for b in bars], axis=0), line.y[:-1], atol=1e-9)


def test_folding_keeps_the_largest_and_sums_the_rest() -> None:
    """Proves the order: of uses 5, 3, 2 and 1 MW the first two stay, 3 MW become the rest."""
    uses = [(("unit", str(mw)), np.array([-mw])) for mw in (1.0, 5.0, 2.0, 3.0)]
    folded = charts_day._folded(uses)
    assert [end[1] for end, _ in folded] == ["5.0", "3.0", ""]
    assert folded[-1][1] == pytest.approx(-3.0)


def test_storage_is_drawn_as_its_losses(run_folder: Path) -> None:
    """Proves 10 in, 9 out = 1 lost: a loop through the battery would hide where power goes."""
    view = view_of(run_folder)
    plan = view.plan.assign_coords(storage=["battery"])
    stored = type(view)(plan, view.baseline, view.summary, view.inputs, "en")
    power, unit = ("carrier", "electricity"), ("unit", "battery")
    rows = [(power, unit, 10.0), (unit, power, 9.0), (power, ("service", "motors"), 7.0)]
    assert charts_energy._storage_as_losses(stored, rows) == [
        (power, ("service", "motors"), 7.0), (power, ("losses", "battery"), 1.0)
    ]  # fmt: skip


def test_both_sides_of_the_costs_name_classes_in_one_order(run_folder: Path) -> None:
    """Proves capital cost first in legend and table, whichever line the model wrote first."""
    head = charts_cost.cost_table(view_of(run_folder)).head
    assert head[2] == "Capital cost"
    assert head[-1] == "Total"


def test_a_rule_at_its_limit_in_three_years_is_one_rule(run_folder: Path) -> None:
    """Proves the count and the row: one roof, full in 2028 to 2030, isn't three rules."""
    binding = [{"rule": "area:roof", "year": y, "limit": 4e4, "value": 4e4}
               for y in (2028, 2029, 2030)]  # fmt: skip
    view = view_of(run_folder, binding=binding)
    assert binding_count(view) == 1
    assert [row[1] for row in binding_table(view).rows] == ["2028, 2029, 2030"]


def test_chinese_names_the_roof(run_folder: Path) -> None:
    """Proves that no English id is left where the word is known."""
    binding = [{"rule": "area:roof", "year": 2030, "limit": 4e4, "value": 4e4}]
    assert binding_table(view_of(run_folder, "zh", binding=binding)).rows[0][0].endswith("屋顶")
