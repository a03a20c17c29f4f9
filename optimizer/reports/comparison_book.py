"""A comparison as files; its workbook: plans, years, what changes, which cost makes the change."""

from __future__ import annotations

from typing import Any

import pandas as pd

from optimizer.reports.comparison import CompareView
from optimizer.reports.comparison_changes import apart_plans, changes_table, cost_class
from optimizer.reports.comparison_page import comparison_page
from optimizer.reports.study_files import StudyFiles
from optimizer.studies.comparison import Comparison


def comparison_files(comparison: Comparison, lang: str) -> StudyFiles:
    """JSON, sheets and page; present values are in the scenario's money."""
    view = CompareView(comparison, lang)
    changes = changes_table(view)
    sheets = {
        "plans": _plans(view),
        "plan_years": _years(view),
        "changes": pd.DataFrame(list(changes.rows), columns=list(changes.head)).astype(object),
        "reasons": _reasons(view),
    }
    title = view.say(f"compare.title.{comparison.kind}", name=comparison.scenario[lang])
    page = comparison_page(comparison, lang)
    return StudyFiles("comparison", comparison.as_dict(), title, sheets, page, lang)


def _money(view: CompareView) -> str:
    return f"{view.comparison.currency}{view.comparison.price_year}"


def _plans(view: CompareView) -> pd.DataFrame:
    """A row a plan: cost, bound, what it costs more at least and at most."""
    money, rows = _money(view), []
    for plan in view.comparison.plans:
        facts = plan.figures.summary if plan.figures else {}
        more = view.comparison.difference(plan)
        row: dict[str, Any] = {
            view.one: plan.key,
            view.say("excel.plan_name"): plan.name[view.lang],
            view.say("compare.status"): view.say(f"compare.status.{plan.status}"),
            view.say("compare.cost", unit=money): facts.get("net_present_cost"),
            view.say("excel.more_low", unit=money): more.low if more else None,
            view.say("excel.more_high", unit=money): more.high if more else None,
            view.say("excel.why_none"): " ".join(plan.said(view.lang)),
        }
        rows.append(row)
    return pd.DataFrame(rows).astype(object)


def _years(view: CompareView) -> pd.DataFrame:
    """A row a plan and year, all figures of the year."""
    rows = []
    for plan in view.comparison.plans:
        for year in plan.years():
            row: dict[str, Any] = {view.one: plan.key, view.say("word.year"): year["year"]}
            for key in ("cost", "remaining", "credits", "net"):
                unit = _money(view) if key == "cost" else "t"
                row[f"{view.say(f'compare.year.{key}')} [{unit}]"] = year[key]
            rows.append(row)
    return pd.DataFrame(rows).astype(object)


def _reasons(view: CompareView) -> pd.DataFrame:
    """A row a plan and class of cost: present value above the reference's."""
    more = view.say("excel.more", unit=_money(view))
    rows = [
        {view.one: plan.key, view.say("excel.class"): cost_class(view, kind), more: amount}
        for plan, one in apart_plans(view)
        for kind, amount in one.more.items()
    ]
    return pd.DataFrame(rows).astype(object)
