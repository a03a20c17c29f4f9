"""What the plan hangs on, one driver at a time: the tornado, and which measures move."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import plotly.graph_objects as go

from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Chart, Plain, Table
from optimizer.reports.chart import picture, safe
from optimizer.reports.study_view import StudyView, titled
from optimizer.studies.roles import Role, Threshold
from optimizer.studies.sensitivity import Point, Sensitivity, Swing

ROW, LEAST_HEIGHT = 36, 220  # pixels
NOTHING: Final = 1e-5
"""Of the widest swing: less is no change."""
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
    return view.say("compare.sentences").join([said, *_finding(view, found)[-1:]])


def _finding(view: StudyView, found: Sensitivity) -> list[str]:
    """Drivers at whose ends no plan keeps the rules; the one that moves the cost most."""
    ends = [
        f"{swing.driver.name[view.lang]} {percent_of(getattr(swing.driver, end))}"
        for swing in found.swings
        for end in ENDS
        if end_of(swing, end).status == "no_plan"
    ]
    joint = view.say("list.separator")
    said = [view.say("sensitivity.finding_none", ends=joint.join(ends))] if ends else []
    top = next((s for s in found.swings if s.low and s.high), None)
    if top is not None:
        said.append(view.say("sensitivity.finding", driver=top.driver.name[view.lang]))
    return said


def driver_name(view: StudyView, found: Sensitivity, path: str) -> str:
    """A driver's name; its path where the study has no name for it."""
    names = {swing.driver.path: swing.driver.name[view.lang] for swing in found.swings}
    return names.get(path, path)


def percent_of(factor: float) -> str:
    """A factor as a change: 1.2 is "+20 %"."""
    sign = "+" if factor > 1 else ""
    return f"{sign}{numbers.percent(factor - 1, 1)}"


def tornado(view: StudyView, found: Sensitivity) -> Chart:
    """What the optimum costs more at either end of each driver, the widest first."""
    labels = [safe(swing.driver.name[view.lang]) for swing in found.swings]
    bars = [_bars(view, found, end, labels) for end in ENDS]
    figure = picture(bars, "", max(LEAST_HEIGHT, ROW * len(labels) + 120))
    axis = view.say("sensitivity.axis", unit=view.money.label)
    figure.update_layout(barmode="overlay", margin={"t": 46, "b": 50}, showlegend=True)
    figure.update_xaxes(title=titled(axis), zeroline=True, showgrid=True)
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
            font={"size": 11, "color": palette.CAP},
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
    if max(map(abs, span)) < NOTHING * view.largest:
        return numbers.grouped(0)
    unsure = (span[1] - span[0]) / 10
    low, high = (view.money.number(x, unsure) for x in span)
    if low == high:
        return low
    key = "compare.noise" if span[0] <= 0 <= span[1] else "compare.interval"
    return view.say(key, low=low, high=high)


def roles_table(view: StudyView, found: Sensitivity) -> Table:
    """A row a measure: what becomes of it, in how many plans, and its thresholds."""
    head = [view.say("word.measure"), view.say("sensitivity.role"), view.say("sensitivity.plans"),
            view.say("sensitivity.threshold")]  # fmt: skip
    rows = [
        [view.name(role.id), view.say(f"sensitivity.role.{role.kind}"),
         view.say("sensitivity.of", plans=role.plans, tested=role.tested),
         _thresholds(view, found, role)]
        for role in found.roles
    ]  # fmt: skip
    return Table(view.say("sensitivity.measures"), head, rows)


def _thresholds(view: StudyView, found: Sensitivity, role: Role) -> str:
    said = [_threshold(view, found, each) for each in role.thresholds]
    return view.say("compare.list").join(said) or numbers.NOTHING


def _threshold(view: StudyView, found: Sensitivity, each: Threshold) -> str:
    """ "Price of gas: in at +5 %, out at +10 %"."""
    return view.say("sensitivity.in_out", driver=driver_name(view, found, each.path),
                    present=percent_of(each.present), absent=percent_of(each.absent))  # fmt: skip


def roles_block(view: StudyView, found: Sensitivity) -> Plain:
    """The table of measures, with the ranges over which they were tested."""
    tested = view.say("sensitivity.tested", tested=found.tested, drivers=len(found.swings))
    return Plain(view.say("sensitivity.measures"), [tested], roles_table(view, found))
