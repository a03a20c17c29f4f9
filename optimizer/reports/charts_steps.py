"""A staircase of tonnes: levels and changes from one to the next, read downwards."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import plotly.graph_objects as go

from optimizer.reports import numbers
from optimizer.reports.chart import picture, safe
from optimizer.reports.view import View

KILO = 1e3  # t per kt
LABEL_WIDTH = 26  # letters a line beside a step
STEP_HEIGHT = 30  # pixels


@dataclass(frozen=True)
class Step:
    """A bar of the way down from `start` to `end`, t a year; a total starts at 0."""

    label: str
    start: float
    end: float
    colour: str

    @property
    def total(self) -> bool:
        """Whether the bar is a level, no change."""
        return self.start == 0.0


def staircase(view: View, steps: list[Step]) -> go.Figure:
    """One row a step, read downwards, with its tonnes at the right end of the bar."""
    trace = go.Bar(
        orientation="h",
        y=list(range(len(steps))),
        base=[min(s.start, s.end) / KILO for s in steps],
        x=[abs(s.end - s.start) / KILO for s in steps],
        marker={"color": [s.colour for s in steps]},
        width=0.7,
        hoverinfo="skip",
    )
    figure = picture([trace], "", 60 + STEP_HEIGHT * len(steps))
    for i, s in enumerate(steps):
        figure.add_annotation(
            x=max(s.start, s.end) / KILO, y=i, text=_kilo(s), showarrow=False,
            xanchor="left", xshift=5, font={"size": 11},
        )  # fmt: skip
    rows = [[safe(line) for line in textwrap.wrap(s.label, LABEL_WIDTH)] for s in steps]
    figure.update_yaxes(
        autorange="reversed", tickmode="array", tickvals=list(range(len(steps))), showgrid=False,
        ticktext=["<br>".join(lines) for lines in rows], zeroline=False,
    )  # fmt: skip
    top = max(max(s.start, s.end) for s in steps) / KILO
    low = min(0.0, *(min(s.start, s.end) for s in steps)) / KILO
    figure.update_xaxes(
        range=[low, 1.12 * max(top, 1e-3)], showgrid=True,
        title={"text": view.say("axis.emissions"), "font": {"size": 11}},
    )  # fmt: skip
    figure.update_layout(showlegend=False, margin={"t": 8})
    return figure


def _kilo(step: Step) -> str:
    """kt of a level; with its sign, of a change. Less than half a tonne is 0."""
    tonnes = step.end - step.start
    if abs(tonnes) < 0.5:
        return "0"
    sign = "+" if tonnes > 0 and not step.total else ""
    return sign + numbers.significant(tonnes / KILO)
