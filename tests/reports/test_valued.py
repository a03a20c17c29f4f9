"""What the report says where the decision weighed more than what is paid."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from optimizer.names import VALUATION
from optimizer.reports import search
from optimizer.reports.charts_cost import by_class
from optimizer.reports.html import open_run
from optimizer.reports.page_one import headline, tiles
from optimizer.reports.section_check import check
from optimizer.reports.section_cost import cost
from optimizer.reports.tables import frames
from optimizer.reports.valued import block
from optimizer.reports.view import View


def valued(run_folder: Path, lang: str = "en") -> View:
    """The made-up run with its carbon price of 90 a tonne made an internal one, 3.2 M in all."""
    view = open_run(run_folder, lang)
    lines = view.plan["cost_class"].values == "carbon"
    assert lines.sum() == 1
    names = {
        "cost_class": VALUATION,
        "cost_item": "internal_carbon_price",
    }
    changed = {
        name: ("line", np.where(lines, new, view.plan[name].values)) for name, new in names.items()
    }
    summary = {**view.summary, "valuation": 3.2e6, "gap_share_of_saving": None}
    return replace(view, plan=view.plan.assign_coords(changed), summary=summary)


def test_no_table_of_paid_cost_has_it(run_folder: Path) -> None:
    """Proves that the line is out of classes and costs.csv, and stands in valuation.csv alone."""
    view = valued(run_folder)
    assert VALUATION not in by_class(view.plan)
    found = frames(view.plan, view.baseline, view.summary)
    assert VALUATION not in set(found["costs"]["class"])
    assert set(found["valuation"]["item"]) == {"internal_carbon_price"}
    amounts = found["valuation"]["amount [CNY2025]"].tolist()
    assert amounts == pytest.approx((90.0 * view.plan["scope1"].values).tolist())
    assert "valuation" not in frames(view.baseline, view.baseline, view.summary)


def test_the_gap_is_said_to_be_of_the_decision(run_folder: Path) -> None:
    """Proves honest words in headline, tile, search and cost: none calls the gap an uncertainty of
    the paid saving, and the amount that is only valued is named."""
    plain, view = open_run(run_folder, "en"), valued(run_folder)
    assert "valued and never paid" in search.sentence(view)
    assert "3.20" in search.sentence(view)
    assert "valued" not in search.sentence(plain)
    assert "weighs more" in headline(view)
    assert "weighs more" in tiles(view)[2].limit
    assert "weighs more" not in headline(plain)
    assert "least decision cost" in cost(view).finding
    solver = check(view).blocks[0].table
    assert solver is not None
    rows = {row[0]: row[1] for row in solver.rows}
    assert "3.20" in rows["Of the decision cost: valued, never paid"]
    assert rows["Gap as a share of the saving"] == "–"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_valued_amounts_stand_by_year(run_folder: Path, lang: str) -> None:
    """Proves one block with a row a year in both languages, and none where all is paid."""
    (shown,) = block(valued(run_folder, lang))
    assert shown.table is not None
    assert len(shown.table.rows) == 5
    assert "internal_carbon_price" not in shown.table.head[1]
    assert block(open_run(run_folder, lang)) == []
