"""Labels of plans side by side stay level and whole."""

from __future__ import annotations

from optimizer.reports.charts_plans import wrapped


def test_labels_are_cut_between_words() -> None:
    """Proves lines of at most 12 letters, no word cut, no sign read as HTML."""
    assert wrapped("Natural gas: least bought", 12) == "Natural gas:<br>least bought"
    assert wrapped("R&D <x>", 12) == "R&amp;D &lt;x&gt;"


def test_chinese_is_cut_by_width() -> None:
    """Proves that a Chinese character counts as two letters: six to a line of twelve."""
    assert wrapped("天然气外购量最少的方案", 12) == "天然气外购量<br>最少的方案"
