"""Pictures of what compared plans don't share: what makes one dearer, and what starts when."""

from __future__ import annotations

import plotly.graph_objects as go

from optimizer.reports import palette
from optimizer.reports.blocks import Chart, Table, numbers_from
from optimizer.reports.chart import picture, safe
from optimizer.reports.charts_compare import MARKS, ROW_HEIGHT, SMALLEST, SPREAD, colours
from optimizer.reports.comparison import CompareView
from optimizer.reports.comparison_changes import (
    NO_CHANGE,
    apart_plans,
    changes_table,
    cost_class,
    signed,
    thing,
)


def reasons(view: CompareView) -> Chart | None:
    """A bar a plan: present value above the reference's by class of cost; nothing where all pay
    the same."""
    rows, reference = apart_plans(view), view.comparison.reference
    largest = max((abs(more) for _, one in rows for more in one.more.values()), default=0.0)
    if reference is None or largest <= NO_CHANGE * view.dearest:
        return None
    kinds = dict.fromkeys(kind for _, one in rows for kind in one.more)
    labels = [view.tick(plan) for plan, _ in rows]
    bars = [
        go.Bar(y=labels, x=[one.more.get(kind, 0.0) / view.money.divisor for _, one in rows],
               name=safe(cost_class(view, kind)), orientation="h",
               marker={"color": palette.class_colour(kind)},
               hovertemplate="%{x:+.3g} %{fullData.name}")
        for kind in kinds if any(abs(one.more.get(kind, 0.0)) > 1.0 for _, one in rows)
    ]  # fmt: skip
    figure = picture(bars, "", max(SMALLEST, (ROW_HEIGHT + 4) * len(rows) + 130))
    axis = view.say("compare.axis.reasons", against=view.quoted(reference), unit=view.money.label)
    figure.update_layout(barmode="relative", margin={"t": 74, "b": 50}, showlegend=True)
    figure.update_xaxes(title={"text": axis, "font": {"size": 11}}, zeroline=True, showgrid=True)
    figure.update_yaxes(title=None, autorange="reversed", type="category")
    plan, kind, most = max(
        ((plan, kind, more) for plan, one in rows for kind, more in one.more.items()),
        key=lambda row: abs(row[2]),
    )
    finding = view.say(
        "compare.finding.reasons", policy=view.quoted(plan), kind=cost_class(view, kind),
        amount=signed(view, most), unit=view.money.label,
    )  # fmt: skip
    return Chart("reasons", finding, view.say("compare.note.reasons"), figure, _costs(view))


def _costs(view: CompareView) -> Table:
    """A row a plan, a column a class, and their sum."""
    rows = apart_plans(view)
    kinds = list(dict.fromkeys(kind for _, one in rows for kind in one.more))
    head = [view.one, *(cost_class(view, kind) for kind in kinds), view.say("word.total")]
    cells = [
        [view.called(plan), *(signed(view, one.more.get(kind, 0.0)) for kind in kinds),
         signed(view, sum(one.more.values()))]
        for plan, one in rows
    ]  # fmt: skip
    caption = view.say("compare.axis.reasons", against=_against(view), unit=view.money.label)
    return Table(caption, head, cells, numbers_from(len(head)))


def _against(view: CompareView) -> str:
    reference = view.comparison.reference
    return "" if reference is None else view.quoted(reference)


def starts(view: CompareView) -> Chart | None:
    """A mark a plan and thing in the first year of it; things that all plans share are left out."""
    rows = apart_plans(view)
    ids = list(dict.fromkeys(id for _, one in rows for id in one.years))
    if not ids:
        return None
    shade, count = colours(view), len(view.solved)
    traces = []
    for at, plan in enumerate(view.solved):
        since = plan.figures.picked.since if plan.figures else {}
        shown = [id for id in ids if id in since]
        shift = SPREAD * ((at + 0.5) / count - 0.5)
        marker = {"symbol": MARKS[at % len(MARKS)], "size": 9, "color": shade[plan.key]}
        traces.append(
            go.Scatter(x=[since[id] + shift for id in shown],
                       y=[safe(thing(view, id)) for id in shown], mode="markers",
                       name=safe(view.alike(plan)), marker=marker,
                       customdata=[since[id] for id in shown],
                       hovertemplate="%{customdata} %{fullData.name}")
        )  # fmt: skip
    figure = picture(traces, "", max(SMALLEST, (ROW_HEIGHT - 4) * len(ids) + 150), view.years)
    figure.update_xaxes(range=[view.years[0] - 0.5, view.years[-1] + 0.5])
    names = [safe(thing(view, id)) for id in ids]
    figure.update_yaxes(title=None, autorange="reversed", showgrid=True, categoryorder="array",
                        categoryarray=names)  # fmt: skip
    figure.update_layout(margin={"t": 90, "b": 40}, showlegend=True)
    plan, one = max(rows, key=lambda row: len(row[1].years))
    finding = view.say("compare.finding.starts", policy=view.quoted(plan), count=len(one.years),
                       against=_against(view))  # fmt: skip
    return Chart("starts", finding, view.say("compare.note.starts"), figure, changes_table(view))
