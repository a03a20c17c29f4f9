"""From processes to figures: medians, ratios, agreement, growth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from tests.benchmarks.race import Entry, Result, Size

STAGES = ("data", "build", "hand", "solve")
HAND_OVER = ("build", "hand")
AGREED = 1e-6
"""Relative difference of objectives within which two contenders solved the same problem."""


@dataclass(frozen=True)
class Line:
    """Medians of one contender on one size; seconds, MB. ``imports`` is what a new process takes
    before the first stage. ``ratio`` is to the reference, over the stages asked for;
    ``processor_ratio`` the same in processor time, which a busy machine stretches less;
    ``loaded_ratio`` the same with imports."""

    contender: str
    size: Size
    imports: float
    seconds: dict[str, float]
    total: float
    ratio: float
    processor_ratio: float
    loaded_ratio: float
    memory: float
    shape: tuple[int, int, int]
    objective: float | None
    difference: float | None


def seconds_of(result: Result, clock: str = "stages") -> dict[str, float]:
    """Median over the passes of a process, by stage; the solve, which only the last has, as is.

    ``clock``: "stages" for the wall, "processor" for the processor.
    """
    passes: list[dict[str, float]] = result[clock]
    return {
        stage: median(p[stage] for p in passes if stage in p)
        for stage in STAGES
        if any(stage in p for p in passes)
    }


def lines_of(
    entries: Sequence[Entry], reference: str, stages: Sequence[str] = STAGES
) -> list[Line]:
    """One line a contender and size that never failed; ratios and differences to ``reference``."""
    by_place = {(e.size, e.contender, e.round): e.result for e in entries}
    ran = dict.fromkeys((e.size, e.contender) for e in entries)
    failed = {(e.size, e.contender) for e in entries if "failed" in e.result}
    lines = []
    for size, contender in ran:
        if (size, contender) in failed or (size, reference) in failed:
            continue
        turns = sorted({e.round for e in entries if (e.size, e.contender) == (size, contender)})
        own = [by_place[size, contender, turn] for turn in turns]
        theirs = [by_place[size, reference, turn] for turn in turns]
        lines.append(_line(contender, size, own, theirs, stages))
    return lines


def _line(
    contender: str, size: Size, own: list[Result], theirs: list[Result], stages: Sequence[str]
) -> Line:
    spent = [seconds_of(result) for result in own]
    pairs = list(zip(own, theirs, strict=True))
    objective, wanted = own[-1]["objective"], theirs[-1]["objective"]
    return Line(
        contender=contender,
        size=size,
        imports=median(result["imports"] for result in own),
        seconds={stage: median(s[stage] for s in spent) for stage in spent[0]},
        total=median(_over(s, stages) for s in spent),
        ratio=median(_ratio(mine, other, stages, "stages") for mine, other in pairs),
        processor_ratio=median(_ratio(mine, other, stages, "processor") for mine, other in pairs),
        loaded_ratio=median(
            (mine["imports"] + _over(seconds_of(mine), stages))
            / (other["imports"] + _over(seconds_of(other), stages))
            for mine, other in pairs
        ),
        memory=median(result["memory_mb"] for result in own),
        shape=tuple(own[-1]["size"]),
        objective=objective,
        difference=None if objective is None else abs(objective - wanted) / abs(wanted),
    )


def _ratio(mine: Result, other: Result, stages: Sequence[str], clock: str) -> float:
    return _over(seconds_of(mine, clock), stages) / _over(seconds_of(other, clock), stages)


def _over(seconds: dict[str, float], stages: Sequence[str]) -> float:
    return sum(seconds.get(stage, 0.0) for stage in stages)


def by_days(lines: Sequence[Line], contender: str) -> tuple[list[float], list[float]]:
    """(days, seconds) of a contender on six years with one make each."""
    of = [
        line
        for line in lines
        if line.contender == contender and (line.size.years, line.size.variants) == (6, 1)
    ]
    return [line.size.days for line in of], [line.total for line in of]


def growth(sizes: Sequence[float], seconds: Sequence[float]) -> tuple[float, float]:
    """(exponent, factor) of seconds = factor x size^exponent: least squares in logarithms.

    Raises ValueError for fewer than two different sizes.
    """
    if len(set(sizes)) < 2:
        raise ValueError("growth needs two different sizes")
    exponent, level = np.polyfit(np.log(sizes), np.log(seconds), 1)
    return float(exponent), float(np.exp(level))
