"""The look that all pictures share: one typeface, thin rules, units on the axes."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence

import plotly.graph_objects as go
from markupsafe import Markup

from optimizer.reports.palette import INK, MUTED, PAPER, RULE

FONTS = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", '
    '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Source Han Sans SC", sans-serif'
)
CONFIG = {"displayModeBar": False, "responsive": True, "plotlyServerURL": ""}
LEGEND_ABOVE = {
    "orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom",
    "font": {"size": 11}, "title": {"text": ""}, "traceorder": "normal",
}  # fmt: skip


def safe(name: str) -> str:
    """A name that plotly prints as it stands: its labels read a little HTML."""
    return html.escape(name, quote=False)


def picture(
    traces: Sequence[object], y_title: str, height: int = 330, years: Sequence[int] = ()
) -> go.Figure:
    """A figure of `traces` with house style; `years` puts one tick at each."""
    axis = {"gridcolor": RULE, "linecolor": RULE, "zerolinecolor": MUTED, "automargin": True}
    ticks = {"tickmode": "array", "tickvals": list(years), "ticktext": [*map(str, years)]}
    layout = {
        "template": "none",
        "font": {"family": FONTS, "size": 12, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "height": height,
        "margin": {"l": 10, "r": 10, "t": 46, "b": 30},
        "legend": LEGEND_ABOVE,
        "separators": ".\u202f",
        "hoverlabel": {"font": {"family": FONTS}},
        "xaxis": {**axis, "showgrid": False, **(ticks if years else {})},
        "yaxis": {**axis, "title": {"text": y_title, "font": {"size": 11}, "standoff": 8}},
    }
    return go.Figure(data=list(traces), layout=layout)


def embedded(identifier: str, figure: go.Figure, alt: str) -> Markup:
    """The element and the script that draws it; needs plotly.js on the page, nothing else.

    `<` is written as an escape, so that no name inside the data can end the script.
    """
    spec = json.loads(figure.to_json())
    parts = [
        json.dumps(part, ensure_ascii=False) for part in (spec["data"], spec["layout"], CONFIG)
    ]
    data = ", ".join(parts).replace("<", "\\u003c").replace("\u2028", " ").replace("\u2029", " ")
    height = int(figure.layout.height)
    return Markup(
        f'<div id="{html.escape(identifier)}" class="plot" role="img" style="height:{height}px" '
        f'aria-label="{html.escape(alt)}"></div>'
        f'<script>Plotly.newPlot("{html.escape(identifier)}", {data});</script>'
    )
