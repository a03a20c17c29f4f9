"""``make bench``: run the races, check that objectives agree, write docs/benchmarks.md."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from tests.benchmarks.blocks import machine_block, race_block, search_block
from tests.benchmarks.environments import CACHE, ROOT
from tests.benchmarks.measure import AGREED, lines_of
from tests.benchmarks.page import page
from tests.benchmarks.pictures import write_pictures
from tests.benchmarks.race import Entry, Race, read_entries, run_race, stored
from tests.benchmarks.races import QUICK, RACES
from tests.benchmarks.searches import (
    LIMIT,
    SEARCHES,
    Found,
    read_searches,
    run_searches,
    search_table,
    stored_searches,
)
from tests.benchmarks.tables import table

PAGE = ROOT / "docs" / "benchmarks.md"
PICTURES = ROOT / "docs" / "img"
RESULTS = CACHE / "results.json"
"""All that was measured; what is not run again keeps what it has."""


def main() -> int:
    """0, or 1 if a contender failed or solved another problem."""
    options = _arguments()
    wrong: list[str] = []
    if options.quick:
        for race in QUICK.values():
            wrong += _shown(race, run_race(race, 1))
    elif not options.write_only:
        for name in options.only or RACES:
            if name in RACES:
                entries = run_race(RACES[name], options.rounds)
                _keep(name, stored(entries))
                wrong += _shown(RACES[name], entries)
            else:
                found = run_searches(name, options.rounds, options.limit)
                _keep(name, stored_searches(found))
                print(f"\n{name}\n{search_table(found)}")
                wrong += [f"{name}: {f.result['failed']}" for f in found if "failed" in f.result]
    if not options.quick:
        _write()
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


def _kept() -> dict[str, Any]:
    known: dict[str, Any] = {}
    if RESULTS.exists():
        known = json.loads(RESULTS.read_text(encoding="utf-8"))
    return known


def _keep(name: str, rows: list[dict[str, Any]]) -> None:
    """Put one race's results beside those of the others."""
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(_kept() | {name: rows}, indent=1), encoding="utf-8")


def _write() -> None:
    """The page and its pictures from all that is kept."""
    kept = _kept()
    races: dict[str, Sequence[Entry]] = {n: read_entries(kept[n]) for n in RACES if n in kept}
    searches: dict[str, Sequence[Found]] = {
        n: read_searches(kept[n]) for n in SEARCHES if n in kept
    }
    blocks = {"machine": machine_block(races)}
    blocks |= {name: race_block(name, entries) for name, entries in races.items()}
    blocks |= {name: search_block(name, found) for name, found in searches.items()}
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), blocks), encoding="utf-8")
    write_pictures(races, searches, PICTURES)


def _shown(race: Race, entries: Sequence[Entry]) -> list[str]:
    """Print the table; say who failed or differs by more than agreed."""
    print(f"\n{race.id}\n{table(race.id, entries)}")
    failed = {f"{race.id}: {e.contender}: {e.result['failed']}": None for e in entries
              if "failed" in e.result}  # fmt: skip
    differing = [
        f"{race.id}: {line.contender} differs by {line.difference:.1e}"
        for line in lines_of(entries, "ours")
        if line.difference is not None and line.difference > AGREED
    ]
    return [*failed, *differing]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    names = [*RACES, *SEARCHES]
    parser.add_argument("--quick", action="store_true", help="tiny cases, once; writes nothing")
    parser.add_argument("--only", nargs="+", choices=names, help="these (default: all races)")
    parser.add_argument("--rounds", type=int, default=3, help="processes a contender and size")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds a search may take")
    parser.add_argument("--write-only", action="store_true", help="the page from what is kept")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
