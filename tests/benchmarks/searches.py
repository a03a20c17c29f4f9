"""Searches: the methods against each other on a shipped factory, and growth with days."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.measure import growth
from tests.benchmarks.race import LONGEST, Result, run_process
from tests.benchmarks.tables import digits, markdown, thousands

FULL_YEAR = 365
GAP = 0.005
LIMIT = 600.0
"""Seconds that a search may take; one that needs more counts as so much, and the table says so."""
SPARE = LONGEST
"""Seconds beyond the limit for reading the case, building, and a search slow to stop."""
DEMO = "scenarios/auto_parts_jiangsu/scenario.yaml"


@dataclass(frozen=True)
class Search:
    """Typical days (extreme days come on top; 365 is the full year), method, gap, limit [s]."""

    days: int
    method: str
    scenario: str = DEMO
    gap: float = GAP
    limit: float = LIMIT


@dataclass(frozen=True)
class Found:
    search: Search
    round: int
    result: Result


SEARCHES = {
    "methods": tuple(Search(days, m) for days in (12, 36) for m in ("direct", "decomposed")),
    "growth": tuple(Search(days, "decomposed") for days in (12, 36, 73, 146, FULL_YEAR)),
}


def run_searches(name: str, rounds: int, limit: float = LIMIT) -> list[Found]:
    """All searches of a group, in turn, each in a new process."""
    found = []
    for turn in range(rounds):
        for listed in SEARCHES[name]:
            search = Search(listed.days, listed.method, limit=limit)
            with tempfile.TemporaryDirectory() as folder:
                given, out = Path(folder) / "search.json", Path(folder) / "out.json"
                given.write_text(json.dumps(asdict(search)), encoding="utf-8")
                command = [sys.executable, "-m", "tests.benchmarks.own.search_case"]
                result = run_process([*command, str(given), str(out)], out, limit + SPARE)
            found.append(Found(search, turn, result))
            said = result.get("failed", f"{result.get('search', 0):.1f} s")
            print(f"{name}: {search.days} days: {search.method}: {said}", file=sys.stderr)
    return found


def search_table(found: Sequence[Found]) -> str:
    """One row a search: median seconds, and the worst gap that was left."""
    heads = ["typical days", "periods", "rows × columns", "method", "search", "÷ direct",
             "gap left", "ending", "MB"]  # fmt: skip
    rows = [_row(found, search) for search in dict.fromkeys(f.search for f in found)]
    return markdown(heads, rows, words=(3, 7))


def _row(found: Sequence[Found], search: Search) -> list[str]:
    results = [f.result for f in found if f.search == search]
    failed = [r["failed"] for r in results if "failed" in r]
    if failed:
        return [str(search.days), "", "", search.method, "–", "–", "–", f"failed: {failed[0]}", ""]
    spent = median(r["search"] for r in results)
    direct = [f.result.get("search") for f in found
              if (f.search.days, f.search.method) == (search.days, "direct")]  # fmt: skip
    known = [seconds for seconds in direct if seconds is not None]
    gaps = [r["gap"] for r in results]
    rows, columns, _ = results[0]["size"]
    return [
        str(search.days),
        str(results[0]["periods"]),
        f"{thousands(rows)} × {thousands(columns)}",
        search.method,
        digits(spent),
        digits(spent / median(known)) if known else "–",
        "–" if None in gaps else f"{100 * max(gaps):.2f} %",
        _endings(results, search),
        thousands(max(r["memory_mb"] for r in results)),
    ]


def _endings(results: Sequence[Result], search: Search) -> str:
    """How the searches ended; one that was stopped is said to have been."""
    endings = dict.fromkeys(r["ending"] for r in results)
    return ", ".join(
        f"stopped at {search.limit:.0f} s" if e == "time_limit" else e for e in endings
    )


def by_periods(found: Sequence[Found]) -> tuple[list[float], list[float]]:
    """(periods, median seconds) of the searches that ended with a proof."""
    proven: dict[float, list[float]] = {}
    for f in found:
        if f.result.get("ending") == "optimal":
            proven.setdefault(float(f.result["periods"]), []).append(f.result["search"])
    return list(proven), [median(seconds) for seconds in proven.values()]


def search_findings(name: str, found: Sequence[Found]) -> list[str]:
    """What the table says, where it says something."""
    periods, seconds = by_periods(found)
    if name == "growth" and len(set(periods)) > 1:
        exponent = growth(periods, seconds)[0]
        return [
            f"The time of the search grows with the number of days to the power {exponent:.2f}."
        ]
    return [_faster(found, days) for days in dict.fromkeys(f.search.days for f in found)]


def _faster(found: Sequence[Found], days: int) -> str:
    """How the methods compare on one number of days, a stopped search counted as its limit."""
    spent = {
        method: [f for f in found if (f.search.days, f.search.method) == (days, method)]
        for method in ("direct", "decomposed")
    }
    if any("failed" in f.result for each in spent.values() for f in each) or not all(
        spent.values()
    ):
        return f"{days} days: not compared."
    direct, decomposed = (
        median(min(f.result["search"], f.search.limit) for f in each) for each in spent.values()
    )
    return f"{days} days: decomposed is {digits(direct / decomposed)} times as fast as direct."


def stored_searches(found: Sequence[Found]) -> list[dict[str, Any]]:
    """Searches as JSON holds them."""
    return [asdict(f) for f in found]


def read_searches(rows: Sequence[dict[str, Any]]) -> list[Found]:
    """Searches from what ``stored_searches`` gave."""
    return [Found(**(row | {"search": Search(**row["search"])})) for row in rows]
