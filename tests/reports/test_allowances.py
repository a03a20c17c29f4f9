"""What the report and the tables say of allowances and certificates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer.reports.allowances import allowances
from optimizer.reports.html import open_run
from optimizer.reports.section_cost import cost
from optimizer.reports.tables import frames
from optimizer.reports.view import View


def priced(run_folder: Path, lang: str, **tonnes: float) -> View:
    """The made-up run, whose carbon price is 90 a tonne of scope 1, with the same tonnes a year."""
    view = open_run(run_folder, lang)
    each = {
        name: ("year", np.full(len(view.years), amount), {"units": "t"})
        for name, amount in tonnes.items()
    }
    return replace(view, plan=view.plan.assign(each))


def test_allowances_stand_with_their_cost(run_folder: Path) -> None:
    """Proves tonnes and money side by side: each year's cost is that of the class `carbon` alone,
    and no column of CBAM stands where no goods fall under it."""
    view = priced(run_folder, "en", carbon_covered=900.0, carbon_allocated=1200.0,
                  allowances_bought=-300.0)  # fmt: skip
    (block,) = allowances(view)
    assert block.table is not None
    assert block.heading == "Carbon price and CBAM"
    assert len(block.paragraphs) == 1
    assert list(block.table.head)[1:4] == [
        "Covered emissions [t]", "Free allocation [t]", "Allowances bought [t]",
    ]  # fmt: skip
    assert [row[1:4] for row in block.table.rows] == [["900", "1\u202f200", "−300"]] * 5
    paid = [view.yearly_money.number(90.0 * t) for t in view.plan["scope1"].values]
    assert [row[4] for row in block.table.rows] == paid
    assert block in cost(view).blocks


@pytest.mark.parametrize(("lang", "word"), [("en", "CBAM certificates"), ("zh", "CBAM证书")])
def test_cbam_says_who_pays(run_folder: Path, lang: str, word: str) -> None:
    """Proves that certificates come with the sentence on who bears them, in both languages."""
    figures: dict[str, Any] = {"cbam_embedded": 5000.0, "cbam_certificates": 140.0}
    (block,) = allowances(priced(run_folder, lang, **figures))
    assert block.table is not None
    assert any(word in name for name in block.table.head)
    assert len(block.paragraphs) == 1


def test_without_carbon_price_or_cbam_nothing_is_said(run_folder: Path) -> None:
    """Proves silence: an empty table would look like allowances of 0 t."""
    assert allowances(open_run(run_folder, "en")) == []


def test_the_table_of_allowances_is_written_where_there_are_any(run_folder: Path) -> None:
    """Proves full precision by case and year, and no such table for a run without a price."""
    view = priced(run_folder, "en", carbon_covered=900.5)
    found = frames(view.plan, view.baseline, view.summary)
    table = found["allowances"]
    assert list(table.columns) == ["case", "year", "carbon_covered [t]"]
    assert table["carbon_covered [t]"].tolist() == [900.5] * 5
    assert "allowances" not in frames(view.baseline, view.baseline, view.summary)
