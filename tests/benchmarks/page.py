"""The blocks and pictures of docs/benchmarks.md: what was measured and nothing else."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import plotly.graph_objects as go

from optimizer.reports.chart import picture
from optimizer.reports.palette import BLUE, GREEN, MUTED, ORANGE, PURPLE, SKY, VERMILION
from tests.benchmarks.measure import HAND_OVER, STAGES, Line, growth, lines_of
from tests.benchmarks.race import Entry
from tests.benchmarks.tables import NAMES, digits, reference, table, thousands

Measured = Mapping[str, Sequence[Entry]]
COLOURS = {
    "ours": BLUE,
    "raw": MUTED,
    "highs": SKY,
    "pypsa": VERMILION,
    "oemof": ORANGE,
    "flixopt": PURPLE,
}
STAGE_COLOURS = {"data": SKY, "build": GREEN, "hand": ORANGE, "solve": MUTED}
STAGE_NAMES = {"data": "data", "build": "build", "hand": "hand-over", "solve": "solve in HiGHS"}
MARK = "<!-- {}: {} -->"
"""Around each block of the page that is written anew: its name, and begins or ends."""


def page(text: str, measured: Measured) -> str:
    """The page with its blocks written anew; those of races never run stay as they are.

    Raises ValueError for a block without its marks.
    """
    blocks = {race: _block(race, entries) for race, entries in measured.items()}
    for name, block in (blocks | {"machine": _machine(measured)}).items():
        begins, ends = MARK.format(name, "begins"), MARK.format(name, "ends")
        before, found, rest = text.partition(begins)
        _, closed, after = rest.partition(ends)
        if not (found and closed):
            raise ValueError(f"the page has no place for '{name}': {begins} … {ends}")
        text = f"{before}{begins}\n{block}\n{ends}{after}"
    return text


def _block(race: str, entries: Sequence[Entry]) -> str:
    """What was found, the picture, the table."""
    said = _findings(race, entries)
    picture = [f"![{said[0]}](img/bench_{race}.png)"] * (race in PICTURES)
    return "\n\n".join([*said, *picture, table(race, entries)])


def _machine(measured: Measured) -> str:
    versions: dict[str, str] = {}
    for entries in measured.values():
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
        days, seconds = _by_days(lines, "ours")
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


def _by_days(lines: Sequence[Line], contender: str) -> tuple[list[float], list[float]]:
    """(days, seconds) of a contender on six years with one make each."""
    of = [
        line
        for line in lines
        if line.contender == contender and (line.size.years, line.size.variants) == (6, 1)
    ]
    return [line.size.days for line in of], [line.total for line in of]


def pictures(measured: Measured, folder: Path) -> None:
    """Write the pictures of the races that have one; without a browser the old ones stay."""
    for race, draw in PICTURES.items():
        if race in measured:
            figure = draw(measured[race])
            figure.update_layout(width=760)
            try:
                figure.write_image(folder / f"bench_{race}.png", scale=1.5)
            except Exception as problem:
                print(f"no picture of {race}: {problem}", file=sys.stderr)


def _draw_hand_over(entries: Sequence[Entry]) -> go.Figure:
    lines = lines_of(entries, "raw", HAND_OVER)
    traces = []
    for contender in ("ours", "raw"):
        days, seconds = _by_days(lines, contender)
        traces.append(
            go.Scatter(
                x=days, y=seconds, name=NAMES[contender], mode="lines+markers",
                line={"color": COLOURS[contender]},
            )
        )  # fmt: skip
    ratios = [line.ratio for line in lines if line.contender == "ours" and line.size.days == 365]
    figure = picture(traces, "seconds to build and hand over, six years")
    figure.update_xaxes(type="log", title={"text": "days of 24 h"}, tickvals=[4, 12, 36, 365])
    figure.update_yaxes(type="log")
    if ratios:
        figure.update_layout(title=f"A full year takes {digits(ratios[0])} times the floor")
    return figure


def _draw_stages(entries: Sequence[Entry]) -> go.Figure:
    lines = lines_of(entries, "ours")
    lines = [line for line in lines if line.size == lines[-1].size][::-1]
    names = [f"{NAMES[line.contender]} ({thousands(line.shape[0])} rows)" for line in lines]
    traces = [
        go.Bar(
            x=[line.seconds.get(stage, 0.0) for line in lines], y=names, orientation="h",
            name=STAGE_NAMES[stage], marker={"color": STAGE_COLOURS[stage]},
        )
        for stage in STAGES
    ]  # fmt: skip
    figure = picture(traces, "")
    figure.update_layout(barmode="stack")
    figure.update_xaxes(title={"text": "seconds, imports left out"}, showgrid=True)
    return figure


PICTURES = {"hand_over": _draw_hand_over, "six_years": _draw_stages, "one_year": _draw_stages}
