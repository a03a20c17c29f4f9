"""Pictures of two days: how a carrier is supplied and used by the hour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from optimizer.reports import energy, numbers, palette
from optimizer.reports.blocks import Chart, Table, numbers_from
from optimizer.reports.chart import picture, safe
from optimizer.reports.charts_energy import end_colour, end_name, short
from optimizer.reports.energy import End
from optimizer.reports.view import View

Numbers = NDArray[np.float64]
Part = tuple[End, Numbers]
JANUARY, JULY = 14, 195  # mid-month days of the profile year, from 0
MOST_SUPPLIES, MOST_USES = 4, 2  # told apart in a picture; the table has all
REST: End = ("rest", "")
LONGEST = 23  # letters of an entry of the legend, two a row
PLOT_HEIGHT, LEGEND_ROW = 250, 19  # pixels


def main_carriers(view: View) -> list[str]:
    """Electricity, then the carrier that most units make; of equals, the one made most of."""
    carriers = view.inputs.scenario["carriers"]
    kinds = {c: str(carriers[c]["kind"]) for c in view.ids("carrier")}
    makers: dict[str, list[float]] = {}
    for flow in view.plan_flows:
        if flow.start[0] == "unit" and kinds.get(flow.end[1]) != "electricity":
            mwh = energy.yearly_energy(view.plan, flow.power)
            makers.setdefault(flow.end[1], []).append(mwh)
    power = [c for c, kind in kinds.items() if kind == "electricity"]
    made = sorted(makers, key=lambda c: (-len(makers[c]), -sum(makers[c])))
    return [*power[:1], *made[:1]]


def day(view: View, carrier: str, season: str) -> Chart:
    """How the carrier is supplied (above zero) and used by units (below) on a day of a month."""
    ds, which = view.plan, JANUARY if season == "january" else JULY
    period = int(ds["period_of_day"].values[which])
    parts, lengths = _parts(view, carrier, period), energy.step_hours(ds)[period]
    hours = energy.starts(lengths)
    net: Numbers = sum((mw for _, mw in parts), start=np.zeros(len(hours)))
    shown = {"carrier": view.name("carrier", carrier), "day": view.say(f"season.{season}")}
    supply = [(end, float(mw.clip(0) @ lengths)) for end, mw in parts if mw.sum() > 0]
    finding = view.say("table.day", **shown)
    if supply:
        top = max(supply, key=lambda p: p[1])
        share = top[1] / sum(mwh for _, mwh in supply)
        finding = view.say(
            "finding.day", **shown, end=end_name(view, top[0]), share=numbers.percent(share)
        )
    figure = _day_figure(view, parts, net, hours, lengths)
    table = _day_table(view, parts, net, hours, view.say("table.day", **shown))
    note, weight = view.say("note.day"), float(ds["weight"].values[period])
    if weight > 1:
        note = f"{note} {view.say('note.day_stands', days=numbers.grouped(weight))}"
    return Chart(f"day_{carrier}_{season}", finding, note, figure, table, wide=False)


def _day_figure(
    view: View, parts: Sequence[Part], net: Numbers, hours: Numbers, lengths: Numbers
) -> go.Figure:
    """Bars of the largest supplies and uses, the rest in one grey, and the line of end uses."""
    traces: list[object] = []
    named: set[End] = set()
    for end, mw in _folded(parts):
        label = view.say("flow.rest") if end == REST else end_name(view, end)
        traces.append(
            go.Bar(x=hours, y=mw, name=safe(short(label, LONGEST)), offset=0, width=lengths,
                   legendgroup=str(end), showlegend=end not in named,
                   marker={"color": _bar_colour(view, end), "line": {"width": 0}})
        )  # fmt: skip
        named.add(end)
    traces.append(
        go.Scatter(x=[*hours, hours[-1] + lengths[-1]], y=[*net, net[-1]], mode="lines",
                   name=view.say("word.end_uses"),
                   line={"color": palette.INK, "width": 2, "shape": "hv"})
    )  # fmt: skip
    legend = LEGEND_ROW * ((len(named) + 2) // 2) + 8
    figure = picture(traces, view.say("axis.power"), PLOT_HEIGHT + legend)
    figure.update_layout(
        barmode="relative", bargap=0, margin={"t": legend},
        legend={"entrywidthmode": "fraction", "entrywidth": 0.5},
    )  # fmt: skip
    title = {"text": view.say("axis.hour"), "font": {"size": 11}}
    figure.update_xaxes(title=title, dtick=4, range=[0, float(hours[-1] + lengths[-1])])
    return figure


def _bar_colour(view: View, end: End) -> str:
    """A unit's own colour; what is bought in the carrier's, paler, as in the baseline's bars."""
    if end == REST:
        return palette.RULE
    colour = end_colour(view, end)
    return palette.pale(colour, 0.55) if end[0] == "bought" else colour


def _folded(parts: Sequence[Part]) -> list[Part]:
    """Largest supplies and uses apart, what is left of either summed as `REST`."""
    found: list[Part] = []
    for sign, most in ((1, MOST_SUPPLIES), (-1, MOST_USES)):
        side = [p for p in parts if sign * float(p[1].sum()) > 0]
        side.sort(key=lambda p: -abs(float(p[1].sum())))
        found += side[:most]
        if side[most:]:
            found.append((REST, sum((mw for _, mw in side[most:]), start=np.zeros(1))))
    return found


def _parts(view: View, carrier: str, period: int) -> list[tuple[End, Numbers]]:
    """Supply and, negative, use by units on one day, MW by step."""
    node = ("carrier", carrier)
    into = [(f.start, f.power[period]) for f in view.plan_flows if f.end == node]
    out = [(f.end, -f.power[period]) for f in view.plan_flows if f.start == node]
    return [(end, mw) for end, mw in (*into, *out) if np.abs(mw).max() > energy.SMALL]


def _day_table(
    view: View, parts: Sequence[tuple[End, Numbers]], net: Numbers, hours: Numbers, caption: str
) -> Table:
    head = [view.say("word.hour"), *(f"{end_name(view, e)} [MW]" for e, _ in parts)]
    head.append(f"{view.say('word.end_uses')} [MW]")
    columns = [*(mw for _, mw in parts), net]
    rows = [
        [f"{int(h):02d}:{round(h % 1 * 60):02d}", *(numbers.significant(c[i]) for c in columns)]
        for i, h in enumerate(hours)
    ]
    return Table(caption, head, rows, numbers_from(len(head)))
