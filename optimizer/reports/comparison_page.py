"""A comparison as one HTML file that opens offline and prints on A4."""

from __future__ import annotations

from markupsafe import Markup
from plotly.offline import get_plotlyjs

from optimizer.reports.blocks import Chart, Plain
from optimizer.reports.chart import FONTS, embedded
from optimizer.reports.charts_apart import reasons, starts
from optimizer.reports.charts_compare import binding, credits, dearer, remaining
from optimizer.reports.charts_left import left
from optimizer.reports.comparison import (
    CompareView,
    notes,
    policies_table,
    without_plan,
)
from optimizer.reports.comparison_changes import changes_block
from optimizer.reports.html import TEMPLATES, environment
from optimizer.studies.comparison import Comparison


def comparison_page(comparison: Comparison, lang: str) -> str:
    """HTML of a comparison: the table of policies, pictures, and why a plan is missing."""
    view = CompareView(comparison, lang)
    drawn: list[Chart | None] = []
    if view.solved:
        drawn = [remaining(view), dearer(view), reasons(view), starts(view), left(view),
                 credits(view), binding(view)]  # fmt: skip
    charts = [chart for chart in drawn if chart is not None]
    told = changes_block(view)
    said = Plain(view.say("compare.notes"), notes(view))
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    return environment().get_template("comparison.html").render(
        lang=lang,
        say=view.say,
        style=Markup(style.replace("FONTS", FONTS)),
        plotly_js=Markup(get_plotlyjs().replace("</script", "<\\/script")),
        title=view.say(f"compare.title.{comparison.kind}", name=comparison.scenario[lang]),
        headline=_headline(view, charts),
        subtitle=view.say(
            "compare.subtitle", currency=comparison.currency, price_year=comparison.price_year
        ),
        policies=policies_table(view),
        charts=charts,
        drawn={c.id: embedded(c.id, c.figure, c.finding) for c in charts},
        plains=[*([told] if told else []), *without_plan(view), said],
    )  # fmt: skip


def _headline(view: CompareView, charts: list[Chart]) -> str:
    """What the policies cost more and leave; how many have a plan, where some have none."""
    plans = view.comparison.plans
    count = sum(plan.figures is not None for plan in plans)
    said = [c.finding for c in charts if c.id in ("dearer", "remaining")][::-1]
    if count < len(plans) or not said:
        said.insert(
            0, view.say(f"compare.headline.{view.comparison.kind}", plans=count, count=len(plans))
        )
    return view.say("compare.sentences").join(said)
