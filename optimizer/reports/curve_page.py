"""A cost curve as files: figures for programs, a workbook, a page for people."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.reports.blocks import Chart, Plain
from optimizer.reports.charts_alone import alone, interaction
from optimizer.reports.charts_curve import view_of, way_down
from optimizer.reports.charts_left_out import left_out
from optimizer.reports.charts_lock_in import lock_in
from optimizer.reports.charts_naive import naive
from optimizer.reports.charts_pareto import against, open_of, plans_of_points
from optimizer.reports.charts_schedule import schedule
from optimizer.reports.curve_book import curve_sheets
from optimizer.reports.curve_prices import at_prices
from optimizer.reports.curve_steps import steps_table
from optimizer.reports.study_files import StudyFiles
from optimizer.reports.study_page import opening, study_page
from optimizer.reports.study_view import StudyView
from optimizer.studies.cost_curve import CostCurve

NOTHING = 1e-6
"""Share of the baseline's cost that counts as no saving."""


def curve_files(curve: CostCurve, lang: str) -> StudyFiles:
    """JSON with each point's plan; sheets of the three views; a page with the way down and its
    steps, the schedule, alone, left out, the loss."""
    view = view_of(curve, lang)
    title = view.say("curve.title", name=view.subject.name[lang])
    begins = opening(view, title, headline(view, curve)).also(against(view, curve.front))
    sheets = curve_sheets(view, curve, begins)
    page = study_page(view, begins, list(_blocks(view, curve)))
    return StudyFiles("curve", curve.as_dict(), title, sheets, page, lang)


def headline(view: StudyView, curve: CostCurve) -> str:
    """What the cheapest plan saves and avoids, and what lies beyond it."""
    base, points = curve.front.baseline, curve.front.points
    first, last, unsure = points[0].plan, points[-1].plan, open_of(curve.front)
    key = "headline" if abs(base.cost - first.cost) > NOTHING * abs(base.cost) else "headline_none"
    return view.say(
        f"curve.{key}", money=view.money.shown(base.cost - first.cost, unsure),
        first=view.tonnes_shown(base.tonnes - first.tonnes),
        beyond=view.tonnes_shown(first.tonnes - last.tonnes),
        cost=view.money.shown(last.cost - first.cost, unsure),
    )  # fmt: skip


def _blocks(view: StudyView, curve: CostCurve) -> Iterator[Chart | Plain]:
    yield way_down(view, curve)
    table = steps_table(view, curve)
    yield Plain(table.caption, table=table)
    for block in (
        at_prices(view, curve), schedule(view, curve), lock_in(view, curve),
        plans_of_points(view, curve.front), alone(view, curve), left_out(view, curve),
        interaction(view, curve), naive(view, curve),
    ):  # fmt: skip
        if block is not None:
            yield block
    yield Plain(view.say("curve.left_aside"), [view.say("curve.excluded")])
