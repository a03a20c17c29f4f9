"""Several plans side by side: what each has, when first, how large."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from optimizer.reports import palette
from optimizer.reports.blocks import Table
from optimizer.reports.chart import picture, safe
from optimizer.reports.study_view import StudyView
from optimizer.studies.decided import Decided

ROW = 24  # pixels of a measure's row


def plans_side_by_side(
    view: StudyView, plans: Mapping[str, Decided], caption: str
) -> tuple[go.Figure, Table]:
    """A column a plan by its name, a row a measure: share of the largest size, first year."""
    chosen = [plan.chosen() for plan in plans.values()]
    first = [plan.first() for plan in plans.values()]
    rows = list(dict.fromkeys(i for sizes in chosen for i in sizes))
    most = {i: max(sizes.get(i, 0.0) for sizes in chosen) for i in rows}
    shares = [[sizes.get(i, 0.0) / most[i] for sizes in chosen] for i in rows]
    texts = [[str(years.get(i, "")) for years in first] for i in rows]
    sizes = [[view.size(i, s[i]) if i in s else "" for s in chosen] for i in rows]
    heat = go.Heatmap(
        z=shares, x=list(map(safe, plans)), y=[safe(view.name(i)) for i in rows], text=texts,
        customdata=sizes, texttemplate="%{text}", textfont={"size": 10}, showscale=False,
        zmin=0, zmax=1, colorscale=[[0, palette.PAPER], [1, palette.SKY]], xgap=2, ygap=2,
        hovertemplate="%{y}: %{text} %{customdata}<extra></extra>",
    )  # fmt: skip
    figure = picture([heat], "", 90 + ROW * max(len(rows), 2))
    figure.update_yaxes(autorange="reversed", ticks="", showgrid=False)
    figure.update_xaxes(type="category", ticks="")
    figure.update_layout(margin={"t": 8, "b": 50})
    table = Table(
        caption, [view.say("word.measure"), *plans],
        [[view.name(i), *(" ".join(filter(None, pair)) for pair in zip(t, s, strict=True))]
         for i, t, s in zip(rows, texts, sizes, strict=True)],
    )  # fmt: skip
    return figure, table
