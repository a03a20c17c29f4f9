"""A front as files: figures for programs, a workbook, a page for people."""

from __future__ import annotations

from typing import Any

from optimizer.reports.charts_pareto import (
    against,
    cost_and_emissions,
    headline,
    plans_of_points,
    view_of,
)
from optimizer.reports.study_files import StudyFiles, about, frame, money_of, plans_sheet
from optimizer.reports.study_page import opening, study_page
from optimizer.reports.study_view import StudyView
from optimizer.studies.pareto import Front, Point


def front_files(front: Front, lang: str) -> StudyFiles:
    """JSON with each point's plan; sheets of points and plans; a page with the front's picture and
    what each point builds."""
    view = view_of(front, lang)
    title = view.say("pareto.title", name=view.subject.name[lang])
    blocks = [
        cost_and_emissions(view, front),
        plans_of_points(view, front),
    ]
    begins = opening(view, title, headline(view, front)).also(against(view, front))
    numbered = list(enumerate(front.points, start=1))
    plans = {view.say("excel.point_n", number=n): point.plan for n, point in numbered}
    sheets = {
        "about": about(begins),
        "path": frame(point_row(view, n, point) for n, point in numbered),
        "plans": plans_sheet(view, plans, view.say("pareto.point")),
    }
    page = study_page(view, begins, blocks)
    return StudyFiles("pareto", front.as_dict(), title, sheets, page, lang)


def point_row(view: StudyView, number: int, point: Point) -> dict[str, Any]:
    """A point as a row of a sheet: tonnes counted, undiscounted and by year [t], cost and what no
    plan is below [money], marks."""
    money, plan = money_of(view), point.plan
    marks = {"knee": point.knee, "reached": point.supported}
    return {
        view.say("pareto.point"): number,
        view.say("pareto.tonnes"): plan.tonnes,
        view.say("pareto.cumulative"): plan.cumulative,
        **{view.say("myopic.last", year=year): tonnes for year, tonnes in plan.gross.items()},
        view.say("pareto.cost", unit=money): plan.cost,
        view.say("excel.none_below", unit=money): point.bound,
        view.say("excel.capex_of_year", unit=money): sum(plan.capex.values()),
        view.say("excel.proven"): view.say("word.yes" if point.proven else "word.no"),
        **{
            view.say(f"pareto.{key}"): view.say("word.yes" if said else "word.no")
            for key, said in marks.items()
        },
    }
