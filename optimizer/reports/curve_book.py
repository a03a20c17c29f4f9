"""A cost curve as a workbook: the path, its steps, each measure alone, left out, the plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from optimizer.reports.charts_left_out import verdict
from optimizer.reports.pareto_page import point_row
from optimizer.reports.study_files import about, frame, money_of, plans_sheet, thing
from optimizer.reports.study_page import Opening
from optimizer.reports.study_view import StudyView
from optimizer.studies.cost_curve import CostCurve


def curve_sheets(view: StudyView, curve: CostCurve, begins: Opening) -> Mapping[str, pd.DataFrame]:
    """Sheets by the word that names them; tonnes at the study's weights unless they say more."""
    points = curve.front.points
    plans = {view.say("excel.point_n", number=n): p.plan for n, p in enumerate(points, start=1)}
    return {
        "about": about(begins),
        "path": frame(point_row(view, n, point) for n, point in enumerate(points, start=1)),
        "steps": frame(_steps(view, curve)),
        "alone": frame(_alone(view, curve)),
        "left_out": frame(_left_out(view, curve)),
        "plans": plans_sheet(view, plans, view.say("pareto.point")),
    }


def _steps(view: StudyView, curve: CostCurve) -> Iterator[dict[str, Any]]:
    """A row a step: tonnes fewer, cost more, at least and at most [money], what enters, leaves."""
    for number, step in enumerate(curve.steps, start=1):
        yield {
            view.say("curve.step_column"): number,
            view.say("excel.from_point"): step.start + 1,
            view.say("excel.to_point"): step.end + 1,
            view.say("curve.tonnes_column"): step.tonnes,
            view.say("curve.cumulative_column"): step.cumulative,
            **_money(view, step.cost, step.low, step.high),
            view.say("curve.enters_head_column"): _ids(step.changes.enters),
            view.say("curve.leaves_head_column"): _ids(step.changes.leaves),
            view.say("pareto.reached"): _yes(view, step.supported),
            view.say("curve.noise"): _yes(view, step.noise),
        }


def _alone(view: StudyView, curve: CostCurve) -> Iterator[dict[str, Any]]:
    """A row an offer: what it avoids and costs against the baseline, by itself."""
    for one in curve.standalone:
        yield {
            **thing(view, one.id),
            view.say("curve.tonnes_column"): one.tonnes,
            view.say("curve.cumulative_column"): one.cumulative,
            **_money(view, one.cost, one.low, one.high),
            view.say("excel.capex_of_year", unit=money_of(view)): one.capex,
            view.say("excel.needs"): _ids(one.needs),
            view.say("excel.dominated"): _yes(view, one.dominated),
        }


def _left_out(view: StudyView, curve: CostCurve) -> Iterator[dict[str, Any]]:
    """A row a measure of the plan: what the best plan without it costs and emits more."""
    for one in curve.leave_one_out:
        yield {
            **thing(view, one.id),
            view.say("left_out.verdict_column"): verdict(view, one),
            **_money(view, one.cost, one.low, one.high),
            view.say("left_out.tonnes_column"): one.tonnes,
        }


def _money(
    view: StudyView, cost: float | None, low: float | None, high: float | None
) -> dict[str, float | None]:
    """What is paid more, and between which bounds: three columns."""
    money = money_of(view)
    return {
        view.say("curve.cost_column", unit=money): cost,
        view.say("excel.more_low", unit=money): low,
        view.say("excel.more_high", unit=money): high,
    }


def _ids(ids: object) -> str:
    return " ".join(map(str, ids))  # type: ignore[call-overload]


def _yes(view: StudyView, said: bool) -> str:
    return view.say("word.yes" if said else "word.no")
