"""Charts in print: drawn anew at the sheet's width before the browser takes the page."""

from __future__ import annotations

import re
from pathlib import Path

import plotly.graph_objects as go
import pytest
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from optimizer.reports.browser import _run
from optimizer.reports.chart import embedded, picture
from optimizer.reports.html import environment
from tests.reports.test_html import need_browser

NAMES = [f"entry {number} of a legend, with a long name" for number in range(5)]
MEASURE = """<script>setTimeout(function () {
  dispatchEvent(new Event("beforeprint"));
  var legend = document.querySelector(".legend .bg").getBoundingClientRect();
  var plot = document.querySelector(".draglayer .nsewdrag").getBoundingClientRect();
  var root = document.documentElement;
  root.setAttribute("data-legend", legend.bottom); root.setAttribute("data-plot", plot.top);
}, 1000);</script>"""


@pytest.mark.slow
def test_a_legend_that_needs_fewer_rows_in_print_stands_above_the_plot(tmp_path: Path) -> None:
    """Proves that in the moment of printing the legend ends above the plot. In a window of 600
    pixels five entries need more rows than on the sheet; plotly moves the legend in a pass of its
    own, for which a print doesn't wait: after a single relayout it lay 14 pixels inside the plot.
    """
    need_browser()
    bars = [go.Bar(x=[1, 2], y=[number + 1, 2], name=name) for number, name in enumerate(NAMES)]
    figure = picture(bars, "y", 320)
    drawn = embedded("one", figure, "x")
    source = environment().from_string(
        "<html><head><script>{{ js }}</script></head><body><main>{{ drawn }}</main>"
        '{% include "print.html" %}{{ measure }}</body></html>'
    )
    made = source.render(js=Markup(get_plotlyjs().replace("</script", "<\\/script")), drawn=drawn,
                         measure=Markup(MEASURE))  # fmt: skip
    file = tmp_path / "page.html"
    file.write_text(made, encoding="utf-8")
    found = _run(file, "--dump-dom", "--window-size=600,400")
    legend, plot = (re.search(rf'data-{what}="([0-9.]+)"', found) for what in ("legend", "plot"))
    assert legend is not None
    assert plot is not None
    assert float(legend[1]) <= float(plot[1]) + 1
