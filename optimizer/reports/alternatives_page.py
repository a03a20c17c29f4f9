"""Near-optimal alternatives as files: figures for programs, a workbook, a page for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.reports import numbers
from optimizer.reports.blocks import Chart, Plain
from optimizer.reports.charts_alternatives import (
    goal_name,
    goals_table,
    good_plans,
    headline,
    must_can_cannot,
    ordered,
    view_of,
)
from optimizer.reports.study_files import (
    StudyFiles,
    about,
    frame,
    money_of,
    plans_sheet,
    thing,
)
from optimizer.reports.study_page import opening_ruled, study_page
from optimizer.reports.study_view import StudyView
from optimizer.studies.alternatives import Alternative, Alternatives


def alternatives_files(found: Alternatives, lang: str) -> StudyFiles:
    """JSON with each plan whole; sheets of offers, goals and plans; a page with what must, can and
    can't be, what goals come to, plans side by side."""
    view = view_of(found, lang)
    title = view.say("alternatives.title", name=view.subject.name[lang])
    begins = opening_ruled(view, title, headline(view, found))
    blocks: list[Chart | Plain] = [
        must_can_cannot(view, found),
        goals_table(view, found),
        good_plans(view, found),
    ]
    cheapest = {view.say("alternatives.cheapest"): found.least}
    good = {_plan_name(view, found, one): one.plan for one in found.plans}
    sheets = {
        "about": about(begins),
        "offers": frame(_offers(view, found)),
        "goals": frame(_goals(view, found)),
        "plans": plans_sheet(view, cheapest | good, view.say("excel.plan")),
    }
    page = study_page(view, begins, blocks)
    return StudyFiles("alternatives", found.as_dict(), title, sheets, page, lang)


def _offers(view: StudyView, found: Alternatives) -> Iterator[dict[str, Any]]:
    """A row a measure or contract: verdicts by share, cost of the cheapest plan with and without
    it, at least and at most [money]."""
    money = money_of(view)
    for one in ordered(found):
        yield {
            **thing(view, one.id),
            **{
                view.say("alternatives.within", within=numbers.percent(share, 0)): view.say(
                    f"alternatives.{verdict}"
                )
                for share, verdict in zip(found.within, one.verdicts, strict=True)
            },
            view.say("excel.with_low", unit=money): one.with_bound,
            view.say("excel.with_high", unit=money): one.with_cost,
            view.say("excel.without_low", unit=money): one.without_bound,
            view.say("excel.without_high", unit=money): one.without_cost,
        }


def _goals(view: StudyView, found: Alternatives) -> Iterator[dict[str, Any]]:
    """A row a goal and share: its amount in the plan, what no good plan passes, what the plan
    costs [money]."""
    money = money_of(view)
    for one in found.plans:
        yield {
            view.say("excel.plan"): _plan_name(view, found, one),
            view.say("excel.unit"): money if one.kind == "capex" else one.unit,
            view.say("alternatives.now"): one.now,
            view.say("excel.value"): one.value,
            view.say("excel.bound"): one.bound,
            view.say("excel.proven"): view.say("word.yes" if one.proven else "word.no"),
            view.say("compare.cost", unit=money): one.plan.cost,
            view.say("excel.decision_cost", unit=money): one.cost,
        }


def _plan_name(view: StudyView, found: Alternatives, one: Alternative) -> str:
    """A goal without its unit, and the share within which its plan is."""
    goal = goal_name(view, found, one).split(" [")[0]
    within = view.say("alternatives.within", within=numbers.percent(one.within, 0))
    return f"{goal} · {within}"
