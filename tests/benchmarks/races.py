"""Which races there are."""

from __future__ import annotations

from tests.benchmarks.race import Race, Size

HAND_OVER = Race(
    "hand_over",
    (
        Size(4, 6), Size(12, 6), Size(36, 6), Size(365, 6),
        Size(36, 2), Size(36, 12), Size(36, 6, 2), Size(36, 6, 4),
    ),
    ("ours", "raw"),
    passes=5,
    build_only=True,
)  # fmt: skip
SIX_YEARS = Race("six_years", (Size(4, 6),), ("ours", "highs", "raw", "pypsa"))
SIX_YEARS_BUILD = Race(
    "six_years_build", (Size(12, 6), Size(36, 6)), ("ours", "pypsa"), build_only=True
)
ONE_YEAR = Race(
    "one_year",
    (Size(4, 1), Size(12, 1), Size(36, 1)),
    ("ours", "highs", "raw", "oemof", "flixopt"),
)
RACES = {race.id: race for race in (HAND_OVER, SIX_YEARS, SIX_YEARS_BUILD, ONE_YEAR)}

QUICK = {
    "hand_over": Race("hand_over", (Size(4, 2),), ("ours", "raw"), 3, True),
    "six_years": Race("six_years", (Size(1, 3),), ("ours", "highs", "raw", "pypsa")),
    "one_year": Race("one_year", (Size(2, 1),), ("ours", "highs", "raw", "oemof", "flixopt")),
}
"""The same on tiny cases, once: whether everything runs and agrees, not how fast."""
