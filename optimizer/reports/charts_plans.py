"""Several plans side by side: what each has, when first, how large."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from unicodedata import east_asian_width

import plotly.graph_objects as go

from optimizer.reports import palette
from optimizer.reports.blocks import Table
from optimizer.reports.chart import picture, safe
from optimizer.reports.study_view import StudyView
from optimizer.studies.decided import Decided

ROW, LINE = 24, 15  # pixels of a measure's row and of a line of a label
LETTERS, FEWEST = 96, 8
"""Letters that all labels of columns have room for side by side; and at least, each of them."""


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
        z=shares, x=list(range(len(plans))), y=[safe(view.name(i)) for i in rows], text=texts,
        customdata=sizes, texttemplate="%{text}", textfont={"size": 10}, showscale=False,
        zmin=0, zmax=1, colorscale=[[0, palette.PAPER], [1, palette.SKY]], xgap=2, ygap=2,
        hovertemplate="%{y}: %{text} %{customdata}<extra></extra>",
    )  # fmt: skip
    labels = [wrapped(name, max(FEWEST, LETTERS // len(plans))) for name in plans]
    under = 20 + LINE * max(label.count("<br>") + 1 for label in labels)
    figure = picture([heat], "", 40 + under + ROW * max(len(rows), 2))
    figure.update_yaxes(autorange="reversed", ticks="", showgrid=False)
    figure.update_xaxes(ticks="", tickmode="array", tickvals=list(range(len(plans))),
                        ticktext=labels, tickangle=0, zeroline=False)  # fmt: skip
    figure.update_layout(margin={"t": 8, "b": under})
    table = Table(
        caption, [view.say("word.measure"), *plans],
        [[view.name(i), *(" ".join(filter(None, pair)) for pair in zip(t, s, strict=True))]
         for i, t, s in zip(rows, texts, sizes, strict=True)],
    )  # fmt: skip
    return figure, table


def wrapped(label: str, width: int) -> str:
    """A label in lines of so many letters, a Chinese character as wide as two, for plotly."""
    wide = any(east_asian_width(letter) in "WF" for letter in label)
    if wide:
        half = max(width // 2, 1)
        lines = [label[k : k + half] for k in range(0, len(label), half)]
    else:
        lines = textwrap.wrap(label, width, break_long_words=False)
    return "<br>".join(map(safe, lines))
