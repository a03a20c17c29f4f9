"""Pictures of energy: where it comes from and goes to, and how two days are run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
import xarray as xr
from numpy.typing import NDArray

from optimizer.reports import energy, numbers, palette
from optimizer.reports.blocks import Chart, Table, numbers_from
from optimizer.reports.chart import picture, safe
from optimizer.reports.energy import End, Flow
from optimizer.reports.view import View

Numbers = NDArray[np.float64]
GIGA = 1e3  # MWh per GWh
SHOWN = 1e-4  # share of the largest flow below which a flow isn't drawn
JANUARY, JULY = 14, 195  # mid-month days of the profile year, from 0
TRADES = ("bought", "sold", "vented", "other")


def end_name(view: View, end: End) -> str:
    """What a node of the balance is called."""
    kind, name = end
    if kind in TRADES:
        return view.say(f"flow.{kind}", carrier=view.name("carrier", name))
    if kind == "unit":
        return view.name_of_unit(name)
    return view.name("use" if kind == "service" else kind, name)


def end_colour(view: View, end: End) -> str:
    """A carrier's colour for its own and its trade's node, a measure's for a unit."""
    kind, name = end
    if kind == "carrier" or kind in TRADES:
        return view.colours.carriers[name]
    if kind == "service":
        return palette.MUTED
    return view.colours.things.get(name) or view.colours.things.get(
        view.inputs.asset_of_unit(name) or "", palette.MUTED
    )


def balance(view: View, ds: xr.Dataset, year: int) -> list[tuple[End, End, float]]:
    """(from, to, MWh) of the year, end uses included; what services don't explain is `other`."""
    found = energy.flows(ds, view.inputs, year)
    rows = [(f.start, f.end, energy.yearly_energy(ds, f.power)) for f in found]
    for carrier in view.ids("carrier"):
        left = energy.yearly_energy(ds, energy.net_supply(found, carrier))
        uses = energy.end_uses(ds, view.inputs, year, carrier)
        rows += [(("carrier", carrier), ("service", use), mwh) for use, mwh in uses.items()]
        rows.append((("carrier", carrier), ("other", carrier), left - sum(uses.values())))
    most = max((mwh for *_, mwh in rows), default=0.0)
    return [row for row in rows if row[2] > SHOWN * most]


def sankey(view: View, which: str) -> Chart:
    """The balance of `baseline` or `plan` in the last year."""
    ds = view.plan if which == "plan" else view.baseline
    rows = balance(view, ds, view.last)
    ends = list(dict.fromkeys(end for start, stop, _ in rows for end in (start, stop)))
    colours = [end_colour(view, end) for end in ends]
    trace = go.Sankey(
        arrangement="snap",
        node={"label": [safe(end_name(view, e)) for e in ends], "color": colours, "pad": 14,
              "thickness": 14, "line": {"width": 0}},
        link={"source": [ends.index(s) for s, *_ in rows],
              "target": [ends.index(t) for _, t, _ in rows],
              "value": [mwh / GIGA for *_, mwh in rows],
              "color": [palette.tint(_link_colour(view, s, t)) for s, t, _ in rows]},
        valueformat=".3g",
        valuesuffix=" GWh",
    )  # fmt: skip
    figure = picture([trace], "", 330)
    figure.update_layout(margin={"t": 12, "b": 12, "l": 8, "r": 8})
    bought = sum(mwh for (kind, _), _, mwh in rows if kind in ("bought", "contract"))
    finding = view.say(
        f"finding.sankey_{which}", last=view.last, bought=numbers.with_unit(bought / GIGA, "GWh")
    )
    head = [view.say("word.from"), view.say("word.to"), "GWh/a"]
    body = [[end_name(view, s), end_name(view, t), numbers.significant(mwh / GIGA)]
            for s, t, mwh in rows]  # fmt: skip
    table = Table(view.say(f"table.sankey_{which}"), head, body, frozenset({2}))
    return Chart(f"sankey_{which}", finding, view.say("note.sankey"), figure, table)


def _link_colour(view: View, start: End, end: End) -> str:
    """A flow has the colour of what flows."""
    carrier = next((e for e in (start, end) if e[0] == "carrier"), start)
    return end_colour(view, carrier)


def main_carriers(view: View) -> list[str]:
    """Electricity, then the carrier that most units make; of equals, the one made most of."""
    carriers = view.inputs.scenario["carriers"]
    kinds = {c: str(carriers[c]["kind"]) for c in view.ids("carrier")}
    makers: dict[str, list[float]] = {}
    for flow in energy.flows(view.plan, view.inputs, view.last):
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
    parts = _parts(view, carrier, period)
    hours: Numbers = np.arange(ds.sizes["step"], dtype=np.float64) * float(ds.attrs["dt"])
    traces: list[object] = [
        go.Bar(x=hours, y=mw, name=safe(end_name(view, end)), offset=0,
               width=float(ds.attrs["dt"]), marker={"color": end_colour(view, end),
               "line": {"width": 0}, "opacity": 0.55 if end[0] == "bought" else 1.0})
        for end, mw in parts
    ]  # fmt: skip
    net: Numbers = sum((mw for _, mw in parts), start=np.zeros(len(hours)))
    middle = hours + float(ds.attrs["dt"]) / 2
    traces.append(
        go.Scatter(x=middle, y=net, mode="lines", name=view.say("word.end_uses"),
                   line={"color": palette.INK, "width": 2, "shape": "hvh"})
    )  # fmt: skip
    figure = picture(traces, view.say("axis.power"), 300)
    figure.update_layout(barmode="relative", bargap=0)
    figure.update_xaxes(title={"text": view.say("axis.hour"), "font": {"size": 11}}, dtick=4)
    shown = {"carrier": view.name("carrier", carrier), "day": view.say(f"season.{season}")}
    top = max(parts, key=lambda p: float(p[1].sum()), default=(("carrier", carrier), net))
    share = float(top[1].sum()) / max(float(sum(mw.clip(0).sum() for _, mw in parts)), 1e-9)
    finding = view.say(
        "finding.day", **shown, end=end_name(view, top[0]), share=numbers.percent(share)
    )
    table = _day_table(view, parts, net, hours, view.say("table.day", **shown))
    note = view.say("note.day", days=numbers.grouped(float(ds["weight"].values[period])))
    return Chart(f"day_{carrier}_{season}", finding, note, figure, table, wide=False)


def _parts(view: View, carrier: str, period: int) -> list[tuple[End, Numbers]]:
    """Supply and, negative, use by units on one day, MW by step."""
    node = ("carrier", carrier)
    found: list[Flow] = energy.flows(view.plan, view.inputs, view.last)
    into = [(f.start, f.power[period]) for f in found if f.end == node]
    out = [(f.end, -f.power[period]) for f in found if f.start == node]
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
