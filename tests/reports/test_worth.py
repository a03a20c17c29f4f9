"""What the plan earns, in the report, the tables and on the terminal."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from optimizer.reports.charts_cash import earned
from optimizer.reports.html import open_run
from optimizer.reports.tables import frames
from optimizer.reports.view import View
from optimizer.reports.workbook import _worth
from optimizer.reports.worth import levelised_block, payback_sentence, tax_block, worth_table
from tests.reports.fake_cash import AFTER_TAX
from tests.reports.fake_run import BUILT


def view_of(run_folder: Path, lang: str = "en", **figures: Any) -> View:
    """The made-up run, some figures of its worth replaced."""
    view = open_run(run_folder, lang)
    summary = copy.deepcopy(dict(view.summary))
    summary["worth"] |= figures
    return View(view.plan, view.baseline, summary, view.inputs, lang)


def test_bars_are_what_is_spent_and_earned(run_folder: Path) -> None:
    """Proves the picture: in 2026 LED and PV, 14.9 M, are below the line, and the last point of the
    sum so far is all bars together."""
    view = view_of(run_folder)
    chart = earned(view)
    equipment, other, so_far = chart.figure.data
    spent = BUILT["led"][2] + BUILT["rooftop_pv"][2]
    assert equipment.y[0] * view.money.divisor == pytest.approx(-spent)
    assert so_far.y[-1] == pytest.approx(np.sum(equipment.y) + np.sum(other.y))
    assert len(chart.table.rows) == 15
    assert "2030" in chart.note


def test_the_table_of_worth_adds_up(run_folder: Path) -> None:
    """Proves that cash to 2030 and after it are all cash, as stated in the summary."""
    npv = view_of(run_folder).summary["worth"]["npv"]
    assert npv["to_last"] + npv["after"] == pytest.approx(npv["cash"])
    rows = {row[0]: row[1:] for row in worth_table(view_of(run_folder)).rows}
    assert rows["Internal rate of return, real"][1] == "% a year"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("reason", ["no_sign_change", "receives_first", "several_rates", "no_rate"])
def test_no_rate_of_return_says_why(run_folder: Path, lang: str, reason: str) -> None:
    """Proves a dash and the reason in words, never an id and never a 0."""
    view = view_of(run_folder, lang, irr={"value": None, "reason": reason})
    row = worth_table(view).rows[4]
    assert row[1] == "–"
    assert row[2] == view.say(f"worth.reason.{reason}")
    assert reason not in row[2]


def test_payback_in_words(run_folder: Path) -> None:
    """Proves three sentences: after 4.2 years, at once, not at all."""
    words = [
        payback_sentence(view_of(run_folder, payback={"value": v, "reason": r}))
        for v, r in ((4.21, None), (0.0, None), (None, "not_within"))
    ]
    assert words[0].endswith("back after 4.2 years")
    assert words[1].startswith("At no time")
    assert words[2].endswith("isn't back by 2040")


def test_levelised_costs_are_named_and_never_invented(run_folder: Path) -> None:
    """Proves 250 for the PV and, for a heat pump on heat made elsewhere, why there is no figure."""
    (block,) = levelised_block(view_of(run_folder))
    assert block.table is not None
    assert [row[-1] for row in block.table.rows] == ["250", "takes what another unit makes"]
    assert levelised_block(view_of(run_folder, levelised=[])) == []


def test_the_workbook_has_rates_and_paybacks(run_folder: Path) -> None:
    """Proves 9 % and 8.4 years after tax, and the reason beside an empty cell where the rate before
    tax is undefined."""
    worth = view_of(run_folder).summary["worth"] | {"irr": {"value": None, "reason": "no_rate"}}
    rows = {name: (value, unit) for name, value, unit in _worth(worth, "en")}
    assert rows["irr_after_tax"] == (0.09, "%")
    assert rows["payback_after_tax"] == (8.4, "a")
    assert rows["irr"] == (None, "undefined: no rate brings the worth to 0")
    assert len(_worth(worth | {"after_tax": None}, "en")) == 2


def test_a_table_of_cash_to_the_last_year(run_folder: Path) -> None:
    """Proves a row a line and year to 2040 and that plan less baseline is the difference."""
    view = open_run(run_folder, "en")
    table = frames(view.plan, view.baseline, view.summary)["cash_flow"]
    assert sorted(set(table["year"])) == list(range(2026, 2041))
    sides = [table[f"{side} [CNY2025]"] for side in ("plan", "baseline", "difference")]
    pd.testing.assert_series_equal(sides[0] - sides[1], sides[2], check_names=False)


@pytest.mark.parametrize("inflation", [None, 0.02])
@pytest.mark.parametrize("losses", ["carried", "refused", "relieved"])
def test_tax_says_how_it_was_counted(
    run_folder: Path, losses: str, inflation: float | None
) -> None:
    """Proves that the table stands with what becomes of losses, and that without inflation the
    report says that tax is understated."""
    taxed = AFTER_TAX | {"losses": losses, "inflation": inflation}
    view = view_of(run_folder, after_tax=taxed)
    (block,) = tax_block(view)
    assert block.table is not None
    assert len(block.table.rows) == 15
    assert view.say(f"tax.losses_{losses}") in block.paragraphs
    assert ("understated" in " ".join(block.paragraphs)) == (inflation is None)


def test_without_a_tax_nothing_is_said_of_it(run_folder: Path) -> None:
    """Proves that cash before tax stands alone where the scenario has no tax."""
    view = view_of(run_folder, after_tax=None)
    assert tax_block(view) == []
    assert not any("After tax" in row[0] for row in worth_table(view).rows)
