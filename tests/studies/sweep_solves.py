"""Stand-ins for the solve of a sweep's point, in a module that workers can import."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from optimizer.studies.sweep_task import Record, Task


def squared(task: Task) -> Record:
    """The square of a number in the task's only change."""
    return {"ending": "optimal", "cost": float(task.changes[0].operand) ** 2}


def dies_once(task: Task) -> Record:
    """The same, but the worker that first takes 3 dies; ``data`` is a folder to note that in."""
    assert task.data is not None
    if task.changes[0].operand == "3" and _first_time(task.data / "died"):
        os.kill(os.getpid(), signal.SIGKILL)
    return squared(task)


def always_dies(task: Task) -> Record:
    """The same, but whoever takes 3 dies."""
    if task.changes[0].operand == "3":
        os.kill(os.getpid(), signal.SIGKILL)
    return squared(task)


def _first_time(mark: Path) -> bool:
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
