"""``make bench``: run the races, check that objectives agree, write docs/benchmarks.md."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from tests.benchmarks.environments import CACHE, ROOT
from tests.benchmarks.measure import AGREED, lines_of
from tests.benchmarks.page import page, pictures
from tests.benchmarks.race import Entry, read_entries, run_race, stored
from tests.benchmarks.races import QUICK, RACES
from tests.benchmarks.tables import table

PAGE = ROOT / "docs" / "benchmarks.md"
PICTURES = ROOT / "docs" / "img"
RESULTS = CACHE / "results.json"
"""All that was measured; a race that is not run again keeps what it has."""


def main() -> int:
    """0, or 1 if a contender failed or solved another problem."""
    options = _arguments()
    chosen = QUICK if options.quick else RACES
    results: dict[str, Any] = {}
    if RESULTS.exists() and not options.quick:
        results = json.loads(RESULTS.read_text(encoding="utf-8"))
    ran: dict[str, list[Entry]] = {}
    for name in chosen:
        if options.only and name not in options.only:
            continue
        load = os.getloadavg()[0]
        ran[name] = run_race(chosen[name], 1 if options.quick else options.rounds)
        results[name] = {"load": load, "entries": stored(ran[name])}
        if not options.quick:
            _keep(results)
    for name, entries in ran.items():
        print(f"\n{name}\n{table(name, entries)}")
    if not options.quick:
        measured = {name: read_entries(kept["entries"]) for name, kept in results.items()}
        PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), measured), encoding="utf-8")
        pictures(measured, PICTURES)
    return _verdict(ran)


def _keep(results: dict[str, Any]) -> None:
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1), encoding="utf-8")


def _verdict(ran: dict[str, list[Entry]]) -> int:
    """Name on stderr whoever failed or differs by more than agreed."""
    wrong = [
        f"{name}: {e.contender}: {e.result['failed']}"
        for name, entries in ran.items()
        for e in entries
        if "failed" in e.result
    ]
    wrong += [
        f"{name}: {line.contender} differs by {line.difference:.1e}"
        for name, entries in ran.items()
        for line in lines_of(entries, "ours")
        if line.difference is not None and line.difference > AGREED
    ]
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny cases, once; writes nothing")
    parser.add_argument("--only", nargs="+", choices=list(RACES), help="these races alone")
    parser.add_argument("--rounds", type=int, default=3, help="processes a contender and size")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
