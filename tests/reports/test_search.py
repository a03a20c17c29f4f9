"""What page one says of the search: proven within the gap asked for, or stopped short of it."""

from __future__ import annotations

from pathlib import Path

from optimizer.reports import search
from optimizer.reports.html import render
from optimizer.reports.numbers import THIN as S
from tests.reports.test_page_one import view_of

STOPPED = {
    "status": "feasible", "stopped_by": "time_limit", "gap": 0.0072, "gap_asked": 0.005,
    "gap_money": 1.08e6, "seconds": {"build": 3.0, "search": 60.4},
}  # fmt: skip


def test_a_search_short_of_its_gap_is_told_on_page_one(run_folder: Path) -> None:
    """Proves plain words: 60 s, 0.72 % reached, 0.50 % asked, at most 1.1 M dearer; in red."""
    view = view_of(run_folder, **STOPPED)
    said = search.sentence(view)
    assert said.startswith(f"Stopped after 60{S}s with a gap of 0.72{S}%; 0.50{S}% was asked")
    assert f"at most 1.1{S}M{S}CNY dearer" in said
    page = render(view)
    assert page.index('class="searched short"') < page.index('class="tiles"')


def test_an_optimal_plan_says_so(run_folder: Path) -> None:
    """Proves the other answer: "Optimal within a gap of 0.08 %", and no warning colour."""
    view = view_of(run_folder, gap_asked=0.001)
    assert search.sentence(view).startswith(f"Optimal within a gap of 0.08{S}%; 0.10{S}% was asked")
    assert 'class="searched short"' not in render(view)


def test_a_run_that_does_not_say_what_was_asked_invents_nothing(run_folder: Path) -> None:
    """Proves that a summary without `gap_asked` prints no "was asked"."""
    assert "was asked" not in search.sentence(view_of(run_folder))


def test_a_gap_asked_in_money_is_shown_in_money(run_folder: Path) -> None:
    """Proves that 200 000 CNY prints as 0.200 M CNY, not as a share of 0 %."""
    view = view_of(run_folder, gap_asked=None, gap_money_asked=200_000.0)
    assert f"0.200{S}M{S}CNY was asked" in search.sentence(view)


def test_a_stop_by_hand_is_told_in_chinese(run_folder: Path) -> None:
    """Proves the cause of the stop in the reader's language."""
    said = search.sentence(view_of(run_folder, "zh", **STOPPED | {"stopped_by": "interrupted"}))
    assert "被人工中止" in said
    assert f"要求 0.50{S}%" in said


def test_without_a_bound_no_gap_is_claimed(run_folder: Path) -> None:
    """Proves honesty: no bound, no "at most … dearer", in every section that speaks of the gap."""
    none = {"gap": None, "gap_money": None, "bound": None, "gap_share_of_saving": None}
    page = render(view_of(run_folder, **STOPPED | none))
    assert "before any lower bound was known" in page
    assert "no lower bound was known" in page
    assert "dearer than the cheapest of" not in page


def test_the_full_years_difference_is_told_with_its_sign(run_folder: Path) -> None:
    """Proves "less" for a negative difference: 0.2 M saved on the full year."""
    check = {"cost_difference": -0.2e6, "cost_difference_share": -0.002, "unmet": {},
             "added_days": 0, "tightened_caps": []}  # fmt: skip
    assert f"0.20{S}M{S}CNY less" in search.on_every_day(view_of(run_folder, full_year=check))
    assert "not checked" in search.on_every_day(view_of(run_folder, full_year=None))
    assert search.on_every_day(view_of(run_folder, full_year=None, axis="full")) == ""
