"""Measures one by one against the baseline, and what adding them up counts twice."""

from __future__ import annotations

import plotly.graph_objects as go

from optimizer.reports import numbers, palette
from optimizer.reports.beside_marks import sides
from optimizer.reports.blocks import Chart, Plain, Table, numbers_from
from optimizer.reports.chart import picture, safe
from optimizer.reports.study_view import KILO, StudyView, titled
from optimizer.studies.alone import FULL, Alone
from optimizer.studies.cost_curve import CostCurve

NAMED = 7  # measures whose names stand in the picture
COLUMNS = (
    "measure", "tonnes", "cumulative", "life", "npv", "npv_most", "each", "capex",
    "planned_tonnes", "planned_npv", "mark",
)  # fmt: skip


def kind(one: Alone) -> str:
    """What a measure alone is: it saves money, is dominated, costs, avoids nothing, or unknown."""
    if one.tonnes is None:
        return "unknown"
    if not one.abates:
        return "nothing"
    if one.saves:
        return "dominated" if one.dominated else "saver"
    return "costly"


def alone(view: StudyView, curve: CostCurve) -> Chart:
    """Present value against tonnes, each measure alone: no ranking, for savers have none."""
    looks = {
        "saver": ("circle", palette.GREEN), "dominated": ("circle-open", palette.GREEN),
        "costly": ("square", palette.VERMILION),
    }  # fmt: skip
    named = _named(view, curve)
    traces = []
    for key, (symbol, colour) in looks.items():
        chosen = [one for one in curve.standalone if kind(one) == key]
        if chosen:
            traces.append(
                go.Scatter(
                    x=[(one.tonnes or 0.0) / KILO for one in chosen],
                    y=[-(one.cost or 0.0) / view.money.divisor for one in chosen],
                    mode="markers+text",
                    name=view.say(f"alone.{key}"),
                    text=[safe(view.name(one.id)) if one.id in named else "" for one in chosen],
                    hovertext=[safe(view.name(one.id)) for one in chosen],
                    textposition=[named.get(one.id, "top right") for one in chosen],
                    cliponaxis=False,
                    textfont={"size": 10},
                    marker={"symbol": symbol, "size": 10, "color": colour},
                    error_y={
                        "type": "data",
                        "symmetric": False,
                        "color": palette.MUTED,
                        "thickness": 1,
                        "array": [_range(one)[0] / view.money.divisor for one in chosen],
                        "arrayminus": [_range(one)[1] / view.money.divisor for one in chosen],
                    },
                    hovertemplate="%{hovertext}: %{x:,.3~r} kt, %{y:,.3~r}<extra></extra>",
                )
            )
    figure = picture(traces, view.say("alone.axis_npv", unit=view.money.label), 420)
    figure.update_xaxes(title=titled(view.say("curve.axis_avoided", tonnes=view.tonnes)),
                        showgrid=True, tickformat=",.4~r", rangemode="tozero")  # fmt: skip
    figure.update_layout(margin={"b": 60})
    savers = [one for one in curve.standalone if one.saves]
    said = view.say("alone.finding", count=len(savers), all=len(curve.standalone))
    note = view.say("alone.note", share=numbers.percent(FULL))
    return Chart("alone", said, note, figure, alone_table(view, curve))


def _range(one: Alone) -> tuple[float, float]:
    """By how much the net present value may be more, and less, than that of the plan found."""
    if one.cost is None or one.low is None or one.high is None:
        return 0.0, 0.0
    return one.cost - one.low, one.high - one.cost


def _named(view: StudyView, curve: CostCurve) -> dict[str, str]:
    """Side of its mark on which each name stands that has room for it, the largest first."""
    known = [one for one in curve.standalone if one.tonnes is not None]
    marks = {one.id: (one.tonnes or 0.0, -(one.cost or 0.0)) for one in known}
    names = {id: view.name(id) for id in _largest(curve) if id in marks}
    return {id: side for id, side in sides(marks, names).items() if side is not None}


def _largest(curve: CostCurve) -> list[str]:
    """Those that stand farthest from zero, the farthest first."""
    money = max([abs(one.cost or 0.0) for one in curve.standalone], default=0.0) or 1.0
    tonnes = max([abs(one.tonnes or 0.0) for one in curve.standalone], default=0.0) or 1.0
    far = {
        one.id: abs(one.cost or 0.0) / money + abs(one.tonnes or 0.0) / tonnes
        for one in curve.standalone
    }
    return sorted(far, key=lambda id: -far[id])[:NAMED]


def alone_table(view: StudyView, curve: CostCurve) -> Table:
    """A row a measure; money per tonne only for those that cost money."""
    head = [
        view.say(f"alone.{key}_column", unit=view.money.label, per=view.per_tonne_unit)
        for key in COLUMNS
    ]
    rows = [_alone_row(view, one) for one in curve.standalone]
    return Table(view.say("alone.table"), head, rows, numbers_from(len(head) - 1))


def _alone_row(view: StudyView, one: Alone) -> list[str]:
    each = numbers.NOTHING
    if kind(one) == "costly":
        each = numbers.grouped(view.per_tonne(one.cost or 0.0, one.tonnes or 0.0))
    planned = [numbers.NOTHING] * 2
    if one.as_planned is not None:
        planned = [numbers.grouped(one.as_planned[0]), view.money.number(-one.as_planned[1])]
    name = view.name(one.id)
    if one.needs:
        name = view.say("alone.with", name=name, needs=view.names(one.needs))
    tonnes = [numbers.NOTHING if t is None else numbers.grouped(t)
              for t in (one.tonnes, one.cumulative)]  # fmt: skip
    worth = [numbers.NOTHING if cost is None else view.money.number(-cost)
             for cost in (one.cost, one.low)]  # fmt: skip
    return [
        name, *tonnes, view.lives([one.id]), *worth, each, view.money.number(one.capex), *planned,
        view.say(f"alone.{kind(one)}"),
    ]  # fmt: skip


def interaction(view: StudyView, curve: CostCurve) -> Plain | None:
    """What is lost by interaction, in tonnes and in money; None without a plan."""
    loss = curve.loss
    if loss is None:
        return None
    rows = [
        [view.say(f"loss.{key}"), numbers.grouped(sums.tonnes), view.money.number(sums.money)]
        for key, sums in loss.rows()
    ]
    head = ["", view.say("loss.tonnes"), view.say("loss.money", unit=view.money.label)]
    said = [view.say("loss.note")]
    if loss.left_out:
        said.append(view.say("loss.left_out", names=view.names(loss.left_out)))
    return Plain(
        view.say("loss.heading"),
        said,
        Table(view.say("loss.heading"), head, rows, frozenset({1, 2})),
    )
