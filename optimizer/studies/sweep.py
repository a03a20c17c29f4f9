"""Many points of one scenario, each solved by itself: the same numbers wherever and in whatever
order they are solved.

Nothing is carried over from point to point, and each search has one thread and HiGHS's fixed seed:
what a search finds must not hang on who else was asked before it. A point is stored the moment it
is done, under a name made of all that its answer rests on, so that a sweep that was stopped goes on
from there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from optimizer import __version__
from optimizer.errors import InputErrors, SolverFailure
from optimizer.files.hashes import sha256_of
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.change import Change
from optimizer.plan.live import Live
from optimizer.studies.sweep_points import Points
from optimizer.studies.sweep_task import LOST, Record, Runner, Task


@dataclass(frozen=True)
class Asked:
    """What all points share. ``gap``: a share; ``time_limit`` [s] of each search."""

    scenario: Path
    data: Path | None = None
    sets: tuple[Change, ...] = ()
    periods: int | None = None
    gap: float = 0.005
    time_limit: float | None = None


def tasks(asked: Asked, bundle: Bundle, points: Points) -> list[Task]:
    """A task a point, in their order. Raises InputErrors for a factor that is none."""
    files = {file.shown_as: sha256_of(file.path) for file in bundle.files}
    found = []
    for number in range(len(points.rows)):
        changes = (*asked.sets, *points.changes(number))
        said = [str(change) for change in changes]
        rests_on = [__version__, files, said, asked.periods, asked.gap, asked.time_limit]
        key = hashlib.sha256(json.dumps(rests_on, sort_keys=True).encode()).hexdigest()[:16]
        found.append(
            Task(key, asked.scenario, asked.data, changes, asked.periods, asked.gap,
                 asked.time_limit)
        )  # fmt: skip
    return found


def solve_point(task: Task) -> Record:
    """The plan at a point: figures as plain data, None for what is infinite.

    A point that makes no valid scenario ('invalid'), or that the solver fails on ('failed'), is a
    result that says why.
    """
    try:
        live = Live(task.scenario, data=task.data, sets=task.changes, periods=task.periods,
                    threads=1)  # fmt: skip
        answer = live.solve(task.gap, time_limit=task.time_limit)
    except InputErrors as errors:
        return {"ending": "invalid", "why": "; ".join(map(str, errors.problems))}
    except SolverFailure as failure:
        return {"ending": "failed", "why": str(failure)}
    kept = ("ending", "cost", "paid", "bound", "seconds", "builds", "emissions")
    whole = {key: asdict(answer)[key] for key in kept}
    finite = {k: None if isinstance(v, float) and not isfinite(v) else v for k, v in whole.items()}
    record: Record = json.loads(json.dumps(finite))
    return record


def run_sweep(
    wanted: Sequence[Task],
    folder: Path,
    runner: Runner,
    told: Callable[[int, int], None] = lambda done, count: None,
) -> list[Record]:
    """The record of every task, in their order; those that ``folder`` holds aren't solved again.

    ``told``: how many are done, of how many. What is done stays in the folder whatever happens.
    """
    folder.mkdir(parents=True, exist_ok=True)
    records: dict[str, Record] = {}
    for task in wanted:
        stored = folder / f"{task.key}.json"
        if stored.exists():
            records[task.key] = json.loads(stored.read_text(encoding="utf-8"))
    left = list({task.key: task for task in wanted if task.key not in records}.values())
    count = len(records) + len(left)
    told(len(records), count)
    for task, record in runner(left):
        records[task.key] = record
        if record["ending"] != LOST:
            _store(folder / f"{task.key}.json", record)
        told(len(records), count)
    return [records[task.key] for task in wanted]


def _store(path: Path, record: Mapping[str, Any]) -> None:
    """Whole or not at all, so that a sweep that is killed leaves no half a record."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps(record), encoding="utf-8")
    os.replace(part, path)
