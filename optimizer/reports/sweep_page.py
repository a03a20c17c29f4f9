"""A sweep as files: figures for programs, a workbook, a page for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.reports.blocks import Chart, Plain
from optimizer.reports.charts_sweep import (
    along_axes,
    axis_name,
    built,
    costs_and_emissions,
    ending,
    headline,
    in_plans,
    operand,
    points_table,
    view_of,
    without_plan,
)
from optimizer.reports.study_files import StudyFiles, about, frame, money_of, sized, thing
from optimizer.reports.study_page import opening_ruled, study_page
from optimizer.reports.study_view import StudyView
from optimizer.studies.swept import Swept


def sweep_files(found: Swept, lang: str) -> StudyFiles:
    """JSON with each point's record; sheets of points and measures; a page with costs against
    emissions and along what is varied, what the plans have, why a point has none."""
    view = view_of(found, lang)
    title = view.say("sweep.title", name=view.subject.name[lang])
    begins = opening_ruled(view, title, headline(view, found))
    sheets = {
        "about": about(begins),
        "points": frame(_points(view, found)),
        "measures": frame(_measures(view, found)),
    }
    page = study_page(view, begins, list(_blocks(view, found)))
    return StudyFiles("sweep", found.as_dict(), title, sheets, page, lang)


def _blocks(view: StudyView, found: Swept) -> Iterator[Chart | Plain]:
    drawn = [draw(view, found) for draw in (costs_and_emissions, along_axes, in_plans)]
    yield from (chart for chart in drawn if chart is not None)
    left = without_plan(view, found)
    if left:
        yield Plain(view.say("sweep.why"), left)
    if not found.planned:
        table = points_table(view, found)
        yield Plain(table.caption, table=table)


def _points(view: StudyView, found: Swept) -> Iterator[dict[str, Any]]:
    """A row a point: what it changes, how it ended, costs and bound [money], emissions by year [t],
    what each measure adds up to; empty where there is no plan."""
    money, ids = money_of(view), [id for id, _ in built(found)]
    figures = (("decision_cost", "cost"), ("paid", "paid"), ("none_below", "bound"))
    pairs = zip(found.records, found.points.rows, strict=True)
    for number, (record, operands) in enumerate(pairs, start=1):
        varied = zip(found.points.axes, operands, strict=True)
        emitted, sizes = record.get("emissions", {}), record.get("builds", {})
        planned = record.get("cost") is not None
        yield {
            view.say("sweep.point"): number,
            **{axis_name(view, found, axis): _cell(operand(view, axis, x)) for axis, x in varied},
            view.say("sweep.ending"): ending(view, record),
            view.say("excel.why_none"): record.get("why", ""),
            **{
                view.say(f"excel.{word}", unit=money): record[key] if planned else None
                for word, key in figures
            },
            **{
                view.say("myopic.last", year=year): emitted.get(str(year))
                for year in view.subject.years
            },
            **{
                f"{view.name(id)} [{view.subject.units[id]}]": (
                    sum(sizes.get(id, {}).values()) if planned else None
                )
                for id in ids
            },
        }


def _cell(written: str) -> str | float:
    """A figure as a number; with a unit, or a name, as written."""
    try:
        return float(written)
    except ValueError:
        return written


def _measures(view: StudyView, found: Swept) -> Iterator[dict[str, Any]]:
    """A row a measure that some plan has: in how many, least and largest size."""
    for id, sizes in built(found):
        yield {
            **thing(view, id),
            view.say("sweep.share"): len(sizes),
            view.say("sweep.of_plans"): len(found.planned),
            view.say("excel.least_size"): min(sizes),
            **sized(view, id, max(sizes)),
        }
