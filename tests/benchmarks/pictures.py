"""The pictures of docs/benchmarks.md."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import plotly.graph_objects as go

from optimizer.reports.chart import picture
from optimizer.reports.palette import BLUE, GREEN, MUTED, ORANGE, PURPLE, SKY, VERMILION
from tests.benchmarks.measure import HAND_OVER, STAGES, by_days, growth, lines_of
from tests.benchmarks.race import Entry
from tests.benchmarks.searches import Found, by_periods
from tests.benchmarks.tables import NAMES, digits, thousands

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


def write_pictures(
    races: dict[str, Sequence[Entry]], searches: dict[str, Sequence[Found]], folder: Path
) -> None:
    """Write a picture of each that has one; without a browser the old ones stay."""
    figures = {name: draw(races[name]) for name, draw in RACE_PICTURES.items() if name in races}
    if "growth" in searches:
        figures["growth"] = _draw_growth(searches["growth"])
    for name, figure in figures.items():
        figure.update_layout(width=760, margin={"l": 60, "r": 20, "t": 70, "b": 50})
        try:
            figure.write_image(folder / f"bench_{name}.png", scale=1.5)
        except Exception as problem:
            print(f"no picture of {name}: {problem}", file=sys.stderr)


def _draw_hand_over(entries: Sequence[Entry]) -> go.Figure:
    lines = lines_of(entries, "raw", HAND_OVER)
    traces = []
    for contender in ("ours", "raw"):
        days, seconds = by_days(lines, contender)
        traces.append(
            go.Scatter(
                x=days, y=seconds, name=NAMES[contender], mode="lines+markers",
                line={"color": COLOURS[contender]},
            )
        )  # fmt: skip
    ratios = [line.ratio for line in lines if line.contender == "ours" and line.size.days == 365]
    figure = picture(traces, "seconds to build and hand over, six years")
    figure.update_xaxes(type="log", title={"text": "days of 24 h"}, tickvals=[4, 12, 36, 365])
    figure.update_yaxes(type="log", dtick=1)
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
    slowest = max(lines, key=lambda line: line.ratio)
    title = (
        f"{slowest.size.days} days: {NAMES[slowest.contender]} takes {digits(slowest.ratio)} times "
        "as long as Decarb"
    )
    figure = picture(traces, "")
    figure.update_layout(barmode="stack", title=title)
    figure.update_xaxes(title={"text": "seconds, imports left out"}, showgrid=True)
    return figure


def _draw_growth(found: Sequence[Found]) -> go.Figure:
    periods, seconds = by_periods(found)
    figure = picture([], "seconds to a proven gap of 0.5 %")
    figure.add_scatter(
        x=periods, y=seconds, mode="markers", name="measured", marker={"color": BLUE}
    )
    if len(set(periods)) > 1:
        exponent, factor = growth(periods, seconds)
        ends = [min(periods), max(periods)]
        fitted = [factor * end**exponent for end in ends]
        figure.add_scatter(
            x=ends, y=fitted, mode="lines", line={"color": MUTED, "dash": "dot"},
            name=f"{digits(factor)} s × days^{exponent:.2f}",
        )  # fmt: skip
        figure.update_layout(title=f"Time grows with days to the power {exponent:.2f}")
    figure.update_xaxes(
        type="log", title={"text": "days, extreme days included"}, tickvals=sorted(set(periods))
    )
    figure.update_yaxes(type="log", tickvals=[10, 20, 50, 100, 200, 500])
    return figure


RACE_PICTURES = {"hand_over": _draw_hand_over, "six_years": _draw_stages, "one_year": _draw_stages}
