"""The committee pack for printers and slides: the page as PDF, the decision sheet and each picture
as PNG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from markupsafe import Markup
from plotly.offline import get_plotlyjs

from optimizer.reports.blocks import Chart
from optimizer.reports.browser import picture, print_pdf
from optimizer.reports.chart import FONTS, embedded
from optimizer.reports.committee.page import STYLES, page
from optimizer.reports.committee.view import CommitteeView
from optimizer.reports.html import TEMPLATES, environment
from optimizer.reports.loan_file.grid import Part
from optimizer.reports.loan_file.printed import charts_of

PDF: Final = "committee.pdf"


def write_pdf(shown: Path) -> Path:
    """The page on A4, beside it. Raises ExtraMissing without a browser, OSError where it fails."""
    return print_pdf(shown, shown.parent / PDF)


def write_pictures(view: CommitteeView, parts: Sequence[Part], folder: Path) -> Iterator[Path]:
    """committee_<part>.png of the decision sheet and of each picture. Raises as `write_pdf`."""
    sheet = parts[0]
    yield picture(page(view, [sheet]), folder / f"committee_{sheet.id}.png")
    for chart in charts_of(parts):
        yield picture(_alone(view, chart), folder / f"committee_{chart.id}.png")


def _alone(view: CommitteeView, chart: Chart) -> str:
    """HTML of one picture with its finding, its note and where it is from."""
    chart = replace(chart, table=None)
    style = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in STYLES)
    return environment().get_template("picture.html").render(
        lang=view.lang,
        say=view.view.say,
        style=Markup(style.replace("FONTS", FONTS)),
        plotly_js=Markup(get_plotlyjs().replace("</script", "<\\/script")),
        c=chart,
        drawn={chart.id: embedded(chart.id, chart.figure, chart.finding)},
        source=view.told("subtitle", run=view.view.summary["run"], price_year=view.price_year,
                         base=view.base, now=view.sheet.now),
    )  # fmt: skip
