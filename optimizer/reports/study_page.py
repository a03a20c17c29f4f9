"""A study of cost against emissions as one HTML file that opens offline and prints on A4."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from plotly.offline import get_plotlyjs

from optimizer.reports.blocks import Chart, Plain
from optimizer.reports.chart import FONTS, embedded
from optimizer.reports.html import TEMPLATES, environment
from optimizer.reports.study_view import StudyView


def study_page(
    view: StudyView,
    title: str,
    headline: str,
    blocks: Sequence[Chart | Plain],
    rules: str = "study.searched",
    **said: object,
) -> str:
    """HTML of a study: a headline, which money and which tonnes are counted, and its blocks;
    ``rules``: key of the sentence that says which rules hold, ``said``: what it names."""
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    charts = [block for block in blocks if isinstance(block, Chart)]
    page = environment().get_template("study.html")
    return page.render(
        lang=view.lang,
        say=view.say,
        style=Markup(style.replace("FONTS", FONTS)),
        plotly_js=Markup(get_plotlyjs().replace("</script", "<\\/script")),
        title=title,
        headline=headline,
        subtitle=" ".join([view.costs, view.tonnes, searched(view, rules, **said)]),
        blocks=blocks,
        drawn={c.id: embedded(c.id, c.figure, c.finding) for c in charts},
    )


def searched(view: StudyView, rules: str, **said: object) -> str:
    """On which days the plans were searched, to which gap, and which rules hold."""
    s = view.subject
    gap = f"{100 * s.gap:.3g}"
    return view.say(rules, periods=s.periods, gap=gap, **said)
