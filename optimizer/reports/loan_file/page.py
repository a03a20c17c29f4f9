"""The loan file as one HTML page that opens offline and prints on A4."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from plotly.offline import get_plotlyjs

from optimizer.reports.chart import FONTS, embedded
from optimizer.reports.html import TEMPLATES, environment
from optimizer.reports.loan_file.grid import Part
from optimizer.reports.loan_file.printed import charts_of, printed
from optimizer.reports.loan_file.view import LoanView


def page(view: LoanView, parts: Sequence[Part]) -> str:
    """HTML of the parts; fetches nothing, and every name in it is text."""
    charts = charts_of(parts)
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    own = (TEMPLATES / "loan.css").read_text(encoding="utf-8")
    return environment().get_template("loan.html").render(
        lang=view.lang,
        say=view.view.say,
        style=Markup(style.replace("FONTS", FONTS) + own),
        plotly_js=Markup(get_plotlyjs().replace("</script", "<\\/script")) if charts else "",
        subtitle=view.told("subtitle", run=view.subject.run.path.name,
                          plant=view.view.summary["scenario"][f"name_{view.lang}"]),
        verdict=view.facts["verdict"],
        parts=printed(parts),
        drawn={c.id: embedded(c.id, c.figure, c.finding) for c in charts},
    )  # fmt: skip
