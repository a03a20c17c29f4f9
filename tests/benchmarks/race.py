"""Races: which contenders run on which cases, each time in a new process, in turn.

The contenders take turns within a round, so that a machine that is busy for a while is busy for all
of them; a ratio is taken within a round and the median over rounds is what counts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.environments import HERE, PEERS, ROOT, interpreter
from tests.benchmarks.peers.exchange import STARTED, write_plant
from tests.benchmarks.plant import make_plant

LONGEST = 900.0
"""Seconds after which a contender's process is ended and said to have failed."""
Result = dict[str, Any]
"""What one process reports: see ``peers/contender.py``; or {"failed": why}."""


@dataclass(frozen=True)
class Size:
    """A case of the family; see ``plant.make_plant``."""

    days: int
    years: int
    variants: int = 1


@dataclass(frozen=True)
class Race:
    """``passes`` of data, build and hand-over a process; the last is solved unless build_only."""

    id: str
    sizes: tuple[Size, ...]
    contenders: tuple[str, ...]
    passes: int = 1
    build_only: bool = False


@dataclass(frozen=True)
class Entry:
    """One process of a race."""

    size: Size
    contender: str
    round: int
    result: Result


def run_race(race: Race, rounds: int) -> list[Entry]:
    """All sizes, rounds and contenders of a race, in this order from outside in."""
    entries = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in race.sizes:
            case = folder / f"plant_{size.days}_{size.years}_{size.variants}.npz"
            write_plant(make_plant(size.days, size.years, size.variants), case)
            for turn in range(rounds):
                for contender in race.contenders:
                    result = _run(contender, race, case, folder / "out.json")
                    entries.append(Entry(size, contender, turn, result))
                    _tell(race, entries[-1])
    return entries


def command(contender: str) -> list[str]:
    """How a contender is started: peers by their own interpreter, ours by this one."""
    if contender in PEERS:
        return [str(interpreter(contender)), str(HERE / "peers" / f"{contender}_case.py")]
    return [sys.executable, "-m", f"tests.benchmarks.own.{contender}_case"]


def _run(contender: str, race: Race, case: Path, out: Path) -> Result:
    options = ["--passes", str(race.passes), *["--build-only"] * race.build_only]
    return run_process([*command(contender), str(case), str(out), *options], out)


def run_process(arguments: Sequence[str], out: Path, longest: float = LONGEST) -> Result:
    """Run one contender and read what it wrote; a failure is told by its last line."""
    out.unlink(missing_ok=True)
    variables = os.environ | {"PYTHONPATH": str(HERE / "peers"), STARTED: str(time.time())}
    try:
        done = subprocess.run(
            arguments, cwd=ROOT, env=variables, capture_output=True, text=True,
            check=False, timeout=longest,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"failed": f"ended after {longest:.0f} s"}
    if done.returncode != 0 or not out.exists():
        lines = done.stderr.strip().splitlines() or ["no message"]
        return {"failed": lines[-1]}
    found: Result = json.loads(out.read_text(encoding="utf-8"))
    return found


def _tell(race: Race, entry: Entry) -> None:
    stages = entry.result.get("stages", [{}])[-1]
    spent = ", ".join(f"{stage} {seconds:.3f} s" for stage, seconds in stages.items())
    size = f"{entry.size.days} days x {entry.size.years} years x {entry.size.variants}"
    ending = entry.result.get("failed", spent)
    print(f"{race.id}: {size}: {entry.contender} #{entry.round + 1}: {ending}", file=sys.stderr)


def stored(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Entries as JSON holds them."""
    return [asdict(entry) for entry in entries]


def read_entries(rows: Sequence[dict[str, Any]]) -> list[Entry]:
    """Entries from what ``stored`` gave."""
    return [Entry(**(row | {"size": Size(**row["size"])})) for row in rows]
