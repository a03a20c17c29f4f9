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
from optimizer.studies.decided import Decided


def curve_sheets(view: StudyView, curve: CostCurve, begins: Opening) -> Mapping[str, pd.DataFrame]:
    """Sheets by the word that names them; tonnes at the study's weights unless they say more."""
    points = curve.front.points
    return {
        "about": about(begins),
        "path": frame(point_row(view, n, point) for n, point in enumerate(points, start=1)),
        "steps": frame(_steps(view, curve)),
        "alone": frame(_alone(view, curve)),
        "left_out": frame(_left_out(view, curve)),
        "loss": frame(_loss(view, curve)),
        "prices": frame(_prices(view, curve)),
        "credits": frame(_credits(view, curve)),
        "naive": frame(_naive(view, curve)),
        "plans": plans_sheet(view, _plans(view, curve), view.say("pareto.point")),
    }


def _plans(view: StudyView, curve: CostCurve) -> dict[str, Decided]:
    """The plan of each point; that of the scenario's own rules, which says what is built when; and
    that of who knows the first rules alone."""
    points = enumerate(curve.front.points, start=1)
    found = {view.say("excel.point_n", number=n): point.plan for n, point in points}
    if curve.plan is not None:
        found[view.say("excel.own_plan")] = curve.plan.plan
    if curve.lock_in is not None:
        went_on = curve.lock_in.plan or curve.lock_in.short
        found[view.say("lock_in.to_year", year=curve.lock_in.year)] = went_on
    return found


def _loss(view: StudyView, curve: CostCurve) -> Iterator[dict[str, Any]]:
    """A row a sum: what measures avoid and save one by one, and what the plan does."""
    for key, sums in () if curve.loss is None else curve.loss.rows():
        yield {
            view.say("excel.value"): view.say(f"loss.{key}"),
            view.say("loss.tonnes"): sums.tonnes,
            view.say("loss.money", unit=money_of(view)): sums.money,
        }


def _prices(view: StudyView, curve: CostCurve) -> Iterator[dict[str, Any]]:
    """A row an internal carbon price: the point that it leads to, as far as bounds tell."""
    points, base = curve.front.points, curve.front.baseline.tonnes
    for one in curve.at_prices:
        keys = {"avoided": one.point, "least": one.first, "most": one.last}
        yield {
            view.say("at_price.price_column", per=view.per_tonne_unit): one.price,
            view.say("at_price.point_column"): one.point + 1,
            **{view.say(f"at_price.{k}_column"): base - points[at].plan.tonnes
               for k, at in keys.items()},
        }  # fmt: skip


def _credits(view: StudyView, curve: CostCurve) -> Iterator[dict[str, Any]]:
    """A row a credit: the most that may be cancelled and its price; no reduction."""
    for one in curve.credits:
        yield {
            **thing(view, one.id),
            view.say("excel.most_credits"): one.tonnes,
            view.say("curve.cost_column", unit=money_of(view)): one.cost,
        }


def _naive(view: StudyView, curve: CostCurve) -> Iterator[dict[str, Any]]:
    """A row a measure in the naive order, which is no result."""
    for id, tonnes in () if curve.naive is None else curve.naive.order:
        yield {**thing(view, id), view.say("naive.tonnes_column"): tonnes}


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
            view.say("alone.life_column"): view.subject.lives.get(one.id),
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
