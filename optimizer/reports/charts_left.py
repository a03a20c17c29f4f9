"""What compared plans leave in the last year: residual, unabated, and credits beside it."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Chart
from optimizer.reports.chart import picture
from optimizer.reports.charts_compare import ROW_HEIGHT, SMALLEST
from optimizer.reports.comparison import CompareView, years_table

THICK, THIN, TOP = 0.5, 0.16, -0.38  # of a row: the split bar, the bar of credits, its upper edge
LEAST = 0.5  # t: less than this prints as 0


def left(view: CompareView) -> Chart | None:
    """A row a plan; nothing where no ceiling splits what any plan leaves."""
    if not view.parts:
        return None
    year = view.years[-1]
    figure = picture(_bars(view), "", max(SMALLEST, (ROW_HEIGHT + 8) * len(view.solved) + 110))
    axis = view.say("compare.axis.left", year=year)
    figure.update_xaxes(title={"text": axis, "font": {"size": 11}}, showgrid=True, tickformat=",d",
                        rangemode="tozero")  # fmt: skip
    figure.update_yaxes(title=None, autorange="reversed", type="category")
    figure.update_layout(barmode="overlay", margin={"t": 46, "b": 50})
    return Chart("left", _finding(view), view.say("compare.note.left"), figure, years_table(view))


def _bars(view: CompareView) -> list[go.Bar]:
    """The traces that have something to show, in the order of the legend."""
    last = {view.tick(plan): plan.years()[-1] for plan in view.solved}
    known = {label: row for label, row in last.items() if row["residual"] is not None}
    unsplit = {label: row for label, row in last.items() if label not in known}
    bars = [
        _bar(known, "residual", view.say("word.residual"), palette.RESIDUAL),
        _bar(known, "unabated", view.say("word.unabated"), palette.UNABATED, base="residual"),
        _bar(unsplit, "remaining", view.say("compare.word.unsplit"), palette.UNSPLIT),
        _bar(last, "credits", view.say("word.credits"), palette.CREDITS, offset=TOP + THICK,
             width=THIN),
    ]  # fmt: skip
    return [bar for bar in bars if any(tonnes > LEAST for tonnes in bar.x)]


def _bar(
    rows: dict[str, dict[str, Any]], key: str, name: str, colour: str, *,
    base: str | None = None, offset: float = TOP, width: float = THICK,
) -> go.Bar:  # fmt: skip
    return go.Bar(
        y=list(rows), x=[row[key] for row in rows.values()], orientation="h", name=name,
        base=[row[base] if base else 0.0 for row in rows.values()], offset=offset, width=width,
        marker={"color": colour}, customdata=[row[key] for row in rows.values()],
        hovertemplate="%{customdata:,.0f} t %{fullData.name}", showlegend=True,
    )  # fmt: skip


def _finding(view: CompareView) -> str:
    """Which plan leaves the most unabated in the last year."""
    year = view.years[-1]
    known = [plan for plan in view.solved if plan.is_split]
    worst = max(known, key=lambda plan: plan.years()[-1]["unabated"])
    row = worst.years()[-1]
    if row["unabated"] < LEAST:
        return view.say("compare.finding.left_none", year=year)
    return view.say(
        "compare.finding.left", year=year, policy=view.quoted(worst),
        unabated=numbers.grouped(row["unabated"]), remaining=numbers.grouped(row["remaining"]),
    )  # fmt: skip
