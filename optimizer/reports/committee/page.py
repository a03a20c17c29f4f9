"""The committee pack as one HTML page that opens offline and prints on A4."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from plotly.offline import get_plotlyjs

from optimizer.reports import page_one
from optimizer.reports.chart import FONTS, embedded
from optimizer.reports.committee.view import CommitteeView
from optimizer.reports.html import TEMPLATES, environment
from optimizer.reports.loan_file.grid import Part
from optimizer.reports.loan_file.printed import charts_of, printed

STYLES = ("style.css", "loan.css", "committee.css")


def page(view: CommitteeView, parts: Sequence[Part]) -> str:
    """HTML of the parts, the decision sheet first; fetches nothing, every name in it is text."""
    style = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in STYLES)
    return environment().get_template("committee.html").render(
        lang=view.lang,
        say=view.view.say,
        style=Markup(style.replace("FONTS", FONTS)),
        plotly_js=Markup(get_plotlyjs().replace("</script", "<\\/script")),
        plan=page_one.headline(view.view),
        subtitle=view.told("subtitle", run=view.view.summary["run"], price_year=view.price_year,
                           base=view.base, now=view.sheet.now),
        tiles=page_one.tiles(view.view),
        parts=printed(parts),
        drawn={c.id: embedded(c.id, c.figure, c.finding) for c in charts_of(parts)},
    )  # fmt: skip
