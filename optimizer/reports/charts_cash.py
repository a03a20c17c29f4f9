"""What the plan earns year by year: bars of money out and in, and their sum so far."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import xarray as xr
from numpy.typing import NDArray

from optimizer.plan.cash_flow import by_timing, cash_flow, present_value
from optimizer.reports import palette
from optimizer.reports.blocks import Chart, Table, numbers_from
from optimizer.reports.chart import picture
from optimizer.reports.view import View
from optimizer.reports.worth import payback_sentence

Numbers = NDArray[np.float64]


def earned(view: View) -> Chart:
    """Equipment at the start and all else at the end of each year, plan less baseline, and the sum
    so far, planning years and tail."""
    flow, money = cash_flow(view.plan, view.baseline), view.money
    years = [int(year) for year in flow["year"].values]
    start, end = by_timing(flow)
    bars = (("equipment", start, palette.CLASS_COLOURS["overnight"]),
            ("operating", end, palette.CLASS_COLOURS["energy"]))  # fmt: skip
    traces: list[object] = [
        go.Bar(x=years, y=row / money.divisor, name=view.say(f"cash.{name}"), width=0.6,
               marker={"color": colour})
        for name, row, colour in bars
    ]  # fmt: skip
    total = np.cumsum(start + end) / money.divisor
    traces.append(
        go.Scatter(x=years, y=total, name=view.say("cash.so_far"), mode="lines+markers",
                   line={"color": palette.INK, "width": 2}, marker={"size": 5})
    )  # fmt: skip
    title = f"{money.label} ({view.say('axis.price_year', year=view.summary['price_year'])})"
    figure = picture(traces, title, 320, years)
    figure.update_layout(barmode="relative")
    note, table = view.say("note.earned", last=view.last), earned_table(view, flow)
    return Chart("cash_flow", payback_sentence(view), note, figure, table)


def earned_table(view: View, flow: xr.Dataset) -> Table:
    """A row a year: equipment, all else, their sum, the sum so far, and that discounted."""
    money = view.money
    start, end = by_timing(flow)
    net = start + end
    columns = [start, end, net, np.cumsum(net), np.cumsum(present_value(flow))]
    keys = ("equipment", "operating", "net", "so_far", "so_far_discounted")
    head = [view.say("word.year"), *(f"{view.say(f'cash.{k}')} [{money.label}]" for k in keys)]
    rows = [
        [str(int(year)), *(money.number(float(column[i])) for column in columns)]
        for i, year in enumerate(flow["year"].values)
    ]
    return Table(view.say("table.earned"), head, rows, numbers_from(len(head)))
