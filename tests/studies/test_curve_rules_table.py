"""The table of rules in docs/cost_curves.md names each rule, and tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (M-\d\d) .*\| ([^|]*) \|$", re.MULTILINE)


def test_every_rule_of_an_honest_curve_has_a_test() -> None:
    """Proves that M-01 to M-13 each have a row whose tests exist: a renamed or deleted test would
    leave its rule unguarded."""
    page = (ROOT / "docs" / "cost_curves.md").read_text(encoding="utf-8")
    rows = dict(ROW.findall(page))
    assert list(rows) == [f"M-{number:02}" for number in range(1, 14)]
    files = (ROOT / "tests").rglob("test_*.py")
    there = set(
        re.findall(r"def (test_\w+)", "\n".join(f.read_text(encoding="utf-8") for f in files))
    )
    for rule, cell in rows.items():
        named = re.findall(r"`(test_\w+)`", cell)
        assert named, rule
        assert set(named) <= there, rule
