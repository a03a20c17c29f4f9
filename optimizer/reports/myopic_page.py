"""What foresight is worth as files: figures for programs, a workbook, a page for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.reports.blocks import Chart, Plain
from optimizer.reports.charts_myopic import (
    emissions,
    expected_table,
    headline,
    missed,
    runs,
    schedule,
    view_of,
    worth_table,
)
from optimizer.reports.study_files import StudyFiles, about, frame, money_of, plans_sheet
from optimizer.reports.study_page import opening_ruled, study_page
from optimizer.reports.study_view import StudyView
from optimizer.studies.myopic import Foresight


def myopic_files(found: Foresight, lang: str) -> StudyFiles:
    """JSON with each plan whole; sheets of ways to decide, years and plans; a page with what either
    way costs or misses, emissions by year, what starts when."""
    view = view_of(found, lang)
    title = view.say("myopic.title", name=view.subject.name[lang])
    begins = opening_ruled(view, title, headline(view, found))
    worth = worth_table(view, found)
    blocks: list[Chart | Plain] = [
        Plain(worth.caption, [view.say("myopic.how")], worth),
        emissions(view, found),
        schedule(view, found),
    ]
    expected = expected_table(view, found)
    if expected is not None:
        blocks.append(Plain(expected.caption, table=expected))
    plans = {view.say(f"myopic.{word}"): plan for word, plan in runs(found) if plan is not None}
    sheets = {
        "about": about(begins),
        "ways": frame(_ways(view, found)),
        "plan_years": frame(_years(view, found)),
        "plans": plans_sheet(view, plans, view.say("myopic.way")),
    }
    page = study_page(view, begins, blocks)
    return StudyFiles("myopic", found.as_dict(), title, sheets, page, lang)


def _ways(view: StudyView, found: Foresight) -> Iterator[dict[str, Any]]:
    """A row a way to decide: its plan's cost, what it costs more than foresight, at least and at
    most [money], what it misses."""
    way, money = view.say("myopic.way"), money_of(view)
    cost, miss = view.say("compare.cost", unit=money), view.say("myopic.misses")
    low, high = (view.say(f"excel.more_{end}", unit=money) for end in ("low", "high"))
    known = {way: view.say("myopic.foresight"), cost: found.plan.plan.cost}
    yield known | dict.fromkeys((low, high, miss))
    for (word, plan), run in zip(runs(found)[1:], found.myopic, strict=True):
        yield {
            way: view.say(f"myopic.{word}"),
            cost: None if plan is None else plan.cost,
            low: run.low,
            high: run.high,
            miss: "" if run.missed is None else missed(view, run),
        }


def _years(view: StudyView, found: Foresight) -> Iterator[dict[str, Any]]:
    """A row a way to decide and year: gross emissions [t], capex before grants, and what all was
    expected to cost when it was decided [money]."""
    money, expected = money_of(view), [dict[int, float](), *(run.expected for run in found.myopic)]
    for (word, plan), hoped in zip(runs(found), expected, strict=True):
        for year in view.subject.years:
            yield {
                view.say("myopic.way"): view.say(f"myopic.{word}"),
                view.say("word.year"): year,
                view.say("excel.gross_of_year"): None if plan is None else plan.gross[year],
                view.say("excel.capex_of_year", unit=money): (
                    None if plan is None else plan.capex[year]
                ),
                view.say("myopic.expected", unit=money): hoped.get(year),
            }
