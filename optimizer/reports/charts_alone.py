"""Pictures of measures one by one: alone, left out, and added up as they must not be."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Chart, Plain, Table, numbers_from
from optimizer.reports.chart import picture, safe
from optimizer.reports.study_view import KILO, StudyView, titled
from optimizer.studies.alone import FULL, Alone
from optimizer.studies.cost_curve import CostCurve
from optimizer.studies.left_out import LeftOut

ROW, NAMED = 27, 7  # pixels; measures whose names stand in the picture


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
    named = _large(curve)
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
                    textposition=_sides(chosen, named),
                    cliponaxis=False,
                    textfont={"size": 10},
                    marker={"symbol": symbol, "size": 10, "color": colour},
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


def _sides(chosen: Sequence[Alone], named: set[str]) -> list[str]:
    """Where each name stands: left of a mark far to the right, and of two neighbours one above
    and one below, so that long names don't meet."""
    most = max(one.tonnes or 0.0 for one in chosen)
    order = sorted((one.tonnes or 0.0, one.id) for one in chosen if one.id in named)
    below = {id for _, id in order[1::2]}
    return [
        f"{'bottom' if one.id in below else 'top'} "
        f"{'left' if (one.tonnes or 0.0) > most / 2 else 'right'}"
        for one in chosen
    ]


def _large(curve: CostCurve) -> set[str]:
    """Those that stand far enough from zero for their names to be read."""
    money = max([abs(one.cost or 0.0) for one in curve.standalone], default=0.0) or 1.0
    tonnes = max([abs(one.tonnes or 0.0) for one in curve.standalone], default=0.0) or 1.0
    far = {
        one.id: abs(one.cost or 0.0) / money + abs(one.tonnes or 0.0) / tonnes
        for one in curve.standalone
    }
    return set(sorted(far, key=lambda id: -far[id])[:NAMED])


def alone_table(view: StudyView, curve: CostCurve) -> Table:
    """A row a measure; money per tonne only for those that cost money."""
    keys = ("measure", "tonnes", "npv", "each", "capex", "planned_tonnes", "planned_npv", "mark")
    head = [
        view.say(f"alone.{key}_column", unit=view.money.label, per=view.per_tonne_unit)
        for key in keys
    ]
    rows = [_alone_row(view, one) for one in curve.standalone]
    return Table(view.say("alone.table"), head, rows, numbers_from(len(head) - 1))


def _alone_row(view: StudyView, one: Alone) -> list[str]:
    known = one.tonnes is not None and one.cost is not None
    each = numbers.NOTHING
    if kind(one) == "costly":
        each = numbers.grouped(view.per_tonne(one.cost or 0.0, one.tonnes or 0.0))
    planned = [numbers.NOTHING] * 2
    if one.as_planned is not None:
        planned = [numbers.grouped(one.as_planned[0]), view.money.number(-one.as_planned[1])]
    name = view.name(one.id)
    if one.needs:
        name = view.say("alone.with", name=name, needs=view.names(one.needs))
    return [
        name,
        numbers.grouped(one.tonnes) if known and one.tonnes is not None else numbers.NOTHING,
        view.money.number(-one.cost) if known and one.cost is not None else numbers.NOTHING,
        each,
        view.money.number(one.capex),
        *planned,
        view.say(f"alone.{kind(one)}"),
    ]


def left_out(view: StudyView, curve: CostCurve) -> Chart | None:
    """What the plan costs more without each of its measures; None without a plan."""
    found = curve.leave_one_out
    if not found:
        return None
    most = max([one.cost or 0.0 for one in found if one.cost is not None], default=0.0)
    full = 1.15 * most if most > 0 else view.money.divisor
    values = [full if one.verdict == "indispensable" else (one.cost or 0.0) for one in found]
    bars = _left_out_bars(view, found, values)
    figure = picture([bars], "", 80 + ROW * max(len(found), 2))
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(
        showgrid=True, title=titled(view.say("left_out.axis", unit=view.money.label))
    )
    figure.update_layout(margin={"t": 8, "b": 50}, showlegend=False)
    for one, value in zip(found, values, strict=True):
        if one.verdict not in ("indispensable", "dearer"):
            figure.add_annotation(_beside(view, one, value))
    count = sum(one.verdict == "indispensable" for one in found)
    said = view.say("left_out.finding", count=count, all=len(found))
    return Chart("left_out", said, view.say("left_out.note"), figure, left_out_table(view, curve))


def _left_out_bars(view: StudyView, found: Sequence[LeftOut], values: Sequence[float]) -> go.Bar:
    """A bar a measure with its interval; words where no number says it."""
    looks = {"indispensable": palette.INK, "dearer": palette.BLUE}
    said = [safe(_verdict(view, one)) for one in found]
    return go.Bar(
        orientation="h",
        y=[safe(view.name(one.id)) for one in found],
        x=[value / view.money.divisor for value in values],
        marker={"color": [looks.get(one.verdict, palette.RULE) for one in found]},
        error_x={"type": "data", "symmetric": False, "color": palette.MUTED, "thickness": 1,
                 "array": [_spread(one, "high") / view.money.divisor for one in found],
                 "arrayminus": [_spread(one, "low") / view.money.divisor for one in found]},
        text=[w if one.verdict == "indispensable" else "" for one, w in zip(found, said,
                                                                            strict=True)],
        textposition="inside",
        hovertext=[
            f"{w}: {safe(_instead(view, one))}" for one, w in zip(found, said, strict=True)
        ],
        hoverinfo="text",
    )  # fmt: skip


def _beside(view: StudyView, one: LeftOut, value: float) -> dict[str, object]:
    """Words behind the whisker of a bar that no number of its own explains."""
    return {
        "text": safe(_verdict(view, one)), "showarrow": False, "xanchor": "left", "xshift": 4,
        "x": (value + _spread(one, "high")) / view.money.divisor, "y": safe(view.name(one.id)),
    }  # fmt: skip


def _spread(one: LeftOut, side: str) -> float:
    """From the cost found to an end of its interval; nothing where there is no cost."""
    end = getattr(one, side)
    return 0.0 if end is None or one.cost is None else abs(end - one.cost)


def _verdict(view: StudyView, one: LeftOut) -> str:
    shown = "" if one.cost is None else view.money.shown(one.cost)
    return view.say(f"left_out.{one.verdict}", money=shown)


def _instead(view: StudyView, one: LeftOut) -> str:
    """What takes the place of a measure."""
    return numbers.NOTHING if one.changes is None else view.names(
        (*one.changes.enters, *one.changes.larger)
    )  # fmt: skip


def left_out_table(view: StudyView, curve: CostCurve) -> Table:
    """A row a measure of the plan."""
    keys = ("measure", "verdict", "low", "high", "tonnes", "instead")
    head = [view.say(f"left_out.{key}_column", unit=view.money.label) for key in keys]
    rows = []
    for one in curve.leave_one_out:
        money = [
            numbers.NOTHING if x is None else view.money.number(x) for x in (one.low, one.high)
        ]
        more = numbers.NOTHING if one.tonnes is None else numbers.grouped(one.tonnes)
        rows.append([view.name(one.id), _verdict(view, one), *money, more, _instead(view, one)])
    return Table(view.say("left_out.table"), head, rows, frozenset({2, 3, 4}))


def interaction(view: StudyView, curve: CostCurve) -> Plain | None:
    """What is lost by interaction, in tonnes and in money; None without a plan."""
    loss = curve.loss
    if loss is None:
        return None
    rows = [
        [view.say(f"loss.{key}"), numbers.grouped(sums.tonnes), view.money.number(sums.money)]
        for key, sums in (
            ("alone", loss.alone),
            ("planned", loss.as_planned),
            ("plan", loss.plan),
            ("lost", loss.lost),
            ("lost_planned", loss.lost_as_planned),
        )
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
