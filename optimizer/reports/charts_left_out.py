"""Picture of the plan without each of its measures."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Chart, Table
from optimizer.reports.chart import picture, safe
from optimizer.reports.study_view import StudyView, titled
from optimizer.studies.cost_curve import CostCurve
from optimizer.studies.left_out import LeftOut

ROW = 27  # pixels


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
    if all(one.verdict == "undecided" for one in found):
        figure.update_xaxes(showticklabels=False)
    said = finding(view, found)
    return Chart("left_out", said, view.say("left_out.note"), figure, left_out_table(view, curve))


def finding(view: StudyView, found: Sequence[LeftOut]) -> str:
    """How many are indispensable, and how many the searches didn't settle in their time."""
    verdicts = [one.verdict for one in found]
    count, unsettled = verdicts.count("indispensable"), verdicts.count("undecided")
    if unsettled == len(found):
        return view.say("left_out.finding_open", all=len(found))
    settled = "left_out.finding" if count else "left_out.finding_none"
    key = "left_out.finding_partly" if unsettled else settled
    return view.say(key, count=count, all=len(found), open=unsettled)


def _left_out_bars(view: StudyView, found: Sequence[LeftOut], values: Sequence[float]) -> go.Bar:
    """A bar a measure with its interval; words where no number says it."""
    looks = {"indispensable": palette.INK, "dearer": palette.BLUE}
    said = [safe(verdict(view, one)) for one in found]
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
        "text": safe(verdict(view, one)), "showarrow": False, "xanchor": "left", "xshift": 4,
        "x": (value + _spread(one, "high")) / view.money.divisor, "y": safe(view.name(one.id)),
    }  # fmt: skip


def _spread(one: LeftOut, side: str) -> float:
    """From the cost found to an end of its interval; nothing where there is no cost."""
    end = getattr(one, side)
    return 0.0 if end is None or one.cost is None else abs(end - one.cost)


def verdict(view: StudyView, one: LeftOut) -> str:
    """Whether the plan can do without it, and what that costs."""
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
        rows.append([view.name(one.id), verdict(view, one), *money, more, _instead(view, one)])
    return Table(view.say("left_out.table"), head, rows, frozenset({2, 3, 4}))
