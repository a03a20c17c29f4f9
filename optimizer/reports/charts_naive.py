"""The naive curve: measures alone added up, with the tonnes that it counts twice."""

from __future__ import annotations

import math

import plotly.graph_objects as go

from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Chart, Table, numbers_from
from optimizer.reports.chart import picture, safe
from optimizer.reports.heights import readable
from optimizer.reports.study_view import KILO, StudyView, titled
from optimizer.studies.cost_curve import CostCurve
from optimizer.studies.naive import Naive

HEADROOM, LINE = 1.4, 0.07  # of the tallest bar; of the picture's height, a line of text
LEGEND_ROW, LEGEND_COLUMNS = 19, 3  # pixels; names side by side
ROOM = 0.7  # of the width: marks further right have their words on the left


def naive(view: StudyView, curve: CostCurve) -> Chart | None:
    """Each measure alone, by money per tonne; None unless it was asked for."""
    found = curve.naive
    if found is None:
        return None
    costs = {
        one.id: view.per_tonne(one.cost or 0.0, one.tonnes or 0.0)
        for one in curve.standalone
        if one.abates
    }
    height = 380 + LEGEND_ROW * math.ceil(len(found.order) / LEGEND_COLUMNS)
    figure = picture(_bars(view, found, costs), view.per_tonne_unit, height)
    real = curve.front.baseline.tonnes - curve.front.points[-1].plan.tonnes
    _lines(view, figure, found, real)
    low = min([0.0, *costs.values()])
    high = max(0.0, readable((costs[id], tonnes) for id, tonnes in found.order))
    top = high + (HEADROOM - 1) * (high - low)
    figure.update_yaxes(range=[1.05 * low, top], tickformat=",.4~r")
    _beyond(figure, found, costs, top)
    figure.update_xaxes(
        title=titled(view.say("naive.axis", tonnes=view.tonnes)), tickformat=",.4~r"
    )
    figure.update_layout(margin={"b": 60})
    table = _table(view, found, costs)
    return Chart("naive", _finding(view, found), view.say("naive.note"), figure, table)


def _beyond(figure: go.Figure, found: Naive, costs: dict[str, float], top: float) -> None:
    """Money per tonne of each bar that goes on above the picture."""
    at, row = 0.0, len(("target", "real", "twice"))
    for id, tonnes in found.order:
        at += tonnes
        if costs[id] > top:
            figure.add_annotation(
                text=f"↑ {numbers.grouped(costs[id])}", showarrow=False, font={"size": 10},
                x=(at - tonnes / 2) / KILO, xanchor="right", yref="paper", y=1 - LINE * row,
                yanchor="top",
            )  # fmt: skip
            row += 1


def _bars(view: StudyView, found: Naive, costs: dict[str, float]) -> list[object]:
    at, bars = 0.0, list[object]()
    for id, tonnes in found.order:
        name = safe(view.name(id))
        bars.append(
            go.Bar(
                x=[(at + tonnes / 2) / KILO],
                y=[costs[id]],
                width=[tonnes / KILO],
                name=name,
                marker={"color": view.colours[id], "line": {"color": palette.PAPER, "width": 1}},
                hovertemplate="%{fullData.name}: %{y:,.4~r}<extra></extra>",
            )
        )
        at += tonnes
    return bars


def _lines(view: StudyView, figure: go.Figure, found: Naive, real: float) -> None:
    """The target, what can really be avoided, and the tonnes beyond it; a label a line of text."""
    marks = [(found.target, "target", palette.CAP), (real, "real", palette.INK)]
    for row, (tonnes, key, colour) in enumerate(marks):
        figure.add_vline(x=tonnes / KILO, line={"color": colour, "dash": "dot"})
        figure.add_annotation(_label(view, found, key, tonnes, row))
    if found.claimed > real:
        figure.add_vrect(
            x0=real / KILO, x1=found.claimed / KILO, line_width=0,
            fillcolor=palette.tint(palette.CAP, 0.12),
        )  # fmt: skip
        figure.add_annotation(_label(view, found, "twice", found.claimed, len(marks)))


def _label(view: StudyView, found: Naive, key: str, tonnes: float, row: int) -> dict[str, object]:
    """Words at the `row`-th line from the top, on the side of `tonnes` that has room for them."""
    left = tonnes < ROOM * found.claimed
    return {
        "text": view.say(f"naive.{key}"), "showarrow": False, "font": {"size": 11},
        "x": tonnes / KILO, "xanchor": "left" if left else "right", "xshift": 4 if left else -4,
        "yref": "paper", "y": 1 - LINE * row, "yanchor": "top", "bgcolor": palette.PAPER,
    }  # fmt: skip


def _finding(view: StudyView, found: Naive) -> str:
    """What becomes of who builds down the naive order."""
    if found.avoided >= found.target:
        more = view.money.shown(found.cost - found.optimum)
        return view.say("naive.met", count=len(found.chosen), money=more)
    missing = numbers.percent(1 - found.avoided / found.target)
    if found.until_cost is None:
        return view.say("naive.never", count=len(found.chosen), missing=missing)
    return view.say(
        "naive.missed", count=len(found.chosen), missing=missing, all=len(found.until_met or ()),
        money=view.money.shown(found.until_cost - found.optimum),
    )  # fmt: skip


def _table(view: StudyView, found: Naive, costs: dict[str, float]) -> Table:
    keys = ("measure", "each", "tonnes", "claimed")
    head = [view.say(f"naive.{key}_column", per=view.per_tonne_unit) for key in keys]
    rows, claimed = [], 0.0
    for id, tonnes in found.order:
        claimed += tonnes
        figures = map(numbers.grouped, (costs[id], tonnes, claimed))
        rows.append([view.name(id), *figures])
    return Table(view.say("naive.table"), head, rows, numbers_from(4))
