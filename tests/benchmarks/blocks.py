"""The blocks of docs/benchmarks.md that are measured: what was found, a picture, a table."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence

from tests.benchmarks.environments import PEERS
from tests.benchmarks.measure import HAND_OVER, STAGES, Line, lines_of
from tests.benchmarks.pictures import RACE_PICTURES
from tests.benchmarks.race import Entry
from tests.benchmarks.searches import Found, search_findings, search_table
from tests.benchmarks.tables import NAMES, digits, reference, table


def race_block(race: str, entries: Sequence[Entry]) -> str:
    return _block(race, _findings(race, entries), race in RACE_PICTURES, table(race, entries))


def search_block(name: str, found: Sequence[Found]) -> str:
    return _block(name, search_findings(name, found), name == "growth", search_table(found))


def _block(name: str, said: Sequence[str], drawn: bool, rows: str) -> str:
    picture = [f"![The same as a picture](img/bench_{name}.png)"] * drawn
    return "\n\n".join([*said, *picture, rows])


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
        plain = [line for line in lines if (line.size.years, line.size.variants) == (6, 1)]
        return [f"Over six years {_said(plain, 'ours', NAMES['raw'])}."]
    others = [c for c in dict.fromkeys(e.contender for e in entries) if c in PEERS]
    said = [_said(lines, contender, NAMES["ours"]) for contender in others]
    if race == "six_years":
        said += [
            f"with imports counted {NAMES[line.contender]} takes {digits(line.loaded_ratio)} times"
            for line in lines
            if line.contender in others
        ]
    known = [line.difference for line in lines if line.difference is not None]
    worst = f" Objectives differ by {max(known):.0e} at most." if known else ""
    return [f"{'; '.join(said)}.{worst}"]


def _said(lines: Sequence[Line], contender: str, base: str) -> str:
    """How many times as long a contender takes, at each number of days."""
    of = [line for line in lines if line.contender == contender]
    times = ", ".join(f"{digits(line.ratio)} ({digits(line.processor_ratio)})" for line in of)
    days = ", ".join(str(line.size.days) for line in of)
    return (
        f"{NAMES[contender]} takes {times} times as long as {base} at {days} days "
        "(in brackets: in CPU time)"
    )
