"""The report: one HTML file that opens offline and prints on A4."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from optimizer.plan.store import Run, read_run
from optimizer.reports import charts_build, charts_carbon, charts_cost, page_one, search
from optimizer.reports.blocks import Chart, Section
from optimizer.reports.chart import FONTS, embedded
from optimizer.reports.footprint import product
from optimizer.reports.inputs_copy import InputsCopy
from optimizer.reports.section_allowed import allowed
from optimizer.reports.section_check import check
from optimizer.reports.section_cost import cost
from optimizer.reports.section_run import run as how_it_runs
from optimizer.reports.section_why import why
from optimizer.reports.view import View

TEMPLATES = Path(__file__).parent / "templates"


def environment() -> Environment:
    """Where pages find their templates; a name that a template lacks is an error."""
    return Environment(
        loader=PackageLoader("optimizer.reports"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def open_run(run: Path, lang: str) -> View:
    """The run folder as a report in `lang` sees it. Raises what plan.store.read_run raises."""
    return view_of(read_run(run), lang)


def view_of(run: Run, lang: str) -> View:
    """A run in memory as a report in `lang` sees it."""
    return View(
        run.plan,
        run.baseline,
        run.summary,
        InputsCopy(run.path / "inputs"),
        lang,
        run.audit,
        run.shares,
    )


def build_report(run: Path | Run, lang: str = "en") -> str:
    """The whole report of a run, or of a run folder, as HTML that fetches nothing."""
    return render(view_of(run, lang) if isinstance(run, Run) else open_run(run, lang))


def write_report(run: Path | Run, lang: str = "en", out: Path | None = None) -> Path:
    """Write the report to `out`, <run>/report.html if left out; returns where it lies."""
    target = out or (run.path if isinstance(run, Run) else run) / "report.html"
    target.write_text(build_report(run, lang), encoding="utf-8")
    return target


def render(view: View) -> str:
    """HTML of a view: page one, then a section a question."""
    pictures = [
        charts_carbon.emissions_path(view, "path"),
        charts_cost.yearly_cost(view, "yearly_cost"),
        charts_build.schedule(view, "schedule"),
    ]
    sections = [why(view), how_it_runs(view), cost(view), allowed(view), *product(view)]
    sections.append(check(view))
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    return (
        environment()
        .get_template("report.html")
        .render(
            lang=view.lang,
            say=view.say,
            style=Markup(style.replace("FONTS", FONTS)),
            plotly_js=Markup(get_plotlyjs().replace("</script", "<\\/script")),
            pictures=pictures,
            sections=sections,
            drawn=_drawn(pictures, sections),
            **_page_one(view),
        )
    )


def _drawn(pictures: list[Chart], sections: list[Section]) -> dict[str, Markup]:
    """Each chart's element and script by its id."""
    inside = [b for s in sections for b in s.blocks if isinstance(b, Chart)]
    return {c.id: embedded(c.id, c.figure, c.finding) for c in (*pictures, *inside)}


def _page_one(view: View) -> dict[str, Any]:
    """Title, headline, tiles and binding rules."""
    s = view.summary
    binding = page_one.binding_table(view)
    count = page_one.binding_count(view)
    many = "finding" if count > 1 else ("one" if count else "none")
    return {
        "title": view.say("report.title", name=s["scenario"][f"name_{view.lang}"]),
        "headline": page_one.headline(view),
        "subtitle": view.say(
            "report.subtitle", run=s["run"], first=view.years[0], last=view.last,
            currency=view.currency, price_year=s["price_year"],
            ledger=view.say(f"ledger.{s['ledger']}"),
        ),
        "tiles": page_one.tiles(view),
        "binding": binding,
        "binding_finding": view.say(f"report.binding_{many}", count=count),
        "proven": search.outcome(view) == "optimal",
        "searched": [said for said in (search.sentence(view), search.on_every_day(view)) if said],
        "footer": view.say("report.footer", run=s["run"]),
    }  # fmt: skip
