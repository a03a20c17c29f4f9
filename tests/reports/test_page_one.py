"""What page one says, made from numbers."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from optimizer.reports import page_one
from optimizer.reports.html import open_run
from optimizer.reports.numbers import THIN as S
from optimizer.reports.view import View


def view_of(run_folder: Path, lang: str = "en", **changes: Any) -> View:
    """The made-up run with some keys of its summary replaced."""
    view = open_run(run_folder, lang)
    summary = copy.deepcopy(dict(view.summary)) | changes
    return View(view.plan, view.baseline, summary, view.inputs, lang)


def test_the_headline_says_what_the_numbers_say(run_folder: Path) -> None:
    """Proves each figure: 1 − 15 326/25 000 = 39 %; 560/25 000 = 2.2 %; uncertainty 0.44 M."""
    said = page_one.headline(view_of(run_folder))
    assert f"3 measures by 2028 cut gross emissions (market-based CO₂e) by 39{S}%" in said
    assert f"2.2{S}% of base-year emissions is offset in 2030, the limit is 5.0{S}%" in said
    assert f"cheaper than the baseline over 2026–2040, within 0.4{S}M{S}CNY." in said


def test_a_saving_below_its_uncertainty_is_no_saving(run_folder: Path) -> None:
    """Proves restraint: 0.3 M saved, known to 0.2 + 0.24 M, is no clear difference."""
    npv = {"baseline": 360e6, "plan": 359.7e6, "saving": 0.3e6}
    view = view_of(run_folder, npv=npv)
    assert "no clear difference" in page_one.headline(view)
    assert page_one.tiles(view)[2].state == "open"


def test_a_dearer_plan_is_called_dearer(run_folder: Path) -> None:
    """Proves the sign: a saving of −50 M prints as 50 M dearer, in red."""
    view = view_of(run_folder, npv={"baseline": 300e6, "plan": 350e6, "saving": -50e6})
    assert f"50.0{S}M{S}CNY dearer" in page_one.headline(view)
    assert page_one.tiles(view)[2].state == "bad"


def test_a_plan_above_its_cap_is_bad(run_folder: Path) -> None:
    """Proves that the tile judges: a cap of 15 000 t is below 15 326 t."""
    years = copy.deepcopy(list(view_of(run_folder).summary["years"]))
    years[-1]["gross_cap"] = 15_000.0
    tile = page_one.tiles(view_of(run_folder, years=years))[0]
    assert (tile.state, tile.limit) == ("bad", f"needed: at least 40{S}%")


def test_without_rules_no_limit_is_made_up(run_folder: Path) -> None:
    """Proves that null is "no limit set", never 0: a bound of 0 % would be broken by 2.2 %."""
    years = copy.deepcopy(list(view_of(run_folder).summary["years"]))
    for row in years:
        row |= {"gross_cap": None, "offset_share_bound": None, "budget": None}
    tiles = page_one.tiles(view_of(run_folder, years=years))
    assert [tiles[i].limit for i in (0, 1, 3)] == ["no limit set"] * 3


def test_without_a_full_year_check_only_the_gap_is_known(run_folder: Path) -> None:
    """Proves that a missing check adds nothing: uncertainty is the gap's 0.24 M alone."""
    view = view_of(run_folder, full_year=None)
    assert view.uncertainty == pytest.approx(view.summary["gap_money"])


def test_nothing_built_is_said(run_folder: Path) -> None:
    """Proves the empty plan: no "0 measures by" with a year of nothing."""
    assert page_one.headline(view_of(run_folder, build=[])).startswith("Nothing is built")


def test_a_rule_is_shown_in_its_own_unit(run_folder: Path) -> None:
    """Proves name, index and unit: roof area in m², a share in %, a new rule by its id; and of the
    cost of the last unit, which is unknown where no linear problem told it."""
    binding = [
        {"rule": "area:roof", "year": 2028, "limit": 38_000.0, "value": 38_000.0},
        {"rule": "offset_share", "year": 2030, "limit": 0.05, "value": 0.05,
         "marginal": 103.28, "marginal_unit": "money/t"},
        {"rule": "new_rule", "year": 2030, "limit": 2.0, "value": 2.0},
    ]  # fmt: skip
    rows = page_one.binding_table(view_of(run_folder, binding=binding)).rows
    assert rows[0] == ["Area of the site: roof", "2028", f"38{S}000{S}m²", f"38{S}000{S}m²", "–"]
    assert rows[1] == ["Offset limit", "2030", f"5.0{S}%", f"5.0{S}%", "103 CNY/t"]
    assert rows[2] == ["new_rule", "2030", "2.00", "2.00", "–"]
