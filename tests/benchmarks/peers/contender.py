"""How every contender is timed: the same few lines in each one's own interpreter.

``python <contender>.py case.npz out.json [--passes N] [--build-only]`` starts with imports and one
whole pass on a one-day case, neither of which counts as a stage; then come N passes, the last of
which is solved. HiGHS is called by all of them; its ``run`` is watched, so that the same clock
tells the solve from the hand-over before and the reading back after.
"""

from __future__ import annotations

import argparse
import importlib.metadata as metadata
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import highspy
from exchange import STARTED, read_plant, write_plant


class NotSolvedError(Exception):
    """HiGHS holds the problem and was asked not to solve it."""


@dataclass
class Clock:
    """Seconds by stage, of the wall and of the processor (``solve``: all threads of HiGHS).

    Size, objective and status are those of the last problem HiGHS held.
    """

    solving: bool
    seconds: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    size: tuple[int, int, int] | None = None
    objective: float | None = None
    status: str | None = None
    inside: bool = False

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Time a stage, less what HiGHS itself took within it."""
        begun = [(d, clock, clock(), d.get("solve", 0.0)) for d, clock in self._clocks()]
        try:
            yield
        finally:
            for spent, clock, began, solved in begun:
                inside = spent.get("solve", 0.0) - solved if stage != "solve" else 0.0
                spent[stage] = spent.get(stage, 0.0) + clock() - began - inside

    def _clocks(self) -> tuple[tuple[dict[str, float], Callable[[], float]], ...]:
        return (self.seconds, time.perf_counter), (self.processor, time.process_time)

    def watched(self, run: Callable[..., Any], highs: Any, *given: Any) -> Any:
        """Call HiGHS's ``run`` and note how long it took, on what, and what came out."""
        if self.inside:
            return run(highs, *given)
        self.size = (highs.getNumRow(), highs.getNumCol(), highs.getNumNz())
        if not self.solving:
            raise NotSolvedError
        self.inside = True
        try:
            with self("solve"):
                answer = run(highs, *given)
        finally:
            self.inside = False
        self.objective = highs.getInfo().objective_function_value
        self.status = highs.modelStatusToString(highs.getModelStatus())
        return answer


Contender = Callable[[Path, Clock], float | None]
"""Reads a case, times its stages, returns the objective as the contender itself reports it."""


def compete(contender: Contender, packages: tuple[str, ...]) -> None:
    """The whole script of a contender; ``packages`` are those whose versions are reported."""
    imports = time.time() - float(os.environ.get(STARTED, time.time()))
    options = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "one_day.npz"
        write_plant(read_plant(options.case).one_day(), small)
        _pass(contender, small, solving=True)
    passes = [
        _pass(contender, options.case, solving=last and not options.build_only)
        for last in [False] * (options.passes - 1) + [True]
    ]
    clock, reported = passes[-1]
    found = {
        "imports": imports,
        "stages": [clock.seconds for clock, _ in passes],
        "processor": [clock.processor for clock, _ in passes],
        "size": clock.size,
        "objective": reported,
        "status": clock.status,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "versions": {name: metadata.version(name) for name in (*packages, "highspy")},
    }
    options.out.write_text(json.dumps(found), encoding="utf-8")


def _pass(contender: Contender, case: Path, *, solving: bool) -> tuple[Clock, float | None]:
    clock, originals = Clock(solving), {}
    for name in ("run", "solve", "optimize"):
        originals[name] = getattr(highspy.Highs, name)
        setattr(highspy.Highs, name, _watching(clock, originals[name]))
    try:
        return clock, contender(case, clock)
    except NotSolvedError:
        return clock, None
    finally:
        for name, original in originals.items():
            setattr(highspy.Highs, name, original)


def _watching(clock: Clock, run: Callable[..., Any]) -> Callable[..., Any]:
    return lambda highs, *given: clock.watched(run, highs, *given)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--passes", type=int, default=1)
    parser.add_argument("--build-only", action="store_true")
    return parser.parse_args()
