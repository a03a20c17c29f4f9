"""The blocks of docs/benchmarks.md that are measured: what was found, a picture, a table."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence

from tests.benchmarks.measure import HAND_OVER, STAGES, by_days, growth, lines_of
from tests.benchmarks.pictures import RACE_PICTURES
from tests.benchmarks.race import Entry
from tests.benchmarks.searches import Found, search_findings, search_table
from tests.benchmarks.tables import NAMES, digits, reference, table


def race_block(race: str, entries: Sequence[Entry]) -> str:
    return _block(race, _findings(race, entries), race in RACE_PICTURES, table(race, entries))


def search_block(name: str, found: Sequence[Found]) -> str:
    return _block(name, search_findings(name, found), name == "growth", search_table(found))


def _block(name: str, said: Sequence[str], drawn: bool, rows: str) -> str:
    alt = said[0] if said else name
    return "\n\n".join([*said, *[f"![{alt}](img/bench_{name}.png)"] * drawn, rows])


def machine_block(races: Mapping[str, Iterable[Entry]]) -> str:
    """What it ran on, in general words, and every version that took part."""
    versions: dict[str, str] = {}
    for entries in races.values():
        for entry in entries:
            for name, version in entry.result.get("versions", {}).items():
                label = f"{name} ({NAMES[entry.contender]})" if name == "linopy" else name
                versions[label] = version
    known = ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))
    python = platform.python_version()
    return f"Machine: {os.cpu_count()} cores, {platform.system()}, Python {python}; {known}."


def _findings(race: str, entries: Sequence[Entry]) -> list[str]:
    """What the table says, in a sentence or two made from its numbers."""
    lines = lines_of(entries, reference(race), HAND_OVER if race == "hand_over" else STAGES)
    if race == "hand_over":
        said = [
            f"{line.size.days} days {digits(line.ratio)}×"
            for line in lines
            if line.contender == "ours" and (line.size.years, line.size.variants) == (6, 1)
        ]
        days, seconds = by_days(lines, "ours")
        grown = f" Ours grows with days to the power {growth(days, seconds)[0]:.2f}."
        return [f"Against the floor, six years: {', '.join(said)}.{grown * (len(days) > 1)}"]
    size = lines[-1].size
    said = [
        f"{NAMES[line.contender]} takes {digits(line.ratio)} times as long as Decarb"
        for line in lines
        if line.size == size and line.contender not in ("ours", "highs", "raw")
    ]
    worst = max((line.difference or 0.0 for line in lines), default=0.0)
    agreed = [] if race == "six_years_build" else [f"All objectives agree to {worst:.0e}."]
    return [" ".join([f"At {size.days} days: {'; '.join(said)}.", *agreed])] if said else agreed
