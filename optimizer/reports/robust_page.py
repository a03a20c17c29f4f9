"""A decision for several futures as files: figures for programs, a workbook, a page for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.reports.blocks import Chart, Plain
from optimizer.reports.charts_robust import (
    decision_name,
    headline,
    plans_in_futures,
    regrets,
    view_of,
)
from optimizer.reports.numbers import percent
from optimizer.reports.study_files import StudyFiles, about, frame, money_of, plans_sheet
from optimizer.reports.study_page import opening_ruled, study_page
from optimizer.reports.study_view import StudyView
from optimizer.studies.decided import Decided
from optimizer.studies.two_stage import TwoStage


def robust_files(found: TwoStage, lang: str) -> StudyFiles:
    """JSON with each plan whole; sheets of decisions, futures and plans; a page with regrets, all
    costs, and what follows in each future."""
    view = view_of(found, lang)
    title = view.say("robust.title", name=view.subject.name[lang])
    begins = opening_ruled(
        view, title, headline(view, found), "robust.searched", year=found.decide_to
    )
    blocks: list[Chart | Plain] = [regrets(view, found)]
    if found.decision("expected").expected is not None:
        blocks.append(plans_in_futures(view, found))
    sheets = {
        "about": about(begins),
        "decisions": frame(_decisions(view, found)),
        "futures": frame(_futures(view, found)),
        "plans": plans_sheet(view, _plans(view, found), view.say("excel.plan")),
    }
    page = study_page(view, begins, blocks)
    return StudyFiles("robust", found.as_dict(), title, sheets, page, lang)


def _decisions(view: StudyView, found: TwoStage) -> Iterator[dict[str, Any]]:
    """A row a decision: cost and regret by future, mean, largest regret, worst share, what none
    is below [money]."""
    money, tail = money_of(view), percent(found.tail, 0)
    for one in found.decisions:
        row: dict[str, Any] = {view.say("robust.decision"): decision_name(view, found, one)}
        for key, amounts in (("cost_in", one.costs), ("regret_in", one.regrets)):
            for future, amount in zip(found.futures, amounts, strict=True):
                row[view.say(f"excel.{key}", name=future.name[view.lang], unit=money)] = amount
        yield row | {
            f"{view.say('robust.mean')} [{money}]": one.expected,
            f"{view.say('robust.most_regret')} [{money}]": one.most_regret,
            f"{view.say('robust.cvar', tail=tail)} [{money}]": one.cvar,
            view.say("excel.decision_bound", unit=money): one.bound,
        }


def _futures(view: StudyView, found: TwoStage) -> Iterator[dict[str, Any]]:
    """A row a future: its weight, and its own best plan's cost, at least and at most [money]."""
    money = money_of(view)
    for one in found.futures:
        yield {
            view.say("excel.id"): one.id,
            view.say("excel.plan_name"): one.name[view.lang],
            view.say("excel.weight"): one.weight,
            view.say("excel.own_low", unit=money): one.bound,
            view.say("excel.own_high", unit=money): one.cost,
        }


def _plans(view: StudyView, found: TwoStage) -> dict[str, Decided]:
    """What each decision comes to in each future whose rules it keeps."""
    return {
        f"{decision_name(view, found, one)} · {future.name[view.lang]}": plan
        for one in found.decisions
        for future, plan in zip(found.futures, one.plans, strict=True)
        if plan is not None
    }
