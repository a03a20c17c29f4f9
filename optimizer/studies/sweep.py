"""Many points of one scenario: the same numbers wherever and in whatever order they are solved.

Points go in tasks of ``TOGETHER`` neighbours. Within a task each learns from those before it, as
questions to a live model do; between tasks nothing is carried over, and each search has one thread
and HiGHS's fixed seed: what a search finds must hang on the table of points alone. A task is stored
the moment it is done, under a name made of all that its answers rest on, so that a sweep that was
stopped goes on from there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from math import isfinite
from pathlib import Path
from typing import Final

from optimizer import __version__
from optimizer.errors import InputErrors, SolverFailure
from optimizer.files.hashes import sha256_of
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.change import Change
from optimizer.plan.live import Live
from optimizer.studies.sweep_points import Points
from optimizer.studies.sweep_task import LOST, Record, Records, Runner, Task
from optimizer.threads import one_thread

FAILED: Final = "failed"
TOGETHER: Final = 8
"""Points of a task. The first of a task is solved from nothing: a cold solve of the demo takes as
long as about seven answers that build on it. Never of the number of workers: see above."""


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
    """The points in tasks, in their order. Raises InputErrors for a factor that is none."""
    files = {file.shown_as: sha256_of(file.path) for file in bundle.files}
    shared = [__version__, files, [*map(str, asked.sets)], asked.periods, asked.gap]
    changes = [points.changes(number) for number in range(len(points.rows))]
    found = []
    for first in range(0, len(changes), TOGETHER):
        these = tuple(changes[first : first + TOGETHER])
        rests_on = [*shared, asked.time_limit, [[*map(str, each)] for each in these]]
        key = hashlib.sha256(json.dumps(rests_on, sort_keys=True).encode()).hexdigest()[:16]
        found.append(
            Task(key, asked.scenario, asked.data, asked.sets, these, asked.periods, asked.gap,
                 asked.time_limit)
        )  # fmt: skip
    return found


def solve_task(task: Task) -> Records:
    """The plans at the points of a task: figures as plain data, None for what is infinite.

    A point that makes no valid scenario ('invalid'), or that the solver fails on ('failed'), is a
    result that says why; after a failure the next point begins from nothing.
    """
    records = []
    with one_thread():
        live = _live(task)
        for changes in task.points:
            record = _solved(live, changes, task)
            records.append(record)
            if record["ending"] == FAILED:
                live = _live(task)
    return records


def _live(task: Task) -> Live:
    return Live(task.scenario, data=task.data, sets=task.sets, periods=task.periods, threads=1)


def _solved(live: Live, changes: Sequence[Change], task: Task) -> Record:
    try:
        answer = live.what_if(*changes, gap=task.gap, time_limit=task.time_limit)
    except InputErrors as errors:
        return {"ending": "invalid", "why": "; ".join(map(str, errors.problems))}
    except SolverFailure as failure:
        return {"ending": FAILED, "why": str(failure)}
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
    """The record of every point, in their order; tasks that ``folder`` holds aren't solved again.

    ``told``: how many points are done, of how many. What is done stays in the folder whatever
    happens.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, Records] = {}
    for task in wanted:
        stored = folder / f"{task.key}.json"
        if stored.exists():
            found[task.key] = json.loads(stored.read_text(encoding="utf-8"))
    left = list({task.key: task for task in wanted if task.key not in found}.values())
    count = sum(map(len, found.values())) + sum(len(task.points) for task in left)
    told(sum(map(len, found.values())), count)
    for task, records in runner(left):
        found[task.key] = records
        if all(record["ending"] != LOST for record in records):
            _store(folder / f"{task.key}.json", records)
        told(sum(map(len, found.values())), count)
    return [record for task in wanted for record in found[task.key]]


def _store(path: Path, records: Records) -> None:
    """Whole or not at all, so that a sweep that is killed leaves no half a record."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps(records), encoding="utf-8")
    os.replace(part, path)
