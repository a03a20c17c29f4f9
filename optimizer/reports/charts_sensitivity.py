"""What the cost of a plan hangs on, one driver at a time: the tornado."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import plotly.graph_objects as go

from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Chart, Table
from optimizer.reports.chart import picture, safe
from optimizer.reports.sensitivity_words import percent_of
from optimizer.reports.study_view import StudyView, titled
from optimizer.studies.sensitivity import Point, Sensitivity, Swing
from optimizer.words import inside

ROW, LEAST_HEIGHT = 36, 220  # pixels
ENDS: Final[Mapping[str, str]] = {"low": palette.SKY, "high": palette.VERMILION}
"""Colour of each end of a driver."""


def view_of(found: Sensitivity, lang: str) -> StudyView:
    """The study in one language, money in the scale of the widest swing."""
    widths = [max(map(abs, end)) for s in found.swings for end in (s.low, s.high) if end]
    return StudyView(found.subject, lang, max(widths, default=abs(found.base.cost or 0.0)))


def headline(view: StudyView, found: Sensitivity) -> str:
    """How many measures are in every plan tested, and which driver moves the cost most."""
    always = sum(role.kind == "always" for role in found.roles)
    said = view.say("sensitivity.headline", always=always, tested=found.tested,
                    all=len(found.roles))  # fmt: skip
    return view.say("compare.sentences").join([said, *_most(view, found)])


def _most(view: StudyView, found: Sensitivity) -> list[str]:
    """The end of a driver that moves the cost most, and the interval of that; that all is noise;
    nothing where no end has a plan."""
    ends = [(swing, end) for swing in found.swings for end in ENDS if getattr(swing, end)]
    if not ends:
        return []
    swing, end = max(ends, key=lambda each: abs(_middle(*each)))
    low, high = getattr(swing, end)
    if low <= 0 <= high:
        return [view.say("sensitivity.finding_noise")]
    more = view.say("sensitivity.dearer" if low > 0 else "sensitivity.cheaper")
    apart = view.interval(low, high) if low > 0 else view.interval(-high, -low)
    return [
        view.say(
            "sensitivity.finding", driver=inside(swing.driver.name[view.lang]), more=more,
            change=percent_of(getattr(swing.driver, end)),
            amount=f"{apart}{numbers.THIN}{view.money.label}",
        )
    ]  # fmt: skip


def _middle(swing: Swing, end: str) -> float:
    """What the optimum costs more at an end, the middle of its interval [money]."""
    return float(sum(getattr(swing, end))) / 2


def _finding(view: StudyView, found: Sensitivity) -> list[str]:
    """Ends of drivers at which no plan keeps the rules; the end that moves the cost most."""
    ends = [
        f"{inside(swing.driver.name[view.lang])} {percent_of(getattr(swing.driver, end))}"
        for swing in found.swings
        for end in ENDS
        if end_of(swing, end).status == "no_plan"
    ]
    joint = view.say("list.separator")
    said = [view.say("sensitivity.finding_none", ends=joint.join(ends))] if ends else []
    return [*_most(view, found), *said]


def tornado(view: StudyView, found: Sensitivity) -> Chart:
    """What the optimum costs more at either end of each driver, the widest first."""
    labels = [safe(swing.driver.name[view.lang]) for swing in found.swings]
    bars = [_bars(view, found, end, labels) for end in ENDS]
    figure = picture(bars, "", max(LEAST_HEIGHT, ROW * len(labels) + 120))
    axis = view.say("sensitivity.axis", unit=view.money.label)
    figure.update_layout(barmode="overlay", margin={"t": 46, "b": 50}, showlegend=True)
    figure.update_xaxes(title=titled(axis), zeroline=True, showgrid=True, tickformat=",~r")
    figure.update_yaxes(title=None, autorange="reversed", type="category",
                        categoryorder="array", categoryarray=labels)  # fmt: skip
    for swing, label in zip(found.swings, labels, strict=True):
        _mark_missing(view, figure, swing, label)
    finding = view.say("compare.sentences").join(_finding(view, found)) or headline(view, found)
    return Chart(
        "tornado", finding, view.say("sensitivity.note"), figure, swings_table(view, found)
    )


def end_of(swing: Swing, end: str) -> Point:
    """The plan at an end of a driver."""
    return swing.points[0 if end == "low" else -1]


def _mark_missing(view: StudyView, figure: go.Figure, swing: Swing, label: str) -> None:
    """Say beside 0 at which end there is no plan, on the side that the other end's bar leaves."""
    for end, other in (("low", "high"), ("high", "low")):
        span, bar = getattr(swing, end), getattr(swing, other)
        if span is not None:
            continue
        left = end == "low" if bar is None else sum(bar) > 0
        status = view.say(f"compare.status.{end_of(swing, end).status}")
        figure.add_annotation(
            x=0, y=label, text=f"{percent_of(getattr(swing.driver, end))}: {safe(status)}",
            xanchor="right" if left else "left", xshift=-6 if left else 6, showarrow=False,
            font={"size": 11, "color": palette.CAP}, bgcolor=palette.PAPER,
        )  # fmt: skip


def _bars(view: StudyView, found: Sensitivity, end: str, labels: list[str]) -> go.Bar:
    """One end of every driver that has a plan there, with the interval of both searches."""
    rows = [(label, getattr(s, end), getattr(s.driver, end))
            for label, s in zip(labels, found.swings, strict=True)]  # fmt: skip
    shown = [(label, span, factor) for label, span, factor in rows if span is not None]
    scale = view.money.divisor
    return go.Bar(
        y=[label for label, _, _ in shown],
        x=[(span[0] + span[1]) / 2 / scale for _, span, _ in shown],
        error_x={"array": [(span[1] - span[0]) / 2 / scale for _, span, _ in shown],
                 "color": palette.INK, "thickness": 1.5, "width": 4},
        orientation="h", name=view.say(f"sensitivity.{end}"), marker={"color": ENDS[end]},
        customdata=[percent_of(factor) for _, _, factor in shown],
        hovertemplate="%{customdata}: %{x:+.3g} ± %{error_x.array:.2g}<extra></extra>",
    )  # fmt: skip


def swings_table(view: StudyView, found: Sensitivity) -> Table:
    """A row a driver: its range, and what the optimum costs more at either end."""
    unit = view.money.label
    head = [view.say(f"sensitivity.{key}") for key in ("driver", "range")]
    head += [view.say(f"sensitivity.at_{end}", unit=unit) for end in ENDS]
    rows = [
        [swing.driver.name[view.lang],
         f"{percent_of(swing.driver.low)} … {percent_of(swing.driver.high)}",
         _span(view, swing, "low"), _span(view, swing, "high")]
        for swing in found.swings
    ]  # fmt: skip
    return Table(view.say("sensitivity.table"), head, rows, frozenset({2, 3}))


def _span(view: StudyView, swing: Swing, end: str) -> str:
    """The interval of a difference, or why there is none."""
    span = getattr(swing, end)
    if span is None:
        return view.say(f"compare.status.{end_of(swing, end).status}")
    return view.interval(*span)
